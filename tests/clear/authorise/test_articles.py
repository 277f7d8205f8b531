from __future__ import annotations

from dataclasses import replace

import pytest

from outwork.clear import authorise
from outwork.clear.authorise import Onward, Paths, annex_iv, banned, catch_all, inside
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.model.errors import InvalidRules
from outwork.store import rulebook
from tests.clear.authorise.rules import CLEAN, answers, book, shipped

UAV = Paths(("9A012.a.2",))
NOTHING = answers({})


def transfer(final: str | None, processed: Truth, licensed: Truth, paths: Paths = UAV) -> Truth:
    return inside(book(), paths, Onward(final, processed, licensed), answers({})).truth


def test_inside_the_union_an_unmanned_aircraft_moves_freely() -> None:
    assert transfer(None, UNKNOWN, UNKNOWN) == FALSE
    assert transfer("PL", FALSE, TRUE) == FALSE


def test_on_its_way_to_ukraine_it_may_need_a_licence_where_nothing_is_done_to_it() -> None:
    assert transfer("UA", FALSE, TRUE) == TRUE


def test_where_it_is_assembled_changes_what_is_needed() -> None:
    assert transfer("UA", TRUE, TRUE) == FALSE
    assert transfer("UA", UNKNOWN, TRUE) == UNKNOWN


def test_a_way_that_is_generally_authorised_needs_no_licence_inside() -> None:
    assert transfer("NO", FALSE, FALSE) == FALSE
    assert transfer("NO", FALSE, UNKNOWN) == UNKNOWN


def test_what_annex_iv_lists_needs_leave_inside_whatever_is_done_to_it() -> None:
    assert transfer(None, TRUE, FALSE, Paths(("5A004.a",))) == TRUE


def test_article_11_is_told_point_by_point() -> None:
    steps = inside(book(), UAV, Onward("UA", FALSE, TRUE), NOTHING).steps
    assert [step.path for step in steps] == [
        "article 11(1)", "Annex IV", "article 11(2)", "article 11(2)(a)", "article 11(2)(b)", "article 11(2)(c)",
    ]  # fmt: skip
    assert next(step for step in steps if step.path == "article 11(2)").reading == "ours"


@pytest.mark.parametrize("path", ["9A012.a.2", "9A112", "6A003.b.4", "6A008.e", "7A103", "5A001.b.3"])
def test_annex_iv_lists_none_of_the_sensors_and_unmanned_aircraft(path: str) -> None:
    assert annex_iv(book(), Paths((path,)), NOTHING).truth == FALSE


def test_technology_is_in_annex_iv_as_far_as_it_is_for_what_the_annex_lists() -> None:
    technology = Paths(("9E001",))
    facts = {"ordered for a European space programme": False}
    assert annex_iv(book(), technology, answers(facts, ("9A012.a",))).truth == FALSE
    assert annex_iv(book(), technology, answers(facts, ("9A004",))).truth == TRUE
    assert annex_iv(book(), technology, answers(facts)).truth == UNKNOWN


def test_a_path_that_is_too_coarse_leaves_annex_iv_in_doubt() -> None:
    assert annex_iv(book(), Paths(("6D003",)), NOTHING).truth == UNKNOWN
    assert annex_iv(book(), Paths(("6D003.a",)), NOTHING).truth == TRUE
    assert annex_iv(book(), Paths(("6D003.c",)), NOTHING).truth == FALSE


def test_a_listing_in_doubt_leaves_annex_iv_in_doubt() -> None:
    assert annex_iv(book(), Paths((), ("5A004.a",)), NOTHING).truth == UNKNOWN


@pytest.mark.parametrize(
    ("to", "truth"), [("RU", TRUE), ("BY", TRUE), ("KP", TRUE), ("IR", UNKNOWN), ("UA", FALSE), ("NO", FALSE)]
)
def test_what_is_listed_is_banned_where_the_union_bans_it(to: str, truth: Truth) -> None:
    assert banned(book(), UAV, to).truth == truth


def test_what_is_not_listed_is_for_an_expert_where_other_goods_are_banned_too() -> None:
    assert banned(book(), Paths(()), "RU").truth == UNKNOWN


def test_an_act_whose_text_was_not_read_says_so() -> None:
    (step,) = banned(book(), UAV, "BY").steps
    assert "the text in force was not read" in step.sentence
    assert step.reading == "ours"


def test_an_unlisted_item_is_free_where_nothing_speaks_against_it() -> None:
    assert catch_all(book(), "UA", answers(CLEAN)).truth == FALSE


@pytest.mark.parametrize("fact", [name for name in CLEAN if "article 4" in name])
def test_each_paragraph_of_article_4_asks_for_a_licence(fact: str) -> None:
    assert catch_all(book(), "UA", answers(CLEAN | {fact: True})).truth == TRUE
    assert catch_all(book(), "UA", answers({name: v for name, v in CLEAN.items() if name != fact})).truth == UNKNOWN


def test_military_end_use_counts_only_under_an_arms_embargo() -> None:
    military = answers(CLEAN | {"military end use": True})
    assert catch_all(book(), "UA", military).truth == FALSE
    assert catch_all(book(), "VE", military).truth == TRUE
    assert catch_all(book(), "VE", answers(CLEAN)).truth == UNKNOWN


def test_an_embargo_that_one_table_alone_names_is_a_fault() -> None:
    texts = dict(rulebook.texts())
    texts["eu/embargoes.csv"] += "CL,arms,state,nothing,in force,ours,no,\n"
    with pytest.raises(InvalidRules, match=r"'CL' stands in one of eu/embargoes\.csv and the group 'arms embargo'"):
        authorise.read(replace(shipped(), texts=texts))


def test_a_fact_that_the_vocabulary_lacks_is_a_fault_with_its_line() -> None:
    texts = dict(rulebook.texts())
    texts["eu/articles.csv"] = texts["eu/articles.csv"].replace("military end use is true", "militry end use is true")
    with pytest.raises(
        InvalidRules, match=r"eu/articles\.csv line 3: unknown fact 'militry end use'.*did you mean 'military end use'"
    ):
        authorise.read(replace(shipped(), texts=texts))


def test_no_authorisation_covers_by_name_what_annex_iv_lists() -> None:
    for each in shipped().authorisations:
        for path in each.covers or ():
            sure = annex_iv(book(), Paths((path,)), answers({}, ("9A012",))).truth
            assert sure == FALSE or path in {f"{n}{letter}" for n in range(10) for letter in "DE"}, (each.name, path)
