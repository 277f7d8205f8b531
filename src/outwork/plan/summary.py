"""The answer of `plan` in at most 15 lines."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from outwork.model.outcome import Reason
from outwork.plan.result import Result

MOST = 15
NAMED = 4
"""Names told of each kind before 'and n more'."""


def lines(result: Result) -> list[str]:
    """Return the summary of a result, line by line."""
    told = [f"{result.name}: {result.outcome.sentence}", *_gain(result)]
    if "promises" in result.tables:
        told += [*_promises(result.tables["promises"]), *_qualified(result.tables["qualify"]), *_costs(result)]
    return [*told, *_reasons(result.why, MOST - len(told))][:MOST]


def _gain(result: Result) -> Iterator[str]:
    """Tell what optimising gained over the greedy planner."""
    if result.greedy is not None and result.outcome.cost is not None and result.outcome.cost < result.greedy:
        saved = result.greedy - result.outcome.cost
        yield f"Demand by demand, as planning software does it, it would cost {result.greedy:,.0f} EUR: {saved:,.0f} EUR more."


def _promises(promises: pl.DataFrame) -> Iterator[str]:
    """Tell which demands are late, short, or left."""
    taken = promises.filter("taken")
    short = taken.filter(pl.col("short") > 0)
    late = taken.filter((pl.col("short") == 0) & (pl.col("late") > 0)).sort("weeks_late", descending=True)
    good = taken.height - short.height - late.height
    yield f"{good} of {promises.height} demands are complete and on time."
    if late.height:
        yield "Late: " + _some([f"{d} by {w:.0f} weeks" for d, w in late.select("demand", "weeks_late").iter_rows()]) + "."
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


def _costs(result: Result) -> Iterator[str]:
    """Tell what the money goes into, the largest first."""
    large = sorted(((cost.plain, kind) for kind, cost in result.costs.items() if abs(cost.plain) >= 1), reverse=True)
    if large:
        yield "Of this: " + ", ".join(f"{kind} {plain:,.0f}" for plain, kind in large[:6]) + " EUR."


def _reasons(why: tuple[Reason, ...], room: int) -> Iterator[str]:
    """Tell the first reasons, with what would change them."""
    for reason in why[: max(room, 0)]:
        yield reason.sentence + (f" Remedy: {reason.change}." if reason.change else "")


def _some(names: list[str]) -> str:
    """Join the first names, and say how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
