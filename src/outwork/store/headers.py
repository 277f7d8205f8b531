"""From a table as its store holds it to a table with its declared columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.model.frames import dtype
from outwork.model.nearest import nearest
from outwork.model.table import Column, Kind, Table
from outwork.store import cells
from outwork.store.reading import Raw, Sheet

WITH_UNIT: Final = re.compile(r"^(?P<name>.*?)\s*\((?P<unit>[^()]*)\)$")
"""A header may state the unit of its column, as the template does: hours (h/week)."""


def sheet(table: Table, raw: Raw) -> Sheet:
    """Return the table with its declared columns: those not there take their default, and each wrong header is a fault."""
    found, faults = _matched(table, raw)
    lost = _lost(table, found, faults)
    frame: dict[str, pl.Series] = {}
    unread: dict[str, pl.Series] = {}
    comma = raw.comma and any(
        cells.has_decimal_comma(raw.frame.to_series(place))
        for name, place in found.items()
        if table.column(name).kind == "number"
    )
    for column in table.columns:
        written = raw.frame.to_series(found[column.name]) if column.name in found else _blank(raw.frame.height)
        values, wrong = cells.typed(column, written, comma=comma)
        wrong = _or_spoilt(wrong, raw.spoilt.get(found.get(column.name, -1)))
        frame[column.name] = _filled(column, values, wrong).alias(column.name)
        if wrong is not None:
            unread[column.name] = wrong
    return Sheet(
        table,
        pl.DataFrame(frame),
        raw.place,
        raw.lines,
        unread,
        frozenset(lost),
        frozenset(table.names) - set(found) - lost,
        raw.ragged,
        len(raw.header),
        (*raw.faults, *faults, *(_missing(table, raw, lost, faults) if raw.header else ())),
        raw.whole,
    )


def _matched(table: Table, raw: Raw) -> tuple[Mapping[str, int], list[Fault]]:
    """Return where each declared column stands in the raw frame, and a fault for each header that names none."""
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for place, header in enumerate(raw.header):
        name, unit = _split(header)
        if not name and raw.frame.to_series(place).cast(pl.String, strict=False).str.strip_chars().fill_null("").eq("").all():
            continue
        reason, near = _objection(table, name, unit, found, place)
        if reason:
            faults.append(Fault(table.name, reason, raw.top, name, header, near, raw.place))
        if name in table.names:
            found.setdefault(name, place)
    return found, faults


def _objection(table: Table, name: str, unit: str, found: Mapping[str, int], place: int) -> tuple[str, str]:
    """Return why a header is wrong and the nearest right one; two empty texts where it is right."""
    if not name:
        return f"column {place + 1} has no name above its values", ""
    if name not in table.names:
        return f"there is no column '{name}' in {table.name}", nearest(name, table.names)
    if name in found:
        return f"column '{name}' is there twice", ""
    if unit and unit != table.column(name).unit:
        own = table.column(name).unit
        return f"column '{name}' is written in {own or 'no unit'}, not in {unit}", f"{name} ({own})" if own else name
    return "", ""


def _split(header: str) -> tuple[str, str]:
    """Return the name and the unit of a header such as `hours (h/week)`."""
    match = WITH_UNIT.match(header.strip())
    return (match["name"], match["unit"].strip()) if match else (header.strip(), "")


def _lost(table: Table, found: Mapping[str, int], faults: list[Fault]) -> set[str]:
    """Return the columns of which nothing is known: required and not there, or there under a mistyped name."""
    required = {column.name for column in table.columns if column.required}
    return {*required, *(fault.nearest for fault in faults if fault.nearest in table.names)} - set(found)


def _missing(table: Table, raw: Raw, lost: set[str], faults: list[Fault]) -> Iterator[Fault]:
    """Yield a fault for each required column that is not there, unless a mistyped header accounts for it."""
    mistyped = {fault.nearest for fault in faults}
    for name in table.names:
        if name in lost - mistyped:
            yield Fault(table.name, f"column '{name}' is missing: {table.column(name).doc}", raw.top, name, "", "", raw.place)


def _or_spoilt(wrong: pl.Series | None, spoilt: pl.Series | None) -> pl.Series | None:
    """Return the text of cells that could not be read, for either reason."""
    if wrong is None or spoilt is None:
        return spoilt if wrong is None else wrong
    return pl.DataFrame({"wrong": wrong, "spoilt": spoilt}).select(pl.coalesce("wrong", "spoilt")).to_series()


def _filled(column: Column, values: pl.Series, wrong: pl.Series | None) -> pl.Series:
    """Return values with the default in blank cells, but not in those that could not be read."""
    if column.default is None or not values.null_count():
        return values
    blank = values.is_null() if wrong is None else values.is_null() & wrong.is_null()
    default = pl.lit(column.default, dtype(column))
    return values.to_frame("v").select(pl.when(blank).then(default).otherwise("v")).to_series()


def _blank(height: int) -> pl.Series:
    """Return a column without values."""
    return pl.repeat(None, height, dtype=pl.String, eager=True)


def kind(table: Table, header: str) -> Kind | None:
    """Return the kind of the column that a header names, None where it names none."""
    name, _ = _split(header)
    return table.column(name).kind if name in table.names else None
