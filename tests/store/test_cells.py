from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from outwork.model.table import Column, Kind
from outwork.store import cells

NOON = datetime(2027, 3, 31, 12, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def read(kind: Kind, written: str, *, comma: bool = False) -> object:
    """The value of a cell, or the word unread."""
    values, unread = cells.typed(Column("tried", kind, ""), pl.Series([written]), comma=comma)
    return "unread" if unread is not None and unread[0] is not None else values[0]


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("number", " 1.5 ", 1.5), ("number", "1e3", 1000.0), ("number", ".5", 0.5), ("number", "-0", 0.0),
        ("number", "1,5", "unread"), ("number", "1 000", "unread"), ("number", "5%", "unread"), ("number", "0x1F", "unread"),
        ("integer", "12", 12), ("integer", "12.0", 12), ("integer", "12.5", "unread"), ("integer", "1e300", "unread"),
        ("integer", "nan", "unread"),
        ("flag", "Yes", True), ("flag", "FALSE", False), ("flag", "1", True), ("flag", "no", False), ("flag", "2", "unread"),
        ("date", "2028-02-29", date(2028, 2, 29)), ("date", "2027-02-29", "unread"), ("date", "1.2.2027", "unread"),
        ("date", "2027-03-31 00:00:00", date(2027, 3, 31)), ("date", "2027-03-31 12:00:00", "unread"),
        ("instant", "2027-03-31T12:00:00Z", NOON), ("instant", "2027-03-31 12:00:00", NOON),
        ("instant", "2027-03-31T14:00:00.0+02:00", NOON), ("instant", "2027-03-31T12:00:00.000001Z", NOON + MICROSECOND),
        ("instant", "2027-02-29T12:00:00Z", "unread"), ("instant", "2027-03-31T12:00:00.0000001Z", "unread"),
        ("instant", "2027-03-31", "unread"), ("instant", "2027-03-31T25:00:00Z", "unread"),
        ("text", "  two\r\nlines ", "two\nlines"), ("text", "   ", None), ("number", "", None),
    ],
)  # fmt: skip
def test_a_cell_is_read_or_left_and_never_guessed(kind: Kind, written: str, value: object) -> None:
    assert read(kind, written) == value


def test_minus_zero_is_zero() -> None:
    assert str(read("number", "-0.0")) == "0.0"


def test_among_decimal_commas_a_point_is_refused() -> None:
    assert read("number", "1,5", comma=True) == 1.5
    assert read("number", "1.500", comma=True) == "unread"
    assert read("number", "1.500,0", comma=True) == "unread"


def test_lists_and_bytes_are_not_cells() -> None:
    for written in (pl.Series([[1]]), pl.Series([b"x"])):
        values, unread = cells.typed(Column("tried", "text", ""), written, comma=False)
        assert values.to_list() == [None]
        assert unread is not None
        assert unread.null_count() == 0
