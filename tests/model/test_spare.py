from __future__ import annotations

from datetime import date

from outwork.model.axis import Axis
from outwork.model.programme import Programme
from outwork.model.spare import open_hours
from outwork.model.tables.capacity import CalendarEntry, Resource
from outwork.model.tables.frame import Settings


def test_an_exception_counts_for_its_days_and_one_before_the_horizon_not_at_all() -> None:
    programme = Programme.of(
        Settings(name="s", start=date(2027, 1, 4), weeks=3),
        Resource(resource="mill", site="delft", process="milling", hours=35, overtime_hours=5),
        CalendarEntry(resource="mill", since=date(2026, 12, 1), until=date(2026, 12, 31), hours=0),
        CalendarEntry(resource="mill", since=date(2027, 1, 14), until=date(2027, 1, 24), hours=0),
    )
    ordinary, overtime = open_hours(programme.tables, Axis(("mill",)), programme.horizon)
    assert ordinary.round(9).tolist() == [[35, 15, 0]]
    assert overtime.tolist() == [[5, 5, 0]]
