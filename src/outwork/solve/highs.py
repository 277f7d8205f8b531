"""HiGHS, behind one function. Nothing outside this module imports highspy.

HiGHS keeps one pool of threads for each thread that calls it and refuses another size later, so the pool is let go after
every run. Arrays are handed over whole; nothing loops over variables.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import highspy
import numpy as np
from highspy import cb

from outwork.solve.answer import Claim
from outwork.solve.blocks import Array, Problem
from outwork.solve.options import Options, Way
from outwork.solve.status import Status
from outwork.solve.watch import Progress, Watch

Engine = Callable[[Problem, Options, Way, Watch, Array | None], Claim]
"""What solves: the problem, options, way, watch and a start [variable] or None, to what it says about it."""

_untyped: Final[Any] = highspy
"""The types that highspy declares forget members and refuse what it takes."""

_STATUS: Final = {
    _untyped.HighsModelStatus.kOptimal: Status.OPTIMAL,
    _untyped.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    _untyped.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    _untyped.HighsModelStatus.kTimeLimit: Status.LIMITED,
    _untyped.HighsModelStatus.kInterrupt: Status.LIMITED,
    _untyped.HighsModelStatus.kHighsInterrupt: Status.LIMITED,
}
"""Every other word of HiGHS's is a failure to answer."""

_FOUND: Final = cb.HighsCallbackType.kCallbackMipImprovingSolution
"""The call that brings a new best answer."""

_PHASES: Final = {
    cb.HighsCallbackType.kCallbackIpmInterrupt: "interior point",
    cb.HighsCallbackType.kCallbackSimplexInterrupt: "simplex",
    cb.HighsCallbackType.kCallbackMipInterrupt: "branch and bound",
}
"""The calls in which HiGHS asks whether to go on; each comes with the news of its phase."""


def solve(problem: Problem, options: Options, way: Way, watch: Watch, start: Array | None = None) -> Claim:
    """Solve cold. `start` [variable] is a first answer for branch and bound; linear problems take none."""
    loaded = Loaded(problem, options)
    if start is not None and problem.integer.any():
        loaded.begin(start)
    return loaded.run(way, watch, options.limit)


class Loaded:
    """A problem inside HiGHS, where it can be changed and solved again from the last basis."""

    def __init__(self, problem: Problem, options: Options) -> None:
        """Hand the problem over."""
        self._highs: Any = _untyped.Highs()
        self._whole = bool(problem.integer.any())
        self._set(
            output_flag=False,
            threads=options.threads,
            random_seed=options.seed,
            mip_rel_gap=options.gap,
            run_crossover="on",
            allow_unbounded_or_infeasible=False,
        )
        self._pass(problem)
        self.problem = problem
        self.busy = False
        """Whether a run is under way, maybe one that was left behind; until it has ended, nothing here may be touched."""

    def run(self, way: Way, watch: Watch, limit: float | None) -> Claim:
        """Solve within `limit` seconds, and return what HiGHS says. Ends soon after `watch.stop` is asked."""
        self._set(presolve=way.presolve, **({"mip_lp_solver": way.lp} if self._whole else {"solver": way.lp}))
        self._set(dual_simplex_cost_perturbation_multiplier=way.perturbation)
        self._set(simplex_iteration_limit=highspy.kHighsIInf if way.iterations is None else way.iterations)
        self._set(time_limit=math.inf if limit is None else self._highs.getRunTime() + limit)  # its clock runs on between runs
        self._listen(watch)
        self.busy = True
        try:
            self._highs.run()
        finally:
            self._highs.setCallback(None, None)
            highspy.Highs.resetGlobalScheduler(True)
            self.busy = False
        return self._claim()

    def begin(self, start: Array) -> None:
        """Offer a first answer [variable] to branch and bound."""
        solution = highspy.HighsSolution()
        solution.col_value = start
        self._highs.setSolution(solution)

    def change(self, problem: Problem) -> None:
        """Take another problem of the same shape in, and keep the basis; only what differs is handed over."""
        old, self.problem = self.problem, problem
        if problem.matrix is not old.matrix or problem.constant != old.constant:
            basis = self._highs.getBasis()
            self._pass(problem)
            self._highs.setBasis(basis)
            return
        columns = np.flatnonzero((problem.lower != old.lower) | (problem.upper != old.upper)).astype(np.int32)
        self._highs.changeColsBounds(columns.size, columns, problem.lower[columns], problem.upper[columns])
        rows = np.flatnonzero((problem.row_lower != old.row_lower) | (problem.row_upper != old.row_upper)).astype(np.int32)
        self._highs.changeRowsBounds(rows.size, rows, problem.row_lower[rows], problem.row_upper[rows])
        priced = np.flatnonzero(problem.cost != old.cost).astype(np.int32)
        self._highs.changeColsCost(priced.size, priced, problem.cost[priced])

    def _pass(self, problem: Problem) -> None:
        rows, columns = problem.matrix.shape
        self._highs.passModel(
            columns,
            rows,
            problem.matrix.nnz,
            int(highspy.MatrixFormat.kColwise),
            int(highspy.ObjSense.kMinimize),
            problem.constant,
            problem.cost,
            problem.lower,
            problem.upper,
            problem.row_lower,
            problem.row_upper,
            problem.matrix.indptr.astype(np.int32),
            problem.matrix.indices.astype(np.int32),
            problem.matrix.data,
            problem.integer.astype(np.int32),
        )

    def _set(self, **options: object) -> None:
        for name, choice in options.items():
            self._highs.setOptionValue(name, choice)

    def _listen(self, watch: Watch) -> None:
        """Let HiGHS tell `watch` how it goes, and ask it whether to stop."""

        def asked(kind: cb.HighsCallbackType, _message: str, told: Any, reply: Any, _own: object) -> None:
            if kind == _FOUND:
                watch.best = np.array(told.mip_solution), told.objective_function_value
                return
            watch.news = _news(kind, told)
            reply.user_interrupt = watch.stop.asked

        self._highs.setCallback(asked, None)
        for kind in (_FOUND, *_PHASES):
            self._highs.startCallback(kind)

    def _claim(self) -> Claim:
        highs, told = self._highs, self._highs.getInfo()
        status = _STATUS.get(highs.getModelStatus(), Status.FAILED)
        solution = highs.getSolution()
        feasible = told.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        found = status is Status.OPTIMAL or (status is Status.LIMITED and feasible)
        dual = status is Status.OPTIMAL and not self._whole
        return Claim(
            status,
            x=np.array(solution.col_value, np.float64) if found else None,
            dual=np.array(solution.row_dual, np.float64) if dual else None,
            objective=told.objective_function_value if found else None,
            bound=_finite(told.mip_dual_bound) if self._whole else None,
        )


def _news(kind: cb.HighsCallbackType, told: Any) -> Progress:
    """Return HiGHS's own account, with None in the place of its infinities."""
    phase, seconds = _PHASES[kind], told.running_time
    if kind != cb.HighsCallbackType.kCallbackMipInterrupt:
        return Progress(phase, seconds)
    return Progress(phase, seconds, _finite(told.mip_primal_bound), _finite(told.mip_dual_bound))


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
