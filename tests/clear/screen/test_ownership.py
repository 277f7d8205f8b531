"""Who counts as listed by ownership: shares are added up, circles end, and what a person must judge is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.clear.screen.ownership import Stake, behind, taint


def owner(one: str, of: str, share: float | None) -> Stake:
    return Stake(one, of, "owner", share)


def tainted(*stakes: Stake, block: str = "x", review: str = "") -> tuple[set[str], set[str]]:
    found = taint(stakes, set(block), set(review), 0.5, 0.25)
    return set(found.block), set(found.review)


def test_shares_of_several_who_are_listed_add_up() -> None:
    assert tainted(owner("x", "a", 0.3), owner("y", "a", 0.2), block="xy") == ({"a"}, set())


def test_less_than_half_is_for_a_person_to_judge() -> None:
    assert tainted(owner("x", "a", 0.499)) == (set(), {"a"})


def test_an_owner_that_counts_as_listed_counts_with_its_whole_share() -> None:
    assert tainted(owner("x", "a", 0.5), owner("a", "b", 0.5), owner("b", "c", 0.5))[0] == {"a", "b", "c"}


def test_owners_of_each_other_in_a_circle_are_not_listed_by_it() -> None:
    assert tainted(owner("a", "b", 1.0), owner("b", "a", 1.0)) == (set(), set())
    assert tainted(owner("a", "b", 0.6), owner("b", "a", 0.4), owner("x", "a", 0.5))[0] == {"a", "b"}


def test_a_share_that_nobody_knows_is_not_half_and_not_nothing() -> None:
    assert tainted(owner("x", "a", None)) == (set(), {"a"})


def test_a_listed_director_is_reported() -> None:
    found = taint([Stake("x", "a", "director")], {"x"}, set(), 0.5, 0.25)
    assert found.review == {
        "a": "a listed director stands behind it: x (director); whether it controls the company is for a person to judge"
    }


def test_an_owner_under_review_matters_from_a_quarter_on() -> None:
    assert tainted(owner("r", "a", 0.25), block="", review="r") == (set(), {"a"})
    assert tainted(owner("r", "a", 0.2), block="", review="r") == (set(), set())


def test_everybody_behind_a_firm_is_reached_once_even_in_a_circle() -> None:
    assert set(behind([owner("a", "b", 1), owner("b", "c", 1), owner("c", "a", 1)], "c")) == {"a", "b"}


shares = st.lists(st.tuples(st.sampled_from("xabcd"), st.sampled_from("abcd"), st.floats(0, 1)), max_size=8)


@given(shares, st.sampled_from("abcd"))
def test_one_more_who_is_listed_never_opens_anybody(edges: list[tuple[str, str, float]], more: str) -> None:
    stakes = [owner(*edge) for edge in edges]
    before, after = taint(stakes, {"x"}, (), 0.5, 0.25), taint(stakes, {"x", more}, (), 0.5, 0.25)
    assert set(before.block) <= {*after.block, more}
    assert set(before.review) <= {*after.review, *after.block, more}


@given(shares, st.floats(0.05, 0.95))
def test_a_stricter_share_never_opens_anybody(edges: list[tuple[str, str, float]], strict: float) -> None:
    stakes = [owner(*edge) for edge in edges]
    assert set(taint(stakes, {"x"}, (), 1.0, 0.25).block) <= set(taint(stakes, {"x"}, (), strict, 0.25).block)


def test_the_reason_names_the_owners_and_their_shares() -> None:
    found = taint([owner("x", "a", 0.6)], {"x"}, (), 0.5, 0.25)
    assert found.block["a"] == "owned to 60% by those who are listed: x (60%)"
    assert (
        taint([owner("x", "a", None)], {"x"}, (), 0.5, 0.25)
        .review["a"]
        .startswith("a listed owner stands behind it: x (share unknown)")
    )


@pytest.mark.parametrize("share", [0.5, 0.1 * 5])
def test_exactly_half_is_half(share: float) -> None:
    assert tainted(owner("x", "a", share))[0] == {"a"}
