"""Why a problem has no answer: the smallest set of wishes that cannot hold together.

What no wish covers is how the world is (material balance) and is never given up. The set that is found is irreducible:
give up any one of its wishes, and the others can hold.

Each question "can these hold together?" is a problem of how far their rows must be broken (proof.shortfall), which always
has a best answer: it is checked, and the next one starts from its basis. Its duals name rows that are broken together,
which shrinks the set at once; then wishes are given up one by one, and one is kept only if the rest can hold without it
(the sensitivity and the deletion filter of Chinneck 2008, Feasibility and Infeasibility in Optimization, chapter 6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from outwork.model.errors import Stopped
from outwork.solve.again import Session
from outwork.solve.blocks import Array, Problem
from outwork.solve.options import Options
from outwork.solve.proof import crossed, shortfall
from outwork.solve.residuals import TOLERANCE
from outwork.solve.run import DEFAULT, run
from outwork.solve.status import Status
from outwork.solve.watch import Stop
from outwork.solve.wish import Set, Wish, Wished, wished

SILENT = 1e-9
"""A dual below this, where a broken row's own is 1 / max(1, |limit|), says that the row has no part in the contradiction."""

UNDECIDED = "whether some wishes can hold together was not found in time; give a longer limit, or fewer wishes"

Broken = Callable[[Set], Set | None]
"""Asks whether a set of wishes can hold together: None if so, else those of them that are known to be enough to fail."""


def conflict(
    problem: Problem, wishes: Sequence[Wish], options: Options = DEFAULT, stop: Stop | None = None
) -> tuple[Wish, ...]:
    """Return the smallest set of wishes that cannot hold together, in the order given; () where not even none can hold.

    Raises ValueError where all wishes can hold, and Stopped where a limit of time (options.limit, for each question) or
    `stop` left a question open.
    """
    apart = wished(problem, wishes)
    if crossed(apart.problem):
        return ()
    broken = _linear(apart, options, stop)
    guilty = _smallest(frozenset(range(len(wishes))), broken)
    if problem.integer.any():
        suspects = frozenset(range(len(wishes))) if guilty is None else guilty
        guilty = _smallest(suspects, _whole(apart, options, stop))
    if guilty is None:
        raise ValueError("there is no conflict: all wishes can hold together")
    return tuple(wish for number, wish in enumerate(wishes) if number in guilty)


def _smallest(held: Set, broken: Broken) -> Set | None:
    """Return an irreducible part of what cannot hold together, None where all of it can."""
    guilty = broken(held)
    needed: Set = frozenset()
    while guilty is not None and (spare := guilty - needed):
        tried = max(spare)
        rest = broken(guilty - {tried})
        if rest is None:
            needed |= {tried}
        else:
            guilty = rest
    return guilty


def _linear(apart: Wished, options: Options, stop: Stop | None) -> Broken:
    """Return what asks whether wishes can hold together if nothing has to be whole: one problem, solved again and again."""
    lack, session = shortfall(apart.problem.relaxed()), Session(options, stop)

    def duals(held: Set) -> Array | None:
        asked = apart.holding(held)
        answer = session.run(lack.limited(asked.row_lower, asked.row_upper))
        if answer.bound is None:
            raise Stopped(UNDECIDED)
        return answer.dual if answer.bound > TOLERANCE else None

    def broken(held: Set) -> Set | None:
        dual = duals(held)
        if dual is None:
            return None
        loud = apart.behind(dual, SILENT) & held
        return loud if loud != held and duals(loud) is not None else held

    return broken


def _whole(apart: Wished, options: Options, stop: Stop | None) -> Broken:
    """Return what asks whether wishes can hold together where variables have to be whole."""

    def broken(held: Set) -> Set | None:
        answer = run(apart.holding(held).priced(apart.problem.cost * 0.0), options, stop=stop)
        if answer.status is Status.INFEASIBLE:
            return held
        if answer.x is None:
            raise Stopped(UNDECIDED)
        return None

    return broken
