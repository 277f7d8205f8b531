from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given

from outwork import store
from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables import BY_NAME
from outwork.model.tables.capacity import CalendarEntry, Resource
from outwork.store.service.overlays import from_marked, from_text, to_text, with_marks
from outwork.store.service.writing import marks
from tests.examples import drawing
from tests.programmes import programmes
from tests.store.small import programme

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@drawing(0.4, suppress_health_check=list(HealthCheck))
@given(base=programmes(), other=programmes())
def test_changed_rows_are_the_same_after_a_journey_as_text(base: Programme, other: Programme) -> None:
    changes = store.diff(base, other)
    assert store.apply(base, from_text(to_text(changes))) == other
    again, seen = from_marked(with_marks(changes, marks(base, changes)))
    assert store.apply(base, again) == other
    assert seen == marks(base, changes)


def test_the_marks_of_rows_that_a_day_names_come_back() -> None:
    closed = CalendarEntry(resource="bench", since=date(2026, 3, 2), until=date(2026, 3, 8), hours=0.0)
    base = programme()
    bench = Resource(resource="bench", site="delft", process="assembly", hours=40)
    changes = store.diff(base, base.replace(resources=rows("resources", bench), calendar=rows("calendar", closed)))
    _, seen = from_marked(with_marks(changes, marks(base, changes)))
    assert seen["calendar"] == {("bench", date(2026, 3, 2)): ""}


def rows(name: str, row: Row) -> pl.DataFrame:
    return from_rows(BY_NAME[name], [row])


def test_the_text_is_json_that_a_person_can_read() -> None:
    text = to_text(store.diff(programme(120), programme(160)))
    (row,) = json.loads(text)["demands"]
    assert (row["change"], row["demand"], row["quantity"], row["due"]) == ("change", "D-01", 160, "2026-05-29")
