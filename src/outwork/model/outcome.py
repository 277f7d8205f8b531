"""What every verb answers with: how it ended, why, and from what it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a verb ended."""

    DONE = "done"
    """The answer is as good as was asked for."""
    LIMITED = "limited"
    """A limit of time or a person stopped the work; there is an answer, and its gap says how good it is."""
    IMPOSSIBLE = "impossible"
    """No answer can exist; the reasons name what cannot hold together."""
    INVALID = "invalid"
    """The input breaks its own rules."""


class Bracketed:
    """What has a cost, and a bound that no cost can beat; either is None where there is none (yet)."""

    cost: float | None
    bound: float | None

    @property
    def gap(self) -> float | None:
        """Return the proven relative distance to the best possible cost [1]."""
        return relative_gap(self.cost, self.bound)


@dataclass(frozen=True)
class Outcome(Bracketed):
    """How a verb ended, in one sentence, and how good its answer is.

    `cost` is the objective of the answer and `bound` the value that no answer can beat, in the same unit (EUR unless the
    objective counts units or weeks); `gap` is |cost - bound| / |cost| [1]. None where there is no optimum to compare with.
    """

    status: Status
    sentence: str
    seconds: float
    cost: float | None = None
    bound: float | None = None


def relative_gap(cost: float | None, bound: float | None) -> float | None:
    """Return |cost - bound| / |cost| [1], None where either is not there."""
    if cost is None or bound is None:
        return None
    return abs(cost - bound) / max(abs(cost), 1e-9)


@dataclass(frozen=True)
class Pointer:
    """A row of a table, named by its key."""

    table: str
    key: tuple[str, ...]

    def __str__(self) -> str:
        """Return for example: resources test-bench-1."""
        return f"{self.table} {' '.join(self.key)}"


@dataclass(frozen=True)
class Amendment:
    """A change of one row, or a new row where none has the key; both by column, as a person or a page can carry it out."""

    table: str
    key: tuple[tuple[str, Any], ...]
    changes: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Reason:
    """Why something is as it is, the rows that cause it, and what would change it.

    `amount` says by how much the change helps, in `unit`; both are empty where nothing was computed. `amendment` is the change
    itself, None where it is not that of one row or there is none.
    """

    code: str
    sentence: str
    rows: tuple[Pointer, ...] = ()
    change: str = ""
    amount: float | None = None
    unit: str = ""
    amendment: Amendment | None = None


@dataclass(frozen=True)
class MadeBy:
    """From what an answer was made, so that anyone can make it again."""

    version: str
    options: Mapping[str, object]
    seed: int
    digest: str
    """SHA-256 of the input tables."""
