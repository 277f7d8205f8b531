from __future__ import annotations

import pytest

from outwork.clear.rules import conditions
from outwork.clear.rules.condition_cell import condition
from outwork.clear.rules.parse_conditions import Parser
from outwork.clear.rules.vocabulary import Term, Vocabulary
from outwork.model.sheet import Line, lines

COLUMNS = ("nation", "names", "note")
TERMS = [
    Term("range", "quantity", "How far?", "km"),
    Term("usable in missile systems", "flag", "Is it?"),
    Term("class", "choice", "What is it?", choices=("radar", "camera")),
]
PARSER = Parser(Vocabulary.of(TERMS), {})


def read(text: str) -> list[Line]:
    return list(lines("a.csv", {"a.csv": text}, COLUMNS, []))


def test_a_condition_is_a_fact_an_operator_and_a_value() -> None:
    (line,) = read("nation,names,note\nrange at_least 300 km,usable in missile systems is true,class is radar\n")
    found = [condition(line, column, PARSER) for column in COLUMNS]
    assert line.faults == []
    assert [(each.fact, each.value) for each in found if isinstance(each, conditions.Test)] == [
        ("range", 300.0),
        ("usable in missile systems", True),
        ("class", frozenset({"radar"})),
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("range", "is not a fact, an operator and a value"),
        ("range at_least 300 kg", "'kg' does not turn into 'km'"),
        ("range at_least 300", "has no unit"),
        ("rang at_least 300 km", "unknown fact 'rang'"),
        ("class is rader", "did you mean 'radar'?"),
        ("usable in missile systems is maybe", "is neither true nor false"),
    ],
)
def test_a_condition_that_cannot_be_read_is_a_fault_with_its_line(cell: str, said: str) -> None:
    (line,) = read(f"nation,names,note\nNL,a,{cell}\n")
    condition(line, "note", PARSER)
    assert len(line.faults) == 1
    assert str(line.faults[0]).startswith("a.csv line 2: ")
    assert said in str(line.faults[0])


def test_an_empty_cell_is_no_condition() -> None:
    (line,) = read("nation,names,note\nNL,a,\n")
    assert condition(line, "note", PARSER) is None
