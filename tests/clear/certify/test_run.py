"""How a revision stands with its requirements."""

from __future__ import annotations

from datetime import date

import pytest

from outwork.clear import certify
from outwork.model.errors import InvalidProgramme, UnknownName
from outwork.model.tables.certification import Evidence, Requirement, Touch
from outwork.model.tables.design import Revision
from tests.clear.certify.workbench import TODAY, accepted, beacon, checklists, rows

SAFETY, SPECTRUM, PAPER = "radio-safety", "radio-spectrum", "radio-paper"


def test_evidence_of_an_earlier_revision_counts_where_nothing_touches_its_requirement() -> None:
    found = rows(beacon(accepted(SAFETY), accepted(SPECTRUM), accepted(PAPER)), "C")
    assert {row.status for row in found.values()} == {"met"}
    assert {row.tested for row in found.values()} == {"A"}


def test_a_changed_fact_invalidates_only_what_depends_on_it() -> None:
    found = rows(beacon(accepted(SAFETY), accepted(SPECTRUM), accepted(PAPER), power="3"))
    assert {name: row.status for name, row in found.items()} == {SAFETY: "met", SPECTRUM: "invalidated", PAPER: "met"}
    assert "revision B changes power from 2 W to 3 W" in found[SPECTRUM].sentence


def test_a_changed_component_invalidates_only_what_depends_on_components() -> None:
    found = rows(beacon(accepted(SAFETY), accepted(SPECTRUM), accepted(PAPER), cell="cell-2"))
    assert {name: row.status for name, row in found.items()} == {SAFETY: "invalidated", SPECTRUM: "met", PAPER: "met"}
    assert "revision B changes cell-1, cell-2" in found[SAFETY].sentence


def test_a_requirement_may_name_the_components_on_which_it_depends_for_an_item() -> None:
    narrow = Requirement(item="beacon", checklist="radio", requirement=SAFETY, components="case")
    wide = Requirement(item="beacon", checklist="radio", requirement=SAFETY, components="case; cell-1")
    assert rows(beacon(narrow, accepted(SAFETY), cell="cell-2"))[SAFETY].status == "met"
    assert rows(beacon(wide, accepted(SAFETY), cell="cell-2"))[SAFETY].status == "invalidated"


def test_what_a_person_says_is_changed_touches_what_depends_on_it() -> None:
    for kind, name, touched in (
        ("fact", "Power", SPECTRUM),
        ("component", "case", SAFETY),
        ("requirement", PAPER, PAPER),
    ):
        said = Touch(item="beacon", revision="B", kind=kind, name=name, reason="retuned")
        found = rows(beacon(said, accepted(SAFETY), accepted(SPECTRUM), accepted(PAPER)))
        assert [each for each, row in found.items() if row.status != "met"] == [touched]
        assert "retuned" in found[touched].sentence


def test_a_fact_that_nobody_has_stated_may_have_changed_until_somebody_says_otherwise() -> None:
    asks = Requirement(item="beacon", checklist="radio", requirement=SPECTRUM, facts="bandwidth")
    found = rows(beacon(asks, accepted(SPECTRUM)))[SPECTRUM]
    assert (found.status, "nobody has stated bandwidth of revision A and B" in found.sentence) == ("invalidated", True)
    stated = Touch(item="beacon", revision="B", kind="nothing else", stated_by="I. Saar")
    assert rows(beacon(asks, stated, accepted(SPECTRUM)))[SPECTRUM].status == "met"


def test_that_nothing_else_changes_does_not_hide_a_difference_that_is_known() -> None:
    stated = Touch(item="beacon", revision="B", kind="nothing else", stated_by="I. Saar")
    found = rows(beacon(stated, accepted(SAFETY), accepted(SPECTRUM), power="3", cell="cell-2"))
    assert (found[SAFETY].status, found[SPECTRUM].status) == ("invalidated", "invalidated")


def test_a_revision_of_which_nobody_says_how_it_is_made_may_have_changed_its_parts() -> None:
    extra = Revision(item="beacon", revision="D", supersedes="C")
    assert rows(beacon(extra, accepted(SAFETY, "C")), "D")[SAFETY].status == "invalidated"


def test_evidence_of_a_later_revision_does_not_count_for_an_earlier_one() -> None:
    found = rows(beacon(accepted(SPECTRUM, "C")), "B")[SPECTRUM]
    assert (found.status, "does not descend" in found.sentence) == ("open", True)


def test_evidence_by_a_means_that_the_clause_does_not_allow_does_not_count() -> None:
    found = rows(beacon(accepted(SPECTRUM, means="analysis")), "A")[SPECTRUM]
    assert (found.status, found.sentence) == ("open", f"report of {SPECTRUM} A is analysis, and {SPECTRUM} is shown by test")


def test_evidence_that_has_ended_counts_until_its_last_day() -> None:
    lasting, ended = (beacon(accepted(SPECTRUM, until=date(2027, 3, day))) for day in (1, 1))
    assert rows(lasting, "A")[SPECTRUM].status == "met"
    assert rows(ended, "A", today=date(2027, 3, 2))[SPECTRUM].status == "expired"


def test_a_waiver_is_told_with_its_reason_and_falls_with_a_change_as_evidence_does() -> None:
    waiver = accepted(SPECTRUM, state="waived", reason="receives only")
    assert "receives only" in rows(beacon(waiver), "B")[SPECTRUM].sentence
    assert rows(beacon(waiver), "B")[SPECTRUM].status == "waived"
    assert rows(beacon(waiver, power="3"), "B")[SPECTRUM].status == "invalidated"


def test_what_was_accepted_after_the_day_is_submitted_as_yet() -> None:
    assert rows(beacon(accepted(SPECTRUM)), "A", today=date(2027, 2, 3))[SPECTRUM].status == "submitted"


def test_a_requirement_that_does_not_apply_is_settled_by_a_named_person() -> None:
    no = Requirement(
        item="beacon", checklist="radio", requirement=SPECTRUM, applies=False, reason="it only receives", judged_by="M. Okoye"
    )
    found = rows(beacon(no))[SPECTRUM]
    assert (found.status, found.grade) == ("not applicable", "done")
    assert "M. Okoye" in found.sentence


def test_a_file_that_is_not_the_one_that_was_hashed_shows_nothing() -> None:
    held = beacon(accepted(SPECTRUM, file="spectrum.pdf"))
    for digests, status in (({"spectrum.pdf": "5e" * 32}, "met"), ({"spectrum.pdf": "00" * 32}, "open"), ({}, "open")):
        assert rows(held, "A", digests=digests)[SPECTRUM].status == status


def test_the_earliest_day_is_that_of_the_longest_work_and_names_what_is_not_known() -> None:
    found = certify.run(beacon(), certify.Options(TODAY, "beacon", "A"), checklists())
    by_name = {row["requirement"]: row for row in found.tables["compliance"].iter_rows(named=True)}
    assert by_name[SAFETY]["ready"] == date(2027, 3, 31)
    assert by_name[SPECTRUM]["ready"] == date(2027, 4, 10)
    assert (by_name[PAPER]["ready"], by_name[PAPER]["grade"]) == (None, "unknown")
    assert found.readiness[0].ready is None
    assert "not before 2027-04-10" in found.summary()
    assert "for 1 of them nobody has stated how long they take" in found.summary()


def test_durations_and_the_first_day_of_work_can_be_stated_for_an_item() -> None:
    own = [
        Requirement(item="beacon", checklist="radio", requirement=name, begins=date(2027, 5, 3), work_days=5, review_days=2)
        for name in (SAFETY, SPECTRUM, PAPER)
    ]
    found = certify.run(beacon(*own, asks=False), certify.Options(TODAY, "beacon", "A"), checklists())
    assert found.readiness[0].ready == date(2027, 5, 10)


def test_what_is_submitted_is_ready_when_its_review_can_be_over() -> None:
    piece = accepted(SPECTRUM, state="submitted", reviewer="", decided=None, submitted=date(2027, 2, 27))
    assert rows(beacon(piece), "A")[SPECTRUM].ready == date(2027, 3, 9)


def test_every_revision_that_is_not_withdrawn_is_looked_at() -> None:
    found = certify.run(beacon(), certify.Options(TODAY), checklists())
    assert [each.revision for each in found.readiness] == ["A", "B", "C"]
    assert len(found.summary().splitlines()) <= 15


def test_names_that_are_not_there_are_all_told_with_the_nearest() -> None:
    wrong = [
        Requirement(item="beacon", checklist="radioo"),
        Requirement(item="beacon", checklist="radio", requirement="radio-safty"),
        accepted("radio-spectrun", sha256="zz" * 32),
        Touch(item="beacon", revision="B", kind="component", name="caze"),
    ]
    with pytest.raises(InvalidProgramme) as told:
        rows(beacon(*wrong))
    text = str(told.value)
    assert len(told.value.faults) == 5
    for near in ("radio", SAFETY, SPECTRUM, "case"):
        assert f"did you mean '{near}'?" in text
    assert "is not a SHA-256" in text


def test_an_item_or_revision_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'beacon'"):
        rows(beacon(), item="beacom")
    with pytest.raises(UnknownName, match="there is A, B, C"):
        rows(beacon(), "Z")


def test_revisions_that_supersede_each_other_in_a_circle_are_told() -> None:
    circle = [Revision(item="pack", revision="A", supersedes="B"), Revision(item="pack", revision="B", supersedes="A")]
    asks = Requirement(item="pack", checklist="radio")
    with pytest.raises(InvalidProgramme, match="in a circle"):
        certify.run(beacon(*circle, asks), certify.Options(TODAY, "pack"), checklists())


def test_evidence_under_way_is_open() -> None:
    piece = Evidence(evidence="r1", item="beacon", revision="A", requirement=SAFETY, means="test")
    assert rows(beacon(piece), "A")[SAFETY].sentence == "r1 is under way"
