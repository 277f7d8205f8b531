"""Whether a consortium keeps every rule, in plain Python and from nothing of the project's own rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from outwork.match.consortium.found import Found

SLACK = 1e-5


def breaches(found: Found) -> list[str]:
    """Return what a consortium breaks."""
    return [*_balance(found), *_hours(found), *_allowed(found), *_shares(found), *_told(found)]


def _made(found: Found) -> dict[int, float]:
    return {p: float(found.make[p]) for p in range(found.field.size) if found.make[p] > 0}


def _balance(found: Found) -> Iterator[str]:
    routing, left = found.field.routing, defaultdict[int, float](float)
    flow = defaultdict[int, float](float)
    for p, units in _made(found).items():
        o = int(found.field.operation[p])
        left[int(routing.makes[o])] += routing.good[o] * units
        flow[int(routing.makes[o])] += routing.good[o] * units
        for by, item, each in zip(routing.takes_by, routing.takes, routing.takes_units, strict=True):
            if by == o:
                left[int(item)] -= each * units
    left[routing.goal] -= routing.quantity
    for item, units in left.items():
        if abs(units) > SLACK * max(1.0, flow[item]):
            yield f"{units} of item {item} are left over"


def _hours(found: Found) -> Iterator[str]:
    field, asked = found.field, defaultdict[int, float](float)
    made = _made(found)
    for p, pool, hours in zip(field.load_pair, field.load_pool, field.load_hours, strict=True):
        asked[int(pool)] += hours * made.get(int(p), 0.0)
    given, taken = defaultdict[int, float](float), defaultdict[int, float](float)
    for grant, hours in enumerate(found.of("work")):
        given[int(field.hours.grant_pool[grant])] += hours
        taken[int(field.hours.grant_resource[grant])] += hours
    for pool, hours in asked.items():
        if hours > given[pool] + SLACK * max(1.0, hours):
            yield f"pool {pool} is asked for {hours} h and given {given[pool]} h"
    for resource, hours in taken.items():
        most = field.hours.ordinary[resource] + field.hours.overtime[resource]
        if hours > most + SLACK * max(1.0, most):
            yield f"resource {resource} gives {hours} h of {most} h"


def _allowed(found: Found) -> Iterator[str]:
    field, wish, made = found.field, found.ask.wish, _made(found)
    sites = {field.sites.names[field.site[p]] for p in made}
    if sites & set(wish.excluded):
        yield f"{sites & set(wish.excluded)} are excluded"
    if any(not found.ask.open[p] for p in made):
        yield "a closed pair takes part"
    if wish.firms is not None and len({field.sites.party[field.site[p]] for p in made}) > wish.firms:
        yield "too many firms"
    if wish.nations is not None and len({field.sites.nation[field.site[p]] for p in made}) > wish.nations:
        yield "too many nations"
    if found.days > found.ask.days + SLACK * max(1.0, found.ask.days):
        yield f"{found.days} days instead of {found.ask.days}"
    if found.single_points > found.ask.single_points:
        yield f"{found.single_points} single points"


def _shares(found: Found) -> Iterator[str]:
    field, made = found.field, _made(found)
    for share in found.ask.wish.every_share:
        whole = mine = 0.0
        for p, units in made.items():
            site = field.site[p]
            if share.item is None:
                count = units * field.worth[p]
            else:
                count = units * (field.routing.items[field.routing.makes[field.operation[p]]] == share.item)
            by_nation = field.sites.nations[field.sites.nation[site]]
            by_party = field.sites.parties[field.sites.party[site]]
            whole += count
            mine += count * (share.whose == (by_nation if share.by == "nation" else by_party))
        if not share.least * whole - SLACK * max(1, whole) <= mine <= share.most * whole + SLACK * max(1, whole):
            yield f"{share.whose} has {mine} of {whole}"


def _told(found: Found) -> Iterator[str]:
    """Cost, days and single points once more."""
    field, own, made = found.field, found.field.hours, _made(found)
    paid = {int(r) for p, r in zip(field.repairs.pair, field.repairs.repair, strict=True) if int(p) in made}
    cost = sum(field.unit_cost[p] * units + field.fixed_cost[p] for p, units in made.items())
    cost += sum(field.repairs.cost[r] for r in paid)
    taken = defaultdict[int, float](float)
    for grant, hours in enumerate(found.of("work")):
        taken[int(own.grant_resource[grant])] += hours
    for r, hours in taken.items():
        extra = max(0.0, hours - own.ordinary[r])
        cost += own.cost[r] * (hours - extra) + own.overtime_cost[r] * extra
    if abs(cost - found.cost) > SLACK * max(1.0, cost):
        yield f"it costs {cost} and not {found.cost}"
    if found.bound > found.cost * (1 + SLACK):
        yield f"the bound {found.bound} is above the cost {found.cost}"
    hanging = 0
    for item in {int(field.routing.makes[field.operation[p]]) for p in made}:
        by_site = defaultdict[int, float](float)
        for p, units in made.items():
            if field.routing.makes[field.operation[p]] == item:
                by_site[int(field.site[p])] += units * field.routing.good[field.operation[p]]
        hanging += max(by_site.values()) > (1 - found.ask.wish.second + SLACK) * sum(by_site.values())
    if hanging != found.single_points:
        yield f"{hanging} items hang on one site, not {found.single_points}"
