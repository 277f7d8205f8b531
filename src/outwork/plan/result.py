"""The answer of `plan`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from outwork.model.outcome import MadeBy, Outcome, Reason
from outwork.plan.replay import Cost
from outwork.plan.summary import lines


@dataclass(frozen=True, eq=False)
class Result:
    """Who makes what, where and when, how good that is, and why.

    `name` is the programme's; `tables` are the output tables of `plan` (model.tables.PLAN); `costs` by kind as the checker
    counted them; `greedy` the cost [EUR] of the built-in greedy planner's plan; `bucketed` the cost [EUR] of the plan in
    buckets, which `outcome.bound` bounds.
    """

    name: str
    outcome: Outcome
    tables: Mapping[str, pl.DataFrame]
    why: tuple[Reason, ...]
    made_by: MadeBy
    costs: Mapping[str, Cost] = field(default_factory=dict)
    greedy: float | None = None
    bucketed: float | None = None
    added: pl.DataFrame | None = None
    """Demands that the objective added to the programme; the tables hold with them in it."""

    def summary(self) -> str:
        """At most 15 lines for a person."""
        return "\n".join(lines(self))
