"""What a provision came to for one movement: its truth, and every step on the way with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from outwork.clear.logic import UNKNOWN, Truth
from outwork.clear.opinion import Step
from outwork.clear.rules.conditions import Condition
from outwork.clear.rules.rulebook import Duty

Ask = Callable[[Condition], Truth]
"""Answers conditions about one item in one movement, such as `Case.ask`."""


@dataclass(frozen=True)
class Paths:
    """Paths of a control list under which an item is listed: surely, and as far as is known perhaps."""

    sure: tuple[str, ...]
    maybe: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return for example: 9A012.a.2, perhaps 6A003.b.4."""
        perhaps = f"perhaps {', '.join(self.maybe)}" if self.maybe else ""
        return ", ".join(part for part in (*self.sure, perhaps) if part) or "no entry"


@dataclass(frozen=True)
class Finding:
    """What a provision came to. `source`: version of the text that was read; empty where several were."""

    name: str
    truth: Truth
    cite: str
    steps: tuple[Step, ...]
    source: str = ""
    duty: Duty | None = None
    """What using it asks of the exporter."""

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps that are unknown, where the finding is: their conditions are its unanswered questions."""
        return tuple(step for step in self.steps if step.truth == UNKNOWN) if self.truth == UNKNOWN else ()


def sentence(asked: str, notes: Iterable[str] = ()) -> str:
    """Return what was asked with the notes that are not empty: needs a licence (read as all of them)."""
    said = "; ".join(note for note in notes if note)
    return f"{asked} ({said})" if said else asked
