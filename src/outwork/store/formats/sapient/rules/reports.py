"""What detections and alerts say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from outwork.store.formats.sapient.finding import Finding, caution, fault

REJECTED: Final = 2
WHOLE: Final = 1.0 + 1e-5
"""One, with room for confidences that are sent with seven digits."""
BAND: Final = ("start_frequency", "centre_frequency", "stop_frequency")
SAYS: Final = ("alert_type", "status", "description", "range_bearing", "location", "region_id")


def classes_share_one(report: Any, path: str) -> Iterator[Finding]:
    """An object is of one class: confidences of different classes are shares of one."""
    total = sum(each.confidence for each in report.classification)
    if total > WHOLE:
        yield caution(f"{path}.classification", f"has confidences of {total:.3g} together; classes exclude each other")


def band_in_order(signal: Any, path: str) -> Iterator[Finding]:
    """A band starts below its middle and stops above it.  start <= centre <= stop."""
    told = [name for name in BAND if signal.HasField(name)]
    for lower, upper in pairwise(told):
        low, high = getattr(signal, lower), getattr(signal, upper)
        if low > high:
            yield fault(f"{path}.{lower}", f"is {low:g}, above {upper} {high:g}")


def alert_says_something(alert: Any, path: str) -> Iterator[Finding]:
    """An alert says what it is of, or where."""
    if not any(alert.HasField(name) for name in SAYS):
        yield fault(path, f"says nothing: it has none of {', '.join(SAYS)}")


def refusal_explained(answer: Any, path: str) -> Iterator[Finding]:
    """Who alerted learns why nobody listens."""
    if answer.alert_ack_status == REJECTED and not any(each.strip() for each in answer.reason):
        yield fault(f"{path}.reason", "is missing: a rejection says why")
