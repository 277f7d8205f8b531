"""Changed rows as JSON text, in which the service keeps what somebody tries or proposes, and how the rows were before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import polars as pl

from outwork.model.frames import INSTANT_FORMAT, schema
from outwork.model.table import Table
from outwork.model.tables import BY_NAME
from outwork.store.overlay import Overlay
from outwork.store.service.writing import Seen


def to_text(overlay: Overlay) -> str:
    """Return changed rows as JSON: by table a list of rows, each with its `change`; days and instants in ISO 8601."""
    return json.dumps({name: _plain(frame).to_dicts() for name, frame in overlay.tables.items()}, ensure_ascii=False)


def with_marks(overlay: Overlay, seen: Seen) -> str:
    """Return changed rows as JSON, and the mark of each as its author saw it."""
    marked = {name: list(rows.items()) for name, rows in seen.items()}
    return json.dumps({"changes": to_text(overlay), "seen": marked}, default=_iso, ensure_ascii=False)


def from_marked(text: str) -> tuple[Overlay, Seen]:
    """Return the changed rows and the marks that `with_marks` wrote."""
    kept = json.loads(text)
    seen = {name: {_key(BY_NAME[name], key): mark for key, mark in rows} for name, rows in kept["seen"].items()}
    return from_text(kept["changes"]), seen


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def _key(table: Table, key: Sequence[Any]) -> tuple[Any, ...]:
    """Return a key from JSON, in which days and instants are text."""
    read = {"date": date.fromisoformat, "instant": datetime.fromisoformat}
    kinds = (table.column(name).kind for name in table.key)
    return tuple(read[kind](value) if kind in read else value for kind, value in zip(kinds, key, strict=True))


def from_text(text: str) -> Overlay:
    """Return the changed rows that `to_text` wrote."""
    return Overlay(MappingProxyType({name: _frame(name, rows) for name, rows in json.loads(text).items()}))


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d"), pl.col(pl.Datetime).dt.to_string(INSTANT_FORMAT))


def _frame(name: str, rows: list[Mapping[str, Any]]) -> pl.DataFrame:
    kinds = {"change": pl.String(), **schema(BY_NAME[name])}
    written = {column: pl.String() if kind.is_temporal() else kind for column, kind in kinds.items()}
    frame = pl.DataFrame(rows, schema=written, orient="row")
    days = [pl.col(column).str.to_date("%Y-%m-%d") for column, kind in kinds.items() if kind == pl.Date]
    instants = [
        pl.col(column).str.to_datetime(INSTANT_FORMAT, time_unit="us", time_zone="UTC")
        for column, kind in kinds.items()
        if isinstance(kind, pl.Datetime)
    ]
    return frame.with_columns(*days, *instants)
