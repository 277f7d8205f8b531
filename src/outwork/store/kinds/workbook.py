"""A workbook: one sheet for each table, its first row naming the columns and, if one likes, their units."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import fastexcel
import polars as pl

from outwork.model.errors import Fault, Unreadable
from outwork.model.table import Table
from outwork.model.tables import BY_NAME
from outwork.store import durable, headers
from outwork.store.kinds import sheets
from outwork.store.kinds.zipped import LARGEST, inspected
from outwork.store.reading import Raw, Stored, stranger

PATTERN = "sheet {}"


def read(where: str, largest: int = LARGEST) -> Stored:
    """Return the tables of a workbook. Args: largest, most to which it may unfold [byte]."""
    path = Path(where)
    errors = inspected(path, largest)
    try:
        book = fastexcel.read_excel(path)
        raws = {name: _raw(BY_NAME[name], book, errors.get(name, {})) for name in book.sheet_names if name in BY_NAME}
    except fastexcel.FastExcelError as error:
        raise Unreadable(f"{path}: is not a workbook that can be read ({error})") from error
    strangers = tuple(stranger(name, PATTERN.format(name)) for name in book.sheet_names if name not in BY_NAME)
    return Stored(raws, strangers, PATTERN)


def write(where: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Replace tables of a workbook. The whole workbook is made anew: tables stay, colours and remarks in it do not."""
    path = Path(where)
    old = read(where).raws if path.exists() else {}
    kept = {name: headers.sheet(BY_NAME[name], raw).frame for name, raw in old.items() if name not in frames}
    durable.replace_file(path, lambda fresh: sheets.write(fresh, {**kept, **frames}))


def _raw(table: Table, book: fastexcel.ExcelReader, errors: Mapping[tuple[int, int], str]) -> Raw:
    """Return the cells of a sheet as text, without its blank rows."""
    place = PATTERN.format(table.name)
    text = book.load_sheet(table.name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    some = text.select(pl.any_horizontal(pl.all().is_not_null())).to_series() if text.width else pl.Series([], dtype=pl.Boolean)
    if not some.any():
        fault = Fault(table.name, "is empty; its first row names the columns", None, "", "", "", place)
        return Raw((), pl.DataFrame(), place, faults=(fault,), whole=False)
    top = some.arg_true()[0]
    header = tuple(cell or "" for cell in text.row(top))
    below = pl.Series(range(text.height)) > top
    raw = Raw(
        header, _exact(table, book, header, text), place, pl.Series(range(1, text.height + 1)), spoilt=_spoilt(text, errors)
    )
    return raw.where(some & below)


def _exact(table: Table, book: fastexcel.ExcelReader, header: tuple[str, ...], text: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with numbers to their last digit: as text, a workbook's numbers have lost some."""
    numbers = [at for at, name in enumerate(header) if headers.kind(table, name) == "number"]
    if not numbers:
        return text
    exact = book.load_sheet(table.name, header_row=None, skip_rows=0, use_columns=numbers, dtypes="float").to_polars()
    for at, name in zip(numbers, exact.columns, strict=True):
        written = text.to_series(at)
        number = pl.when(pl.col("text").cast(pl.Float64, strict=False).is_not_null()).then(pl.col("number").cast(pl.String))
        both = pl.DataFrame({"text": written, "number": exact[name]}).select(pl.coalesce(number, "text"))
        text = text.with_columns(both.to_series().alias(written.name))
    return text


def _spoilt(text: pl.DataFrame, errors: Mapping[tuple[int, int], str]) -> dict[int, pl.Series]:
    """Return, by column, what the error cells of a sheet show; as text they would be blank."""
    columns = {column for row, column in errors if row < text.height and column < text.width}
    return {column: pl.Series([errors.get((row, column)) for row in range(text.height)], dtype=pl.String) for column in columns}
