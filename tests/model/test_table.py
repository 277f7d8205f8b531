from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

import pytest

from outwork.model.table import Column, Ge, Gt, Key, Le, Link, Lt, Ref, Row, Rule, Unit, table


class Crane(Row):
    """A crane.

    It lifts.
    """

    table_name: ClassVar[str] = "cranes"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("low < high", "it lifts upwards"),)
    links: ClassVar[tuple[Link, ...]] = (Link("hooks", ("crane", "hook"), ("crane", "hook")),)

    crane: Annotated[str, Key()]
    """Its
    name."""
    yard: Annotated[str | None, Ref("factories")] = None
    """Where it stands."""
    hook: str = ""
    """Its hook."""
    low: Annotated[float, Unit("m"), Gt(0)]
    """Lowest point."""
    high: Annotated[float, Unit("m"), Ge(0), Lt(100)] = 20.0
    """Highest point."""
    legs: Annotated[int, Le(4)] = 4
    """How many."""
    paint: Literal["red", "blue"] = "red"
    """Colour."""
    built: date | None = None
    """When."""
    idle: bool = False
    """Whether it rests."""


def test_a_declaration_is_read_whole() -> None:
    cranes = table(Crane)
    assert cranes.name == "cranes"
    assert cranes.doc == "A crane.\n\nIt lifts."
    assert cranes.key == ("crane",)
    assert cranes.names == ("crane", "yard", "hook", "low", "high", "legs", "paint", "built", "idle")
    assert not cranes.single
    assert cranes.rules == Crane.rules


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("crane", Column("crane", "text", "Its name.", key=True)),
        ("yard", Column("yard", "text", "Where it stands.", optional=True, ref=Ref("factories"))),
        ("hook", Column("hook", "text", "Its hook.", default="")),
        ("low", Column("low", "number", "Lowest point.", unit="m", low=0.0, low_open=True)),
        ("high", Column("high", "number", "Highest point.", default=20.0, unit="m", low=0.0, high=100.0, high_open=True)),
        ("legs", Column("legs", "integer", "How many.", default=4, high=4.0)),
        ("paint", Column("paint", "text", "Colour.", default="red", choices=("red", "blue"))),
        ("built", Column("built", "date", "When.", optional=True)),
        ("idle", Column("idle", "flag", "Whether it rests.", default=False)),
    ],
)
def test_a_column_keeps_its_marks(name: str, column: Column) -> None:
    assert table(Crane).column(name) == column


def test_only_a_column_without_default_and_leave_to_stay_blank_is_required() -> None:
    assert [column.name for column in table(Crane).columns if column.required] == ["crane", "low"]


def test_a_reference_of_one_column_names_the_singular_of_its_table() -> None:
    assert table(Crane).links == (
        Link("factories", ("yard",), ("factory",)),
        Link("hooks", ("crane", "hook"), ("crane", "hook")),
    )


def test_who_knows_some_columns_knows_no_rule_or_link_over_others() -> None:
    cranes = table(Crane)
    low = cranes.only({"crane", "low", "yard"})
    assert low.names == ("crane", "yard", "low")
    assert low.rules == ()
    assert low.links == (Link("factories", ("yard",), ("factory",)),)
    whole = cranes.only(cranes.names)
    assert (whole.rules, whole.links) == (cranes.rules, cranes.links)


def test_a_column_that_is_not_there_is_not_found() -> None:
    with pytest.raises(KeyError, match="jib"):
        table(Crane).column("jib")


def test_a_row_refuses_columns_that_it_does_not_have_and_numbers_that_are_none() -> None:
    with pytest.raises(ValueError, match="jib"):
        Crane.model_validate({"crane": "a", "low": 1.0, "jib": 3})
    with pytest.raises(ValueError, match="finite"):
        Crane(crane="a", low=float("nan"))


def test_a_row_does_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Crane(crane="a", low=1.0).low = 2.0


class Undocumented(Row):
    """A row."""

    table_name: ClassVar[str] = "undocumented"

    column: Annotated[str, Key()]


class Hidden(Row):
    """A row."""

    table_name: ClassVar[str] = "hidden"

    column: Annotated[float, Ge(0)] | None = None
    """Its marks are inside the optional."""


class TwoTypes(Row):
    """A row."""

    table_name: ClassVar[str] = "two_types"

    column: int | str
    """Its type is open."""


class Listed(Row):
    """A row."""

    table_name: ClassVar[str] = "listed"

    column: list[str]
    """Its values are lists."""


class Unsettled(Row):
    """A row."""

    table_name: ClassVar[str] = "unsettled"

    column: str | None
    """It may be blank, yet must be written."""


class Nameless(Row):
    table_name: ClassVar[str] = "nameless"

    column: str
    """A column."""


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Undocumented, r"Undocumented\.column has no docstring"),
        (Hidden, r"Hidden\.column: write the marks outside the optional"),
        (TwoTypes, r"TwoTypes\.column: a column has one type"),
        (Listed, r"Listed\.column: list\[str\] is not a column type"),
        (Unsettled, r"Unsettled\.column may be blank, so give it a default"),
        (Nameless, "Nameless has no docstring"),
    ],
)
def test_a_declaration_that_some_face_could_not_carry_is_refused(row: type[Row], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        table(row)
