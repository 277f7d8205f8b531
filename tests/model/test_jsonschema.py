from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

import pytest
from jsonschema import Draft202012Validator

from outwork.model import jsonschema
from outwork.model.table import Key, Row, Table, table
from outwork.model.tables import BY_NAME, EVERY


@pytest.mark.parametrize("table", EVERY, ids=[table.name for table in EVERY])
def test_every_schema_is_one(table: Table) -> None:
    Draft202012Validator.check_schema(jsonschema.schema(table))


def test_a_column_states_its_bounds_default_unit_and_meaning() -> None:
    assert jsonschema.row(BY_NAME["operations"])["properties"]["yield_rate"] == {
        "type": "number",
        "description": "Good units out of one started.",
        "exclusiveMinimum": 0.0,
        "maximum": 1.0,
        "default": 1.0,
        "x-unit": "1",
    }


def test_a_reference_names_its_table() -> None:
    lanes = jsonschema.row(BY_NAME["lanes"])
    assert lanes["properties"]["origin"]["x-ref"] == "sites"
    assert {"columns": ["item"], "table": "items", "key": ["item"]} in lanes["x-links"]
    assert lanes["x-key"] == ["origin", "destination", "mode"]
    assert {"sql": "origin <> destination", "sentence": "a lane must lead somewhere else"} in lanes["x-rules"]


def test_a_single_table_holds_exactly_one_row() -> None:
    judge = Draft202012Validator(jsonschema.schema(BY_NAME["settings"]))
    row = {"name": "Arc", "start": "2027-01-04", "weeks": 104}
    assert judge.is_valid([row])
    assert not judge.is_valid([])
    assert not judge.is_valid([row, row])


def test_an_unknown_or_missing_column_is_refused() -> None:
    judge = Draft202012Validator(jsonschema.row(BY_NAME["nations"]))
    assert judge.is_valid({"nation": "NL", "name": "Netherlands"})
    assert not judge.is_valid({"nation": "NL"})
    assert not judge.is_valid({"nation": "NL", "name": "Netherlands", "capital": "Amsterdam"})


class Dated(Row):
    """A row with a date by default."""

    table_name: ClassVar[str] = "dated"

    day: Annotated[date, Key()] = date(2027, 3, 31)
    """A day."""


def test_a_date_by_default_is_written_as_people_write_it() -> None:
    assert jsonschema.row(table(Dated))["properties"]["day"]["default"] == "2027-03-31"
