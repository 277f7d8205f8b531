"""Text tables: comma, semicolon or tab, quoted cells as RFC 4180 has them, in the encodings that offices write.

There are two readers. A table whose every row has as many cells as its header, and whose quotes all stand where they
belong, is read by polars; one look at the bytes decides that and gives the true line of each row, since a quoted cell
may hold newlines. Any other table is read row by row, so that each ragged row can be named.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from outwork.model.errors import Fault
from outwork.model.frames import INSTANT_FORMAT
from outwork.model.table import Table
from outwork.store.reading import Raw

SEPARATORS: Final = (",", ";", "\t")
NEWLINE, QUOTE = 10, 34
WIDEST: Final = 1_000
"""Most columns of a file; a table that is wider by a slip still gets its wrong headers named."""
SIGNS: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""Signs with which a spreadsheet begins a formula (OWASP, CSV Injection); the last four are the full-width ones."""
BEGINS: Final = rf"('*[\t\r\n{SIGNS}])"
"""The beginning of a cell that a spreadsheet would run as a formula, or that `written` made of such."""
BEHIND: Final = (r"([,;\t\n])", rf"('*[{SIGNS}])")
"""The same within a cell: what a spreadsheet of another country takes for the end of a cell, as Germany's and Ukraine's take a
semicolon, and what it would run behind that."""


def decoded(content: bytes) -> str:
    """Return the text: UTF-8 with or without a byte order mark, UTF-16, or else Windows-1252. ValueError where it is none."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _plain(content.decode(encoding))
    if b"\0" in content[:4096]:
        return _plain(content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be"))
    try:
        return _plain(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _plain(content.decode("cp1252"))


def parsed(table: Table, content: bytes, place: str) -> Raw:
    """Return the text of every cell. A file that is no table at all answers without rows and with one fault."""
    try:
        text = decoded(content)
    except ValueError:
        return _hopeless(table, place, "is neither UTF-8, UTF-16 nor Windows-1252 text; save it as UTF-8")
    if not text.strip():
        return _hopeless(table, place, "is empty; its first line names the columns")
    separator = _separator(table, text)
    if text.count(separator, 0, _end_of_header(text)) >= WIDEST:
        return _hopeless(table, place, f"has more than {WIDEST:,} columns, as no table has", 1)
    raw = _regular(text.rstrip("\n").encode(), separator, place) or _row_by_row(table, text, separator, place)
    return _without_marks(_without_blank_rows(raw))


def written(frame: pl.DataFrame) -> bytes:
    """Return a frame as UTF-8 text with commas; text that a spreadsheet would run as a formula gets an apostrophe before it.

    Text that already has apostrophes before such a sign gets one more, so that taking one away gives every text back.
    """
    end, sign = BEHIND
    texts = pl.col(pl.String).str.replace_all(end + sign, "${1}'${2}").str.replace("^" + BEGINS, "'${1}")
    return frame.with_columns(texts, pl.col(pl.Datetime).dt.to_string(INSTANT_FORMAT)).write_csv().encode()


def unmarked(cells: pl.Expr) -> pl.Expr:
    """Return cells without the apostrophes that `written` puts before what looks like a formula."""
    end, sign = BEHIND
    return cells.str.replace("^'" + BEGINS, "${1}").str.replace_all(f"{end}'{sign}", "${1}${2}")


def unmarked_text(cell: str) -> str:
    """Return one cell without them."""
    end, sign = BEHIND
    return re.sub(f"{end}'{sign}", r"\1\2", re.sub("^'" + BEGINS, r"\1", cell))


def _plain(text: str) -> str:
    """Return text with single newlines. ValueError where it holds a zero character, as no text does."""
    if "\0" in text:
        raise ValueError("zero character")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _hopeless(table: Table, place: str, reason: str, line: int | None = None) -> Raw:
    fault = Fault(table.name, reason, line, "", "", "", place)
    return Raw((), pl.DataFrame(), place, faults=(fault,), whole=False)


def _separator(table: Table, text: str) -> str:
    """Return the separator under which the first line names most of the table's columns."""
    first = text.split("\n", 1)[0]

    def named(separator: str) -> tuple[int, int]:
        names = {cell.strip().split(" (")[0] for row in csv.reader([first], delimiter=separator) for cell in row}
        return len(names & set(table.names)), first.count(separator)

    return max(SEPARATORS, key=named)


def _end_of_header(text: str) -> int:
    """Return where the first row ends: at the first newline that stands outside quotes."""
    end = len(text) - len(text.lstrip("\n"))
    inside = 0
    while (newline := text.find("\n", end)) >= 0:
        inside += text.count('"', end, newline)
        if inside % 2 == 0:
            return newline
        end = newline + 1
    return len(text)


def _regular(content: bytes, separator: str, place: str) -> Raw | None:
    """Return a table in which every row has as many cells as the header and every quote stands in its place; else None."""
    lines = _row_lines(content, ord(separator))
    if lines is None:
        return None
    frame = pl.read_csv(content, separator=separator, has_header=False, infer_schema=False, truncate_ragged_lines=False)
    if frame.height != len(lines):
        return None
    header = tuple(cell or "" for cell in frame.row(0))
    return Raw(header, frame.slice(1), place, pl.Series(lines[1:]), None, separator != ",", top=1)


def _row_lines(content: bytes, separator: int) -> NDArray[np.int64] | None:
    """Return the line of every row, or None where rows are ragged, a row is blank or a quote is out of place."""
    letters = np.frombuffer(b"\n" + content + b"\n", np.uint8)
    ends, cuts = np.flatnonzero(letters == NEWLINE), np.flatnonzero(letters == separator)
    row = np.arange(1, len(ends))
    if b'"' in content:
        quotes = np.flatnonzero(letters == QUOTE)
        if len(quotes) % 2 or not _in_place(letters, quotes, separator):
            return None
        outside = np.searchsorted(quotes, ends) % 2 == 0
        row, ends = np.flatnonzero(outside)[:-1] + 1, ends[outside]
        cuts = cuts[np.searchsorted(quotes, cuts) % 2 == 0]
    counts = np.diff(np.searchsorted(cuts, ends))
    if (counts != counts[0]).any() or (np.diff(ends) == 1).any():
        return None
    return row


def _in_place(letters: NDArray[np.uint8], quotes: NDArray[np.int64], separator: int) -> bool:
    """Return whether each cell that has quotes begins and ends with one, and holds only doubled ones."""
    edges = (NEWLINE, separator)
    before, after = letters[quotes[::2] - 1], letters[quotes[1::2] + 1]
    doubled = quotes[2::2] == quotes[1:-1:2] + 1
    opens = np.isin(before, edges)
    closes = np.isin(after, edges)
    return bool(opens[0] and closes[-1] and (opens[1:] | doubled).all() and (closes[:-1] | doubled).all())


def _row_by_row(table: Table, text: str, separator: str, place: str) -> Raw:
    """Return a table in which rows have too few or too many cells, or quotes stand where none belong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    faults: tuple[Fault, ...] = ()
    line = 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        reason = "cannot be read from here on: a quoted cell does not end, or goes on after its closing quote"
        faults = (Fault(table.name, reason, line, "", "", "", place),)
    if not rows:
        return Raw((), pl.DataFrame(), place, faults=faults, whole=False)
    width = len(rows[0])
    cells = {str(at): [row[at] if at < len(row) else "" for row in rows[1:]] for at in range(width)}
    return Raw(
        tuple(rows[0]),
        pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)),
        place,
        pl.Series(lines[1:], dtype=pl.Int64),
        pl.Series([None if _fits(row, width) else len(row) for row in rows[1:]], dtype=pl.Int64),
        separator != ",",
        faults,
        whole=not faults,
        top=lines[0],
    )


def _fits(row: list[str], width: int) -> bool:
    """Return whether a row has as many cells as the header; blank ones at its end, as spreadsheets leave them, do not count."""
    return len(row) == width or (len(row) > width and not any(row[width:]))


def _without_blank_rows(raw: Raw) -> Raw:
    """Leave out rows without any value, such as spreadsheets leave below a table."""
    if not raw.frame.height:
        return raw
    some = raw.frame.select(pl.any_horizontal(pl.all().fill_null("") != "")).to_series()
    return raw if some.all() else raw.where(some)


def _without_marks(raw: Raw) -> Raw:
    """Take away the apostrophe that `written` puts before text that looks like a formula."""
    marked = [name for name in raw.frame.columns if raw.frame[name].str.contains("'", literal=True).any()]
    return replace(raw, frame=raw.frame.with_columns(unmarked(pl.col(marked)))) if marked else raw
