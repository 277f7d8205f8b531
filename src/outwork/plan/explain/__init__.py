"""Why a plan is as it is: its bottlenecks, the causes of what is late or short, and what would help."""

from __future__ import annotations

import time
from dataclasses import dataclass

import polars as pl

from outwork.model.outcome import Reason
from outwork.model.programme import Programme
from outwork.plan.answer.pegging import pegging
from outwork.plan.carry import Carried, priced
from outwork.plan.explain import bottlenecks, demands, licensing
from outwork.plan.explain.impossible import impossible
from outwork.plan.options import Options

__all__ = ["Explained", "explain", "impossible"]

SHARE = 0.2
"""Share of the time that is left which confirming the bottlenecks may take."""
PAPERS = 0.4
"""The same of what is left then, for what applications are worth."""


@dataclass(frozen=True, eq=False)
class Explained:
    """Reasons (late and short demands, applications, bottlenecks, further remedies), and tables that they add to.

    The tables are pegging, and work and applications with what more or sooner is worth.
    """

    why: tuple[Reason, ...]
    tables: dict[str, pl.DataFrame]


def explain(programme: Programme, carried: Carried, options: Options, seconds: float | None = None) -> Explained:
    """Explain a plan over steps. Args: seconds, how long that may take, None for no limit.

    What there is no time for is said to be missing. The session of the plan goes over to its explanation.
    """
    until = None if seconds is None else time.monotonic() + seconds
    if not options.explain:
        return Explained((), {"pegging": pegging(carried.formulation, carried.x)})
    carried = priced(programme, carried, seconds)
    tables, solved, pegs = carried.tables, carried.solved, carried.pegs
    assert pegs is not None  # noqa: S101 - pricing has just made them
    if solved is None:
        late = Reason("unexplained", "There was no time to find what holds the plan back; give a longer limit.")
        return Explained((late,), {"pegging": pegs})
    narrow = bottlenecks.bottlenecks(solved, None if until is None else SHARE * _left(until))
    papers = licensing.worths(solved, tables["applications"], None if until is None else PAPERS * _left(until))
    held = demands.held_back(solved, pegs, options, None if until is None else _left(until))
    why = [reason for each in held for reason in demands.reasons(solved, each)]
    told = tuple(bottlenecks.reason(solved, each) for each in narrow)
    causes = tuple(each for each in why if each.code != "remedy")
    further = tuple(each for each in why if each.code == "remedy")
    asked = tuple(licensing.reason(solved, each) for each in papers)
    more = {
        "work": bottlenecks.with_worth(solved, tables["work"]),
        "applications": licensing.with_worth(tables["applications"], papers),
    }
    return Explained((*causes, *asked, *told, *further), {"pegging": pegs, **more})


def _left(until: float) -> float:
    return max(until - time.monotonic(), 0.0)
