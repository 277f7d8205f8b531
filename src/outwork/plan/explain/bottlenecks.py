"""The limits of which one more unit is worth most: hours, units of supply, kilograms, units under a licence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from outwork.model.axis import Array, Index
from outwork.model.errors import Stopped
from outwork.model.outcome import Pointer, Reason
from outwork.plan.explain import effects
from outwork.plan.explain.leave import title
from outwork.plan.explain.ways import lane_row, offer_key
from outwork.plan.explain.words import day, last_day, money, number
from outwork.plan.solved import Solved
from outwork.solve.price import Effect, confirm, price

MOST = 10
"""Bottlenecks that are told."""
LEAST = 0.005
"""EUR below which one more unit is worth nothing."""


@dataclass(frozen=True, eq=False)
class Bottleneck:
    """A limit that holds the plan back.

    Args: code, see docs/reference/reasons.md; what, the limit in words; unit of one more; row, the table's row that states
    it; steps in which it binds; effect of one more unit in each of them; worth of that [EUR, or what the plan's aim counts];
    confirmed by solving again.
    """

    code: str
    what: str
    unit: str
    row: Pointer
    steps: Index
    effect: Effect
    worth: float
    confirmed: bool = False


def hour_worth(solved: Solved) -> Array:
    """Return what one more ordinary hour is worth, through every place in which it sits. [resource, step] in EUR/h."""
    network, problem, answer = solved.network, solved.problem, solved.answer
    assert answer.x is not None  # noqa: S101 - Solved has looked
    assert answer.dual is not None  # noqa: S101
    worth = np.zeros_like(network.hours.hours)
    block = problem.rows["capacity"]
    np.add.at(worth, (block.keys["resource"], block.keys["bucket"]), -np.minimum(answer.dual[block.slice], 0.0))
    terms = effects.hour_terms(solved.formulation)
    np.add.at(worth, (terms.resource, terms.step), answer.dual[terms.row] * terms.rise * answer.x[terms.variable])
    return np.maximum(worth, 0.0)


def bottlenecks(solved: Solved, seconds: float | None = None) -> tuple[Bottleneck, ...]:
    """Return the limits of which one more unit is worth most, dearest first.

    Each is confirmed by solving again with one more unit in every step in which it binds, as long as there is time.
    """
    until = None if seconds is None else time.monotonic() + seconds
    found = [*_hours(solved), *_supplies(solved), *_lanes(solved), *_caps(solved)]
    found = sorted((each for each in found if each.worth > LEAST), key=lambda each: (-each.worth, str(each.row)))[:MOST]
    sure = [each if until is not None and time.monotonic() > until else _confirmed(solved, each) for each in found]
    return tuple(sorted((each for each in sure if each.worth > LEAST), key=lambda each: (-each.worth, str(each.row))))


def reason(solved: Solved, found: Bottleneck) -> Reason:
    """Return a bottleneck in words."""
    network, steps = solved.network, found.steps
    more = f"one more {found.unit}"
    if len(steps):
        held = f"binds in {len(steps)} weeks" if network.horizon.step_days == 7 else f"binds in {len(steps)} steps"  # noqa: PLR2004
        held = held.replace("1 weeks", "1 week") if len(steps) == 1 else held
        more += " in each" if len(steps) > 1 else ""
        held = f"{held} from {day(network, int(steps[0]))} to {last_day(network, int(steps[-1]))}"
    else:
        held = "is used up"
    proof = "" if found.confirmed else " at the margin (not confirmed by solving again)"
    unit = solved.formulation.aim.unit
    worth = money(found.worth) if unit == "EUR" else f"{number(found.worth)} {unit}"
    sentence = f"{found.what} {held}: {more} is worth {worth}{proof}."
    return Reason("bottleneck", sentence, (found.row,), "", round(found.worth, 2), f"{unit}/{found.unit}")


def with_worth(solved: Solved, work: pl.DataFrame) -> pl.DataFrame:
    """Return the table `work` with the worth of one more hour in every step."""
    worth, network = hour_worth(solved), solved.network
    resource = network.hours.resources.at(work["resource"])
    step = np.array([network.horizon.step(each) for each in work["start"].to_list()], np.int64)
    return work.with_columns(worth=pl.Series(worth[resource, step] if work.height else [], dtype=pl.Float64))


def _confirmed(solved: Solved, found: Bottleneck) -> Bottleneck:
    """Return the bottleneck with what one more unit truly brings."""
    try:
        worth = confirm(solved.problem, solved.answer, found.effect, solve=solved.session.run)
    except Stopped:
        return found
    return replace(found, worth=worth, confirmed=bool(np.isfinite(worth))) if np.isfinite(worth) else found


def _hours(solved: Solved) -> Iterator[Bottleneck]:
    network, worth = solved.network, hour_worth(solved)
    terms = effects.hour_terms(solved.formulation)
    for resource in np.flatnonzero((worth > LEAST).any(axis=1)).tolist():
        steps = np.flatnonzero(worth[resource] > LEAST)
        name = network.hours.resources.names[resource]
        site = network.sites.names[network.hours.site[resource]]
        effect = effects.hours(solved.formulation, terms, resource, steps)
        what = f"{name} at {site}"
        yield Bottleneck(
            "capacity", what, "h", Pointer("resources", (name,)), steps, effect, float(worth[resource, steps].sum())
        )


def _supplies(solved: Solved) -> Iterator[Bottleneck]:
    reduced, block = solved.answer.reduced, solved.problem.variables["buy"]
    assert reduced is not None  # noqa: S101 - Solved has looked
    rent = np.where(np.isfinite(solved.problem.upper[block.slice]), -np.minimum(reduced[block.slice], 0.0), 0.0)
    for offer in np.unique(block.keys["offer"][rent > LEAST]).tolist():
        steps = block.keys["bucket"][(block.keys["offer"] == offer) & (rent > LEAST)]
        effect = effects.supply(solved.formulation, offer, steps)
        names = offer_key(solved, offer)
        what = f"{names[2]}'s supply of {names[0]} to {names[1]}"
        yield Bottleneck("supply", what, "unit", Pointer("supplies", names), steps, effect, price(solved.answer, effect))


def _lanes(solved: Solved) -> Iterator[Bottleneck]:
    network, dual, block = solved.network, solved.answer.dual, solved.problem.rows["lane"]
    assert dual is not None  # noqa: S101 - Solved has looked
    rent = -np.minimum(dual[block.slice], 0.0)
    for limit in np.unique(block.keys["limit"][rent > LEAST]).tolist():
        steps = block.keys["bucket"][(block.keys["limit"] == limit) & (rent > LEAST)]
        effect = effects.row_limit(solved.formulation, "lane", "limit", limit, steps, "kg")
        row = lane_row(solved, int(np.flatnonzero(network.lanes.limit == limit)[0]))
        what = f"the {'corridor' if row.table == 'corridors' else 'lane'} from {row.key[0]} to {row.key[1]} by {row.key[2]}"
        yield Bottleneck("lane", what, "kg", row, steps, effect, price(solved.answer, effect))


def _caps(solved: Solved) -> Iterator[Bottleneck]:
    network, dual = solved.network, solved.answer.dual
    assert dual is not None  # noqa: S101 - Solved has looked
    for name, unit in (("quantity cap", "unit"), ("value cap", "EUR of goods")):
        rent = -np.minimum(dual[solved.problem.rows[name].slice], 0.0)
        for cap in np.flatnonzero(rent > LEAST).tolist():
            clearance = network.leave.names.names[int(np.flatnonzero(network.leave.cap == cap)[0])]
            effect = effects.row_limit(solved.formulation, name, "cap", cap, np.empty(0, np.int64), unit)
            what = f"the {name} of {title(solved.programme, clearance)}"
            row = Pointer("clearances", (clearance,))
            yield Bottleneck("clearance", what, unit, row, np.empty(0, np.int64), effect, price(solved.answer, effect))
