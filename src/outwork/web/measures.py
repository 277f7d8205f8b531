"""What /metrics tells: requests and how long they took by route, jobs by status, open sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import func, select

from outwork.store.service import Desk, sessions
from outwork.store.service.schema import JOBS


class Standing:
    """What the database says when it is asked."""

    def __init__(self, desk: Desk) -> None:
        """Ask a desk."""
        self.desk = desk

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the open sessions and the jobs by status."""
        with self.desk.reading() as connection:
            count = sessions.open_count(connection, datetime.now(UTC))
            statuses = connection.execute(select(JOBS.c.status, func.count()).group_by(JOBS.c.status)).all()
        yield GaugeMetricFamily("outwork_sessions", "Open sessions.", value=count)
        jobs = GaugeMetricFamily("outwork_jobs", "Jobs by status.", labels=["status"])
        for status, number in statuses:
            jobs.add_metric([status], number)
        yield jobs


class Measures:
    """Counts of one service, in a registry of its own."""

    def __init__(self, desk: Desk) -> None:
        """Begin to count."""
        self.registry = CollectorRegistry()
        self.requests = Counter("outwork_requests", "Requests.", ["method", "route", "status"], registry=self.registry)
        self.seconds = Histogram("outwork_request_seconds", "How long requests took.", ["route"], registry=self.registry)
        self.registry.register(Standing(desk))

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request. Args: route, its template, so that there are as many as routes and none names a person or thing."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        return generate_latest(self.registry)
