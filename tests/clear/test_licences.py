"""What was determined becomes clearances, licences to apply for and closures; nothing unknown opens a lane."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork import plan
from outwork.clear import licences
from outwork.clear.leadtimes import LeadTime, LeadTimes
from outwork.clear.licences import STRICTNESS, Handed, Terms
from outwork.clear.working_days import WorkingDays
from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.licensing import Licence
from outwork.model.tables.moving import Clearance
from outwork.model.tables.permits import Determination
from tests.plan.explain.hall import day, hall
from tests.plan.ground import START

# Sweden decides in 5, 10 and 20 working days; 6 January 2026 is a holiday there.
TIMES = LeadTimes(
    (
        LeadTime("the inspectorate", "SE", "individual", "any", 5, 10, 20, "stated", "a test", date(2026, 1, 1)),
        LeadTime("the register", "any", "general", "any", 3, 3, 3, "assumed", "a test", date(2026, 1, 1)),
        LeadTime("BIS", "US", "re-export", "any", 30, 60, 90, "stated", "a test", date(2026, 1, 1)),
    ),
    {"SE": WorkingDays((date(2026, 1, 6),))},
    {},
)  # fmt: skip


def determined(outcome: str, **more: Any) -> Determination:
    usual = {
        "item": "mast", "origin": "SE", "destination": "FI", "consignee": "nord", "kind": "goods", "jurisdiction": "SE",
        "cite": "Act, section 4", "sentence": "As the act says.", "version": "v1",
    }  # fmt: skip
    return Determination.model_validate({**usual, "outcome": outcome, **more})


def handed(*rows: Determination, programme: Programme | None = None, **terms: Any) -> Handed:
    frame = from_rows(BY_NAME["determinations"], rows)
    return licences.handed_over(programme or hall(), frame, TIMES, Terms(**terms))


def planned(*rows: Determination, **terms: Any) -> plan.Result:
    found, programme = handed(*rows, **terms), hall()
    ready = programme.replace(licences=found.licences, clearances=found.clearances, closures=found.closures, items=found.items)
    return plan.run(ready, plan.Options(gap=0))


def test_what_is_open_everywhere_needs_no_paper() -> None:
    found = handed(determined("open"))
    assert (found.clearances.height, found.licences.height, found.closures.height) == (0, 0, 0)
    assert not found.items["controlled"].any()


def test_what_is_not_open_is_controlled_and_its_open_ways_are_cleared() -> None:
    found = handed(determined("open"), determined("needs_expert", consignee="acme", missing="range"))
    assert found.items.filter(controlled=True)["item"].to_list() == ["mast"]
    assert found.clearances.select("item", "consignee", "licence", "opens").rows() == [("mast", "nord", None, None)]
    assert found.closures.select("consignee", "outcome", "basis", "question").rows() == [
        ("acme", "needs_expert", "Act, section 4", "range")
    ]
    assert [reason.code for reason in found.why] == ["controlled"]


def test_under_a_general_authorisation_goods_leave_when_the_registration_is_through() -> None:
    found = handed(determined("general", authorisation="EU001", conditions="Name it."))
    (row,) = found.clearances.to_dicts()
    assert row["licence"] is None
    assert row["opens"] == date(2026, 1, 9)  # three working days after Monday the 5th, of which the 6th is none
    assert row["basis"] == "EU001; Act, section 4; Name it."


def test_a_licence_takes_the_median_of_its_authority_in_calendar_days() -> None:
    found = handed(determined("licence", authorisation="individual"), fee=900, valid_days=365)
    (paper,) = found.licences.to_dicts()
    # Ten working days after 5 January without the 6th end on the 20th; five on the 13th; twenty on 3 February.
    assert (paper["lead_p10"], paper["lead_days"], paper["lead_p90"]) == (8, 15, 29)
    assert (paper["authority"], paper["kind"], paper["status"]) == ("the inspectorate", "individual", "to apply")
    assert (paper["apply_from"], paper["fee"], paper["valid_days"], paper["grade"]) == (START, 900, 365, "stated")
    (row,) = found.clearances.to_dicts()
    assert (row["licence"], row["opens"], row["basis"]) == (paper["licence"], None, "individual; Act, section 4")


def test_all_items_for_one_consignee_are_one_application_and_technology_is_another() -> None:
    found = handed(
        determined("licence"), determined("licence", item="plate"), determined("licence", consignee="stahl"),
        determined("licence", kind="technology"),
    )  # fmt: skip
    assert found.licences["licence"].to_list() == ["SE-FI-nord-goods", "SE-FI-nord-technology", "SE-FI-stahl-goods"]
    assert found.clearances.filter(licence="SE-FI-nord-goods")["item"].to_list() == ["mast", "plate"]
    assert found.items["technology_of"].to_list() == ["SE", None]


def test_a_re_export_that_the_united_states_decide_is_asked_there() -> None:
    (paper,) = handed(determined("licence", jurisdiction="United States; European Union (SE)")).licences.to_dicts()
    assert (paper["authority"], paper["kind"]) == ("BIS", "re-export")


def test_the_strictest_revision_of_goods_holds_for_all_of_them() -> None:
    found = handed(determined("open", revision="A"), determined("prohibited", revision="B"))
    assert found.clearances.height == 0
    assert found.closures["outcome"].to_list() == ["prohibited"]


def test_revisions_of_technology_are_told_apart_where_they_differ() -> None:
    found = handed(
        determined("open", revision="A", kind="technology"), determined("prohibited", revision="B", kind="technology")
    )
    assert found.clearances["revision"].to_list() == ["A"]
    assert found.closures["revision"].to_list() == ["B"]


ENTERED = Clearance(clearance="drawer", item="mast", origin="SE", destination="FI", opens=day(3), licence="L-7", quantity_cap=9)


def test_a_licence_that_people_have_entered_is_kept_with_its_terms() -> None:
    programme = hall(ENTERED, Licence(licence="L-7", status="granted"))
    found = handed(determined("licence"), programme=programme)
    assert found.clearances.to_dicts() == [ENTERED.model_dump()]
    assert found.licences["licence"].to_list() == ["L-7"]


def test_a_licence_that_covers_something_closed_is_taken_back_and_that_is_said() -> None:
    found = handed(determined("licence"), determined("prohibited", consignee="acme"), programme=hall(ENTERED))
    assert "drawer" not in found.clearances["clearance"].to_list()
    assert [reason.code for reason in found.why] == ["taken-back", "controlled"]
    assert "Clearance drawer is taken back: it covers what acme may not get" in found.why[0].sentence


def test_running_again_changes_nothing_and_keeps_what_was_applied_for() -> None:
    rows = (determined("licence"), determined("needs_expert", consignee="acme"))
    first = handed(*rows)
    applied = first.licences.with_columns(status=pl.lit("applied"), lead_days=pl.lit(99.0))
    programme = hall().replace(licences=applied, clearances=first.clearances, closures=first.closures, items=first.items)
    again = handed(*rows, programme=programme)
    assert again.licences.equals(applied)
    assert again.clearances.equals(first.clearances)
    assert again.closures.equals(first.closures)
    assert again.why == ()


def test_an_application_that_nothing_needs_any_more_is_given_up() -> None:
    first = handed(determined("licence"))
    programme = hall().replace(licences=first.licences, clearances=first.clearances, items=first.items)
    again = handed(determined("open"), programme=programme)
    assert again.licences.height == 0
    assert again.clearances["licence"].to_list() == [None]


def test_the_plan_applies_for_what_was_determined_and_waits_for_it() -> None:
    result = planned(determined("licence"), fee=100)
    (row,) = result.tables["applications"].to_dicts()
    assert (row["licence"], row["opens"], row["fee"]) == ("SE-FI-nord-goods", date(2026, 1, 20), 100)
    assert result.tables["ship"]["start"].min() == day(3)
    assert row["apply_by"] == day(3) - timedelta(days=15)


def test_the_plan_names_the_provision_of_what_was_closed() -> None:
    (reason,) = [each for each in planned(determined("needs_expert")).why if each.code == "closed"]
    assert "a person has to decide (Act, section 4)" in reason.sentence


@given(st.lists(st.tuples(st.sampled_from(STRICTNESS), st.sampled_from("AB"), st.sampled_from(["nord", "acme"])), max_size=6))
def test_nothing_that_is_closed_has_a_clearance(drawn: list[tuple[str, str, str]]) -> None:
    rows = {(revision, party): determined(outcome, revision=revision, consignee=party) for outcome, revision, party in drawn}
    found = handed(*rows.values(), programme=hall(ENTERED))
    shut = {row.consignee for row in rows.values() if row.outcome in ("prohibited", "needs_expert")}
    cleared = set(found.clearances["consignee"].to_list())
    assert not shut & cleared
    assert not (shut and None in cleared)
    assert set(found.closures["consignee"].to_list()) == shut
    if any(row.outcome != "open" for row in rows.values()):
        assert found.items.filter(item="mast")["controlled"].to_list() == [True]


@pytest.mark.parametrize("outcome", ["prohibited", "needs_expert"])
def test_what_is_closed_is_never_delivered(outcome: str) -> None:
    assert planned(determined(outcome)).tables["promises"]["short"].to_list() == [20]
