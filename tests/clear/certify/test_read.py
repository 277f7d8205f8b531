"""Checklist files are read strictly, and those that are shipped are sound."""

from __future__ import annotations

import pytest

from outwork.clear import certify
from outwork.model.errors import InvalidRules
from outwork.store import rulebook
from tests.clear.certify.workbench import TEXT, checklists


def test_the_checklists_that_are_shipped_can_be_read_and_say_that_nobody_has_reviewed_them() -> None:
    found = certify.read(rulebook.texts())
    assert {"red", "mil-std-461", "uas-c2", "uas-c3", "aqap-2110", "stanag-4703"} <= set(found.by_name)
    for checklist in found.by_name.values():
        assert checklist.cite
        assert checklist.source
        assert not checklist.reviewer


def test_a_duration_that_is_shipped_says_that_it_is_assumed() -> None:
    for _, clause in certify.read(rulebook.texts()).clauses():
        assert (clause.grade == "assumed") == (clause.work_days is not None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('cite = "article 2"\n', "", "radio-spectrum: cite is missing"),
        ('means = ["document"]', 'means = ["dokument"]', "did you mean 'document'?"),
        ('means = ["document"]\n', "", "means is missing"),
        ('facts = ["power"]', 'facts = ["powr"]', "did you mean 'power'?"),
        ('components = "any"', 'components = "all"', "it is one of any, none"),
        ("work_days = 20", "work_days = -1", "at least 0"),
        ("since = 2016-06-13", 'since = "2016-06-13"', "without quotes"),
        ("since = 2016-06-13", "since = 2016-06-13\nuntil = 2016-06-01", "before it begins"),
        ('reviewer = ""', 'reviewer = ""\nreviewed = true', "unknown field 'reviewed'; known here"),
        ('name = "radio-paper"', 'name = "radio-safety"', "borne by 2 clauses"),
        ('grade = "stated"\n', "", "a duration states its grade"),
        ('status = "in force"', 'status = "valid"', "it is one of in force, adopted, proposed"),
        ('checklist = "radio"', "checklist = ", "is not TOML"),
        ('power = "How much power does it transmit?"', "power = 3", "facts is a table headed [facts]"),
    ],
)
def test_a_fault_of_a_checklist_is_named_with_its_file(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(InvalidRules) as told:
        checklists(TEXT.replace(old, new, 1))
    assert said in str(told.value)
    assert "checklists/radio.toml" in str(told.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(InvalidRules) as told:
        checklists(TEXT.replace("cite", "site").replace('"document"', '"paper"'))
    assert len(told.value.faults) >= 6


def test_a_list_without_clauses_is_a_fault() -> None:
    with pytest.raises(InvalidRules, match="states no clause"):
        checklists(TEXT.split("[[clause]]", maxsplit=1)[0])


def test_a_name_that_two_lists_bear_is_a_fault() -> None:
    with pytest.raises(InvalidRules, match="borne by 2 checklists"):
        certify.read({"checklists/a.toml": TEXT, "checklists/b.toml": TEXT})


def test_other_files_of_the_rulebook_are_left_to_their_readers() -> None:
    assert not certify.read({"eu/nations.toml": "not = toml = at all"}).by_name
