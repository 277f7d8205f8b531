"""Solving a linear problem again after small changes.

For prices, remedies and conflicts one problem is solved many times with a few numbers changed. From the last basis that is
some ten to twenty times faster than cold. Warm starts are also where HiGHS has been wrong (ERGO-Code/HiGHS 3194), so each
answer is checked as `run` checks it, and a failing one is solved cold.
"""

from __future__ import annotations

from dataclasses import replace

from outwork.solve.answer import Answer, Claim
from outwork.solve.blocks import Array, Problem
from outwork.solve.check import verdict
from outwork.solve.highs import Loaded, solve
from outwork.solve.options import WARM, Options, Way
from outwork.solve.run import DEFAULT, Clock, answer, asker, run
from outwork.solve.watch import Stop, Watch, watched


class Session:
    """Keeps a problem in the solver. It remembers nothing that an answer depends on, save which of equal ones is found.

    session = Session()
    base = session.run(problem)
    more = session.run(problem.limited(problem.row_lower, more_hours))
    """

    def __init__(
        self, options: Options = DEFAULT, stop: Stop | None = None, load: type[Loaded] = Loaded, most: int | None = None
    ) -> None:
        """Begin with nothing in the solver; options and stop are those of every solve, `load` is what holds a problem.

        A change that turns out not to be small is solved cold after `most` iterations from the last basis, None: never.
        """
        self._way = replace(WARM, iterations=most)
        self._options = options
        self._stop = stop
        self._load = load
        self._loaded: Loaded | None = None

    def handed(self, options: Options) -> Session:
        """Return a session with other options, and nobody who stops it, that goes on from here; this one begins anew."""
        more = Session(options, None, self._load, self._way.iterations)
        more._loaded, self._loaded = self._loaded, None
        return more

    def run(self, problem: Problem) -> Answer:
        """Return the checked best answer; cold the first time and where the shape has changed, then from the last basis."""
        if problem.integer.any():
            raise ValueError("a session solves linear problems; relax the whole variables, or fix them, or use run")
        if self._loaded is None or self._loaded.problem.matrix.shape != problem.matrix.shape:
            return self._cold(problem)
        return self._warm(problem, self._loaded)

    def _cold(self, problem: Problem) -> Answer:
        """Solve as `run` does, and keep what holds the answer in the solver."""
        held: list[Loaded] = []

        def engine(asked: Problem, options: Options, way: Way, watch: Watch, _start: Array | None) -> Claim:
            loaded = self._load(asked, options)
            if asked is problem:
                held.append(loaded)
            return loaded.run(way, watch, options.limit)

        self._loaded = None
        found = run(problem, self._options, stop=self._stop, engine=engine)
        self._loaded = held[-1] if held and not held[-1].busy else None
        return found

    def _warm(self, problem: Problem, loaded: Loaded) -> Answer:
        clock = Clock(self._options.limit)
        loaded.change(problem)
        claim = watched(lambda watch: loaded.run(self._way, watch, clock.left), None, self._stop)
        self._loaded = None if loaded.busy else loaded
        found = verdict(problem, claim, self._way, self._options, asker(solve, self._options, clock, None, self._stop))
        if not found.faults:
            return answer(found, clock, [WARM.name])
        cold = self._cold(problem)
        return replace(cold, how=": ".join((WARM.name, *found.faults)) + "; then " + cold.how)
