from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outwork.model.tables import BY_NAME
from outwork.store import delimited
from outwork.store.reading import Raw
from tests.programmes import text

ITEMS = BY_NAME["items"]


def table(width: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(text(), min_size=width, max_size=width), min_size=1, max_size=6)


def told(raw: Raw) -> tuple[object, ...]:
    assert raw.lines is not None
    return raw.header, raw.frame.fill_null("").rows(), raw.lines.to_list()


@given(rows=st.integers(2, 4).flatmap(table), separator=st.sampled_from(delimited.SEPARATORS))
def test_the_fast_reader_and_the_one_row_by_row_agree(rows: list[list[str]], separator: str) -> None:
    names = [f"c{place}" for place in range(len(rows[0]))]
    written = pl.DataFrame(rows, schema=names, orient="row").write_csv(separator=separator)
    fast = delimited._regular(written.rstrip("\n").encode(), separator, "items.csv")
    assert fast is not None
    assert told(fast) == told(delimited._row_by_row(ITEMS, written, separator, "items.csv"))


def hostile() -> st.SearchStrategy[str]:
    """Text of what means something to a spreadsheet or to its reader, the mark itself above all."""
    return st.text("'=+-@;,\"\n\uff1d a1", min_size=1, max_size=8)


@given(rows=table(2) | st.lists(st.lists(hostile(), min_size=2, max_size=2), min_size=1, max_size=6))
@example(rows=[["1", "\n="], ["'\n'=", "\n;="]])
def test_text_that_looks_like_a_formula_is_marked_and_comes_back(rows: list[list[str]]) -> None:
    frame = pl.DataFrame(rows, schema=["item", "name"], orient="row")
    written = delimited.written(frame)
    cells = delimited._row_by_row(ITEMS, written.decode(), ",", "").frame
    assert not any(cell[:1] in "=+-@\t\uff1d\uff0b\uff0d\uff20" for row in cells.iter_rows() for cell in row if cell)
    assert not any(re.search(r"[,;\n][=+\-@]", cell) for row in cells.iter_rows() for cell in row)
    assert delimited.parsed(ITEMS, written, "items.csv").frame.rows() == frame.rows()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_line_end_and_separator_gives_the_same_cells(encoding: str, end: str, separator: str) -> None:
    written = end.join(
        separator.join(cells) for cells in (["item", "name"], ["mast", "M\u00e4st"], ["pole", '"two  words"'], "")
    )
    raw = delimited.parsed(ITEMS, written.encode(encoding), "items.csv")
    assert told(raw) == (("item", "name"), [("mast", "M\u00e4st"), ("pole", "two  words")], [2, 3])


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ('item,name\n"a\nb",x\nc,y\n', [2, 4]),
        ("item,name\n\na,x\n\n\nb,y\n", [3, 6]),
        ("item,name\na,x\n,\nb,y\n,,,\n", [2, 4]),
        ('item,name\na,"say ""so"""\nb,5" pipe\n', [2, 3]),
        ("\n\nitem,name\na,x\n", [4]),
    ],
)
def test_lines_are_those_of_the_file(written: str, lines: list[int]) -> None:
    raw = delimited.parsed(ITEMS, written.encode(), "items.csv")
    assert raw.lines is not None
    assert raw.lines.to_list() == lines
    assert raw.header == ("item", "name")
