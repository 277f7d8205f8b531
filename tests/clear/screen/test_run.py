"""Screening a programme: only clear opens, and clear needs lists that are whole, fresh and say nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from outwork.clear import screen
from outwork.model.listed import Entry, WatchList
from outwork.model.programme import Programme
from outwork.model.tables.screening import Screening
from tests.clear.screen.lists import DAY, HARRIER, OPTIONS, SIDORENKO, behind, example, programme, stakes


def standing(found: Programme, *lists: WatchList, options: screen.Options = OPTIONS) -> screen.Standing:
    return screen.run(found, lists, options).status("firm")


def decision(hit: dict[str, Any], **more: Any) -> Screening:
    same = {name: hit[name] for name in ("party", "subject", "watchlist", "entry", "record", "listed")}
    given: dict[str, Any] = {**same, "decision": "clear", "person": "A. Vos", "decided": DAY, "reason": "other firm", **more}
    return Screening(**given)


def with_decision(found: Programme, row: Screening) -> Programme:
    rows = Programme.of(row)["screenings"]
    return found.replace(screenings=pl.concat([found["screenings"], rows]))


def test_a_party_that_nobody_lists_is_clear_and_the_lists_are_named() -> None:
    found = standing(programme("Reed Bunting Optics B.V."), example())
    assert found.status == "clear"
    assert "example of 2026-11-22 (2 entries)" in found.reason


def test_without_any_list_nobody_is_clear() -> None:
    assert standing(programme("Reed Bunting Optics B.V.")).status == "not screened"


@pytest.mark.parametrize(
    "poor",
    [
        example(fetched=DAY - timedelta(days=31)),
        example(published=DAY - timedelta(days=31)),
        example(damage="its files are damaged; load it again"),
        example(fetched=DAY + timedelta(days=30)),
    ],
)
def test_a_list_that_is_stale_damaged_or_from_the_future_clears_nobody(poor: WatchList) -> None:
    found = standing(programme("Reed Bunting Optics B.V."), poor)
    assert found.status == "not screened"
    assert "example" in found.reason


def test_an_empty_list_beside_a_good_one_clears_nobody() -> None:
    empty = WatchList("empty", example().entries.clear(), DAY, "", example().stakes)
    assert standing(programme("Reed Bunting Optics B.V."), example(), empty).status == "not screened"


def test_what_a_stale_list_names_still_counts() -> None:
    assert standing(programme("Marsh Harrier Trading"), example(fetched=DAY - timedelta(days=99))).status == "block"


def test_a_party_nobody_screened_is_not_screened() -> None:
    assert screen.run(programme("Reed"), [example()], OPTIONS).status("heron").status == "not screened"


def test_a_stricter_threshold_never_yields_a_laxer_standing() -> None:
    order = ["clear", "review", "block"]
    for name in ("Marsh Harrier Trade", "Harrier Systems", "March Harier Trading", "Reed Bunting"):
        found = [
            order.index(standing(programme(name), example(), options=screen.Options(DAY, review=low, block=high)).status)
            for low, high in ((0.9, 0.95), (0.5, 0.9), (0.5, 0.7), (0.3, 0.5), (0.1, 0.1))
        ]
        assert found == sorted(found)


def test_a_hit_tells_score_reason_and_both_digests() -> None:
    hits = screen.run(programme("Marsh Harrier Trading GmbH"), [example()], OPTIONS).tables["hits"]
    row = hits.row(0, named=True)
    assert (row["entry"], row["verdict"], row["role"], row["programmes"]) == ("EX-2", "block", "itself", "EXAMPLE")
    assert row["listed"] == HARRIER.digest
    assert "the legal forms differ" in row["why"]


def test_a_decision_clears_while_both_records_stay_as_they_were() -> None:
    firm = programme("Marsh Harrier Trading GmbH")
    (hit,) = screen.run(firm, [example()], OPTIONS).tables["hits"].iter_rows(named=True)
    found = screen.run(with_decision(firm, decision(hit)), [example()], OPTIONS)
    assert found.status("firm").status == "clear"
    assert "clear by A. Vos on 2026-11-22: other firm" in found.status("firm").reason
    assert found.tables["hits"]["verdict"].to_list() == ["cleared"]


def test_a_decision_ends_when_the_lists_record_changes() -> None:
    firm = programme("Marsh Harrier Trading GmbH")
    (hit,) = screen.run(firm, [example()], OPTIONS).tables["hits"].iter_rows(named=True)
    second = Entry(**{**_fields(HARRIER), "names": (*HARRIER.names, "Swamp Hawk")})
    found = standing(with_decision(firm, decision(hit)), example(SIDORENKO, second))
    assert found.status == "block"
    assert "the list's record has changed" in found.reason


def test_a_decision_ends_when_our_own_record_changes() -> None:
    firm = programme("Marsh Harrier Trading GmbH")
    (hit,) = screen.run(firm, [example()], OPTIONS).tables["hits"].iter_rows(named=True)
    other = programme("Marsh Harrier Trading GmbH", registrations="NL0001")
    assert "our own record has changed" in standing(with_decision(other, decision(hit)), example()).reason


def test_a_decision_ends_on_its_last_day() -> None:
    firm = programme("Marsh Harrier Trading GmbH")
    (hit,) = screen.run(firm, [example()], OPTIONS).tables["hits"].iter_rows(named=True)
    over = decision(hit, decided=DAY - timedelta(days=9), until=DAY - timedelta(days=1))
    assert standing(with_decision(firm, over), example()).status == "block"


def test_a_decision_survives_a_second_version_of_the_list_that_says_the_same() -> None:
    firm = programme("Marsh Harrier Trading GmbH")
    (hit,) = screen.run(firm, [example()], OPTIONS).tables["hits"].iter_rows(named=True)
    newer = example(HARRIER, SIDORENKO, digest="1" * 64, published=DAY)
    assert standing(with_decision(firm, decision(hit)), newer).status == "clear"


def test_a_person_can_block_what_the_score_only_reviews() -> None:
    firm = programme("March Harier Tradings")
    options = screen.Options(DAY, block=0.99)
    (hit,) = screen.run(firm, [example()], options).tables["hits"].iter_rows(named=True)
    assert hit["verdict"] == "review"
    found = screen.run(with_decision(firm, decision(hit, decision="block")), [example()], options)
    assert found.status("firm").status == "block"


def test_an_owner_of_half_closes_a_party_and_a_smaller_one_puts_it_under_review() -> None:
    for share, status in ((0.5, "block"), (0.3, "review"), (None, "review")):
        found = standing(programme("Reed Optics", behind("Ivan Sidorenko", share)), example())
        assert found.status == status, share
        assert "sidorenko" in found.reason


def test_owners_above_owners_are_walked() -> None:
    chain = [behind("Heron Holding", 0.8, kind="company"), behind("Ivan Sidorenko", 0.6, above="Heron Holding")]
    assert standing(programme("Reed Optics", *chain), example()).status == "block"


def test_a_party_may_be_owned_in_a_circle() -> None:
    chain = [behind("Heron Holding", 0.8, kind="company"), behind("firm", 0.6, above="Heron Holding", kind="company")]
    assert standing(programme("Reed Optics", *chain), example()).status == "clear"


def test_a_listed_director_is_a_hit_of_the_party_and_puts_it_under_review() -> None:
    found = screen.run(programme("Reed Optics", behind("Ivan Sidorenko", role="director")), [example()], OPTIONS)
    assert found.status("firm").status == "review"
    assert found.tables["hits"]["role"].to_list() == ["director of reed optics"]


def test_a_firm_that_a_list_shows_as_owned_by_somebody_listed_is_closed_though_it_is_not_listed() -> None:
    owned = Entry("EX-3", "company", ("Sedge Warbler Logistics",), listed=False)
    free = Entry("EX-4", "company", ("Willow Tit Bakery",), listed=False)
    with_stakes = example(SIDORENKO, HARRIER, owned, free, stakes=stakes(("EX-1", "EX-3", "owner", 0.51)))
    found = standing(programme("Sedge Warbler Logistics B.V."), with_stakes)
    assert found.status == "block"
    assert standing(programme("Willow Tit Bakery"), with_stakes).status == "clear"


def test_an_identifier_finds_an_entry_whose_name_is_another() -> None:
    assert standing(programme("Blue Tit Bakery", registrations="RU7;7701234567"), example()).status == "block"


@pytest.mark.parametrize("hidden", ["Reed \u202eOptics", "R\u0435ed Optics", "Reed\u200b Optics"])
def test_a_name_that_hides_something_is_for_a_person_to_look_at(hidden: str) -> None:
    found = standing(programme(hidden), example())
    assert found.status == "review"
    assert "U+" in found.reason


def test_a_hidden_mark_does_not_hide_a_listed_name() -> None:
    assert standing(programme("M\u0430rsh Harr\u200bier Tr\u202eading LLC"), example()).status == "block"


@pytest.mark.parametrize("name", ["x" * 10_000, "...", "\u202e"])
def test_a_name_that_cannot_be_compared_clears_nobody(name: str) -> None:
    assert standing(programme(name), example()).status in ("not screened", "review")
    assert standing(programme(name), example()).status != "clear"


def test_an_owner_whose_name_cannot_be_compared_keeps_its_party_from_being_clear() -> None:
    assert standing(programme("Reed Optics", behind("?!", 0.6)), example()).status == "not screened"


def test_one_name_is_screened_without_a_programme() -> None:
    found = screen.one(screen.Subject("Sydorenko, I. P."), [example()], OPTIONS)
    assert found.status("Sydorenko, I. P.").status == "block"


def test_standings_of_an_earlier_screening_can_be_read_back() -> None:
    found = screen.run(programme("Reed Optics"), [example()], OPTIONS)
    assert screen.read_back(found.tables["standings"]) == dict(found.standings)


def test_who_was_clear_a_month_ago_is_not_screened_today() -> None:
    kept = screen.run(programme("Reed Optics"), [example()], OPTIONS).tables["standings"]
    assert screen.in_force(kept, DAY + timedelta(days=30))["status"].to_list() == ["clear"]
    later = screen.in_force(kept, DAY + timedelta(days=31))
    assert later["status"].to_list() == ["not screened"]
    assert later["reason"].to_list() == ["clear on 2026-11-22, which is more than 30 days ago; screen again"]


def test_who_was_blocked_long_ago_still_is() -> None:
    kept = screen.run(programme("Marsh Harrier Trading"), [example()], OPTIONS).tables["standings"]
    assert screen.in_force(kept, DAY + timedelta(days=999))["status"].to_list() == ["block"]


def test_where_every_name_of_the_shortlist_is_near_more_are_looked_at() -> None:
    many = [Entry(f"EX-{at}", "company", (f"Marsh Harrier Trading {at}",)) for at in range(100)]
    hits = screen.run(programme("Marsh Harrier Trading"), [example(*many)], OPTIONS).tables["hits"]
    assert hits.height == 100


def test_a_summary_is_short_and_begins_with_what_was_screened_against() -> None:
    lines = screen.run(programme("Marsh Harrier Trading"), [example()], OPTIONS).summary().splitlines()
    assert len(lines) <= 15
    assert lines[0].startswith("1 screened against example of 2026-11-22 (2 entries): 1 block")


@pytest.mark.parametrize("wrong", [{"review": 0.8}, {"block": 1.5}, {"stale_days": -1}, {"most": 0}, {"owned": 0}])
def test_options_that_nobody_can_be_screened_by_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="options"):
        screen.Options(DAY, **wrong)


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
