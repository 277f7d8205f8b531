"""The cheapest consortium against a search through all of them, and against the rules."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_up_fields import Size, field
from outwork.match.consortium.draft import Ask, wanted
from outwork.match.consortium.field import Field
from outwork.match.consortium.wish import Share, Wish
from tests.examples import drawing
from tests.match.consortium.brute import Limits, best
from tests.match.consortium.checker import breaches
from tests.match.consortium.exact import cheapest

TINY = Size(operations=3, sites=3, chance=0.8, repaired=0.4, tight=1.5)
SMALL = Size(operations=6, sites=6, chance=0.6, repaired=0.3, asked=0.2, alternatives=1, tight=2.5)


def asked(own: Field, **limits: float) -> Ask:
    return Ask(np.ones(own.size, bool), **limits)


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_costs_what_the_best_of_all_sets_of_pairs_costs(seed: int) -> None:
    own = field(seed, TINY)
    found, least = cheapest(own, asked(own)), best(own, list(range(own.size)))
    assert (inf if found is None else found.cost) == pytest.approx(least, rel=1e-5)


@pytest.mark.parametrize("seed", range(8))
def test_with_alternatives_the_cheapest_costs_what_the_best_of_all_sets_costs(seed: int) -> None:
    own = field(seed, replace(TINY, operations=4, alternatives=1, chance=0.6))
    found, least = cheapest(own, asked(own)), best(own, list(range(own.size)))
    assert (inf if found is None else found.cost) == pytest.approx(least, rel=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_in_time_costs_what_the_best_of_all_sets_in_time_costs(seed: int) -> None:
    own = field(seed, TINY)
    free = cheapest(own, asked(own))
    days = 50.0 if free is None else 0.8 * free.days
    found, least = cheapest(own, asked(own, days=days)), best(own, list(range(own.size)), Limits(days=days))
    assert (inf if found is None else found.cost) == pytest.approx(least, rel=1e-5)


@pytest.mark.parametrize("seed", range(8))
def test_without_single_points_the_cheapest_costs_what_the_best_of_such_sets_costs(seed: int) -> None:
    own = field(seed, replace(TINY, tight=2.5))
    found, least = cheapest(own, asked(own, single_points=0)), best(own, list(range(own.size)), Limits(doubled=0.2))
    assert (inf if found is None else found.cost) == pytest.approx(least, rel=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_with_few_firms_the_cheapest_costs_what_the_best_of_such_sets_costs(seed: int) -> None:
    own = field(seed, replace(TINY, sites=4, chance=0.7))
    ask = replace(asked(own), wish=Wish(firms=1))
    found, least = cheapest(own, ask), best(own, list(range(own.size)), Limits(firms=1))
    assert (inf if found is None else found.cost) == pytest.approx(least, rel=1e-5)


WISHES = (
    Wish(),
    Wish(firms=2),
    Wish(nations=2),
    Wish(required=("FI",)),
    Wish(excluded=("s001", "s003")),
    Wish(single_points=2),
    Wish(days=70.0),
    Wish(shares=(Share("at least a fifth", "nation", "DE", 0.2), Share("no more than half", "party", "f000", 0.0, 0.5))),
    Wish(shares=(Share("by units", "nation", "PL", 0.3, 0.8, "i001"),)),
)


@drawing(1.6)
@given(st.integers(0, 10_000), st.sampled_from(WISHES), st.sampled_from(["known", "repairs", "answers"]))
def test_a_consortium_keeps_every_rule(seed: int, wish: Wish, level: str) -> None:
    own = field(seed, SMALL)
    found = cheapest(own, wanted(own, wish, level))
    if found is not None:
        assert breaches(found) == []


def test_most_made_up_fields_have_a_consortium_under_most_wishes() -> None:
    found = [cheapest(field(seed, SMALL), wanted(field(seed, SMALL), WISHES[seed % 9], "answers")) for seed in range(27)]
    assert sum(each is not None for each in found) > 9
