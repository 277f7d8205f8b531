"""What one more hour is worth, and what a nation cannot do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.made_up_fields import Size, field
from outwork.match.consortium.draft import wanted
from outwork.match.consortium.found import Found
from outwork.match.consortium.hour import held, missing
from outwork.match.consortium.prices import known, scarcities
from outwork.match.consortium.wish import NO_WISH, Share, Wish
from outwork.solve.run import run
from tests.match.consortium.exact import cheapest

TIGHT = Size(operations=5, sites=5, chance=0.7, tight=1.2)


def found_for(seed: int, wish: Wish = NO_WISH) -> Found:
    own = field(seed, TIGHT)
    found = cheapest(own, wanted(own, wish, "known"))
    assert found is not None
    return found


@pytest.mark.parametrize("seed", [0, 4])
def test_the_price_of_an_hour_is_not_below_what_the_hour_saves(seed: int) -> None:
    """Savings fall with every further part of an hour, so that the price at the margin is the most that it can save."""
    found = found_for(seed)
    told = 0
    for hour in [*held(found), *missing(found, known(found.field))]:
        saved = found.answer.objective - run(hour.more()).objective
        assert saved <= max(hour.worth, 0.0) + 1e-5 * found.cost / 100
        told += hour.worth > 1
    assert told


@pytest.mark.parametrize("seed", [0, 4])
def test_with_all_that_is_whole_kept_an_hour_more_saves_no_more_than_solving_anew_does(seed: int) -> None:
    found = found_for(seed)
    own = found.field
    for resource in range(len(own.hours.resources)):
        ordinary = own.hours.ordinary.copy()
        ordinary[resource] += 1.0
        anew = cheapest(replace(own, hours=replace(own.hours, ordinary=ordinary)), found.ask)
        kept = [hour for hour in held(found) if hour.more.args[1].name == own.hours.resources[resource]]
        for hour in kept:
            saved = found.answer.objective - run(hour.more()).objective
            assert saved <= found.cost - anew.cost + 1e-5 * found.cost


def test_an_hour_where_a_nation_has_too_little_to_do_is_worth_more_than_the_same_hour_elsewhere() -> None:
    own, compared = field(10, TIGHT), 0
    free = cheapest(own, wanted(own, NO_WISH, "known"))
    for place, nation in enumerate(own.sites.nations):
        bound = cheapest(own, wanted(own, Wish(shares=(Share("least", "nation", nation, 0.4),)), "known"))
        if bound is None or bound.cost <= free.cost * 1.01:
            continue
        worth: dict[tuple[int, bool], float] = {}
        able = np.zeros((5, len(own.sites.nations)), bool)
        for hour in missing(bound, able):
            worth[hour.process, hour.nation == place] = max(worth.get((hour.process, hour.nation == place), -9e9), hour.worth)
        ahead = [worth[process, True] - worth[process, False] for process in range(len(own.hours.processes))]
        assert min(ahead) >= 0
        compared += max(ahead) > 1
    assert compared


def test_operations_that_nobody_in_a_nation_is_known_to_do_are_counted() -> None:
    own = field(4, TIGHT)
    told = {(row.process, row.nation): row.operations for row in scarcities(own, None)}
    for place, nation in enumerate(own.sites.nations):
        for process in own.hours.processes:
            lacking = [
                operation
                for operation in range(5)
                if own.routing.process[operation] == process
                and not ((own.operation == operation) & (own.sites.nation[own.site] == place) & (own.most > 0)).any()
            ]
            assert told.get((process, nation), 0) == len(lacking)
    assert all(row.hour == 0.0 for row in scarcities(own, None))
    assert np.unique([row.nation for row in scarcities(own, None)]).size > 1
