"""What a day less, or a single point less, costs: consortia of which none is better in all three."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Final

import numpy as np

from outwork.match.consortium.cheapest import cheapest
from outwork.match.consortium.draft import LATE, Aim, Ask
from outwork.match.consortium.found import Found
from outwork.match.consortium.impossible import ROUGH
from outwork.solve.options import Options

TILT: Final = 1e-4
"""Part of the cheapest cost at which all days of the window, or all single points, together are priced, so that of consortia
that cost the same the one with fewer of them is taken [1]."""

FINE: Final = Options(gap=1e-3)
"""How exactly the points of a front are computed: a euro in a thousand. The bound of each tells how exact it came out."""

HALF_A_DAY: Final = 0.5
"""Days by which two consortia differ at least."""

SAME: Final = 1e-5
"""Part of a cost by which two differ at least [1]; below it the solver does not tell them apart."""


def front(first: Found, days: int = 3, levels: int = 3, options: Options = FINE) -> tuple[Found, ...]:
    """Return consortia that trade cost against days and single points, cheapest first; `first` is the cheapest.

    For up to `levels` numbers of single points, from those of the cheapest to the fewest possible, and for each of them `days`
    limits below the days of its cheapest, down to the fewest possible, the cheapest within both limits is found, with a slight
    price on days and single points (augmented epsilon-constraint; Mavrotas 2009, Applied Mathematics and Computation 213).
    `bound` of each proves it: what is as good in days and single points costs no less.
    """
    quickest = cheapest(first.field, replace(first.ask, aim=Aim(cost=0.0, days=1.0)), ROUGH)
    found = [first]
    for most in _levels(first, levels, options):
        slow = cheapest(first.field, tilted(first, inf, most), options)
        if slow is None or quickest is None:
            continue
        limits = np.linspace(slow.days, quickest.days + LATE, days + 1)[1:]
        between = (cheapest(first.field, tilted(first, limit, most), options) for limit in limits)
        found += [slow, *(each for each in between if each is not None)]
    return undominated(found)


def tilted(first: Found, days: float, single_points: float) -> Ask:
    """Return the ask for the cheapest within limits, with a slight price on both."""
    a_day = TILT * first.cost / max(first.field.window, 1.0)
    a_point = TILT * first.cost / max(len(first.field.routing.items), 1)
    limit = min(days, first.ask.days)
    most = min(single_points, first.ask.single_points)
    return replace(first.ask, days=limit, single_points=most, aim=Aim(days=a_day, single_points=a_point))


def _levels(first: Found, levels: int, options: Options) -> tuple[float, ...]:
    """Return the limits of single points to try, the loosest first."""
    fewest = cheapest(first.field, replace(first.ask, aim=Aim(cost=0.0, single_points=1.0)), options)
    least = first.single_points if fewest is None else min(fewest.single_points, first.single_points)
    steps = np.unique(np.round(np.linspace(least, first.single_points, max(levels, 1))))[::-1]
    return tuple(steps.tolist())


def undominated(found: list[Found]) -> tuple[Found, ...]:
    """Return those of which no other is as good in cost, days and single points, cheapest first; of equal ones the first."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: (one.cost, one.days, one.single_points)):
        if not any(_as_good(other, each) for other in kept):
            kept.append(each)
    return tuple(kept)


def _as_good(one: Found, other: Found) -> bool:
    """Whether one is no worse than the other in anything, within what the solver tells apart."""
    return (
        one.cost <= other.cost * (1 + SAME) and one.days <= other.days + HALF_A_DAY and one.single_points <= other.single_points
    )
