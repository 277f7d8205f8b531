"""What tasks and their answers say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from outwork.store.formats.sapient.finding import Finding, fault

START: Final = 1
REJECTED: Final = 2
FAILED: Final = 4


def in_time(task: Any, path: str) -> Iterator[Finding]:
    """A task does not end before it starts."""
    if not (task.HasField("task_start_time") and task.HasField("task_end_time")):
        return
    since, until = task.task_start_time, task.task_end_time
    if (until.seconds, until.nanos) < (since.seconds, since.nanos):
        yield fault(f"{path}.task_end_time", "lies before task_start_time")


def asks_something(task: Any, path: str) -> Iterator[Finding]:
    """A task that starts has a command or a region; one that stops is known by its name."""
    if task.control == START and not task.HasField("command") and not task.region:
        yield fault(path, "asks for nothing: it has neither command nor region")


def refusal_explained(answer: Any, path: str) -> Iterator[Finding]:
    """Who asked learns why it is not done."""
    if answer.task_status in {REJECTED, FAILED} and not any(each.strip() for each in answer.reason):
        yield fault(f"{path}.reason", "is missing: a task that is not done says why")
