"""Every fault in a set of tables that the declarations can find, each cell blamed once.

A cell is judged in this order, and the first objection is its only one: it could not be read, it is empty, its value is
outside what the column allows; then its row repeats a key, names a row that is not there, or breaks a rule. What is
wrong already does not cascade: not to rules over the cell, nor to the rows that refer to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.model.table import FIRST_DAY, FIRST_INSTANT, LARGEST, LAST_DAY, LAST_INSTANT, Column, Link, Rule
from outwork.store import cells
from outwork.store.reading import Sheet, shown

LONGEST: Final = 32_767
"""Longest text: no cell of a workbook holds more [character]."""
UNPRINTABLE: Final = r"[\x00-\x08\x0B-\x1F\x7F\x{FFFE}\x{FFFF}]"
PADDED: Final = r"^\s|\s$"
HINTS: Final = 200
"""Mistyped names in one column for which the nearest name is looked up; the names of further faults are given without."""

Bad = dict[str, pl.Series]
"""By column, the cells that have their fault already. [row]"""
Found = list[tuple[int, Fault]]


def faults(sheets: Mapping[str, Sheet]) -> tuple[Fault, ...]:
    """Return every fault of the tables, table by table and row by row."""
    return tuple(fault for sheet in sheets.values() for fault in (*sheet.faults, *rows(sheet, sheets)))


def rows(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Yield the faults of the rows of one table, row by row; references are looked for in the tables given."""
    if not sheet.frame.height:
        return iter(())
    bad: Bad = {}
    found: Found = list(_ragged(sheet, bad))
    for column in _suspect(sheet):
        found.extend(_cells(sheet, column, bad))
    found.extend(_repeated(sheet, bad))
    for link in (link for link in sheet.table.links if link.table in sheets):
        found.extend(_dangling(sheet, link, sheets[link.table], bad))
    for rule in sheet.table.rules:
        found.extend(_broken(sheet, rule, bad))
    order = {name: place for place, name in enumerate(sheet.table.names)}
    return (fault for _, fault in sorted(found, key=lambda pair: (pair[0], order.get(pair[1].column, 0))))


def _ragged(sheet: Sheet, bad: Bad) -> Iterator[tuple[int, Fault]]:
    """Blame rows that have another number of cells than the header; nothing further is said of them."""
    height = sheet.frame.height
    if sheet.ragged is None:
        bad.update(dict.fromkeys(sheet.table.names, pl.repeat(False, height, dtype=pl.Boolean, eager=True)))
        return
    bad.update(dict.fromkeys(sheet.table.names, sheet.ragged.is_not_null()))
    for row in sheet.ragged.is_not_null().arg_true():
        many = f"the row has {sheet.ragged[row]} cells where the header has {sheet.width}; "
        yield row, sheet.fault(row, "", many + "quote a cell that holds a separator")


def _suspect(sheet: Sheet) -> list[Column]:
    """Return the columns in which some cell is wrong by itself, found for all columns in one pass."""
    columns = sheet.table.columns
    answers = sheet.frame.select(
        pl.any_horizontal(
            pl.lit(not column.optional) & pl.col(column.name).is_null(),
            *(objection for _, objection in _objections(column, pl.col(column.name))),
        )
        .any()
        .alias(column.name)
        for column in columns
    ).row(0, named=True)
    return [column for column in columns if answers[column.name] or column.name in sheet.unread or column.name in sheet.lost]


def _cells(sheet: Sheet, column: Column, bad: Bad) -> Iterator[tuple[int, Fault]]:
    """Blame each cell of a column by itself."""
    unread = sheet.unread.get(column.name)
    columns = sheet.frame.select(pl.col(column.name).alias("value")).with_columns(bad[column.name].alias("bad"))
    columns = columns.with_columns(pl.lit(None, pl.String).alias("unread") if unread is None else unread.alias("unread"))
    verdict = pl.coalesce(
        pl.when(pl.col("unread").is_not_null()).then(pl.lit("unread")),
        *(() if column.optional or column.name in sheet.lost else (pl.when(pl.col("value").is_null()).then(pl.lit("empty")),)),
        *(pl.when(objection).then(pl.lit(reason)) for reason, objection in _objections(column, pl.col("value"))),
    )
    judged = columns.with_row_index("row").with_columns(verdict.alias("verdict"))
    wrong = judged.filter(~pl.col("bad") & pl.col("verdict").is_not_null())
    for row, value, _, text, reason in wrong.iter_rows():
        yield row, _cell_fault(sheet, column, row, value if text is None else text, reason)
    bad[column.name] = judged.select(pl.col("bad") | pl.col("verdict").is_not_null()).to_series()
    if column.name in sheet.lost:
        bad[column.name] = pl.repeat(True, sheet.frame.height, dtype=pl.Boolean, eager=True)


def _objections(column: Column, value: pl.Expr) -> Iterator[tuple[str, pl.Expr]]:
    """Yield what a value of the column may not be, the reason and the expression that is true where it is."""
    match column.kind:
        case "number" | "integer":
            yield from _number_objections(column, value)
        case "date":
            yield f"is not between {FIRST_DAY} and {LAST_DAY}", ~value.is_between(FIRST_DAY, LAST_DAY)
        case "instant":
            yield f"is not between {FIRST_DAY} and {LAST_DAY}", ~value.is_between(FIRST_INSTANT, LAST_INSTANT)
        case "text" if column.choices:
            yield f"is not one of {', '.join(column.choices)}", ~value.is_in(column.choices)
        case "text" if column.ref is None:
            if column.default != "":
                yield "is an empty text where a blank is meant", value == ""
            yield "holds a character that cannot be printed", value.str.contains(UNPRINTABLE)
            yield "begins or ends with white space", value.str.contains(PADDED)
            yield f"is longer than {LONGEST:,} characters", value.str.len_chars() > LONGEST


def _number_objections(column: Column, value: pl.Expr) -> Iterator[tuple[str, pl.Expr]]:
    if column.kind == "number":
        yield "is not a number", value.is_nan()
        yield "is not a finite number", value.is_infinite()
    yield cells.TOO_LARGE, value.abs() > LARGEST
    unit = f" {column.unit}" if column.unit not in ("", "1") else ""
    if column.low is not None:
        word = "not above" if column.low_open else "below"
        yield f"is {word} {shown(column.low)}{unit}", value <= column.low if column.low_open else value < column.low
    if column.high is not None:
        word = "not below" if column.high_open else "above"
        yield f"is {word} {shown(column.high)}{unit}", value >= column.high if column.high_open else value > column.high


def _cell_fault(sheet: Sheet, column: Column, row: int, value: object, reason: str) -> Fault:
    """Return the fault of one cell."""
    of = sheet.named(row, column.name)
    if reason == "empty":
        return sheet.fault(row, column.name, f"{column.name}{of} is empty")
    near = nearest(str(value), column.choices) if column.choices else ""
    said = cells.why(column, str(value)) if reason == "unread" else reason
    return sheet.fault(row, column.name, f"{column.name} {shown(value)}{of} {said}", str(value), near)


def _repeated(sheet: Sheet, bad: Bad) -> Iterator[tuple[int, Fault]]:
    """Blame each row that has the key of an earlier one."""
    key = sheet.table.key
    if sheet.frame.select(pl.struct(key).n_unique() if len(key) > 1 else pl.col(key).n_unique()).item() == sheet.frame.height:
        return
    whole = sheet.frame.select(key).with_row_index("row").filter(~_any(bad, key)).drop_nulls()
    twice = whole.filter(whole.select(key).is_duplicated())
    first: dict[tuple[object, ...], int] = {}
    for row, *values in twice.iter_rows():
        earlier = first.setdefault(tuple(values), row)
        if earlier != row:
            where = "" if sheet.lines is None else f", on line {sheet.lines[earlier]}"
            words = ", ".join(f"{name} {shown(value)}" for name, value in zip(key, values, strict=True))
            yield row, sheet.fault(row, key[-1], f"{words} is there already{where}", str(values[-1]))


def _dangling(sheet: Sheet, link: Link, parent: Sheet, bad: Bad) -> Iterator[tuple[int, Fault]]:
    """Blame each row that names a row which its table does not hold, and mark the cell.

    Where rows of that table lack their key, as many unknown names may be theirs: then nothing is said.
    """
    if not parent.complete:
        return
    theirs = parent.frame.select(pl.col(b).alias(a) for a, b in zip(link.own, link.theirs, strict=True))
    own = sheet.frame.select(link.own).with_row_index("row").filter(~_any(bad, link.own)).drop_nulls()
    dangling = own.join(theirs, on=link.own, how="anti", maintain_order="left")
    unnamed = theirs.height - theirs.drop_nulls().height
    if not dangling.height or dangling.select(link.own).n_unique() <= unnamed:
        return
    look_up = _hints(theirs)
    for row, *values in dangling.iter_rows():
        near = look_up(tuple(values))
        column, value = link.own[-1], values[-1]
        said = f"{column} {shown(value)}{sheet.named(row, column)} is not in {parent.place}"
        yield row, sheet.fault(row, column, said, value, near)
    marks = pl.Series(range(sheet.frame.height)).is_in(dangling["row"].cast(pl.Int64).implode())
    bad[link.own[-1]] = bad[link.own[-1]] | marks


def _hints(known: pl.DataFrame) -> Callable[[tuple[str, ...]], str]:
    """Return a look-up of the nearest last name among the rows that agree in all the others."""
    *before, last = known.columns

    @cache
    def look_up(values: tuple[str, ...]) -> str:
        if look_up.cache_info().misses > HINTS:
            return ""
        alike = known.filter(pl.col(name) == value for name, value in zip(before, values, strict=False)) if before else known
        return nearest(values[-1], alike[last].drop_nulls().to_list())

    return look_up


def _broken(sheet: Sheet, rule: Rule, bad: Bad) -> Iterator[tuple[int, Fault]]:
    """Blame each row that breaks a rule; as in SQL, one for which the rule has no answer passes."""
    over = [name for name in sheet.table.names if name in rule.words]
    broken = sheet.frame.select(~pl.sql_expr(rule.sql).fill_null(True)).to_series() & ~_any(bad, over)
    for row in broken.arg_true():
        values = [(name, sheet.frame[name][row]) for name in over]
        words = ", ".join(f"{name} {'blank' if value is None else shown(value)}" for name, value in values)
        yield row, sheet.fault(row, over[0], f"{words}{sheet.named(row, *over)}: {rule.sentence}")
    bad[over[0]] = bad[over[0]] | broken


def _any(bad: Bad, names: tuple[str, ...] | list[str]) -> pl.Series:
    """Return the rows in which any of the columns has its fault already."""
    first, *rest = (bad[name] for name in names)
    for marks in rest:
        first = first | marks
    return first
