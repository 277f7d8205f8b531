"""The answer of `plan` in at most 15 lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import polars as pl

from outwork.model.answered import Answered
from outwork.model.outcome import Outcome, Reason
from outwork.plan.replay import Cost

MOST = 15
NAMED = 4
"""Names told of each kind before 'and n more'."""


class Told(Answered, Protocol):
    """What a summary of a plan is made of."""

    @property
    def costs(self) -> Mapping[str, Cost]:
        """Costs by kind."""

    @property
    def greedy(self) -> float | None:
        """Cost of the greedy plan [EUR]."""


def lines(told: Told) -> list[str]:
    """Return the summary of a result, line by line."""
    found = [f"{told.name}: {told.outcome.sentence}", *_gain(told.outcome, told.greedy)]
    if "promises" in told.tables:
        found += [*_promises(told.tables["promises"]), *_qualified(told.tables["qualify"])]
        found += [*_applied(told.tables["applications"]), *_costs(told.costs)]
    return [*found, *reasons(told.why, MOST - len(found))][:MOST]


def _gain(outcome: Outcome, greedy: float | None) -> Iterator[str]:
    """Tell what optimising gained over the greedy planner."""
    if greedy is not None and outcome.cost is not None and outcome.cost < greedy:
        more = greedy - outcome.cost
        yield f"Planned demand by demand, as planning software does it, it would cost {greedy:,.0f} EUR: {more:,.0f} EUR more."


def _promises(promises: pl.DataFrame) -> Iterator[str]:
    """Tell which demands are late, short, or left."""
    taken = promises.filter("taken")
    short = taken.filter(pl.col("short") > 0)
    late = taken.filter((pl.col("short") == 0) & (pl.col("late") > 0)).sort("weeks_late", descending=True)
    good = taken.height - short.height - late.height
    yield f"{good} of {promises.height} demands are complete and on time."
    if late.height:
        yield "Late: " + _some([f"{d} by {_weeks(w)}" for d, w in late.select("demand", "weeks_late").iter_rows()]) + "."
    if short.height:
        rows = short.select("demand", "short", "quantity").iter_rows()
        yield "Short: " + _some([f"{d} by {s:,.1f} of {q:,.0f}" for d, s, q in rows]) + "."
    left = promises.filter(~pl.col("taken"))["demand"].to_list()
    if left:
        yield "Options left: " + _some(left) + "."


def _qualified(qualify: pl.DataFrame) -> Iterator[str]:
    """Tell which qualifications the plan starts."""
    if qualify.height:
        rows = qualify.sort("start").select("operation", "site", "start").iter_rows()
        yield "To qualify: " + _some([f"{operation} at {site} from {start}" for operation, site, start in rows]) + "."


def _applied(applications: pl.DataFrame) -> Iterator[str]:
    """Tell which licences the plan applies for, the first to be applied for first."""
    if applications.height:
        rows = applications.sort("apply_by").select("licence", "apply_by", "opens").iter_rows()
        yield (
            "To apply for: " + _some([f"{licence} by {by} (opens {opens} at the soonest)" for licence, by, opens in rows]) + "."
        )


def _costs(costs: Mapping[str, Cost]) -> Iterator[str]:
    """Tell what the money goes into, the largest first."""
    large = sorted(((cost.plain, kind) for kind, cost in costs.items() if abs(cost.plain) >= 1), reverse=True)
    if large:
        yield "Of this: " + ", ".join(f"{kind} {plain:,.0f}" for plain, kind in large[:6]) + " EUR."


def reasons(why: tuple[Reason, ...], room: int) -> Iterator[str]:
    """Tell the first reasons, with what would change them."""
    for reason in why[: max(room, 0)]:
        first, _, _ = reason.sentence.partition(". ")
        yield first.rstrip(".") + "." + (f" Remedy: {reason.change}." if reason.change else "")


def _weeks(weeks: float) -> str:
    """Return a number of weeks in words."""
    return f"{weeks:.0f} week" + ("" if round(weeks) == 1 else "s")


def _some(names: list[str]) -> str:
    """Join the first names, and say how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
