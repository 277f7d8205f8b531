"""From what stands in a cell to a value of the column's kind.

Text loses white space at its ends, and a line end within it becomes one newline; a cell of nothing else is blank. Nothing
is guessed: a cell that does not clearly have the kind stays unread and becomes a fault.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from outwork.model.frames import dtype
from outwork.model.table import Column, Kind

FLAGS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
EXACT: Final = 2.0**53
"""Whole numbers beyond this are not exact as floating point numbers."""
TOO_LARGE: Final = "is larger than 1e15, the largest number that Outwork plans"
DAY: Final = r"^\d{4}-\d{2}-\d{2}([T ]00:00:00(\.0+)?)?$"
"""A day as ISO 8601 has it; a workbook adds midnight."""
INSTANT: Final = r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,6})?(Z|[+-]\d{2}:?\d{2})?$"
"""An instant as ISO 8601 has it: day, time, fraction and zone, which is UTC where it is left out."""
ERRORS: Final = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA")
WHY: Final[dict[Kind, str]] = {
    "text": "is not text",
    "integer": "is not a whole number",
    "number": "is not a number",
    "flag": "is neither true nor false; write true, false, yes, no, 1 or 0",
    "date": "is not a date; write it as year-month-day, such as 2026-03-30",
    "instant": "is not an instant; write it as day and time in UTC, such as 2026-03-30T12:00:00.5Z",
}


def typed(column: Column, written: pl.Series, *, comma: bool) -> tuple[pl.Series, pl.Series | None]:
    """Return the values of a column, null where there is none, and the text of the cells that could not be read.

    The second is null wherever the first is right, and None where every cell could be read. Args: comma, whether the table
    writes numbers with a decimal comma, so that a point among digits is refused: it may separate thousands.
    """
    if written.dtype == dtype(column) and column.kind != "text":
        return _one_zero(written), None
    if column.kind == "instant" and isinstance(written.dtype, pl.Datetime):
        return _in_utc(written), None
    if written.null_count() == len(written):
        return written.cast(dtype(column)), None
    if written.dtype.is_nested() or written.dtype == pl.Binary:
        some = written.is_not_null().to_frame("some")
        unread = some.select(pl.when("some").then(pl.lit(str(written.dtype)))).to_series()
        return pl.repeat(None, len(written), dtype=dtype(column), eager=True), unread
    text = _text(written)
    values = _one_zero(_parsed(column.kind, text, comma=comma))
    if values.null_count() == text.null_count():
        return values, None
    return values, text.to_frame("text").select(pl.when(values.is_null()).then("text")).to_series()


def why(column: Column, text: str) -> str:
    """Return why the text of a cell is not a value of the column."""
    if text in ERRORS:
        return "is an error that the spreadsheet shows instead of a value"
    if column.kind == "date" and pl.Series([text]).str.contains(DAY).item():
        return "is not a day of the calendar"
    if column.kind == "number" and "," in text:
        return "is not a number; write it without thousands separators" + ("" if "." in text else " and with a decimal point")
    if column.kind == "number" and "." in text and text.replace(".", "").isdigit():
        return "holds a point although other numbers of this file have a decimal comma; write them alike"
    if column.kind == "integer" and (_numbers(pl.Series([text]), comma=False).abs() > EXACT).item():
        return TOO_LARGE
    return WHY[column.kind]


def has_decimal_comma(written: pl.Series) -> bool:
    """Return whether any cell is a number with a decimal comma."""
    return bool(_text(written).str.contains(r"^[+-]?\d*,\d+([eE][+-]?\d+)?$").any())


def _text(written: pl.Series) -> pl.Series:
    """Return cells as text without white space at the ends, null where nothing is left."""
    text = written.cast(pl.String).str.strip_chars()
    if text.str.contains("\r", literal=True).any():
        text = text.str.replace_all("\r\n?", "\n")
    return text.to_frame("text").select(pl.when(pl.col("text") != "").then("text")).to_series()


def _parsed(kind: Kind, text: pl.Series, *, comma: bool) -> pl.Series:
    """Return the values of trimmed text, null where it has none."""
    match kind:
        case "text":
            return text
        case "number":
            return _numbers(text, comma=comma)
        case "integer":
            numbers = _numbers(text, comma=comma)
            whole = (numbers == numbers.round()) & (numbers.abs() <= EXACT)
            return (
                numbers.to_frame("n")
                .select(pl.when(whole).then(pl.col("n").fill_nan(None)))
                .to_series()
                .cast(pl.Int64, strict=False)
            )
        case "flag":
            return text.str.to_lowercase().replace_strict(FLAGS, default=None, return_dtype=pl.Boolean)
        case "date":
            iso = text.to_frame("d").select(pl.when(pl.col("d").str.contains(DAY)).then(pl.col("d").str.head(10))).to_series()
            return iso.str.to_date("%Y-%m-%d", strict=False)
        case "instant":
            return instants(text)


def _in_utc(instants: pl.Series) -> pl.Series:
    """Return instants of another precision or zone as ours; those without a zone are in UTC."""
    naive = instants.dtype == pl.Datetime(instants.dtype.time_unit)  # type: ignore[attr-defined]
    zoned = instants.dt.replace_time_zone("UTC") if naive else instants.dt.convert_time_zone("UTC")
    return zoned.dt.cast_time_unit("us")


def instants(text: pl.Series) -> pl.Series:
    """Return instants in UTC of text with or without a zone."""
    parts = text.to_frame("t").select(pl.col("t").str.extract_groups(INSTANT)).to_series().struct
    day, time, fraction, zone = (parts.field(str(group)) for group in range(1, 5))
    whole = (
        day
        + "T"
        + time
        + fraction.fill_null("").str.pad_start(1, ".").str.pad_end(7, "0")
        + zone.fill_null("Z").str.replace("Z", "+00:00")
    )
    return whole.str.to_datetime("%Y-%m-%dT%H:%M:%S%.6f%:z", time_unit="us", time_zone="UTC", strict=False)


def _numbers(text: pl.Series, *, comma: bool) -> pl.Series:
    """Return numbers; `nan` and `inf` are read, so that the check can name them."""
    if comma:
        marks = text.to_frame("n").select(pl.when(~pl.col("n").str.contains(".", literal=True)).then("n")).to_series()
        text = marks.str.replace(",", ".", literal=True)
    return text.cast(pl.Float64, strict=False)


def _one_zero(values: pl.Series) -> pl.Series:
    """Return numbers with one zero: -0.0 would not come back from SQLite. Adding 0.0 is left out by polars as idle."""
    if values.dtype != pl.Float64:
        return values
    return values.to_frame("n").select(pl.when(pl.col("n") == 0).then(0.0).otherwise("n")).to_series()
