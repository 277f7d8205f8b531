"""A bill of material as rows of cells: CSV, semicolons or tabs in any office's encoding, or the sheet of a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from outwork.model.errors import Unreadable
from outwork.store.delimited import decoded, unmarked_text
from outwork.store.formats.bom.headings import is_header
from outwork.store.kinds.zipped import inspected

SEPARATORS: Final = (",", ";", "\t", "|")
FOREWORD: Final = 40
"""Lines before the header in which tools tell source, date and themselves."""
LONGEST: Final = 100_000
"""No header is longer [character]."""
LINES: Final = 50_000
COLUMNS: Final = 500
LARGEST: Final = 32 * 1024 * 1024
"""No list of parts that people work with is larger [byte]."""


@dataclass(frozen=True)
class Grid:
    """Rows under a header: where the file is, the header, and each row with its line."""

    where: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def of_text(found: bytes, where: str) -> Grid:
    """Return the rows of a text table. Unreadable where no line names columns of a bill of material."""
    if len(found) > LARGEST:
        raise Unreadable(f"{where}: has {len(found):,} bytes; a bill of material has at most {LARGEST:,}; is it one?")
    try:
        text = decoded(found)
    except ValueError as error:
        raise Unreadable(f"{where}: is neither UTF-8, UTF-16 nor Windows-1252 text; save it as UTF-8") from error
    for separator in sorted(SEPARATORS, key=lambda each: -text[:4096].count(each)):
        if any(map(is_header, _first(text, separator))):
            lines = list(_lines(text, separator, where))
            header = next((at for at, row in lines if is_header(row)), None)
            if header is not None:
                return _grid(lines, header, where)
    raise Unreadable(f"{where} line 1: {NO_HEADER}")


NO_HEADER: Final = (
    "no line names the columns of a bill of material, such as Reference, Quantity, MPN, Value; is its header there?"
)


def of_book(path: Path) -> Grid:
    """Return the rows of the first sheet of a workbook that has a header."""
    inspected(path)
    try:
        book = fastexcel.read_excel(path)
        for name in book.sheet_names:
            frame = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
            rows = [(at, tuple(cell or "" for cell in row)) for at, row in enumerate(frame.fill_null("").iter_rows(), 1)]
            header = next((at for at, row in rows[:FOREWORD] if is_header(row)), None)
            if header is not None:
                return _grid(rows, header, f"{path}, sheet {name}")
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise Unreadable(f"{path}: is not a workbook that can be read ({error})") from error
    raise Unreadable(f"{path}: no sheet: {NO_HEADER}")


def looks(head: bytes) -> bool:
    """Return whether the beginning of a file looks like a bill of material in text."""
    try:
        text = decoded(head)
    except ValueError:
        return False
    return any(is_header(row) for separator in SEPARATORS for row in _first(text, separator))


def _first(text: str, separator: str) -> Iterator[tuple[str, ...]]:
    """Yield the first lines as rows; a quote that does not end is met later, where it can be told."""
    for line in text.split("\n", FOREWORD)[:FOREWORD]:
        yield from (tuple(cell.strip() for cell in row) for row in csv.reader([line[:LONGEST]], delimiter=separator))


def _lines(text: str, separator: str, where: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for at, row in enumerate(reader):
            if at > LINES or len(row) > COLUMNS:
                said = f"has more than {LINES:,} rows or {COLUMNS} columns"
                raise Unreadable(f"{where} line {line}: {said}, as no bill of material has; split it")
            yield line, tuple(unmarked_text(cell) for cell in row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"{where} line {line}: a quoted cell does not end, or goes on after it; is the file whole?") from error


def _grid(lines: list[tuple[int, tuple[str, ...]]], header: int, where: str) -> Grid:
    names = next(row for line, row in lines if line == header)
    rows = tuple(
        (line, tuple(cell.strip() for cell in row)) for line, row in lines if line > header and any(map(str.strip, row))
    )
    return Grid(where, tuple(name.strip() for name in names), rows)
