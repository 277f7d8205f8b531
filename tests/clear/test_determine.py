from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from outwork import clear
from outwork.clear.explain import explain
from outwork.clear.movements import movements
from outwork.model.errors import InvalidProgramme, UnknownName
from outwork.model.programme import Programme
from outwork.model.tables.permits import Override
from tests.clear.small import Stated, programme, shipped

CIVIL = {"us origin": "no", "itar": "no", "military": "no"}
QUIET = {
    "informed of a use of article 4": "no", "aware of a use of article 4": "no", "grounds to suspect a use of article 4": "no",
    "military end use": "no", "to a free zone": "no",
}  # fmt: skip
HIDDEN = {"known to be re-exported elsewhere": "no"}
CRAFT = [
    ("craft", "class", "unmanned aircraft"), ("craft", "endurance", "90", "min"), ("craft", "beyond natural vision", "yes"),
    ("camera", "class", "packaging"),
]  # fmt: skip
SHORT = [
    *CRAFT[:1],
    ("craft", "endurance", "20", "min"),
    *CRAFT[2:],
    ("craft", "range", "9 km"),
    ("craft", "aerosol capacity", "0 l"),
]


def cleared(
    facts: Stated, declared: dict[str, str] = CIVIL, standings: pl.DataFrame | None = None, *more: Override
) -> clear.Result:
    return clear.run(programme(facts, *more), clear.Options(declared=declared), shipped(), standings)


def outcome(result: clear.Result, item: str, destination: str) -> str:
    (found,) = result.tables["determinations"].filter(item=item, destination=destination)["outcome"]
    return str(found)


def cell(result: clear.Result, item: str, destination: str, column: str) -> str:
    (found,) = result.tables["determinations"].filter(item=item, destination=destination)[column]
    return str(found)


# What moves


def test_goods_move_from_those_who_make_them_to_those_who_use_or_want_them() -> None:
    found = {(each.item, each.origin, each.destination, each.consignee) for each in movements(programme(CRAFT))}
    assert found == {
        ("camera", "PL", "NL", "maker"),
        ("craft", "NL", "EE", "guard-ee"),
        ("craft", "NL", "UA", "guard-ua"),
        ("craft", "NL", "NO", "guard-no"),
    }


def test_a_part_serves_the_demands_for_what_it_is_built_into() -> None:
    (camera,) = (each for each in movements(programme(CRAFT)) if each.item == "camera")
    assert camera.demands == {"for-ee", "for-ua", "for-no"}
    assert camera.processed
    assert camera.final == {"NL"}


def test_technology_and_tooling_follow_the_design_to_whoever_makes_it_abroad() -> None:
    base = programme(CRAFT)
    abroad = base.replace(items=base["items"].with_columns(technology_of=pl.lit("UA")))
    kinds = {(each.item, each.kind, each.origin, each.destination) for each in movements(abroad) if each.kind != "goods"}
    assert ("craft", "technology", "UA", "NL") in kinds
    assert ("craft", "tooling", "UA", "NL") in kinds


def test_goods_that_go_on_from_a_hub_as_they_are_end_beyond_it() -> None:
    base = programme(CRAFT)
    hub = pl.col("site") == "guard-ee-site"
    roads = pl.concat(
        [
            base["corridors"].filter(destination="EE"),
            base["corridors"].filter(destination="UA").with_columns(origin=pl.lit("EE")),
        ]
    )
    through = base.replace(sites=base["sites"].with_columns(transit=hub), corridors=roads)
    (first,) = (each for each in movements(through) if each.destination == "EE")
    assert first.final == {"EE", "UA"}
    assert first.processed is False


# Outcomes


def test_a_listed_aircraft_needs_a_licence_to_ukraine_for_no_general_authorisation_covers_it() -> None:
    found = cleared(CRAFT, {**CIVIL, **QUIET})
    assert outcome(found, "craft", "UA") == "licence"
    assert cell(found, "craft", "UA", "listed") == "9A012.a.2"
    assert cell(found, "craft", "UA", "authorisation") == "individual"
    assert "article 3(1)" in cell(found, "craft", "UA", "cite")


def test_it_goes_under_eu001_to_norway_with_what_that_asks() -> None:
    found = cleared(CRAFT, {**CIVIL, **QUIET})
    assert outcome(found, "craft", "NO") == "general"
    assert cell(found, "craft", "NO", "authorisation") == "EU001"
    assert "Notify first use within 30 days." in cell(found, "craft", "NO", "conditions")


def test_without_the_facts_of_eu001_it_needs_a_licence_and_the_facts_are_asked_for() -> None:
    found = cleared(CRAFT)
    assert outcome(found, "craft", "NO") == "licence"
    assert "to a free zone" in cell(found, "craft", "NO", "missing")


def test_inside_the_union_it_moves_freely() -> None:
    found = cleared(CRAFT)
    assert outcome(found, "craft", "EE") == "open"
    assert "article 11(1)" in cell(found, "craft", "EE", "cite")


def test_inside_the_union_a_licence_is_asked_for_where_it_goes_on_as_it_is() -> None:
    base = programme(CRAFT)
    hub = pl.col("site") == "guard-ee-site"
    roads = pl.concat(
        [
            base["corridors"].filter(destination="EE"),
            base["corridors"].filter(destination="UA").with_columns(origin=pl.lit("EE")),
        ]
    )
    through = base.replace(sites=base["sites"].with_columns(transit=hub), corridors=roads)
    found = clear.run(through, clear.Options(declared=CIVIL), shipped())
    (first,) = found.tables["determinations"].filter(origin="NL", destination="EE").iter_rows(named=True)
    assert first["outcome"] == "licence"
    assert "article 11(2)" in first["cite"]


def test_an_aircraft_of_short_endurance_is_free_where_article_4_is_answered_and_waits_where_it_is_not() -> None:
    assert outcome(cleared(SHORT, {**CIVIL, **QUIET}), "craft", "UA") == "open"
    waiting = cleared(SHORT)
    assert outcome(waiting, "craft", "UA") == "needs_expert"
    assert "aware of a use of article 4" in cell(waiting, "craft", "UA", "missing")


@pytest.mark.parametrize("said", [{}, {"military": "yes"}])
def test_what_is_or_may_be_designed_for_military_use_is_for_an_expert(said: dict[str, str]) -> None:
    found = cleared(CRAFT, {"us origin": "no", "itar": "no", **said})
    assert set(found.tables["determinations"]["outcome"]) == {"needs_expert"}
    assert "Common Military List" in cell(found, "craft", "UA", "cite")


def test_a_part_of_unknown_origin_asks_what_the_united_states_would_say() -> None:
    base = programme(CRAFT)
    bought = base.replace(
        items=base["items"].with_columns(sourcing=pl.when(item="camera").then(pl.lit("buy")).otherwise("sourcing"))
    )
    found = clear.run(bought, clear.Options(declared={"military": "no"}), shipped())
    assert outcome(found, "craft", "EE") == "needs_expert"
    assert "camera: us origin" in cell(found, "craft", "EE", "missing")


def test_an_unstated_fact_and_a_nation_without_rules_never_open_a_lane() -> None:
    assert set(cleared([], {}).tables["determinations"]["outcome"]) == {"needs_expert"}
    base = programme(CRAFT)
    from_ukraine = base.replace(
        sites=base["sites"].with_columns(nation=pl.when(site="maker-site").then(pl.lit("UA")).otherwise("nation"))
    )
    roads = base["corridors"].with_columns(origin=pl.lit("UA"), destination=pl.lit("EE")).head(1)
    found = clear.run(from_ukraine.replace(corridors=roads), clear.Options(declared={**CIVIL, **QUIET}), shipped())
    (only,) = found.tables["determinations"].iter_rows(named=True)
    assert only["outcome"] == "needs_expert"
    assert "no rule set of UA is loaded" in only["cite"]


# Screening and persons


@pytest.mark.parametrize(
    ("status", "expected"),
    [("block", "prohibited"), ("review", "needs_expert"), ("not screened", "needs_expert"), ("clear", "licence")],
)
def test_a_consignee_is_held_to_what_screening_came_to(status: str, expected: str) -> None:
    standings = pl.DataFrame({"party": ["guard-ua"], "status": [status], "reason": ["list L of 2026-11-01"]})
    found = cleared(CRAFT, {**CIVIL, **QUIET}, standings)
    assert outcome(found, "craft", "UA") == expected
    assert outcome(found, "craft", "NO") == "needs_expert"  # nobody screened that one


def test_no_list_at_all_closes_nothing_and_is_said() -> None:
    assert "Screening is not done" in cleared(CRAFT).summary()


def decision(**changed: object) -> Override:
    told: dict[str, object] = {
        "override": "d1", "item": "craft", "origin": "NL", "destination": "UA", "outcome": "licence",
        "authorisation": "individual", "person": "M. Jansen", "reason": "classified with the authority",
        "decided": date(2026, 12, 1),
    }  # fmt: skip
    return Override.model_validate({**told, **changed})


def test_a_named_person_decides_where_an_expert_is_asked_for() -> None:
    found = cleared([], {}, None, decision())
    assert outcome(found, "craft", "UA") == "licence"
    assert "M. Jansen" in cell(found, "craft", "UA", "sentence")


@pytest.mark.parametrize(
    "changed", [{"until": date(2026, 12, 31)}, {"decided": date(2027, 6, 1)}, {"kind": "technology"}, {"consignee": "guard-ee"}]
)
def test_a_decision_that_does_not_hold_here_opens_nothing_and_is_named(changed: dict[str, object]) -> None:
    found = cleared([], {}, None, decision(**changed))
    assert outcome(found, "craft", "UA") == "needs_expert"
    assert any(reason.code == "override unused" for reason in found.why)


def test_nobody_overrides_a_prohibition_or_a_licence() -> None:
    found = cleared(CRAFT, {**CIVIL, **QUIET}, None, decision(outcome="open"))
    assert outcome(found, "craft", "UA") == "licence"


# Questions, words


def test_the_question_that_most_lanes_wait_for_is_asked_first() -> None:
    found = cleared([], {"us origin": "no", "itar": "no"})
    first = found.tables["questions"].row(0, named=True)
    assert (first["item"], first["fact"], first["lanes"], first["units"]) == ("craft", "designed for military use", 3, 55.0)


def test_an_answer_to_every_question_leaves_nothing_to_ask() -> None:
    assert cleared(SHORT, {**CIVIL, **QUIET}).tables["questions"].is_empty()


def test_a_declared_fact_is_said_and_a_misspelt_one_is_refused() -> None:
    assert any("'us origin' is declared to be 'no'" in reason.sentence for reason in cleared(CRAFT).why)
    with pytest.raises(InvalidProgramme, match="did you mean 'us origin'"):
        cleared(CRAFT, {"us orgin": "no"})


def test_a_summary_has_at_most_15_lines() -> None:
    assert len(cleared([], {}).summary().splitlines()) <= 15


def test_the_same_input_gives_the_same_tables() -> None:
    one, other = cleared(CRAFT), cleared(CRAFT)
    assert one.tables["determinations"].equals(other.tables["determinations"])
    assert one.tables["questions"].equals(other.tables["questions"])
    assert one.made_by == other.made_by


def test_an_explanation_tells_each_provision_with_the_facts_that_it_used() -> None:
    lines = "\n".join(explain(programme(CRAFT), clear.Options(declared=CIVIL), shipped(), ("craft", "NL", "UA")))
    assert "9A012.a.2: true; class is unmanned aircraft: true" in lines
    assert "beyond natural vision is true: true (yes); endurance at least 60 min: true (90 min)" in lines
    assert "Change: endurance at most 60 min" not in lines
    assert "Change: endurance below 60 min: not listed under 9A012.a.2 any more, and unknown under 9A012.a.1" in lines
    assert "EU001 Part 2: false" in lines
    assert "article 3(1)" in lines
    assert "not reviewed by a lawyer" in lines


def test_a_way_that_the_programme_does_not_have_can_be_asked_about_and_a_misspelt_one_is_refused() -> None:
    options = clear.Options(declared=CIVIL)
    assert explain(programme(CRAFT), options, shipped(), ("craft", "NL", "US"))[0].startswith("craft (goods) from NL to US")
    with pytest.raises(UnknownName, match="did you mean 'craft'"):
        explain(programme(CRAFT), options, shipped(), ("carft", "NL", "UA"))


def test_nothing_crosses_a_border_in_an_empty_programme() -> None:
    base = programme([])
    empty = Programme({**base.tables, "corridors": base["corridors"].clear()})
    assert clear.run(empty, clear.Options(), shipped()).outcome.sentence == "Nothing crosses a border."
