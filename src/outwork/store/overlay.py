"""A scenario as what it changes: small tables of rows added, changed and removed over a base.

apply(a, diff(a, b)) == b
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.nearest import nearest
from outwork.model.programme import Programme
from outwork.model.table import Table
from outwork.model.tables import BY_NAME, INPUT
from outwork.store.reading import shown

ADD: Final = "add"
CHANGE: Final = "change"
REMOVE: Final = "remove"
CHANGES: Final = (ADD, CHANGE, REMOVE)


@dataclass(frozen=True, eq=False)
class Overlay:
    """Changed rows by table: a column `change`, then the table's own.

    A row that is added or changed is there whole, so that a blank cell makes a blank; of one removed only the key counts.
    """

    tables: Mapping[str, pl.DataFrame]

    def __bool__(self) -> bool:
        """True where anything is changed."""
        return any(frame.height for frame in self.tables.values())


def diff(base: Programme, other: Programme) -> Overlay:
    """Return what makes `other` of `base`."""
    found = {table.name: _diff(table, base[table.name], other[table.name]) for table in INPUT}
    return Overlay(MappingProxyType({name: frame for name, frame in found.items() if frame.height}))


def apply(base: Programme, overlay: Overlay) -> Programme:
    """Return the programme with the changes made. InvalidProgramme where a change does not fit the base."""
    faults = tuple(fault for name, frame in overlay.tables.items() for fault in _misfits(BY_NAME[name], base[name], frame))
    if faults:
        raise InvalidProgramme(faults)
    return base.replace(**{name: _applied(BY_NAME[name], base[name], frame) for name, frame in overlay.tables.items()})


def without(frames: Mapping[str, pl.DataFrame], gone: Overlay) -> dict[str, pl.DataFrame]:
    """Return the tables that lose rows, without them."""
    return {
        name: frames[name].join(rows, on=list(BY_NAME[name].key), how="anti", maintain_order="left")
        for name, rows in gone.tables.items()
    }


def described(base: Programme | Mapping[str, pl.DataFrame], overlay: Overlay) -> Iterator[str]:
    """Yield a line for each change, such as: demands D-04: quantity 120 -> 160; of the columns that the overlay has."""
    for name, frame in overlay.tables.items():
        table = BY_NAME[name].only(frame.columns)
        key = list(table.key)
        old = base[name].join(frame, on=key, how="semi")
        before = {row[:-1]: row[-1] for row in old.select(*key, pl.struct(pl.all()).alias("row")).iter_rows()}
        for record in frame.iter_rows(named=True):
            own = tuple(record[column] for column in key)
            yield f"{name} {' '.join(_plain(value) for value in own)}: {_told(table, record, before.get(own, {}))}"


def _diff(table: Table, base: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    key = list(table.key)
    added = other.join(base, on=key, how="anti")
    kept = other.join(base, on=key, how="semi")
    changed = kept.join(base, on=list(table.names), how="anti", nulls_equal=True)
    removed = base.join(other, on=key, how="anti").with_columns(
        pl.lit(None, kind).alias(name) for name, kind in base.schema.items() if name not in key
    )
    parts = zip(CHANGES, (added, changed, removed), strict=True)
    return pl.concat(frame.select(pl.lit(change).alias("change"), *table.names) for change, frame in parts)


def _applied(table: Table, base: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as a database orders them: what is changed stays in its place, what is new comes last."""
    key = list(table.key)
    kept = base.join(changes.filter(pl.col("change") == REMOVE), on=key, how="anti", maintain_order="left")
    changed = changes.filter(pl.col("change") == CHANGE)
    if changed.height:
        kept = kept.update(changed.drop("change"), on=key, include_nulls=True)
    return pl.concat([kept, changes.filter(pl.col("change") == ADD).drop("change")])


def _misfits(table: Table, base: pl.DataFrame, changes: pl.DataFrame) -> Iterator[Fault]:
    """Yield a fault for each change to a row that is not there, and for each row added that is."""
    key = list(table.key)
    there = base.select(key).with_columns(pl.lit(value=True).alias("there"))
    wrong = changes.join(there, on=key, how="left", maintain_order="left").filter(
        pl.col("there").is_not_null() == (pl.col("change") == ADD)
    )
    for record in wrong.iter_rows(named=True):
        words = ", ".join(f"{name} {shown(record[name])}" for name in key)
        if record["change"] == ADD:
            yield Fault(table.name, f"{words} is to be added and is there already; change it instead")
        else:
            near = nearest(str(record[key[-1]]), base[key[-1]].cast(pl.String).unique()) if len(key) == 1 else ""
            yield Fault(table.name, f"{words} is to be {record['change']}d and is not there", None, key[-1], words, near)


def _told(table: Table, record: Mapping[str, object], before: Mapping[str, object]) -> str:
    """Return what a change does to one row."""
    if record["change"] == REMOVE:
        return "removed"
    columns = [name for name in table.names if name not in table.key]
    if record["change"] == ADD:
        given = [name for name in columns if record[name] != table.column(name).default]
        return ", ".join(["added", *(f"{name} {_plain(record[name])}" for name in given)])
    altered = [name for name in columns if record[name] != before.get(name)]
    return ", ".join(f"{name} {_plain(before.get(name))} -> {_plain(record[name])}" for name in altered)


def _plain(value: object) -> str:
    """Return a value for a line of a diff, text without quotes."""
    if value is None or value == "":
        return "blank"
    return shown(value)[1:-1] if isinstance(value, str) else shown(value)
