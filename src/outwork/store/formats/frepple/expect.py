"""frePPLe's flat plan, as its tests expect it: tab-separated lines that begin with what they are about.

BUFFER <buffer> <when> <change> <level>
RESOURCE <resource> <when> <change> <load>
OPERATION <operation> <start> <end> <quantity> [status]
DEMAND <demand> <when> <quantity> [later than <due>]
DEMAND <demand> planned <quantity> units short (or: too much, which is not read)
PROBLEM <kind> <words> <since> / <until>
DEMAND CONSTRAINT <demand> <words> <since> / <until>
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from outwork.model.errors import Unreadable
from outwork.store.formats.opening import content

Record = dict[str, Any]

SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "BUFFER": {"buffer": pl.String, "at": pl.Datetime, "change": pl.Float64, "level": pl.Float64},
    "RESOURCE": {"resource": pl.String, "at": pl.Datetime, "change": pl.Float64, "level": pl.Float64},
    "OPERATION": {
        "operation": pl.String, "start": pl.Datetime, "end": pl.Datetime, "quantity": pl.Float64, "status": pl.String
    },
    "DEMAND": {"demand": pl.String, "at": pl.Datetime, "quantity": pl.Float64, "short": pl.Float64},
    "PROBLEM": {"kind": pl.String, "words": pl.String, "since": pl.Datetime, "until": pl.Datetime},
    "DEMAND CONSTRAINT": {"demand": pl.String, "words": pl.String, "since": pl.Datetime, "until": pl.Datetime},
}  # fmt: skip
"""Columns of each kind of line; quantities in units, times to the minute."""

SHORT: Final = re.compile(r"planned (?P<short>\S+) units (?P<way>short|too much)")


@dataclass(frozen=True, eq=False)
class Expected:
    """A plan of frePPLe's as frames, one for each kind of line, in the order of the file.

    Of a demand, `at` is blank where `short` units are never delivered.
    """

    buffers: pl.DataFrame
    resources: pl.DataFrame
    operations: pl.DataFrame
    demands: pl.DataFrame
    problems: pl.DataFrame
    constraints: pl.DataFrame


def read(path: Path) -> Expected:
    """Return the plan in a file. Unreadable where a line is none of a plan."""
    try:
        lines = content(path).decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} byte {error.start}: is not UTF-8 text") from error
    found: dict[str, list[Record]] = {kind: [] for kind in SCHEMAS}
    for place, line in enumerate(lines, 1):
        if line.strip():
            kind, *cells = line.rstrip("\r\n").split("\t")
            if kind not in SCHEMAS:
                raise Unreadable(f"{path.name} line {place}: '{kind[:40]}' is no kind of line in a plan")
            found[kind].append(_record(kind, cells, f"{path.name} line {place}"))
    frames = [pl.DataFrame(rows, schema=dict(SCHEMAS[kind]), orient="row") for kind, rows in found.items()]
    buffers, resources, operations, demands, problems, constraints = frames
    return Expected(buffers, resources, operations, demands, problems, constraints)


def _record(kind: str, cells: list[str], place: str) -> Record:
    try:
        if kind in ("BUFFER", "RESOURCE"):
            name, at, change, level = cells
            return {kind.lower(): name, "at": _at(at), "change": float(change), "level": float(level)}
        if kind == "OPERATION":
            name, start, end, quantity, *status = cells
            return {"operation": name, "start": _at(start), "end": _at(end), "quantity": float(quantity),
                    "status": status[0] if status else "proposed"}  # fmt: skip
        if kind == "DEMAND":
            return _demand(cells)
        first, words, window = cells
        since, _, until = window.partition(" / ")
        return {"kind" if kind == "PROBLEM" else "demand": first, "words": words, "since": _at(since), "until": _at(until)}
    except (ValueError, IndexError) as error:
        raise Unreadable(f"{place}: is no {kind} line: {error}") from error


def _demand(cells: list[str]) -> Record:
    short = SHORT.fullmatch(cells[1])
    if short:
        return {
            "demand": cells[0],
            "at": None,
            "quantity": 0.0,
            "short": float(short["short"]) if short["way"] == "short" else 0.0,
        }
    return {"demand": cells[0], "at": _at(cells[1]), "quantity": float(cells[2]), "short": 0.0}


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written.strip())
