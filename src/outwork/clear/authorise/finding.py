"""What is asked of a provision, and what was found: every step with its truth, the facts used and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from outwork.clear.logic import UNKNOWN, Truth
from outwork.clear.rules.conditions import Condition
from outwork.clear.rules.rulebook import Duty, Reading


@dataclass(frozen=True)
class Answer:
    """What a condition came to for one item in one movement, and the facts that it rests on, each in words."""

    truth: Truth
    facts: tuple[str, ...] = ()


Ask = Callable[[Condition], Answer]
"""Answers conditions about one item in one movement."""


@dataclass(frozen=True)
class Paths:
    """Paths of a control list under which an item is listed: surely, and as far as is known perhaps."""

    sure: tuple[str, ...]
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One thing that was asked: where it stands, in words, what came out, and by which facts."""

    path: str
    asked: str
    truth: Truth
    cite: str
    facts: tuple[str, ...] = ()
    reading: Reading = "literal"
    note: str = ""
    condition: Condition | None = None
    """The condition behind it, from which a question can be made. None: nothing that a fact could decide."""


@dataclass(frozen=True)
class Finding:
    """What a provision came to for one movement. `source`: the version of the text; `reviewer` empty: no lawyer looked at it."""

    name: str
    truth: Truth
    cite: str
    steps: tuple[Step, ...]
    source: str = ""
    reviewer: str = ""
    duty: Duty | None = None
    """What using it asks of the exporter."""

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps that are unknown, where the finding is."""
        return tuple(step for step in self.steps if step.truth == UNKNOWN) if self.truth == UNKNOWN else ()


def answered(ask: Ask, path: str, condition: Condition, cite: str, reading: Reading = "literal", note: str = "") -> Step:
    """Return the step that asks a condition."""
    answer = ask(condition)
    return Step(path, str(condition), answer.truth, cite, answer.facts, reading, note, condition)


def listed_in(paths: Iterable[str]) -> str:
    """Return for example: 9A012.a.2, 6A003.b.4."""
    return ", ".join(paths) or "no entry"
