"""What matching says of small cases that a person can check by hand."""

from __future__ import annotations

from datetime import date

import pytest

from outwork.match.judging.matched import Matched, matched
from outwork.match.mending import repairs
from outwork.match.mending.investments import investments
from outwork.match.mending.mending import Mend, cheapest
from outwork.match.mending.reverse import reverse
from outwork.match.rematch import rematch, revised
from outwork.match.telling import tables
from outwork.match.telling.cautions import cautions
from outwork.match.terms import terms
from outwork.match.terms.book import COLUMNS
from outwork.match.terms.kinds import State
from outwork.model.errors import InvalidRules
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.design import Component, Item, Load, Operation
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.places import Certificate, Party, Site
from outwork.model.tables.wanting import Demand
from tests.match.vocabulary import Vocabulary, small_terms

WORKSHOP: tuple[Row, ...] = (
    Settings(name="workshop", start=date(2027, 1, 4), weeks=10), Nation(nation="NL", name="Netherlands"),
    Party(party="reed", name="Reed", nation="NL", role="manufacturer"),
    Site(site="mill-house", party="reed", nation="NL", name="Mill house", record="complete", recorded_on=date(2026, 9, 1)),
    Resource(resource="mill", site="mill-house", process="milling", hours=20),
    Capability(resource="mill", process="milling", materials="aluminium", tolerance=0.05, seen=date(2026, 8, 1)),
    Certificate(site="mill-house", scheme="ISO 9001", verified_on=date(2026, 7, 1)),
    Item(item="case", name="Case"), Item(item="bird", name="Bird"),
    Operation(operation="mill-case", item="case", revision="A", process="Fräsen", yield_rate=0.5, tolerance=0.1,
              certificates="ISO 9001"),
    Operation(operation="mill-case-b", item="case", revision="B", process="milling", tolerance=0.02,
              certificates="EN 9100; ISO 9001"),
    Operation(operation="build-bird", item="bird", process="smt"),
    Load(operation="mill-case", process="milling", hours=3), Load(operation="mill-case-b", process="milling", hours=4),
    Component(operation="build-bird", item="case", quantity=2),
    Demand(demand="d", item="bird", site="mill-house", quantity=10, due=date(2027, 2, 1)),
)  # fmt: skip


def workshop(*more: Row, near: int = 9) -> Matched:
    return matched(Programme.of(*WORKSHOP, *more), small_terms(), near)


def rows(found: Matched) -> dict[str, dict[str, object]]:
    """Candidates by operation, at the one site."""
    mended = repairs.repairs(found)
    return {row["operation"]: row for row in tables.candidates(found, mended, tables.told(found, mended, 9)).to_dicts()}


@pytest.mark.parametrize(("held", "wanted", "implied"), [
    ("EN 9100", "ISO 9001", True), ("ISO 9001", "EN 9100", False), ("AS9100D", "EN 9100", True),
    ("JISQ 9100", "ISO 9001", True),
    ("IATF 16949", "DIN EN ISO 9001:2015", True), ("ISO 13485", "ISO 9001", False), ("EN 9100", "AQAP-2110", False),
    ("ISO 9001", "AQAP-2110", False), ("AQAP-2110", "ISO 9001", False), ("EN 9120", "EN 9100", False),
    ("ISO 3834-2", "EN ISO 3834-4", True), ("IPC-A-610 Klasse 3", "IPC-A-610 class 1", True),
    ("J-STD-001 class 2", "IPC-A-610 class 2", False),
    ("Nadcap welding", "Nadcap heat treating", False),
])  # fmt: skip
def test_a_certificate_implies_what_its_standard_holds_and_nothing_else(held: str, wanted: str, implied: bool) -> None:  # noqa: FBT001 - a fact
    schemes = small_terms().schemes
    assert schemes.knows(held)
    assert schemes.knows(wanted)
    assert schemes.implies(schemes.name(held), schemes.name(wanted)) is implied


@pytest.mark.parametrize(("held", "wanted", "state"), [
    ("IPC-A-610 class 3", "IPC-A-610 Klasse 2", State.MET), ("IPC-A-610 class 1", "IPC-A-610 class 2", State.FAILED),
    ("J-STD-001 class 3", "IPC-A-610 class 2", State.UNKNOWN), ("", "IPC-A-610 class 2", State.UNKNOWN),
    ("EN 1090 EXC3", "EN 1090 EXC2", State.MET), ("house rule", "House Rule", State.MET),
    ("ISO 14644 class 5", "ISO 14644 class 7", State.MET),
])  # fmt: skip
def test_a_stricter_class_of_the_same_standard_will_do(held: str, wanted: str, state: State) -> None:
    assert small_terms().classes.state(held, wanted) is state


def test_what_can_be_done_is_told_with_the_hours_until_the_last_due_day_and_the_oldest_evidence() -> None:
    row = rows(workshop())["mill-case"]
    assert row["sentence"] == "Can: mill meets all that is asked, and 100 h are spare in the weeks wanted."
    assert (row["verdict"], row["seen"], row["rule"]) == ("can", date(2026, 7, 1), "every need met: capabilities.process")


def test_what_cannot_be_done_is_told_with_its_cheapest_repair_and_one_certificate_serves_two_asks() -> None:
    found = workshop()
    row = rows(found)["mill-case-b"]
    assert row["sentence"] == (
        "Cannot: mill holds 0.05 mm where 0.02 mm is wanted; holds no EN 9100, which is asked for; to get certified to "
        "EN 9100, and to add measuring equipment and prove the process capable takes 6 to 9 months and EUR 105,000."
    )
    assert (row["repair_days"], row["repair_cost"]) == (225, 105_000)
    mended = repairs.repairs(found)
    gaps = tables.gaps(found, mended, tables.told(found, mended, 9)).filter(operation="mill-case-b")
    assert gaps.select("need", "wanted", "held", "cost").rows() == [
        ("tolerance", "0.02 mm", "0.05 mm", 60_000), ("certificate", "EN 9100", "none", 45_000),
    ]  # fmt: skip
    without = matched(Programme.of(*(row for row in WORKSHOP if not isinstance(row, Certificate))), small_terms(), 9)
    assert rows(without)["mill-case-b"]["repair_cost"] == 105_000


def test_a_site_whose_record_is_complete_and_that_has_no_machine_cannot() -> None:
    assert str(rows(workshop())["build-bird"]["sentence"]).startswith("Cannot: has no machine for smt; to set up")


def test_a_certificate_that_ended_before_the_work_begins_is_told_with_its_day() -> None:
    ended = Certificate(site="mill-house", scheme="AS9100", until=date(2026, 12, 1))
    assert "its EN 9100, ended 2026-12-01, and EN 9100 is asked for" in str(rows(workshop(ended))["mill-case-b"]["sentence"])


def test_demands_are_counted_through_the_parts_list_with_yield() -> None:
    wish = workshop().needs.wanted
    names = workshop().needs.operations.names
    assert dict(zip(names, wish.units, strict=True)) == {"build-bird": 10, "mill-case": 40, "mill-case-b": 20}
    assert dict(zip(names, wish.hours, strict=True)) == {"build-bird": 0, "mill-case": 120, "mill-case-b": 80}


def test_an_operation_that_nobody_understands_is_unknown_everywhere_and_the_designer_is_asked() -> None:
    odd = Operation(operation="odd", item="case", process="milking", certificates="EN 9100")
    row = rows(workshop(odd))["odd"]
    assert (row["verdict"], row["unknown"], row["rule"]) == ("unknown", "process", "process offered: operations.process")
    told = [reason for reason in cautions(Programme.of(*WORKSHOP, odd), small_terms()) if reason.code == "unknown process"]
    assert [str(reason.rows[0]) for reason in told] == ["operations odd"]


def test_words_that_the_taxonomy_has_not_are_named_with_the_nearest() -> None:
    odd = Operation(operation="odd", item="case", process="milling", certificates="EN 9001", material="aluminum 6028")
    found = {reason.code: reason for reason in cautions(Programme.of(*WORKSHOP, odd), small_terms())}
    assert found["unknown certificate"].change == "write it as 'EN 9100'"
    assert "did you mean 'aluminium 6082'?" in found["unknown material"].sentence


def test_from_a_site_to_designs_and_to_the_one_thing_that_opens_most() -> None:
    programme = Programme.of(*WORKSHOP)
    found = reverse(matched(programme, small_terms()), programme, "mill-house")
    assert [(use.operation, use.designs, use.hours) for use in found.uses] == [("mill-case", ("bird",), 120)]
    assert found.investments["investment"].to_list() == ["set up an electronics line (board-assembly)"]
    assert found.cost == 105_000 + 350_000


def test_an_investment_opens_what_fails_in_nothing_else() -> None:
    near = workshop(Operation(operation="fine", item="case", process="milling", certificates="EN 9100"))
    table = investments(near, repairs.repairs(near), 5)
    assert table.filter(investment="get certified to EN 9100").select("operations", "days").row(0) == (1, 225)


def test_a_new_revision_makes_a_site_drop_out_and_says_why() -> None:
    programme = Programme.of(*WORKSHOP)
    (change,) = revised(programme, workshop(), "case", "A", "B")
    assert (change.before, change.after, change.was, change.now) == ("mill-case", "mill-case-b", "can", "cannot")
    assert change.reason.code == "dropped out"
    assert "holds no EN 9100" in change.why


def test_a_certificate_brings_a_site_back_in() -> None:
    before = workshop(near=1)
    finer = [row.model_copy(update={"tolerance": 0.01}) if isinstance(row, Capability) else row for row in WORKSHOP]
    paper = Certificate(site="mill-house", scheme="EN 9100")
    (change,) = rematch(before, matched(Programme.of(*finer, paper), small_terms()))
    assert (change.after, change.was, change.now, change.reason.code) == ("mill-case-b", "cannot", "can", "came in")


def test_the_cheapest_set_is_the_same_by_trying_all_and_by_branch_and_bound() -> None:
    book = small_terms().book
    ways = [(Mend(place), Mend(place + 1), Mend((place * 7) % len(book.repairs))) for place in range(6)]
    more = [*ways, *((Mend(place), Mend(place + 2)) for place in range(20, 30))]
    few = cheapest(ways, book)
    assert few is not None
    many = cheapest(more, book)
    assert many is not None
    assert all(set(way) & set(many) for way in more)
    assert sum(book.repairs[mend.repair].cost for mend in few) <= sum(book.repairs[mend.repair].cost for mend in many)


def test_faults_in_the_files_are_told_with_line_and_nearest_name() -> None:
    texts = {
        "materials.csv": "material,broader,names\nsteel,metall,\nmetal,,\n",
        "classes.csv": "standard,class,rank\nX,1,one\n",
        "certificates.csv": "scheme,implies,names,note,source\nA 1,B 1,,,\nB 1,A 1,,,\n",
        "repairs.csv": ",".join(COLUMNS) + "\ntolerence,,x,,site,3,2,1,1,guessed,s\n",
    }
    with pytest.raises(InvalidRules) as raised:
        terms.read(texts, Vocabulary())
    told = str(raised.value)
    assert "materials.csv line 2: broader 'metall' is not a material of the file; did you mean 'metal'?" in told
    assert "classes.csv line 2: rank 'one' is not a number" in told
    assert "certificates.csv line 2: 'A 1' follows from itself" in told
    assert "did you mean 'tolerance'?" in told
    assert "days_p10, days and days_p90 do not grow" in told
