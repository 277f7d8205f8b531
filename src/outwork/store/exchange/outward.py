"""Tables as files for people: what somebody sees, as CSV, as a workbook or as an archive of CSV files.

Text that a spreadsheet would run is marked in CSV (`delimited.written`) and is text in a workbook, so that neither runs; read
back, it is as it was.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

import polars as pl
import xlsxwriter

from outwork.model.table import written
from outwork.store import delimited
from outwork.store.kinds import sheets

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The day on which every file of an archive was made, so that equal tables are equal bytes."""
SHEET_NAME: Final = 31
"""Longest name of a sheet [character]."""

Frames = Mapping[str, pl.DataFrame]


def text(frame: pl.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8, whose first bytes tell a spreadsheet so."""
    return b"\xef\xbb\xbf" + delimited.written(frame)


def archive(frames: Frames) -> bytes:
    """Return tables as a ZIP archive with a CSV file for each that has rows."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, frame in frames.items():
            if frame.height:
                folder.writestr(zipfile.ZipInfo(f"{name}.csv", EPOCH), text(frame), zipfile.ZIP_DEFLATED)
    return found.getvalue()


def workbook(frames: Frames) -> bytes:
    """Return declared tables as a workbook that can be filled in and sent back: a sheet for each, of the columns given."""
    found = io.BytesIO()
    sheets.put(found, frames, "the workbook")
    return found.getvalue()


def report(title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return any rows, such as those under a chart, as a workbook of one sheet. Text is text there, never a formula."""
    found = io.BytesIO()
    with xlsxwriter.Workbook(found, sheets.OPTIONS) as book:
        book.set_properties({"created": sheets.MADE})
        sheet = book.add_worksheet("".join(letter for letter in title if letter not in r"[]:*?/\'")[:SHEET_NAME])
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": sheets.DAY_FORMAT})
        sheet.freeze_panes(1, 0)
        for row, values in enumerate([headings, *rows]):
            for at, value in enumerate(values):
                _put(sheet, row, at, value, bold if row == 0 else None, day)
    return found.getvalue()


def _put(sheet: Any, row: int, at: int, value: Any, look: Any, day: Any) -> None:
    """Write a value as what it is."""
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, at, value, look)
        case int() | float():
            sheet.write_number(row, at, sheets.Exact(value), look)
        case datetime():
            sheet.write_string(row, at, written(value), look)
        case date():
            sheet.write_datetime(row, at, datetime.combine(value, time()), day)
        case _:
            sheet.write_string(row, at, str(value), look)
