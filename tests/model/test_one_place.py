"""A column that is added in one place is there in every face."""

from __future__ import annotations

from typing import Annotated

import polars as pl

from outwork.model import ddl, frames, jsonschema, reference
from outwork.model.table import Ge, Ref, Unit, table
from outwork.model.tables.moving import Lane


class LaneWithToll(Lane):
    """A way to move goods from one site to another, for a toll."""

    toll: Annotated[float, Unit("EUR/shipment"), Ge(0)] = 12.5
    """What each shipment pays."""
    collector: Annotated[str | None, Ref("parties")] = None
    """Who is paid."""


LANES = table(LaneWithToll)


def test_a_new_column_is_in_the_sql_of_both_databases() -> None:
    for dialect, number in (("sqlite", "REAL"), ("postgresql", "DOUBLE PRECISION")):
        text = ddl.create(LANES, dialect)
        assert f"  toll {number} NOT NULL DEFAULT 12.5,\n" in text
        assert "CONSTRAINT lanes_toll_check CHECK (toll >= 0 AND toll <= 1000000000000000)" in text
        assert "CONSTRAINT lanes_collector_ref FOREIGN KEY (collector) REFERENCES parties (party)" in text


def test_a_new_column_is_in_the_json_schema() -> None:
    found = jsonschema.row(LANES)["properties"]
    assert (found["toll"]["minimum"], found["toll"]["default"], found["toll"]["x-unit"]) == (0, 12.5, "EUR/shipment")
    assert found["collector"]["x-ref"] == "parties"


def test_a_new_column_is_on_the_reference_page() -> None:
    assert "| toll | number | EUR/shipment | 12.5 | at least 0 | What each shipment pays. |" in reference.section(LANES)


def test_a_new_column_is_in_the_frames_with_its_default() -> None:
    assert frames.schema(LANES)["toll"] == pl.Float64()
    frame = frames.from_columns(LANES, {"origin": ["s1"], "destination": ["s2"]})
    assert frame["toll"].to_list() == [12.5]
