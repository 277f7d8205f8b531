"""Solve a problem and check the answer.

Whatever the solver says is checked against the problem itself (check.py). What fails is solved again, cold and by another
way. What fails again is not shown: Unproven.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from outwork.model.errors import Unproven
from outwork.solve import highs
from outwork.solve.answer import Answer, Claim
from outwork.solve.blocks import Array, Problem
from outwork.solve.check import Ask, Verdict, verdict
from outwork.solve.options import Options, Way, ways
from outwork.solve.residuals import cost, primal
from outwork.solve.status import Status
from outwork.solve.watch import Progress, Stop, watched

DEFAULT = Options()


def run(
    problem: Problem,
    options: Options = DEFAULT,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
    start: Array | None = None,
    *,
    engine: highs.Engine = highs.solve,
) -> Answer:
    """Return the checked best answer to `problem`.

    Args: progress is told how it goes, in the caller's thread; stop ends the solve early, with the best answer so far (so
    does Ctrl-C, where a stop is given); start [variable] is a known answer that branch and bound begins from, and that is
    the answer where a limit ends the solve before there is a better one; engine is the solver. Raises Unproven where the
    answer fails its check by both ways.
    """
    if start is not None and start.shape != problem.cost.shape:
        raise ValueError(f"start has {start.size} numbers, the problem {problem.cost.size} variables; give one for each")
    clock = Clock(options.limit)
    ask = asker(engine, options, clock, progress, stop)
    tried: list[str] = []
    failures = 0
    for way in ways(options, whole=bool(problem.integer.any())):
        claim = _better(problem, ask(problem, way, start), start)
        found = verdict(problem, claim, way, options, ask)
        tried.append(": ".join((way.name, *found.faults)))
        failures += claim.status is Status.FAILED
        if not found.faults:
            break
    else:
        if failures < len(tried):
            raise Unproven(unproven(tried))
    return answer(found, clock, tried)


@dataclass(frozen=True)
class Clock:
    """When a solve began, and how long it may take (seconds, None: for ever)."""

    limit: float | None = None
    began: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)

    @property
    def left(self) -> float | None:
        """Seconds that are left."""
        return None if self.limit is None else max(0.0, self.limit - (time.perf_counter() - self.began))


def asker(
    engine: highs.Engine, options: Options, clock: Clock, progress: Callable[[Progress], None] | None, stop: Stop | None
) -> Ask:
    """Return what asks `engine` about any problem within the time that is left."""

    def ask(problem: Problem, way: Way, start: Array | None = None) -> Claim:
        if not problem.cost.size:
            return _nothing(problem)
        left = replace(options, limit=clock.left)
        return watched(lambda watch: engine(problem, left, way, watch, start), progress, stop)

    return ask


def answer(found: Verdict, clock: Clock, tried: list[str]) -> Answer:
    """Return what was checked as an answer, its arrays sealed."""
    for array in (found.claim.x, found.claim.dual, found.reduced):
        if array is not None:
            array.setflags(write=False)
    return Answer(
        status=found.claim.status,
        x=found.claim.x,
        objective=found.cost,
        bound=found.bound,
        dual=found.claim.dual,
        reduced=found.reduced,
        residuals=found.residuals,
        seconds=time.perf_counter() - clock.began,
        cpu=time.process_time() - clock.cpu,
        how="; then ".join(tried),
    )


def unproven(tried: list[str]) -> str:
    """Return why no answer is shown, and what to do."""
    return f"no answer stood up to its check ({'; then '.join(tried)}): look for numbers of very unlike size in the problem"


def _better(problem: Problem, claim: Claim, start: Array | None) -> Claim:
    """Return the start as the answer where a limit left nothing better."""
    if start is None or claim.status is not Status.LIMITED or primal(problem, start, None).faults:
        return claim
    known = cost(problem, start)
    if claim.objective is not None and claim.objective <= known:
        return claim
    return replace(claim, x=start.copy(), objective=known)


def _nothing(problem: Problem) -> Claim:
    """Return the answer to a problem without variables; HiGHS calls it optimal whatever the rows ask for."""
    if ((problem.row_lower > 0) | (problem.row_upper < 0)).any():
        return Claim(Status.INFEASIBLE)
    return Claim(Status.OPTIMAL, np.empty(0), np.zeros_like(problem.row_lower), problem.constant)
