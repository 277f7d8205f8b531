"""Who sends a message to whom, and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outwork.store.formats.sapient.finding import Finding, caution, fault


def parties(message: Any, _: str) -> Iterator[Finding]:
    """A node does not write to itself."""
    if message.node_id and message.node_id == message.destination_id:
        yield caution("destination_id", "is the sender itself")


def addressed(message: Any, _: str) -> Iterator[Finding]:
    """A task is for one node: nobody may take it for another's."""
    if message.HasField("task") and not message.HasField("destination_id"):
        yield fault("destination_id", "is missing: a task names the node that is to do it")


def own_dependents(message: Any, _: str) -> Iterator[Finding]:
    """A node is not below itself, and names each node below it once."""
    below = message.registration.dependent_nodes
    for number, node in enumerate(below):
        if node == message.node_id:
            yield fault(f"registration.dependent_nodes[{number}]", "is the registering node itself")
        elif node in below[:number]:
            yield caution(f"registration.dependent_nodes[{number}]", "is named twice")


def forecast_ahead(message: Any, _: str) -> Iterator[Finding]:
    """A predicted place is one of the future."""
    forecast = message.detection_report.prediction_location
    if not (forecast.HasField("predicted_timestamp") and message.HasField("timestamp")):
        return
    at, sent = forecast.predicted_timestamp, message.timestamp
    if (at.seconds, at.nanos) < (sent.seconds, sent.nanos):
        yield caution("detection_report.prediction_location.predicted_timestamp", "lies before the message itself")


def refusal_explained(answer: Any, path: str) -> Iterator[Finding]:
    """A node that is refused learns why."""
    if answer.HasField("acceptance") and not answer.acceptance and not any(each.strip() for each in answer.ack_response_reason):
        yield fault(f"{path}.ack_response_reason", "is missing: a refusal says why")
