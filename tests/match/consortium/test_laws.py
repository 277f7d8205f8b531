"""What more pairs, more hours and more bans do to the cheapest consortium, and how several stand to each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_up_fields import Size, field
from outwork.match.consortium.draft import Ask, wanted
from outwork.match.consortium.field import LEVELS, Field
from outwork.match.consortium.found import Found
from outwork.match.consortium.run import Extent, consortia
from outwork.match.consortium.wish import Wish
from tests.examples import drawing
from tests.match.consortium.checker import breaches
from tests.match.consortium.exact import cheapest, diverse, front

SMALL = Size(operations=5, sites=5, chance=0.6, repaired=0.3, asked=0.2, tight=2.5)
ROUNDING = 1 + 3e-6

seeds = st.integers(0, 10_000)


def cost(found: Found | None) -> float:
    return np.inf if found is None else found.cost


def everyone(own: Field) -> Ask:
    return Ask(np.ones(own.size, bool), days=own.window)


@drawing(0.6)
@given(seeds, st.integers(0, 30))
def test_one_pair_more_never_raises_the_cost(seed: int, pair: int) -> None:
    own = field(seed, SMALL)
    without = everyone(own).open.copy()
    without[pair % own.size] = False
    fewer = cheapest(own, replace(everyone(own), open=without))
    assert cost(cheapest(own, everyone(own))) <= cost(fewer) * ROUNDING


@drawing(0.6)
@given(seeds, st.integers(0, 30), st.floats(0, 500))
def test_more_hours_never_raise_the_cost(seed: int, resource: int, hours: float) -> None:
    own = field(seed, SMALL)
    ordinary = own.hours.ordinary.copy()
    ordinary[resource % len(ordinary)] += hours
    more = replace(own, hours=replace(own.hours, ordinary=ordinary))
    assert cost(cheapest(more, everyone(own))) <= cost(cheapest(own, everyone(own))) * ROUNDING


@drawing(0.6)
@given(seeds, st.integers(0, 4))
def test_forbidding_a_site_never_lowers_the_cost(seed: int, site: int) -> None:
    own = field(seed, SMALL)
    barred = replace(everyone(own), wish=Wish(excluded=(own.sites.names[site],)))
    assert cost(cheapest(own, everyone(own))) <= cost(cheapest(own, barred)) * ROUNDING


@drawing(0.6)
@given(seeds)
def test_what_may_rest_on_more_never_costs_more(seed: int) -> None:
    own = field(seed, SMALL)
    costs = [cost(cheapest(own, wanted(own, Wish(), level))) for level in LEVELS]
    assert costs[2] <= costs[1] * ROUNDING
    assert costs[1] <= costs[0] * ROUNDING


@drawing(0.6)
@given(seeds, st.sampled_from([0.01, 0.2, 0.5, 1.0]))
def test_next_ones_cost_no_less_and_give_up_a_share_of_all_before_them(seed: int, apart: float) -> None:
    own = field(seed, SMALL)
    first = cheapest(own, everyone(own))
    if first is None:
        return
    found = diverse(first, 4, apart)
    for place, one in enumerate(found[1:], 1):
        assert breaches(one) == []
        assert one.cost >= found[place - 1].cost / ROUNDING
        for before in found[:place]:
            given_up = set(before.pairs.tolist()) - set(one.pairs.tolist())
            assert len(given_up) >= max(1, apart * len(before.pairs) - 1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_of_a_front_none_is_as_good_as_another_in_everything(seed: int) -> None:
    own = field(seed, SMALL)
    first = cheapest(own, everyone(own))
    if first is None:
        return
    found = front(first)
    assert found[0].cost <= first.cost * ROUNDING
    for one in found:
        assert breaches(one) == []
        for other in found:
            if one is not other:
                assert one.cost < other.cost or one.days < other.days or one.single_points < other.single_points


@pytest.mark.parametrize("seed", range(6))
def test_nothing_as_quick_with_as_few_single_points_is_cheaper_than_the_bound_of_a_trade_off(seed: int) -> None:
    own = field(seed, SMALL)
    first = cheapest(own, everyone(own))
    if first is None:
        return
    for one in front(first):
        rival = cheapest(own, replace(everyone(own), days=one.days + 1e-6, single_points=float(one.single_points)))
        assert rival is not None
        assert rival.cost >= one.bound / ROUNDING - 1e-4 * first.cost
        assert one.cost <= rival.cost * (1 + 2e-3)


def test_the_same_field_gives_the_same_tables() -> None:
    told = [consortia(field(3, SMALL), extent=Extent(days=2, levels=2)).frames() for _ in range(2)]
    assert all(told[0][name].equals(told[1][name]) for name in told[0])
    assert told[0]["consortia"].height > 2


def test_parts_add_up_to_their_consortium() -> None:
    told = consortia(field(3, SMALL), extent=Extent(days=2, levels=2)).frames()
    sums = told["parts"].group_by("consortium").agg(pl.col("cost").sum())
    joined = told["consortia"].join(sums, on="consortium", suffix="_of_parts")
    assert (joined["cost"] - joined["cost_of_parts"]).abs().max() < 0.5
