"""What the choice of a consortium rests on, from a programme and its judged pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import polars as pl

from outwork.match.consortium.field import Field, Repairs, Sites
from outwork.match.consortium.read_hours import Loads, hours
from outwork.match.consortium.read_questions import questions
from outwork.match.consortium.read_routing import routing
from outwork.match.consortium.routing import Routing
from outwork.match.judging.matched import Matched
from outwork.match.mending.repairs import Paid, paid
from outwork.match.mending.repairs import Repairs as Mended
from outwork.model.axis import Array, Axis, Index, Mask
from outwork.model.programme import Programme

STRANGERS: Final = 20
"""Sites of which nothing but their name is known that are asked for one operation, where no other is near to it."""


@dataclass(frozen=True)
class Entry:
    """What it takes to bring an operation to a site for which `qualifications` has no row: nothing unless somebody says."""

    cost: float = 0.0
    """EUR for each pair."""
    days: float = 0.0
    """Days for each pair."""


NO_ENTRY: Final = Entry()


def read(programme: Programme, found: Matched, mended: Mended, item: str, quantity: float, entry: Entry = NO_ENTRY) -> Field:
    """Return the field of a design: all pairs that can, that could be mended at a known cost, and that might.

    A site that is qualified for an operation makes it today, so that nothing more has to be asked. Of sites that offer nothing
    for an operation, and say nothing of it either, only a few are asked, and only where nobody else is near to it. UnknownName
    for a design that no operation makes.
    """
    own, place = routing(programme, found, item, quantity)
    known = Axis(tuple(str(each) for each in place.tolist()))
    row = np.array([known.position.get(str(each), -1) for each in found.judged.operation.tolist()], np.int64)
    kept = _kept(found, mended, own, row)
    operation, site = row[kept], found.judged.site[kept].astype(np.int64)
    repairs = _repairs(found, mended, kept)
    machines = np.isin(np.arange(len(kept)), repairs.pair[_new_machines(mended, repairs)[repairs.repair]])
    days = _window(found, place)
    loads = Loads(programme, found, own, operation, site, machines)
    held, load = hours(loads, days)
    unit_cost, fixed_cost, ready, made = _terms(programme, found, own, operation, site, entry)
    return Field(
        routing=own,
        sites=_sites(programme, found),
        hours=held,
        window=float(days[1] - days[0] + 1),
        operation=operation,
        site=site,
        unit_cost=unit_cost,
        fixed_cost=fixed_cost,
        ready=ready,
        load_pair=load.pair,
        load_pool=load.pool,
        load_hours=load.hours,
        repairs=repairs,
        questions=questions(found, own, kept, load, made),
    )


def _kept(found: Matched, mended: Mended, own: Routing, row: Index) -> Index:
    """Return the judged pairs that could take part, in their order. Args: row [judged], operation of the design or -1."""
    judged = found.judged
    mendable = (judged.failed == 0) | np.isfinite(mended.cost)
    understood = ~np.r_[own.nobody_knows, True][row]
    stated = (judged.offer >= 0) | (judged.failed > 0)
    near = mendable & understood & (row >= 0)
    crowded = np.zeros(len(own.operations) + 1, bool)
    crowded[row[near & stated]] = True
    strangers = np.flatnonzero(near & ~stated & ~crowded[row])
    rank = np.arange(len(strangers)) - np.searchsorted(row[strangers], row[strangers], "left")
    kept = near & stated
    kept[strangers[rank < STRANGERS]] = True
    return np.flatnonzero(kept)


def _repairs(found: Matched, mended: Mended, kept: Index) -> Repairs:
    """Return the repairs of the pairs that are kept."""
    every: Paid = paid(found, mended)
    sizes = np.diff(every.begins)[kept]
    pair = np.repeat(np.arange(len(kept)), sizes)
    member = np.concatenate([np.empty(0, np.int64), *(every.member[every.begins[at] : every.begins[at + 1]] for at in kept)])
    used, repair = np.unique(member, return_inverse=True)
    names = [_title(mended, every, int(at)) for at in used]
    return Repairs(tuple(names), every.site[used], every.cost[used], every.days[used], pair, repair.astype(np.int64))


def _title(mended: Mended, every: Paid, at: int) -> str:
    """Return a repair in words."""
    mend = every.mend[at]
    what = mended.what(mend).what
    return f"{what}: {mend.subject}" if mend.subject else what


def _new_machines(mended: Mended, repairs: Repairs) -> Mask:
    """Return which repairs bring a machine, whose hours are then there. [repair]."""
    brings = {
        each.what for each in mended.book.repairs if each.need in {"process", "hours"} or {"process", "hours"} & each.mends
    }
    return np.array([name.split(": ")[0] in brings for name in repairs.names], bool)


def _window(found: Matched, place: Index) -> tuple[int, int]:
    """Return first and last day in which the operations of a design are wanted, counted from the start of the horizon."""
    windows = found.needs.windows
    own = windows.of[place]
    return int(windows.first[own].min()), int(windows.last[own].max())


def _sites(programme: Programme, found: Matched) -> Sites:
    rows = programme["sites"].sort("site")
    parties = tuple(rows["party"].unique().sort().to_list())
    nations = tuple(rows["nation"].unique().sort().to_list())
    return Sites(found.offers.sites.names, Axis(parties).at(rows["party"]), parties, Axis(nations).at(rows["nation"]), nations)


def _terms(
    programme: Programme, found: Matched, own: Routing, operation: Index, site: Index, entry: Entry
) -> tuple[Array, Array, Array, Mask]:
    """Return the cost of a unit beyond its hours, of taking a pair in, the days until it is ready, and whether it is qualified.

    All [pair]. A set-up is paid once at least. What is qualified costs nothing to take in.
    """
    pairs = pl.DataFrame({
        "operation": [own.operations[at] for at in operation],
        "site": [found.offers.sites.names[at] for at in site],
    }, schema={"operation": pl.String(), "site": pl.String()})  # fmt: skip
    rows = pairs.join(programme["qualifications"], on=["operation", "site"], how="left", maintain_order="left")
    rows = rows.join(programme["operations"].select("operation", "setup_cost"), on="operation", maintain_order="left")
    possible = (pl.col("status") == "possible").fill_null(value=False)
    today = found.needs.windows.horizon.start + timedelta(days=int(found.needs.windows.first[0]))
    wait = ((pl.col("earliest") - pl.lit(today)).dt.total_days()).clip(lower_bound=0).fill_null(0)
    lead = pl.when(pl.col("status").is_null()).then(entry.days).when(possible).then("lead_days").otherwise(0.0)
    cost = pl.when(pl.col("status").is_null()).then(entry.cost).when(possible).then("cost").otherwise(0.0)
    told = rows.select(pl.col("unit_cost").fill_null(0.0), cost=cost + pl.col("setup_cost"), ready=lead + wait)
    made = (rows["status"] == "qualified").fill_null(value=False).to_numpy().astype(bool)
    return told["unit_cost"].to_numpy(), told["cost"].to_numpy(), told["ready"].to_numpy(), made
