from __future__ import annotations

import pytest

from outwork.model.errors import Fault
from outwork.model.sheet import Line, lines

COLUMNS = ("nation", "names", "note")


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


def test_a_number_below_nothing_is_a_fault() -> None:
    (line,), _ = read("nation,names,note\nNL,a,-3\n")
    assert line.number_of("note") == -3
    assert [str(fault) for fault in line.faults] == ["a.csv line 2: note -3 is below 0"]
