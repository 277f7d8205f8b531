from __future__ import annotations

from datetime import date

import pytest

from outwork.clear import rules
from outwork.clear.rules.conditions import above, under
from outwork.clear.rules.crossing import is_path
from outwork.model.errors import Fault, InvalidRules
from tests.clear.small import BOOK, HEAD, KITE, shipped


def faults(**changed: str) -> tuple[Fault, ...]:
    with pytest.raises(InvalidRules) as error:
        rules.read({**BOOK, **{name.replace("_toml", ".toml"): text for name, text in changed.items()}})
    return error.value.faults


def the_fault(old: str, new: str) -> Fault:
    """The only fault of the entry on kites with one text replaced."""
    assert old in KITE
    (found,) = faults(**{"9X1_toml": KITE.replace(old, new, 1)})
    return found


# One file


@pytest.mark.parametrize(
    ("old", "new", "said", "near"),
    [
        ("cite = ", "cte = ", "cite is missing", ""),
        ('kind = "goods"', 'kind = "good"', "kind is 'good'", "goods"),
        ('status = "in force"', 'status = "in froce"', "status is 'in froce'", "in force"),
        ("since = 2025-01-01", 'since = "2025-01-01"', "write a date without quotes", ""),
        ("since = 2025-01-01", "since = 2025-01-01\nuntil = 2024-01-01", "before it begins", ""),
        ('fact = "endurance"', 'fact = "endurence"', "unknown fact 'endurence'", "endurance"),
        ('at_least = "60 min"', 'at_least = "60 km"', "'km' does not turn into 'min'", ""),
        ('at_least = "60 min"', 'at_least = "6O min"', "'O min' is not a unit", ""),
        ('at_least = "60 min"', "at_least = 60", "has no unit", ""),
        ('at_least = "60 min"', 'atleast = "60 min"', "exactly one of at_least", "at_least"),
        ('at_least = "60 min"', 'is = "60 min"', "a quantity is compared by", ""),
        ("is = true", 'is = "yes"', "neither true nor false", ""),
        ('class = "kite"', 'class = "kyte"', "not one of its choices", "kite"),
        ('of = ["9X1.a"]', 'of = ["9X1.c"]', "under which 9X1 has no control", "9X1.a"),
        ('path = "9X1.b"', 'path = "9X1.a"', "named twice", ""),
        ('path = "9X1.b"', 'path = "9X2.b"', "does not lie in 9X1", ""),
        ("all = [{ fact", "al = [{ fact", "states no condition", ""),
        ("[[control]]", '[[control]]\nquot = "x"', "unknown field 'quot'", "quote"),
    ],
)
def test_a_malformed_cell_is_named_with_what_is_wrong(old: str, new: str, said: str, near: str) -> None:
    found = [each for each in faults(**{"9X1_toml": KITE.replace(old, new, 1)}) if said in each.reason]
    assert found, old
    assert found[0].place == "9X1.toml"
    assert found[0].line is not None
    assert near in {"", found[0].nearest}


def test_a_fault_names_the_line_on_which_it_stands() -> None:
    fault = the_fault('less_than = "20 km/h"', 'less_than = "20 kg"')
    assert fault.line is not None
    assert "20 km/h" in KITE.splitlines()[fault.line - 1]


def test_every_fault_of_every_file_is_named_at_once() -> None:
    wrong = KITE.replace("cite = ", "cte = ").replace("60 min", "60 furlong")
    assert {each.place for each in faults(**{"9X1_toml": wrong, "9_toml": "a = ["})} == {"9X1.toml", "9.toml"}
    assert len(faults(**{"9X1_toml": wrong})) == 3  # the citation, the unknown field, the unit


@pytest.mark.parametrize("text", ["x = [", "\x00", "x = 1", "[[[" * 2000, 'entri = "9X9"'])
def test_a_damaged_or_foreign_file_is_named_and_nothing_of_the_book_is_used(text: str) -> None:
    assert faults(odd_toml=text)[0].place == "odd.toml"


# Across files


def test_versions_that_hold_on_the_same_day_are_refused_and_a_proposal_beside_the_law_is_not() -> None:
    assert (
        "holds from 2025-06-01, while the version in 9X1.toml has no end"
        in faults(**{"9_later_toml": KITE.replace("2025-01-01", "2025-06-01")})[0].reason
    )
    proposed = KITE.replace("2025-01-01", "2025-06-01").replace("in force", "proposed")
    book = rules.read({**BOOK, "later.toml": proposed})
    assert len(book.entries) == 4
    assert [each.provision.status for each in book.on(book.entries[-1].provision.since).entries].count("proposed") == 0


def test_the_version_of_the_day_is_law() -> None:
    first = KITE.replace("since = 2025-01-01", "since = 2025-01-01\nuntil = 2026-12-31")
    second = KITE.replace("2025-01-01", "2027-01-01").replace("60 min", "30 min")
    book = rules.read({**BOOK, "9X1.toml": first, "later.toml": second})
    by_day = {day: book.on(at).entry("9X1") for day, at in _days()}
    assert [entry and str(entry.controls[0].condition) for entry in by_day.values()] == [
        None,
        "steered is true and endurance at least 60 min",
        "steered is true and endurance at least 30 min",
    ]


def _days() -> list[tuple[str, date]]:
    return [("before", date(2024, 1, 1)), ("first", date(2026, 12, 31)), ("second", date(2027, 1, 1))]


def test_a_reference_to_an_entry_that_is_not_there_is_refused() -> None:
    entry = 'entry = "9W1"\nkind = "goods"\nscope = { class = "kite" }' + HEAD.format(name="9W1")
    odd = entry + '[[control]]\npath = "9W1"\nall = [{ listed = "9X7" }]'
    assert "refers to '9X7', which no entry" in faults(odd_toml=odd)[0].reason


def test_entries_that_ask_about_each_other_in_a_circle_are_refused() -> None:
    def asking(name: str, other: str) -> str:
        entry = f'entry = "{name}"\nkind = "goods"\nscope = {{ class = "kite" }}' + HEAD.format(name=name)
        return entry + f'[[control]]\npath = "{name}"\nall = [{{ listed = "{other}" }}]'

    assert "in a circle" in faults(one_toml=asking("9W1", "9W2"), two_toml=asking("9W2", "9W1"))[0].reason


def test_a_name_that_stands_for_two_facts_is_refused() -> None:
    double = '[wind]\nkind = "quantity"\nunit = "m/s"\nquestion = "?"\nalso = ["time_aloft"]'
    assert "the name 'time aloft' already stands for" in faults(**{"more/vocabulary_toml": double})[0].reason


def test_a_path_lies_under_itself_what_is_above_it_and_its_group() -> None:
    assert list(above("9A012.a.2")) == ["9A012.a.2", "9A012.a", "9A012", "9A", "9"]
    assert all(under("9A012.a.2", each) for each in above("9A012.a.2"))
    assert not under("9A012", "9A012.a")
    assert not under("9A0123", "9A012")
    assert is_path("9A012.a")
    assert not is_path("annex-iv")


# What is shipped


def test_the_rules_that_are_shipped_are_sound_and_say_that_nobody_has_reviewed_them() -> None:
    book = shipped()
    assert len(book.authorisations) == 8
    assert book.entry("9A012") is not None
    assert not any(entry.provision.reviewer for entry in book.entries)
    assert all(entry.provision.cite for entry in book.entries)


def test_ukraine_is_in_none_of_eu001_eu002_and_eu007() -> None:
    assert [each.name for each in shipped().authorisations if "UA" not in each.destinations][:2] == ["EU001", "EU002"]
    assert "UA" not in next(each for each in shipped().authorisations if each.name == "EU007").destinations
