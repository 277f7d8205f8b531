"""What a change of the tables would bring to a demand, found by planning the changed programme again.

The qualifications, sources and options of the plan are kept, but for a qualification that the change is about. What else
has to be whole (lots, set-ups, minimums, trips) is decided anew in a small programme; in a large one only trips are. Either
way what is found is a plan of the changed programme, so that the change brings at least what is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from outwork.model.axis import Array
from outwork.plan.build import Formulation, formulate
from outwork.plan.explain.edits import Edit
from outwork.plan.explain.words import day, money, number, plural
from outwork.plan.network import Network
from outwork.plan.search.rounding import fixed
from outwork.plan.solved import Solved
from outwork.solve.blocks import Problem
from outwork.solve.options import Options
from outwork.solve.run import run

DUST = 1e-4
"""Units below which nothing was handed over."""
GAP = 1e-3
"""Relative distance [1] to the best cost at which a changed programme with whole decisions counts as solved."""
SMALL = 4_000
"""Variables up to which whole decisions are decided anew for every change; larger programmes keep most of them."""
DATED = ("lead_days", "earliest", "status", "since", "opens", "apply_from")
"""Columns of which another value changes in which steps there are variables."""
Turn = Callable[[Problem], Problem]
"""Bounds a problem otherwise."""
EACH = 20.0
"""Seconds that one changed programme may take."""


@dataclass(frozen=True)
class Fate:
    """What a demand comes to. Args: short, units never handed over; last, step of the last unit, -1 where there is none."""

    short: float
    last: int


@dataclass(frozen=True)
class Remedy:
    """What a change brings.

    Args: steps, by how many the demand is complete sooner; units, how many more it gets; saving [EUR] of the whole plan.
    """

    edit: Edit
    steps: int
    units: float
    saving: float
    fate: Fate


def fate(formulation: Formulation, x: Array, demand: int) -> Fate:
    """Return what a demand comes to in a solution over steps."""
    network, problem = formulation.network, formulation.problem
    handed, sent = formulation.spans["deliver"], formulation.spans["direct"]
    units, left = x[problem.variables["deliver"].slice], x[problem.variables["direct"].slice]
    mine = (handed.member == demand) & (units > DUST)
    ways = (network.directs.demand[sent.member] == demand) & (left > DUST)
    steps = np.r_[handed.first[mine], sent.first[ways] + network.directs.lead[sent.member[ways]]]
    total = float(units[mine].sum() + left[ways].sum())
    return Fate(max(float(network.wishes.quantity[demand]) - total, 0.0), int(steps.max(initial=-1)))


def now(solved: Solved, demand: int) -> Fate:
    """Return what a demand comes to: the better of the plan and of its own best answer without whole decisions changed."""
    assert solved.answer.x is not None  # noqa: S101 - Solved has looked
    own, best = (fate(solved.formulation, x, demand) for x in (solved.x, solved.answer.x))
    return Fate(min(own.short, best.short), min(own.last, best.last) if best.short <= own.short + DUST else own.last)


def remedies(
    solved: Solved, demand: int, edits: Iterable[Edit], most: int, until: float | None = None
) -> tuple[tuple[Remedy, ...], bool]:
    """Return the changes that help a demand, best first, and whether there was time to try all of them.

    Args: edits, what to try; most, how many to return; until, seconds of the monotonic clock.
    """
    before = now(solved, demand)
    found: list[Remedy] = []
    every = True
    for edit in _in_order(solved, edits):
        if until is not None and time.monotonic() > until:
            return _ranked(found, most), False
        remedy = tried(solved, demand, edit, before, until)
        every &= remedy is not None
        if remedy is not None and (remedy.steps > 0 or remedy.units > DUST):
            found.append(remedy)
    return _ranked(found, most), every


def _in_order(solved: Solved, edits: Iterable[Edit]) -> list[Edit]:
    """Return each edit once; in a large programme those first whose problem has the shape of the plan's: they are fast."""
    distinct = list(dict.fromkeys(edits))
    if len(solved.problem.cost) > SMALL:
        distinct.sort(key=lambda edit: edit.table == "clearances" or any(column in DATED for column, _ in edit.changes))
    return distinct


def tried(solved: Solved, demand: int, edit: Edit, before: Fate, until: float | None = None) -> Remedy | None:
    """Plan the changed programme again; None where no plan was found in time."""
    again = replanned(solved, edit, until)
    if again is None or solved.answer.x is None:
        return None
    changed, found = again
    after = fate(changed, found, demand)
    saving = float(solved.formulation.money @ solved.answer.x) - float(changed.money @ found)
    steps = 0 if before.short > DUST or after.short > DUST else before.last - after.last
    return Remedy(edit, steps, before.short - after.short, saving - edit.cost, after)


def replanned(
    solved: Solved, edit: Edit | Turn, until: float | None = None, gap: float = GAP
) -> tuple[Formulation, Array] | None:
    """Return a changed programme planned again around the plan's decisions; None where time was short.

    Args: edit of the tables, or turn of the plan's own problem, which keeps its shape and is solved again much faster; gap,
    relative distance [1] to the best cost at which whole decisions count as solved.
    """
    if isinstance(edit, Edit):
        network = Network.of(edit.apply(solved.programme)).bucketed(solved.network.horizon.fine())
        changed = formulate(network, solved.formulation.aim)
        problem = kept(solved, changed, edit.frees)
    else:
        changed, problem = solved.formulation, edit(kept(solved, solved.formulation, ()))
    small = len(problem.cost) <= SMALL
    found = _searched(solved, problem, until, gap) if small else _repeated(solved, changed, problem, until)
    return None if found is None else (changed, found)


def _searched(solved: Solved, problem: Problem, until: float | None, gap: float) -> Array | None:
    """Decide anew all that is loose, whole decisions too. Return the plan [variable]."""
    loose = problem.integer & (problem.upper > problem.lower)
    alike = problem.matrix.shape == solved.problem.matrix.shape
    if loose.any():
        answer = run(problem, Options(limit=_limit(until), gap=gap), start=solved.x if alike else None)
    else:
        answer = solved.session.run(problem.relaxed()) if alike else run(problem.relaxed(), Options(limit=_limit(until)))
    return answer.x


def _repeated(solved: Solved, changed: Formulation, problem: Problem, until: float | None) -> Array | None:
    """Keep lots, set-ups and orders as well. Trips and applications are relaxed and rounded up, which every row allows."""
    problem = fixed(problem, {name: _carried(solved, changed, name) for name in ("lots", "setup", "ordered")})
    alike = problem.matrix.shape == solved.problem.matrix.shape
    answer = solved.session.run(problem.relaxed()) if alike else run(problem.relaxed(), Options(limit=_limit(until)))
    if answer.x is None:
        return None
    x = answer.x.copy()
    for name in ("trips", "applied"):
        own = problem.variables[name].slice
        x[own] = np.ceil(x[own] - DUST)
    return x


def _carried(solved: Solved, changed: Formulation, name: str) -> Array:
    """Return what the plan has of a block at the same pair or offer and step of the changed programme, 0 elsewhere."""

    def keys(formulation: Formulation) -> list[tuple[int, int, int]]:
        own, making = formulation.problem.variables[name].keys, formulation.network.making
        if "pair" in own:
            who = making.operation[own["pair"]], making.site[own["pair"]]
        else:
            who = own["offer"], np.zeros_like(own["offer"])
        return list(zip(*(part.tolist() for part in (*who, own["bucket"])), strict=True))

    values = np.round(solved.x[solved.problem.variables[name].slice]).tolist()
    held = dict(zip(keys(solved.formulation), values, strict=True))
    return np.array([held.get(key, 0.0) for key in keys(changed)])


def _limit(until: float | None) -> float:
    return EACH if until is None else max(min(EACH, until - time.monotonic()), 1.0)


def kept(solved: Solved, changed: Formulation, frees: tuple[tuple[str, str], ...]) -> Problem:
    """Return the changed problem with the decisions of the plan about who is qualified, who delivers and what is taken.

    Args: frees, operations at sites whose qualification is decided anew.
    """
    blocks = solved.formulation.problem.variables
    values = {name: np.round(solved.x[blocks[name].slice]) for name in ("taken", "source")}
    begin = _begin(solved)
    making = changed.network.making
    names = [(int(o), int(s)) for o, s in zip(making.operation, making.site, strict=True)]
    first = np.array([begin.get(name, 1 << 30) for name in names])
    values["started"] = (making.start_step >= first[making.start_pair]).astype(np.float64)
    sized = {name: value for name, value in values.items() if changed.problem.variables[name].size == len(value)}
    problem = fixed(changed.problem, sized)
    own = changed.problem.variables["started"]
    free = np.isin(making.start_pair, [p for p, name in enumerate(names) if _named(solved, name) in frees])
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[own.first + np.flatnonzero(free)] = changed.problem.lower[own.slice][free]
    upper[own.first + np.flatnonzero(free)] = changed.problem.upper[own.slice][free]
    return problem.bounded(lower, upper)


def change(solved: Solved, demand: int, remedy: Remedy) -> str:
    """Return a remedy in words: what to edit, and what that brings."""
    name, network = solved.network.wishes.names.names[demand], solved.network
    if remedy.steps > 0:
        days = remedy.steps * network.horizon.step_days
        gain = f"{name} is complete {plural(days, 'day')} earlier, on {day(network, remedy.fate.last)}"
    else:
        gain = f"{name} gets {number(remedy.units)} more"
        gain += f" and is complete on {day(network, remedy.fate.last)}" if remedy.fate.short <= DUST else ""
    cheaper = "less" if remedy.saving >= 0 else "more"
    text = remedy.edit.text(solved.programme)
    return f"{text} ({remedy.edit.why}): {gain}; the plan costs {money(abs(remedy.saving))} {cheaper}"


def _ranked(found: list[Remedy], most: int) -> tuple[Remedy, ...]:
    return tuple(sorted(found, key=lambda each: (-each.units * (each.units > DUST), -each.steps, -each.saving))[:most])


def _begin(solved: Solved) -> dict[tuple[int, int], int]:
    """Return the step in which every pair's qualification starts, by operation and site."""
    making = solved.network.making
    on = solved.x[solved.formulation.problem.variables["started"].slice] > 0.5  # noqa: PLR2004
    begin: dict[tuple[int, int], int] = {}
    for pair, step in zip(making.start_pair[on].tolist(), making.start_step[on].tolist(), strict=True):
        begin.setdefault((int(making.operation[pair]), int(making.site[pair])), step)
    return begin


def _named(solved: Solved, name: tuple[int, int]) -> tuple[str, str]:
    return solved.network.operations.names[name[0]], solved.network.sites.names[name[1]]
