from __future__ import annotations

import pytest

from outwork.clear.rules import conditions
from outwork.clear.rules.parse_conditions import Parser
from outwork.clear.rules.sheet import Line, lines
from outwork.clear.rules.vocabulary import Term, Vocabulary
from outwork.model.errors import Fault

COLUMNS = ("nation", "names", "note")
TERMS = [
    Term("range", "quantity", "How far?", "km"),
    Term("usable in missile systems", "flag", "Is it?"),
    Term("class", "choice", "What is it?", choices=("radar", "camera")),
]
PARSER = Parser(Vocabulary.of(TERMS), {})


def read(text: str, columns: tuple[str, ...] = COLUMNS) -> tuple[list[Line], list[str]]:
    faults: list[Fault] = []
    found = list(lines("a.csv", {"a.csv": text}, columns, faults))
    return found, [str(fault) for fault in faults]


def test_rows_know_the_line_on_which_they_begin() -> None:
    found, faults = read('nation,names,note\nNL,a,"two\nlines"\n\nPL,b,c\n')
    assert ([line.number for line in found], faults) == ([2, 5], [])


def test_names_of_a_cell_stand_between_semicolons() -> None:
    (line,), _ = read("nation,names,note\nNL, a;b ;,\n")
    assert line.names("names") == ("a", "b")


def test_a_name_that_stands_twice_is_a_fault() -> None:
    (line,), _ = read("nation,names,note\nNL,a;a,\n")
    line.names("names")
    assert [str(fault) for fault in line.faults] == ["a.csv line 2: names names something twice"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.csv line 1: has the columns none; they are nation, names, note, in this order"),
        (
            "nation,nmes,note\n",
            "a.csv line 1: has the columns nation, nmes, note; they are nation, names, note, in this order;",
        ),
        ("names,nation,note\n", "a.csv line 1: has the columns names, nation, note; they are"),
        ("nation,names,note\nNL,a\n", "a.csv line 2: has 2 cells where the heading has 3"),
        ('nation,names,note\nNL,a,"b" c\n', "a.csv line 2: is not CSV: "),
    ],
)
def test_a_table_of_another_shape_is_a_fault(text: str, said: str) -> None:
    _, faults = read(text)
    assert len(faults) == 1
    assert faults[0].startswith(said)


def test_a_condition_is_a_fact_an_operator_and_a_value() -> None:
    (line,), _ = read("nation,names,note\nrange at_least 300 km,usable in missile systems is true,class is radar\n")
    found = [line.condition(column, PARSER) for column in COLUMNS]
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
    (line,), _ = read(f"nation,names,note\nNL,a,{cell}\n")
    line.condition("note", PARSER)
    assert len(line.faults) == 1
    assert str(line.faults[0]).startswith("a.csv line 2: ")
    assert said in str(line.faults[0])


def test_an_empty_cell_is_no_condition() -> None:
    (line,), _ = read("nation,names,note\nNL,a,\n")
    assert line.condition("note", PARSER) is None
