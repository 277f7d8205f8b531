"""The kernel against the contract, pair by pair."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from outwork.match.judging.judge import judge
from outwork.match.judging.needs import Needs
from outwork.match.judging.offers import Offers
from outwork.match.terms.kinds import named
from outwork.model.programme import Programme
from tests.match.judging.plain import Book, Pair
from tests.match.vocabulary import small_terms
from tests.match.worlds import SEEDS, world


def pairs(programme: Programme, near: int = 1) -> dict[tuple[str, str], Pair]:
    """What the kernel finds, in the words of the plain reference."""
    needs = Needs.of(programme, small_terms())
    offers = Offers.of(programme.tables, small_terms(), needs.windows)
    judged = judge(needs, offers, small_terms(), near)
    found = {}
    for row in range(len(judged)):
        offer, hours = int(judged.offer[row]), float(judged.hours[row])
        resource = None if offer < 0 or offers.listing[offer] else offers.names[offer]
        found[needs.operations.names[judged.operation[row]], offers.sites.names[judged.site[row]]] = Pair(
            frozenset(named(int(judged.failed[row]))), frozenset(named(int(judged.unknown[row]))), resource,
            None if math.isnan(hours) else hours,
        )  # fmt: skip
    assert len(found) == len(judged)
    return found


@given(seed=SEEDS, near=st.sampled_from((0, 1, 2, 9)))
def test_every_pair_is_judged_as_the_contract_says(seed: int, near: int) -> None:
    programme = world(seed)
    by_contract, by_kernel = Book(programme, small_terms()).pairs(near), pairs(programme, near)
    assert by_kernel.keys() == by_contract.keys()
    for key, pair in by_contract.items():
        assert (by_kernel[key].failed, by_kernel[key].unknown) == (pair.failed, pair.unknown), key
        assert by_kernel[key].resource == pair.resource, key
        assert (by_kernel[key].hours is None) == (pair.hours is None), key
