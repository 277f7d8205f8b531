from __future__ import annotations

from dataclasses import replace

import pytest

from outwork.clear import united_states as us
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.united_states.book import CONTROLS, COUNTRIES, EXCEPTIONS
from outwork.model.errors import InvalidRules
from outwork.store import rulebook
from tests.clear.authorise.rules import answers, shipped

BOOK = us.read(shipped())
SHORT = answers({"range": 40.0})
NOTHING = answers({})


@pytest.mark.parametrize(
    ("eccn", "to", "truth"),
    [
        ("9A012.a.1", "UA", TRUE),  # NS 2
        ("9A012.a.1", "NL", FALSE),  # no X under NS 2
        ("9A012.a.2", "NL", TRUE),  # NS 1 for the rest of the entry
        ("9A012.a.1", "CA", FALSE),
        ("6A003.b.3", "GB", FALSE),
        ("6A003.b.3", "NL", TRUE),  # RS 1
        ("6A003.a.1", "NL", FALSE),  # NS 2 alone
        ("6A008.e", "JP", UNKNOWN),  # MT 1 where it is for use in the air
        ("6A993", "UA", FALSE),  # AT 1 has no X for anybody
        ("7A103", "NL", TRUE),  # MT 1
        ("7A103", "CA", FALSE),
        ("5A001.f.1", "GB", TRUE),  # surreptitious listening: all destinations
        ("3A611.y", "CN", TRUE),
        ("3A611.y", "NL", FALSE),
        ("EAR99", "UA", FALSE),
        ("EAR99", "CU", TRUE),
        ("EAR99", "RU", UNKNOWN),
        ("5A991", "RU", TRUE),  # every entry, 746.8
        ("5A991", "SY", TRUE),  # part 746
        ("9A012.a.1", "US", FALSE),
        ("9A012.a.1", "HK", TRUE),  # as China
        ("2B001", "NL", UNKNOWN),  # an entry that the rulebook does not hold
        ("9A012.a.1", "ZZ", UNKNOWN),  # nor this nation
    ],
)
def test_the_chart_answers_reason_by_reason(eccn: str, to: str, truth: Truth) -> None:
    assert us.licence(BOOK, eccn, to, SHORT).truth == truth


def test_an_aircraft_of_unknown_range_may_be_controlled_for_missile_technology() -> None:
    assert us.licence(BOOK, "9A012.a.1", "NL", NOTHING).truth == UNKNOWN
    assert us.licence(BOOK, "9A012.a.1", "NL", answers({"range": 300.0})).truth == TRUE


def test_a_paragraph_that_is_too_coarse_leaves_the_question_open() -> None:
    assert us.licence(BOOK, "9A012", "NL", SHORT).truth == UNKNOWN
    assert us.licence(BOOK, "9A012.a", "NL", SHORT).truth == UNKNOWN


def test_every_finding_cites_and_tells_each_reason() -> None:
    found = us.licence(BOOK, "6A003.b.4.b", "UA", NOTHING)
    assert {step.path for step in found.steps} == {"746.6", "6A003 NS", "6A003 NP", "6A003 RS", "6A003 AT", "6A003 UN"}
    assert found.source == "eCFR title 15, 2026-07-23"
    assert all(step.cite for step in found.steps)


def exceptions(eccn: str, to: str) -> dict[str, Truth]:
    return {each.name: each.truth for each in us.exceptions(BOOK, eccn, to, us.licence(BOOK, eccn, to, SHORT))}


def test_no_licence_exception_is_ever_found_to_hold() -> None:
    for eccn in BOOK.entries:
        for to in ("UA", "NL", "SG", "RU", "IR"):
            assert TRUE not in exceptions(eccn, to).values()


@pytest.mark.parametrize(
    ("name", "eccn", "to", "truth"),
    [
        ("STA", "9A012.a.1", "UA", FALSE),  # Ukraine is neither in A:5 nor in A:6
        ("STA", "9A012.a.2", "PL", UNKNOWN),
        ("STA", "6A003.b.4.b", "SG", FALSE),  # barred to A:6 by the entry
        ("STA", "6A003.b.4.b", "PL", UNKNOWN),
        ("STA", "7A103", "PL", FALSE),  # missile technology
        ("STA", "5A001.j", "PL", FALSE),
        ("GBS", "6A008.b", "NL", UNKNOWN),
        ("GBS", "6A008.e", "NL", FALSE),  # the entry grants it to .b, .c and .l.1
        ("LVS", "5A001.c", "UA", UNKNOWN),
        ("LVS", "5A001.h", "UA", FALSE),
        ("GBS", "5A001.c", "UA", UNKNOWN),
        ("GBS", "5A001.c", "CN", FALSE),  # not in Country Group B
        ("ENC", "9A012.a.1", "NL", FALSE),
        ("ENC", "5A002.a", "NL", UNKNOWN),
        ("LVS", "5A001.c", "RU", FALSE),
    ],
)
def test_an_exception_is_ruled_out_by_destination_entry_or_reason(name: str, eccn: str, to: str, truth: Truth) -> None:
    assert exceptions(eccn, to)[name] == truth


def broken(file: str, old: str, new: str) -> str:
    texts = dict(rulebook.texts())
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(InvalidRules) as caught:
        us.read(replace(shipped(), texts=texts))
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CONTROLS, "9A012,NS,NS 1", "9A012,NS,NS 3", "'NS 3' is no nation, column or group of the countries"),
        (CONTROLS, "9A012,NS,NS 1", "9A012,RS,NS 1", "9A012 is not controlled for 'RS'"),
        (CONTROLS, "9A012.a.1,", "9A112.a.1,", "'9A112.a.1' does not lie in 9A012"),
        (CONTROLS, "range at_least 300 km", "range at_least 300 kg", "'kg' does not turn into 'km'"),
        (CONTROLS, "range at_least 300 km", "range over 300 km", "is not a fact, an operator and a value"),
        (CONTROLS, "9A012,NS", "9A013,NS", "'9A013' is not in us/entries.csv; did you mean '9A012'?"),
        (COUNTRIES, "NL,Netherlands,chart", "NL,Netherlands,char", "row 'char' is not one of chart, part 746, home"),
        (COUNTRIES, "NL,Netherlands,chart,CB 1", "NL,Netherlands,chart,CB 9", "'CB 9' is no column of the chart"),
        (EXCEPTIONS, "6A008,GBS", "6A008,GSB", "exception 'GSB' is not one of LVS, GBS, STA, ENC"),
    ],
)
def test_a_wrong_cell_is_named(file: str, old: str, new: str, said: str) -> None:
    message = broken(file, old, new)
    assert message.startswith(f"{file} line ")
    assert said in message
