"""What a solve answers with, after its check, and what the solver said before it."""

from __future__ import annotations

from dataclasses import dataclass

from outwork.model.outcome import relative_gap
from outwork.solve.blocks import Array
from outwork.solve.residuals import Residuals
from outwork.solve.status import Status, sentence


@dataclass(frozen=True, eq=False)
class Claim:
    """What a solver says, before anyone has checked it. Fields as in Answer."""

    status: Status
    x: Array | None = None
    dual: Array | None = None
    objective: float | None = None
    bound: float | None = None


@dataclass(frozen=True, eq=False)
class Answer:
    """A checked answer. Arrays cannot be written to.

    `x` [variable] is None where there is no answer. `dual` [row] is what one more unit of a row's limit adds to the cost,
    `reduced` [variable] the same for a variable's bound: reduced = cost - matrix.T @ dual; both only for a linear problem
    that was solved fully. `objective` and `reduced` are computed from x and dual, not taken from the solver, and so is the
    `bound` of a linear problem; the bound of branch and bound is the solver's word.
    """

    status: Status
    x: Array | None
    objective: float | None
    bound: float | None
    dual: Array | None
    reduced: Array | None
    residuals: Residuals | None
    seconds: float
    """Wall seconds, checks included."""
    cpu: float
    """Processor seconds of this process meanwhile, all threads."""
    how: str
    """By which way it was solved, and what failed before it."""

    @property
    def gap(self) -> float | None:
        """Proven relative distance to the best possible cost [1]."""
        return relative_gap(self.objective, self.bound)

    @property
    def sentence(self) -> str:
        """How it ended, for a person."""
        return sentence(self.status, self.objective, self.bound, self.gap)
