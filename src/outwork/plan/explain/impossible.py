"""Why no plan can keep every rule: the smallest set of the programme's own rows that cannot hold together.

Every row that a person wrote, and could take back, is a wish; material balance, lead times and yields are how the world is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from outwork.model.errors import Stopped
from outwork.model.outcome import Pointer, Reason
from outwork.model.programme import Programme
from outwork.plan.build import Formulation
from outwork.plan.explain.barred import barred
from outwork.plan.explain.leave import title
from outwork.plan.explain.words import number
from outwork.solve.blocks import Block
from outwork.solve.conflict import conflict
from outwork.solve.options import Options
from outwork.solve.watch import Stop
from outwork.solve.wish import Part, Wish


@dataclass(frozen=True)
class Asked:
    """A wish, and the row that it comes from."""

    wish: Wish
    row: Pointer


def impossible(
    programme: Programme, formulation: Formulation, seconds: float | None = None, stop: Stop | None = None
) -> tuple[Reason, ...]:
    """Return one reason that names the rows that cannot hold together. Args: seconds, for each question on the way."""
    asked = tuple(wishes(programme, formulation))
    try:
        guilty = conflict(formulation.problem, [each.wish for each in asked], Options(limit=seconds), stop)
    except (Stopped, ValueError) as error:
        return (Reason("conflict", f"Which rows cannot hold together was not found: {error}."),)
    rows = {each.wish.name: each for each in asked}
    held = [rows[wish.name] for wish in guilty]
    closed = [clause for each in held if (clause := barred(programme, formulation.network, each.row))]
    said = "; ".join(each.wish.sentence for each in held)
    head = "This alone cannot be kept" if len(held) == 1 else f"These {len(held)} cannot be kept together"
    why = f" {'. '.join(closed)}." if closed else ""
    change = "" if not held else "take back or loosen any one of them: " + ", ".join(str(each.row) for each in held)
    if not held:
        return (Reason("conflict", "Not even without commitments, agreements and limits is there a plan."),)
    return (Reason("conflict", f"{head}: {said}.{why}", tuple(each.row for each in held), change),)


def wishes(programme: Programme, formulation: Formulation) -> Iterator[Asked]:
    """Yield what people asked for: punctual demands, commitments, agreements, licences, stores, hours, offers and lanes."""
    yield from _punctual(formulation)
    yield from _decided(programme, formulation)
    yield from _begun(programme, formulation)
    yield from _shares(programme, formulation)
    yield from _caps(programme, formulation)
    yield from _starts(formulation)
    yield from _stores(formulation)
    yield from _hours(formulation)
    yield from _offers(formulation)
    yield from _weights(programme, formulation)


def _asked(table: str, key: tuple[str, ...], sentence: str, parts: Iterable[Part]) -> Asked:
    row = Pointer(table, key)
    return Asked(Wish(f"{row}: {sentence}", sentence, tuple(parts)), row)


def _places(block: Block, axis: str, member: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.flatnonzero(block.keys[axis] == member)


def _punctual(formulation: Formulation) -> Iterator[Asked]:
    """Binding demands of which nothing may be late or short."""
    network, wishes = formulation.network, formulation.network.wishes
    block = formulation.problem.variables["short"]
    for place in np.flatnonzero(formulation.problem.upper[block.slice] == 0.0).tolist():
        demand = int(block.keys["demand"][place])
        name, item = wishes.names.names[demand], network.items.names[wishes.item[demand]]
        by = network.horizon.day(int(wishes.due[demand])).isoformat()
        part = Part("variables", "short", np.array([place]), ("upper",))
        sentence = f"demand {name} for {number(float(wishes.quantity[demand]))} {item} in full by the week of {by}"
        yield _asked("demands", (name,), sentence, [part])


def _decided(programme: Programme, formulation: Formulation) -> Iterator[Asked]:
    held = programme["commitments"].filter(pl.col("kind") != "qualify")
    block = formulation.problem.rows["decided"]
    for place, k in enumerate(block.keys["commitment"].tolist()):
        row = held.row(k, named=True)
        what = row["operation"] or row["item"]
        to = f" to {row['destination']}" if row["destination"] else ""
        sentence = f"commitment {row['commitment']} to {row['kind']} {number(row['quantity'])} {what} at {row['site']}{to}"
        part = Part("rows", "decided", np.array([place]))
        yield _asked("commitments", (row["commitment"],), f"{sentence} on {row['start'].isoformat()}", [part])


def _begun(programme: Programme, formulation: Formulation) -> Iterator[Asked]:
    """Qualifications whose start is fixed."""
    network, making = formulation.network, formulation.network.making
    for start in making.start_fixed.tolist():
        pair = making.start_pair[start]
        name, site = network.operations.names[making.operation[pair]], network.sites.names[making.site[pair]]
        mine = programme["commitments"].filter(kind="qualify", operation=name, site=site)
        part = Part("variables", "started", np.array([start]), ("lower",), 0.0)
        sentence = f"commitment {mine['commitment'][0]} to qualify {site} for {name} on {mine['start'][0].isoformat()}"
        yield _asked("commitments", (mine["commitment"][0],), sentence, [part])


def _shares(programme: Programme, formulation: Formulation) -> Iterator[Asked]:
    for name, bound in (("least share", "least"), ("most share", "most")):
        block = formulation.problem.rows[name]
        for place, k in enumerate(block.keys["share"].tolist()):
            row = programme["shares"].row(k, named=True)
            limit = row["min_share"] if bound == "least" else row["max_share"]
            sentence = (
                f"agreement {row['agreement']} gives {row['nation'] or row['party']} at {bound} {limit:.0%} of {row['item']}"
            )
            yield _asked("shares", (row["share"],), sentence, [Part("rows", name, np.array([place]))])


def _caps(programme: Programme, formulation: Formulation) -> Iterator[Asked]:
    leave = formulation.network.leave
    for name, caps, unit in (("quantity cap", leave.quantity, "units"), ("value cap", leave.value, "EUR")):
        for cap in np.flatnonzero(np.isfinite(caps)).tolist():
            clearance = leave.names.names[int(np.flatnonzero(leave.cap == cap)[0])]
            sentence = f"{title(programme, clearance)} covers at most {number(float(caps[cap]))} {unit}"
            yield _asked("clearances", (clearance,), sentence, [Part("rows", name, np.array([cap]))])


def _starts(formulation: Formulation) -> Iterator[Asked]:
    network, block = formulation.network, formulation.problem.rows["starts"]
    for site in np.unique(block.keys["site"]).tolist():
        name = network.sites.names[site]
        sentence = f"{name} starts at most {network.starts[site]} qualifications on one date"
        yield _asked("sites", (name,), sentence, [Part("rows", "starts", _places(block, "site", site))])


def _stores(formulation: Formulation) -> Iterator[Asked]:
    network, stores = formulation.network, formulation.network.stores
    block = formulation.problem.variables["stock"]
    for k in np.flatnonzero(np.isfinite(stores.most)).tolist():
        item, site = int(stores.item[k]), int(stores.site[k])
        key = (network.items.names[item], network.sites.names[site])
        places = _places(block, "node", int(network.node[item, site]))
        most = number(max(float(stores.most[k]), float(stores.on_hand[k])))
        sentence = f"{key[1]} keeps at most {most} of {key[0]}"
        yield _asked("stocks", key, sentence, [Part("variables", "stock", places, ("upper",))])


def _hours(formulation: Formulation) -> Iterator[Asked]:
    hours, sites = formulation.network.hours, formulation.network.sites
    rows, extra = formulation.problem.rows["capacity"], formulation.problem.variables["overtime"]
    for resource in np.unique(rows.keys["resource"]).tolist():
        name = hours.resources.names[resource]
        parts = [Part("rows", "capacity", _places(rows, "resource", resource))]
        parts.append(Part("variables", "overtime", _places(extra, "resource", resource), ("upper",)))
        yield _asked(
            "resources", (name,), f"{name} at {sites.names[hours.site[resource]]} has no more hours than it has", parts
        )


def _offers(formulation: Formulation) -> Iterator[Asked]:
    network, offers = formulation.network, formulation.network.offers
    bought, least = formulation.problem.variables["buy"], formulation.problem.rows["minimum"]
    for offer in np.flatnonzero(np.isfinite(offers.most) | (offers.least > 0)).tolist():
        item, site = network.items.names[offers.item[offer]], network.sites.names[offers.site[offer]]
        party = network.parties.names[offers.party[offer]]
        if np.isfinite(offers.most[offer]):
            part = Part("variables", "buy", _places(bought, "offer", offer), ("upper",))
            week = number(float(offers.most[offer]) / network.horizon.weeks_per_step)
            yield _asked("supplies", (item, site, party), f"{party} delivers at most {week} of {item} a week to {site}", [part])
        if offers.least[offer] > 0:
            part = Part("rows", "minimum", _places(least, "offer", offer))
            sentence = f"{party} sells no less than {number(float(offers.least[offer]))} of {item} at a time to {site}"
            yield _asked("supplies", (item, site, party), sentence, [part])


def _weights(programme: Programme, formulation: Formulation) -> Iterator[Asked]:
    network, block = formulation.network, formulation.problem.rows["lane"]
    own = programme["lanes"].height
    for limit in range(len(network.lanes.limits)):
        source = int(network.lanes.source[np.flatnonzero(network.lanes.limit == limit)[0]])
        table, place = ("lanes", source) if source < own else ("corridors", source - own)
        row = programme[table].row(place, named=True)
        key = (row["origin"], row["destination"], row["mode"])
        sentence = f"{table[:-1]} {key[0]} to {key[1]} by {key[2]} carries at most {number(row['per_week'])} kg a week"
        yield _asked(table, key, sentence, [Part("rows", "lane", _places(block, "limit", limit))])
