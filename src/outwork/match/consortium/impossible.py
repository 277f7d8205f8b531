"""Why there is no consortium: what nobody can do, which hours are short, which wishes cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf, isfinite

import numpy as np

from outwork.match.consortium.build import build
from outwork.match.consortium.build_days import horizon
from outwork.match.consortium.cheapest import CLOSE, cheapest
from outwork.match.consortium.draft import Aim, Ask
from outwork.match.consortium.field import LEVELS, Field
from outwork.match.consortium.wish import NO_WISH
from outwork.model.outcome import Pointer, Reason
from outwork.solve.blocks import Index, Problem
from outwork.solve.conflict import conflict
from outwork.solve.options import Options
from outwork.solve.wish import Part
from outwork.solve.wish import Wish as Given

ROUGH = Options(gap=0.05)
"""How exactly the fewest days are looked for."""

LEAST_HOURS = 1e-3
"""Hours of which it is not told that they are short [h]."""


def impossible(field: Field, ask: Ask, options: Options = CLOSE) -> tuple[Reason, ...]:
    """Return why there is no consortium for an ask; () where there is one."""
    lacking = tuple(_lacking(field, ask, int(each)) for each in missing(field, ask))
    if lacking:
        return lacking
    free = replace(ask, wish=replace(NO_WISH, excluded=ask.wish.excluded), days=inf, single_points=inf, aim=Aim(), unlike=())
    if cheapest(field, free, options) is None:
        return tuple(_short(field, free, options))
    return () if cheapest(field, ask, options) else _contradiction(field, ask, options)


def missing(field: Field, ask: Ask) -> Index:
    """Return the operations without an open pair, of all items that can be made in no other way and have to be."""
    routing = field.routing
    able = np.zeros(len(routing.operations), bool)
    able[field.operation[ask.open & ask.wish.allowed(field) & (field.most > 0)]] = True
    made = routing.complete(able)
    asked, todo = set[int](), [routing.goal]
    while todo:
        item = todo.pop()
        if made[item] or item in asked:
            continue
        asked.add(item)
        todo += [int(each) for way in routing.making(item) for each in routing.inputs(way)]
    return np.flatnonzero(~able & np.isin(routing.makes, list(asked)))


def _lacking(field: Field, ask: Ask, operation: int) -> Reason:
    """Return that nobody can do an operation, and who nearly could."""
    routing = field.routing
    name, process = routing.operations[operation], routing.process[operation]
    row = (Pointer("operations", (name,)),)
    if routing.nobody_knows[operation]:
        sentence = f"What {name} needs of a site is not known, so that no site can be named for it."
        return Reason("requirement", sentence, row, "ask the designer which process it is and what it needs")
    mine = field.operation == operation
    barred = int((mine & ask.open & ~ask.wish.allowed(field)).sum())
    without = int((mine & ask.open & (field.most <= 0)).sum())
    later = [int((mine & ~ask.open & (field.level == level)).sum()) for level in range(len(LEVELS))]
    near = [
        f"{count} {what}" for count, what in (
            (barred, "may not take part"), (without, "have no hours left"), (later[1], "could after repairs"),
            (later[2], "might, once questions are answered"),
        ) if count
    ]  # fmt: skip
    sentence = f"No site can do {name} ({process})" + (f"; of those near to it {', '.join(near)}." if near else ".")
    return Reason("no site", sentence, row, "mend a site, ask one, or find another" if near else "find a site that can")


def _short(field: Field, ask: Ask, options: Options) -> Iterator[Reason]:
    """Yield the processes of which hours are short, the fewest hours in all, as if hours could be lent at any site that can."""
    found = cheapest(lent(field), ask, options)
    if found is None:
        return
    own = found.field.hours
    strange = own.grant_resource >= len(field.hours.resources)
    process = own.pool_process[own.grant_pool[strange]]
    hours = np.bincount(process, found.of("work")[strange], len(own.processes))
    for each in np.flatnonzero(hours > LEAST_HOURS).tolist():
        sites = len(np.unique(own.pool_site[own.pool_process == each]))
        spare = field.hours.most[field.hours.pool_process == each].sum()
        sentence = (
            f"{own.processes[each]} is short of {hours[each]:,.0f} h: the {sites} sites that can do what is wanted have "
            f"{spare:,.0f} h spare in {field.window:,.0f} days."
        )
        change = "more hours, more sites, more time, or fewer units"
        yield Reason("hours", sentence, (), change, round(float(hours[each]), 2), "h")


def lent(field: Field) -> Field:
    """Return the field in which every pool can have more hours at a price of 1, and nothing else costs anything."""
    own = field.hours
    pools = np.arange(len(own.pool_site))
    ends = np.zeros(len(pools))
    hours = replace(
        own,
        resources=own.resources + tuple(f"lent {pool}" for pool in pools),
        site=np.r_[own.site, own.pool_site],
        ordinary=np.r_[own.ordinary, np.full(len(pools), inf)],
        overtime=np.r_[own.overtime, ends],
        cost=np.r_[np.zeros(len(own.resources)), np.ones(len(pools))],
        overtime_cost=np.r_[np.zeros(len(own.resources)), ends],
        grant_resource=np.r_[own.grant_resource, len(own.resources) + pools],
        grant_pool=np.r_[own.grant_pool, pools],
    )
    free = np.zeros(field.size)
    repairs = replace(field.repairs, cost=np.zeros(len(field.repairs.names)))
    return replace(field, hours=hours, unit_cost=free, fixed_cost=free, repairs=repairs)


def _contradiction(field: Field, ask: Ask, options: Options) -> tuple[Reason, ...]:
    """Return the smallest set of wishes that cannot hold together, given the hours that are spare."""
    guilty = conflict(_wished(field, ask), tuple(_wishes(field, ask)), options)
    if not guilty:
        return ()
    told = "; ".join(each.sentence for each in guilty)
    lead = "This cannot be had" if len(guilty) == 1 else "These cannot be had together"
    rows = tuple(
        Pointer("shares", (share.name,)) for share in ask.wish.shares if any(share.name == each.name for each in guilty)
    )
    sentence, days = f"{lead} with the hours that are spare: {told}.", None
    if any(each.name == "days" for each in guilty):
        quickest = cheapest(field, replace(ask, days=inf, aim=Aim(cost=0.0, days=1.0)), ROUGH)
        days = None if quickest is None else round(quickest.days, 1)
        sentence += "" if days is None else f" The quickest that was found takes {days:,.0f} days."
    return (Reason("wishes", sentence, rows, f"give up {guilty[-1].name}", days, "" if days is None else "day"),)


def _wished(field: Field, ask: Ask) -> Problem:
    """Return the problem of an ask in which its days are one bound, and nothing else follows from them."""
    end = horizon(field)
    problem = build(field, replace(ask, days=end))
    upper = problem.upper.copy()
    upper[problem.variables["last"].first + field.routing.goal] = min(ask.days, end)
    return problem.bounded(problem.lower, upper)


def _wishes(field: Field, ask: Ask) -> Iterator[Given]:
    """Yield what could be given up, in the words of who asked for it."""
    wish, first = ask.wish, np.zeros(1, np.int64)
    if isfinite(ask.days):
        last = Part("variables", "last", np.array([field.routing.goal]), ("upper",))
        yield Given("days", f"all of it within {ask.days:,.0f} days", (last,))
    for name, most in (("firm", wish.firms), ("nation", wish.nations)):
        if most is not None:
            yield Given(f"{name}s", f"at most {most} {name}s", (Part("rows", f"{name}s", first),))
    if isfinite(ask.single_points):
        sentence = f"at most {ask.single_points:,.0f} single points"
        yield Given("single points", sentence, (Part("rows", "singles", first),))
    if wish.excluded:
        shut = Part("variables", "use", np.flatnonzero(~wish.allowed(field)), ("upper",), 1.0)
        yield Given("excluded", f"nothing at {', '.join(wish.excluded)}", (shut,))
    for place, share in enumerate(wish.every_share):
        parts = tuple(Part("rows", name, np.array([place])) for name in ("least share", "most share"))
        what = share.item or "the value"
        yield Given(share.name, f"{share.least:.0%} to {share.most:.0%} of {what} for {share.whose}", parts)
