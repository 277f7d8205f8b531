"""What is wrong with a message, and where in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from google.protobuf.message import Message


class Weight(StrEnum):
    """How much a finding weighs."""

    FAULT = "fault"
    """The message breaks the interface, or means nothing: it is refused."""
    CAUTION = "caution"
    """The message is taken; a person should look at its sender."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong at one place: `path` names it by the fields of the interface, empty for the whole message."""

    path: str
    reason: str
    weight: Weight = Weight.FAULT

    def __str__(self) -> str:
        """Return for example: detection_report.location.y is missing."""
        return f"{self.path or 'the message'} {self.reason}"


MOST: Final = 1000
"""Findings told of one message: nobody reads more, and a hostile message could hold a million."""
SHOWN: Final = 40
"""Characters of a value that a finding repeats: a hostile message is not copied into the log."""


def shown(value: object) -> str:
    """Return the beginning of a value, as text that can be printed."""
    text = str(value)
    return (text if len(text) <= SHOWN else f"{text[:SHOWN]}…").encode("utf-8", "backslashreplace").decode()


def fault(path: str, reason: str) -> Finding:
    """Return a finding for which the message is refused."""
    return Finding(path, reason)


def caution(path: str, reason: str) -> Finding:
    """Return a finding with which the message is taken all the same."""
    return Finding(path, reason, Weight.CAUTION)


def below(path: str, name: str) -> str:
    """Return the path of a field of the message at `path`."""
    return f"{path}.{name}" if path else name


@dataclass(frozen=True)
class Judged:
    """A message and all that was found in it; None where it could not be read at all."""

    message: Message | None
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What it is refused for."""
        return _of(self.findings, Weight.FAULT)

    @property
    def cautions(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        return _of(self.findings, Weight.CAUTION)

    @property
    def valid(self) -> bool:
        """Whether it is accepted."""
        return self.message is not None and not self.faults


def _of(findings: Iterable[Finding], weight: Weight) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.weight is weight)
