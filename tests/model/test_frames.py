from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from outwork.model import frames
from outwork.model.tables import BY_NAME
from outwork.model.tables.moving import Lane

LANES = BY_NAME["lanes"]
ROWS = [
    Lane(origin="s1", destination="s2", cost=0.5, since=date(2027, 1, 4)),
    Lane(origin="s2", destination="s1", mode="air", item="mast"),
]


def test_rows_become_columns_and_rows_again() -> None:
    frame = frames.from_rows(LANES, ROWS)
    assert frame.schema == frames.schema(LANES)
    assert frames.to_rows(LANES, frame) == ROWS


def test_no_rows_are_still_typed() -> None:
    assert frames.from_rows(LANES, []).schema == frames.empty(LANES).schema == frames.schema(LANES)


def test_columns_that_are_not_given_take_their_defaults() -> None:
    frame = frames.from_columns(LANES, {"origin": ["s1", "s2"], "destination": ["s2", "s1"], "lead_days": [1, 2]})
    assert frame.schema == frames.schema(LANES)
    assert frame["mode"].to_list() == ["road", "road"]
    assert frame["lead_days"].to_list() == [1.0, 2.0]
    assert frame["per_week"].to_list() == [None, None]


def test_a_column_that_the_table_lacks_is_refused() -> None:
    with pytest.raises(TypeError, match="lanes has no column toll"):
        frames.from_columns(LANES, {"origin": ["s1"], "toll": [1]})


def test_every_kind_has_a_type() -> None:
    kinds = {column.kind: frames.dtype(column) for column in (*LANES.columns, *BY_NAME["items"].columns)}
    assert kinds == {"text": pl.String(), "number": pl.Float64(), "date": pl.Date(), "flag": pl.Boolean()}
