"""Why a plan is as it is: its bottlenecks, the causes of what is late or short, and what would help."""

from __future__ import annotations

import time
from dataclasses import dataclass

import polars as pl

from outwork.model.outcome import Reason
from outwork.model.programme import Programme
from outwork.plan.answer.pegging import pegging
from outwork.plan.build import Formulation
from outwork.plan.explain import bottlenecks, demands
from outwork.plan.explain.impossible import impossible
from outwork.plan.network.axis import Array
from outwork.plan.options import Options
from outwork.plan.solved import Solved

__all__ = ["Explained", "explain", "impossible"]

SHARE = 0.2
"""Share of the time that is left which confirming the bottlenecks may take."""


@dataclass(frozen=True, eq=False)
class Explained:
    """Reasons (late and short demands, bottlenecks, further remedies), and the tables `pegging` and `work` with worth."""

    why: tuple[Reason, ...]
    tables: dict[str, pl.DataFrame]


def explain(
    programme: Programme, formulation: Formulation, x: Array, work: pl.DataFrame, options: Options, seconds: float | None = None
) -> Explained:
    """Explain a plan over steps.

    Args: x [variable], the plan; work, its table `work`; seconds, how long that may take, None for no limit. What there is
    no time for is said to be missing.
    """
    until = None if seconds is None else time.monotonic() + seconds
    pegs = pegging(formulation, x)
    if not options.explain:
        return Explained((), {"pegging": pegs})
    solved = Solved.of(programme, formulation, x, seconds)
    if solved is None:
        late = Reason("unexplained", "There was no time to find what holds the plan back; give a longer limit.")
        return Explained((late,), {"pegging": pegs})
    narrow = bottlenecks.bottlenecks(solved, None if until is None else SHARE * _left(until))
    held = demands.held_back(solved, pegs, options, None if until is None else _left(until))
    why = [reason for each in held for reason in demands.reasons(solved, each)]
    told = tuple(bottlenecks.reason(solved, each) for each in narrow)
    causes = tuple(each for each in why if each.code != "remedy")
    further = tuple(each for each in why if each.code == "remedy")
    return Explained((*causes, *told, *further), {"pegging": pegs, "work": bottlenecks.with_worth(solved, work)})


def _left(until: float) -> float:
    return max(until - time.monotonic(), 0.0)
