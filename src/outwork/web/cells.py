"""Values as cells: text that a person can read and type back, JSON that a program can."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from outwork.model.table import written

Plain = str | int | float | bool | None


def text(value: Any) -> str:
    """Return a value as the reader of cells reads it: 1.5, 2026-03-30, true; '' of a blank."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return repr(value).removesuffix(".0")
        case datetime():
            return written(value)
    return str(value)


def plain(value: Any) -> Plain:
    """Return a value as JSON has it: days and instants as text."""
    match value:
        case datetime():
            return written(value)
        case date():
            return value.isoformat()
        case str() | int() | float() | None:
            return value
    raise TypeError(f"{value!r} is no cell")


def plain_row(row: Mapping[str, Any]) -> dict[str, Plain]:
    """Return a row as a JSON object."""
    return {name: plain(value) for name, value in row.items()}
