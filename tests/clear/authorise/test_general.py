from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.clear.authorise import Paths, general
from outwork.clear.authorise.general import covered
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.rules.provision import ItemKind
from outwork.clear.rules.rulebook import Authorisation
from tests.clear.authorise.rules import CLEAN, Facts, answers, book, shipped, truths

UAV = Paths(("9A012.a.2",))
FAIR: Facts = CLEAN | {
    "kind": "goods",
    "temporary for a fair": True,
    "time until reimport": 60.0,
    "classified confidential or higher": False,
    "return in its original state guaranteed": True,
    "technology given with a presentation": False,
    "private presentation": False,
    "merged into production": False,
    "used beyond demonstration": False,
    "sold, rented or leased": False,
    "stored there only for sale": False,
    "under the exporter's control throughout": True,
}
REPAIR: Facts = CLEAN | {
    "returned after repair": True,
    "changed by the repair": False,
    "time since the first authorisation": 4 * 365.25,
    "first exported under an authorisation": True,
    "back to the first end user": True,
    "first authorisation withdrawn": False,
    "end use other than first stated": False,
}
GROUP: Facts = CLEAN | {
    "consignee wholly owned by the exporter": True,
    "parent in the Union or an EU001 country": True,
    "only for commercial product development in the group": True,
    "stays under the complete control of the group": True,
    "returned and deleted when the development ends": True,
    "known security end use": False,
    "known use against human rights": False,
    "known to be re-exported elsewhere": False,
    "goes to a security service": False,
    "internal compliance programme": True,
}


def found(
    paths: Paths, to: str, facts: Facts, kind: ItemKind = "goods", made_for: tuple[str, ...] | None = None
) -> dict[str, Truth]:
    return truths(general(book(), paths, kind, to, answers(facts, made_for)))


def named(name: str) -> Authorisation:
    return next(each for each in shipped().authorisations if each.name == name)


def test_an_unmanned_aircraft_goes_to_norway_under_eu001() -> None:
    assert found(UAV, "NO", CLEAN)["EU001"] == TRUE


def test_no_general_authorisation_takes_an_unmanned_aircraft_to_ukraine_to_stay() -> None:
    facts = {
        **FAIR,
        **REPAIR,
        "temporary for a fair": False,
        "returned after repair": False,
        "replaces one of the same quality": False,
    }
    assert set(found(UAV, "UA", facts).values()) == {FALSE}


def test_ukraine_is_in_none_of_eu001_eu002_eu007_and_in_eu003_to_eu006() -> None:
    held = {each.name for each in shipped().authorisations if "UA" in each.destinations}
    assert held - {"EU008"} == {"EU003", "EU004", "EU005", "EU006"}


@pytest.mark.parametrize("fact", CLEAN)
def test_what_nobody_has_stated_opens_nothing(fact: str) -> None:
    facts = {name: value for name, value in CLEAN.items() if name != fact}
    expected = TRUE if fact == "grounds to suspect a use of article 4" else UNKNOWN  # article 4(3) is not a condition of EU001
    assert found(UAV, "NO", facts)["EU001"] == expected


@pytest.mark.parametrize("fact", ["informed of a use of article 4", "aware of a use of article 4", "to a free zone"])
def test_a_condition_that_fails_rules_eu001_out(fact: str) -> None:
    assert found(UAV, "NO", CLEAN | {fact: True})["EU001"] == FALSE


def test_a_repaired_radar_goes_back_to_ukraine_within_five_years() -> None:
    radar = Paths(("6A008.e",))
    assert found(radar, "UA", REPAIR)["EU003"] == TRUE
    assert found(radar, "UA", REPAIR | {"time since the first authorisation": 5.1 * 365.25})["EU003"] == FALSE
    assert (
        found(radar, "UA", REPAIR | {"changed by the repair": True, "replaces one of the same quality": False})["EU003"]
        == FALSE
    )
    assert (
        found(radar, "UA", {name: v for name, v in REPAIR.items() if name != "back to the first end user"})["EU003"] == UNKNOWN
    )


def test_what_is_shown_at_a_fair_is_back_within_120_days() -> None:
    assert found(UAV, "AE", FAIR)["EU004"] == TRUE
    assert found(UAV, "AE", FAIR | {"time until reimport": 120.0})["EU004"] == TRUE
    assert found(UAV, "AE", FAIR | {"time until reimport": 121.0})["EU004"] == FALSE


def test_software_goes_to_a_fair_only_where_the_equipment_needs_it() -> None:
    software = Paths(("9D004.e",))
    needed = "needed for the demonstration"
    facts = FAIR | {"kind": "software"}
    assert found(software, "AE", facts | {needed: True}, "software")["EU004"] == TRUE
    assert found(software, "AE", facts | {needed: False}, "software")["EU004"] == FALSE
    assert found(software, "AE", facts, "software")["EU004"] == UNKNOWN


def test_technology_is_neither_returned_after_repair_nor_shown_at_a_fair() -> None:
    given = found(Paths(("9E001",)), "UA", {**REPAIR, **FAIR}, "technology", made_for=("9A012.a",))
    assert (given["EU003"], given["EU004"]) == (FALSE, FALSE)


def test_technology_stays_in_a_wholly_owned_company_under_eu007() -> None:
    technology = Paths(("9E001",))
    assert found(technology, "KR", GROUP, "technology", ("9A012.a",))["EU007"] == TRUE


def test_a_joint_venture_is_no_group_under_eu007() -> None:
    facts = GROUP | {"consignee wholly owned by the exporter": False, "consignee wholly owned by the exporter's parent": False}
    assert found(Paths(("9E001",)), "KR", facts, "technology", ("9A012.a",))["EU007"] == FALSE


def test_a_sister_company_needs_the_guarantee_of_the_parent() -> None:
    facts = GROUP | {"consignee wholly owned by the exporter": False, "consignee wholly owned by the exporter's parent": True}
    paths, made_for = Paths(("9E001",)), ("9A012.a",)
    assert found(paths, "KR", facts, "technology", made_for)["EU007"] == UNKNOWN
    assert found(paths, "KR", facts | {"binding guarantee of the parent": True}, "technology", made_for)["EU007"] == TRUE
    assert found(paths, "KR", facts | {"binding guarantee of the parent": False}, "technology", made_for)["EU007"] == FALSE


def test_eu007_is_for_software_and_technology_and_never_for_goods() -> None:
    assert found(UAV, "KR", GROUP)["EU007"] == FALSE


@pytest.mark.parametrize("path", ["9A004", "5A004.a", "6A225", "0B001", "1C101", "6D003.a"])
@pytest.mark.parametrize("to", ["NO", "UA", "KR"])
def test_what_annex_iv_lists_has_no_general_authorisation(path: str, to: str) -> None:
    facts = {**GROUP, **FAIR, **REPAIR, "ordered for a European space programme": False, "for a nuclear reactor": True}
    given = found(Paths((path,)), to, facts, "software" if path[1] == "D" else "goods")
    assert set(given.values()) == {FALSE}


def test_what_is_listed_twice_needs_both_listings_covered() -> None:
    one, both = Paths(("5A001.c",)), Paths(("5A001.c", "6A008.e"))
    facts = CLEAN | {"known use against human rights": False, "known to be re-exported elsewhere": False, "kind": "goods"}
    assert found(one, "UA", facts, made_for=("5A001.c",))["EU005"] == TRUE
    assert found(both, "UA", facts, made_for=("5A001.c",))["EU005"] == FALSE


def test_a_listing_that_is_in_doubt_leaves_an_authorisation_in_doubt() -> None:
    facts = CLEAN | {"known use against human rights": False, "known to be re-exported elsewhere": False, "kind": "goods"}
    assert found(Paths(("5A001.c",), ("6A008.e",)), "UA", facts, made_for=("5A001.c",))["EU005"] == UNKNOWN
    assert found(Paths(("9A012.a.2",), ("6A008.e",)), "NO", CLEAN)["EU001"] == TRUE


@pytest.mark.parametrize(
    ("name", "path", "truth"),
    [
        ("EU004", "5A001.b.5", FALSE),
        ("EU004", "5A001.b", UNKNOWN),
        ("EU004", "5A001.c", TRUE),
        ("EU004", "6A002.a.1.c", FALSE),
        ("EU003", "6A002.a.1.c", FALSE),
        ("EU003", "6A002.a.1", UNKNOWN),
        ("EU003", "9E001", FALSE),
        ("EU005", "5A001.b.2", TRUE),
        ("EU005", "5A001.b", UNKNOWN),
        ("EU005", "5A001.b.3", FALSE),
        ("EU002", "3A001.a.3", TRUE),
        ("EU002", "6A003", FALSE),
        ("EU008", "5A002.a.2", TRUE),
        ("EU008", "5A002.a.1", FALSE),
        ("EU001", "9A117", FALSE),
        ("EU001", "6A003.b.4.b", TRUE),
    ],
)
def test_paths_are_covered_as_the_authorisation_lists_them(name: str, path: str, truth: Truth) -> None:
    assert covered(named(name), path) == truth


def test_every_step_cites_a_provision() -> None:
    for finding in general(book(), UAV, "goods", "NO", answers({})):
        assert finding.cite
        assert all(step.cite for step in finding.steps)


def test_an_open_finding_names_the_conditions_that_are_open() -> None:
    eu001 = general(book(), UAV, "goods", "NO", answers({}))[0]
    assert [step.path for step in eu001.open_steps] == ["EU001 Part 3(1)(a)", "EU001 Part 3(1)(b)", "EU001 Part 3(1)(c)"]


def test_duties_tell_when_to_register_and_to_give_notice() -> None:
    duties = {each.name: each.duty for each in general(book(), UAV, "goods", "NO", answers({}))}
    assert all(duty is not None and duty.registration_days == 10 for duty in duties.values())
    assert {name: duty.notice_days for name, duty in duties.items() if duty} == {
        **dict.fromkeys(["EU001", "EU002", "EU003", "EU004", "EU005", "EU006"], 30),
        "EU007": None,
        "EU008": None,
    }


FACTS = sorted({*CLEAN, *FAIR, *REPAIR, *GROUP} - {"kind", "time until reimport", "time since the first authorisation"})


@given(
    st.dictionaries(st.sampled_from(FACTS), st.booleans()),
    st.tuples(st.sampled_from(FACTS), st.booleans()),
    st.sampled_from(["UA", "NO", "KR", "AE"]),
    st.sampled_from(["9A012.a.2", "6A008.e", "9E001", "5A001.b.5", "9A117"]),
)
def test_learning_a_fact_settles_what_was_open_and_overturns_nothing(
    facts: dict[str, bool], learnt: tuple[str, bool], to: str, path: str
) -> None:
    fact, value = learnt
    kind: ItemKind = "technology" if path[1] == "E" else "goods"
    known = {name: held for name, held in facts.items() if name != fact}
    before = found(Paths((path,)), to, known, kind, ("9A012",))
    after = found(Paths((path,)), to, known | {fact: value}, kind, ("9A012",))
    assert all(after[name] == truth for name, truth in before.items() if truth != UNKNOWN)
