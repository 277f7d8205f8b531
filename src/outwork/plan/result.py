"""The answer of `plan`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

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

    @property
    def figures(self) -> dict[str, Any]:
        """Costs by kind and what the plan is measured by [EUR], as plain values."""
        costs = {kind: asdict(cost) for kind, cost in self.costs.items()}
        return {"costs": costs, "greedy": self.greedy, "bucketed": self.bucketed}

    def summary(self) -> str:
        """At most 15 lines for a person."""
        return "\n".join(lines(self))
