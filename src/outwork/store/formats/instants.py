"""Instants that are sent without their day or hour: resolved to the nearest one that fits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
DAY: Final = 86_400.0
HOUR: Final = 3_600.0


def resolved(offset: float, period: float, near: datetime) -> datetime:
    """Return the instant nearest to another that lies `offset` [s] after a whole number of periods [s] since midnight UTC.

    Midnight, or the full hour, may lie between the two: 86,399 s told at 00:00:01 is of the day before. A period divides
    the day. Of two that are equally near, the earlier one is meant.
    """
    cycle = round(period * 1e6)
    told, clock = round(offset * 1e6), (near - EPOCH) // MICROSECOND
    ahead = (told - clock) % cycle
    return near + timedelta(microseconds=ahead if 2 * ahead < cycle else ahead - cycle)


def midday(day: date) -> datetime:
    """Return noon of a day in UTC: the instant to which every time of that day is nearest."""
    return datetime.combine(day, time(12), UTC)
