"""What a conversion answers with: a programme, and everything of the source that the programme does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from outwork.model.programme import Programme


@dataclass(frozen=True, order=True)
class Loss:
    """One thing of the source that the programme holds otherwise or not at all.

    Args: what, the kind of thing, the same words for all of its kind; where, the row of the source that has it; why, what
    became of it.
    """

    what: str
    where: str
    why: str

    def __str__(self) -> str:
        """Return for example: smallest order size of operation 'Saw leg': any quantity can be made."""
        return f"{self.what} of {self.where}: {self.why}"


class Losses:
    """Collects what is lost on the way; the only thing that a conversion writes to while it reads."""

    def __init__(self) -> None:
        """Begin with nothing lost."""
        self._held: dict[Loss, None] = {}

    def add(self, what: str, where: str, why: str) -> None:
        """List one loss, once."""
        self._held.setdefault(Loss(what, where, why))

    def listed(self) -> tuple[Loss, ...]:
        """Return all of them, alike ones together."""
        return tuple(sorted(self._held))


@dataclass(frozen=True)
class Converted:
    """A programme made from an outside file, and what the file holds beyond it."""

    programme: Programme
    losses: tuple[Loss, ...]

    def summary(self, most: int = 12) -> list[str]:
        """Return the losses told by kind, the commonest first, at most so many lines."""
        return summed(self.losses, most)


def summed(losses: Iterable[Loss], most: int) -> list[str]:
    """Return one line for each kind of loss: how often, an example and why."""
    losses = list(losses)
    counts = Counter((loss.what, loss.why) for loss in losses)
    example = {(loss.what, loss.why): loss.where for loss in reversed(losses)}
    lines = [f"{count:,} x {what}, such as {example[what, why]}: {why}" for (what, why), count in counts.most_common()]
    return lines if len(lines) <= most else [*lines[: most - 1], f"and {len(lines) - most + 1} kinds more"]
