"""Workbooks for people: a sheet for each table, with what each column means, drop-downs, and cells of the right kind.

A template is the same without rows. Text is always written as text, so nothing in it is run as a formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any, Final

import polars as pl
import xlsxwriter

from outwork.model.errors import Unwritable
from outwork.model.table import FIRST_DAY, LAST_DAY, Column, Table, written
from outwork.model.tables import BY_NAME, INPUT

ROWS: Final = 1_048_575
"""Rows below the header of a sheet."""
LONGEST_LIST: Final = 255
"""A drop-down holds its choices in at most so many characters."""
DAY_FORMAT: Final = "yyyy-mm-dd"
OPTIONS: Final = {"constant_memory": True, "default_date_format": DAY_FORMAT}
"""How a workbook is written: row by row."""
MADE: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
"""When every workbook says that it was made, so that equal tables are equal bytes."""

Frames = Mapping[str, pl.DataFrame]


class Exact(float):
    """A number that is written with all its digits; the writer of workbooks would cut it to sixteen."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return the shortest text that reads back as the same number."""
        return repr(float(self))


def write(path: Path, frames: Frames) -> None:
    """Write a workbook: every input table, and other tables that have rows. Unwritable where a table is too long."""
    shown = {name: frame for name, frame in frames.items() if frame.height or BY_NAME[name] in INPUT}
    put(path, shown, str(path))


def put(target: Path | IO[bytes], frames: Frames, where: str) -> None:
    """Write a sheet for each table, of the columns that its frame has. Unwritable where a table is too long."""
    for name, frame in frames.items():
        if frame.height > ROWS:
            raise Unwritable(f"{where}: {name} has {frame.height:,} rows and a sheet holds {ROWS:,}; save to .outwork or CSV")
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"created": MADE})
        formats = {
            "required": book.add_format({"bold": True, "bg_color": "#DDE8F0"}),
            "optional": book.add_format({"italic": True, "bg_color": "#F2F2F2"}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": DAY_FORMAT}),
        }
        for name, frame in frames.items():
            _sheet(book.add_worksheet(name), BY_NAME[name].only(frame.columns), frame, formats, frames)


def heading(column: Column) -> str:
    """Return the name of a column with its unit, such as hours (h/week)."""
    return f"{column.name} ({column.unit})" if column.unit else column.name


def _sheet(sheet: Any, table: Table, frame: pl.DataFrame, formats: Mapping[str, Any], others: Frames) -> None:
    """Write a table. Args: others, the tables of the same workbook, in which its references are looked up."""
    sheet.freeze_panes(1, len(table.key))
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, max(12, len(heading(column)) + 2), formats.get(column.kind))
        sheet.write_string(0, at, heading(column), formats["required" if column.required else "optional"])
        sheet.write_comment(0, at, _remark(table, column, first=at == 0), {"x_scale": 3, "y_scale": 1.5})
        rule = _validation(column, others)
        if rule:
            sheet.data_validation(1, at, ROWS, at, rule)
    writers = [_writer(sheet, column, formats) for column in table.columns]
    for row, values in enumerate(frame.iter_rows(), 1):
        for at, value in enumerate(values):
            if value is not None and value != "":
                writers[at](row, at, value)


def _writer(sheet: Any, column: Column, formats: Mapping[str, Any]) -> Any:
    """Return what writes a value of the column at (row, column)."""
    match column.kind:
        case "text":
            return lambda row, at, value: sheet.write_string(row, at, value, formats["text"])
        case "flag":
            return sheet.write_boolean
        case "date":
            return lambda row, at, value: sheet.write_datetime(row, at, datetime.combine(value, time()), formats["date"])
        case "instant":  # a workbook's own dates are no finer than a millisecond
            return lambda row, at, value: sheet.write_string(row, at, written(value), formats["text"])
    return lambda row, at, value: sheet.write_number(row, at, Exact(value))


def _remark(table: Table, column: Column, *, first: bool) -> str:
    """Return what is shown when somebody points at a header."""
    parts = [table.doc] if first else []
    parts.append(column.doc)
    if column.choices:
        parts.append(f"One of: {', '.join(column.choices)}.")
    if column.ref:
        parts.append(f"A row of {column.ref.table}.")
    if column.required:
        parts.append("Required.")
    elif column.default not in (None, ""):
        parts.append(f"Blank: {column.default}.")
    return "\n".join(parts)


def _validation(column: Column, others: Frames) -> dict[str, Any] | None:
    """Return the rule by which a spreadsheet offers choices, or refuses what is out of bounds."""
    if column.choices and len(",".join(column.choices)) <= LONGEST_LIST:
        return {"validate": "list", "source": list(column.choices)}
    if column.ref and column.ref.table in others:
        return {"validate": "list", "source": f"={column.ref.table}!$A$2:$A${ROWS}", "error_type": "warning"}
    match column.kind:
        case "flag":
            return {"validate": "list", "source": ["TRUE", "FALSE"]}
        case "date":
            return {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
        case "number" | "integer" if column.low is not None or column.high is not None:
            return _bounds(column)
    return None


def _bounds(column: Column) -> dict[str, Any]:
    """Return the rule that a number lies within its bounds."""
    rule: dict[str, Any] = {"validate": "decimal" if column.kind == "number" else "integer"}
    if column.low is not None and column.high is not None:
        return rule | {"criteria": "between", "minimum": column.low, "maximum": column.high}
    if column.low is not None:
        return rule | {"criteria": ">" if column.low_open else ">=", "value": column.low}
    return rule | {"criteria": "<" if column.high_open else "<=", "value": column.high}
