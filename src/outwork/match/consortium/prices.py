"""What one more hour is worth to a consortium, by process and nation, and what nobody there can do.

Prices are those of the linear problem in which sites, repairs and single points are kept as the consortium has them: what one
more hour saves in the division of the work as it is. That a whole site or repair could be spared with many more hours, they do
not tell. The dearest are confirmed by solving again with the hour.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.match.consortium.field import Field
from outwork.match.consortium.found import Found
from outwork.match.consortium.hour import Hour, held, missing
from outwork.model.axis import Mask
from outwork.solve.options import Options
from outwork.solve.run import run

ANY = "any"
"""What stands for every nation."""

LEAST = 0.005
"""EUR an hour below which an hour is worth nothing."""

CONFIRMED = 12
"""Prices that are confirmed by solving again."""

_SIMPLEX = Options(method="simplex")


@dataclass(frozen=True)
class Scarcity:
    """What one more spare hour of a process in a nation would save, and the operations that nobody there is known to do.

    Args: hour [EUR/h]; operations [1]; confirmed, by solving again with the hour.
    """

    process: str
    nation: str
    hour: float
    operations: int
    confirmed: bool


def scarcities(field: Field, found: Found | None) -> tuple[Scarcity, ...]:
    """Return what is short: processes and nations in which an hour is worth something or an operation cannot be done.

    Without a consortium nothing has a price, and only what nobody can do is told. The dearest first, then where most operations
    are missing, then by name.
    """
    able = known(field)
    worth = {} if found is None else _best([*held(found), *missing(found, able)], found)
    lacking = ~np.c_[able, able.any(axis=1)]
    names = (*field.sites.nations, ANY)
    process = np.array([field.hours.processes.index(each) for each in field.routing.process], np.int64)
    rows = []
    for p, n in np.ndindex(len(field.hours.processes), len(names)):
        place = n if n < len(field.sites.nations) else -1
        price, sure = worth.get((p, place), (0.0, False))
        rows.append(Scarcity(field.hours.processes[p], names[n], price, int(lacking[process == p, n].sum()), sure))
    told = [row for row in rows if row.hour > LEAST or row.operations]
    return tuple(sorted(told, key=lambda row: (-round(row.hour, 2), -row.operations, row.process, row.nation)))


def known(field: Field) -> Mask:
    """Return whether somebody in a nation is known to be able to do an operation. [operation, nation]."""
    able = np.zeros((len(field.routing.operations), len(field.sites.nations)), bool)
    sure = np.flatnonzero((field.level == 0) & (field.most > 0))
    able[field.operation[sure], field.sites.nation[field.site[sure]]] = True
    return able


def _best(hours: list[Hour], found: Found) -> dict[tuple[int, int], tuple[float, bool]]:
    """Return what the best hour of a process is worth in a nation, and (at nation -1) anywhere, and whether it is confirmed."""
    worth = [each for each in hours if each.worth > LEAST]
    worth.sort(key=lambda each: (-round(each.worth, 6), each.process, each.nation))
    best: dict[tuple[int, int], tuple[float, bool]] = {}
    for place, hour in enumerate(worth):
        sure = place < CONFIRMED
        price = _confirmed(hour, found) if sure else hour.worth
        for key in ((hour.process, hour.nation), (hour.process, -1)):
            best[key] = max(best.get(key, (0.0, False)), (price, sure))
    return best


def _confirmed(hour: Hour, found: Found) -> float:
    """Return what an hour truly saves. EUR/h, 0 at least."""
    answer = run(hour.more(), _SIMPLEX)
    if answer.objective is None or found.answer.objective is None:
        return 0.0
    return max(0.0, found.answer.objective - answer.objective)
