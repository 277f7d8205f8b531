"""A score is explained feature by feature, and doubts never clear anybody."""

from __future__ import annotations

import pytest

from outwork.clear.screen.names import Kind
from outwork.clear.screen.score import numbers, score
from outwork.clear.screen.subjects import Subject
from outwork.model.listed import Entry
from tests.clear.screen.lists import HARRIER, SIDORENKO

REVIEW = 0.5


def names(subject: Subject, entry: Entry) -> set[str]:
    return {each.name for each in score(subject, entry, REVIEW).features}


def test_a_score_is_one_plus_the_sum_of_its_features() -> None:
    found = score(Subject("Ivan Sydorenko", Kind.PERSON, ("NL",), (), ("1980",)), SIDORENKO, REVIEW)
    assert found.value == pytest.approx(1 + sum(each.by for each in found.features))
    assert "the nations differ: NL, UA" in found.sentences()


def test_another_birth_takes_a_block_to_review_and_no_further() -> None:
    found = score(Subject("Ivan Sidorenco", Kind.PERSON, ("NL",), (), ("1991-01-01",)), SIDORENKO, REVIEW)
    assert REVIEW <= found.value < 0.7


def test_day_and_month_taken_for_each_other_are_no_other_birth() -> None:
    born = Entry("1", "person", ("Ivan Sidorenko",), born=("1970-03-04",))
    assert "birth" not in names(Subject("Ivan Sidorenko", Kind.PERSON, born=("1970-04-03",)), born)
    assert "birth" not in names(Subject("Ivan Sidorenko", Kind.PERSON, born=("1971",)), born)
    assert "birth" in names(Subject("Ivan Sidorenko", Kind.PERSON, born=("1973",)), born)


def test_the_same_birth_speaks_for_a_match() -> None:
    far = Subject("I. Sidorenka", Kind.PERSON)
    near = Subject("I. Sidorenka", Kind.PERSON, born=("1970-03-31",))
    assert score(near, SIDORENKO, REVIEW).value == pytest.approx(score(far, SIDORENKO, REVIEW).value + 0.05)


def test_the_same_number_is_enough_under_any_name() -> None:
    found = score(Subject("Blue Tit Bakery", Kind.COMPANY, identifiers=("INN 77-01234567", "7701 234567")), HARRIER, REVIEW)
    assert found.value == pytest.approx(0.95)
    assert "7701234567" in found.sentences()


def test_a_number_that_is_short_or_has_no_figure_tells_nothing() -> None:
    assert numbers(("1234", "ABCDEF", "AB 12-34")) == {"AB1234"}


def test_an_alias_that_the_list_calls_weak_counts_less() -> None:
    assert score(Subject("MHT Group", Kind.COMPANY), HARRIER, REVIEW).value == pytest.approx(0.95)
    assert "weak alias" in names(Subject("MHT Group", Kind.COMPANY), HARRIER)


def test_a_person_and_a_firm_of_the_same_name_are_told_apart_but_not_cleared() -> None:
    found = score(Subject("Ivan Petrovich Sidorenko", Kind.COMPANY), SIDORENKO, REVIEW)
    assert REVIEW <= found.value < 1


def test_an_entry_without_names_is_near_nobody() -> None:
    assert score(Subject("Ivan", Kind.PERSON), Entry("1", "person", ()), REVIEW).value == 0
