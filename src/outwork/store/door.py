"""Programmes into places and out of them: the functions that everybody else calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.frames import empty
from outwork.model.programme import Programme
from outwork.model.table import Table
from outwork.model.tables import ANSWERS, BY_NAME, INPUT, RESULTS
from outwork.store import check, headers
from outwork.store.place import existing, kind
from outwork.store.reading import Sheet, Stored
from outwork.store.sense import nonsense

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, eq=False)
class Reading:
    """What was found at a place: tables typed as declared, and everything that is wrong with them.

    `faults` breaks the tables' own rules; `nonsense` is what a sound set of tables says that no plan can follow, and is
    looked for only in tables without faults.
    """

    frames: Frames
    faults: tuple[Fault, ...]
    nonsense: tuple[Fault, ...]

    def tables(self) -> Programme:
        """Return the programme, whether or not a plan can follow it. InvalidProgramme with every fault of its tables."""
        if self.faults:
            raise InvalidProgramme(self.faults + self.nonsense)
        return Programme(self.frames)

    def programme(self) -> Programme:
        """Return the programme. InvalidProgramme with every fault and everything that no plan can follow."""
        if self.faults or self.nonsense:
            raise InvalidProgramme(self.faults + self.nonsense)
        return Programme(self.frames)


def read(where: str | Path) -> Reading:
    """Read a programme and find everything that is wrong with it. Unreadable where there is none to read."""
    found = existing(where).read(str(where))
    sheets = _sheets(found, INPUT)
    faults = found.faults + check.faults(sheets)
    frames = MappingProxyType({name: sheet.frame for name, sheet in sheets.items()})
    return Reading(frames, faults, nonsense(sheets, {fault.table for fault in faults}))


def load(where: str | Path) -> Programme:
    """Return the programme at a place. InvalidProgramme with every fault in it, Unreadable where there is none."""
    return read(where).programme()


def save(programme: Programme, where: str | Path, results: Frames | None = None) -> None:
    """Write a programme, and with it the results of verbs, in one step; earlier results are of an earlier programme and go.

    InvalidProgramme where the tables break their own rules, Unwritable where nothing could be written.
    """
    frames = {**programme.tables, **_results(results or {}, RESULTS)}
    _refuse_faults(frames)
    kind(where).write(str(where), frames)


def save_results(results: Frames, where: str | Path) -> None:
    """Write what verbs answered beside the programme from which it was made, in place of earlier answers of these verbs."""
    programme = read(where).tables()
    verbs = [verb for verb in ANSWERS.values() if results.keys() & {table.name for table in verb}]
    frames = _results(results, [table for verb in verbs for table in verb])
    _refuse_faults({**programme.tables, **frames})
    existing(where).write(str(where), frames)


def load_results(where: str | Path) -> dict[str, pl.DataFrame]:
    """Return the output tables that lie beside a programme; tables without rows where there are none."""
    sheets = _sheets(existing(where).read(str(where)), (*INPUT, *RESULTS))
    faults = tuple(fault for fault in check.faults(sheets) if BY_NAME[fault.table] in RESULTS)
    if faults:
        raise InvalidProgramme(faults)
    return {table.name: sheets[table.name].frame for table in RESULTS}


def typed(found: Stored) -> tuple[Programme, dict[str, pl.DataFrame]]:
    """Return a programme, whether or not a plan can follow it, and what verbs answered. InvalidProgramme with every fault."""
    sheets = _sheets(found, (*INPUT, *RESULTS))
    faults = found.faults + check.faults(sheets)
    if faults:
        raise InvalidProgramme(faults)
    frames = {name: sheet.frame for name, sheet in sheets.items()}
    results = {table.name: frames.pop(table.name) for table in RESULTS}
    return Programme(frames), results


def of_frames(frames: Frames) -> dict[str, Sheet]:
    """Return typed frames as if they had been read, so that they can be checked."""
    return {name: Sheet(BY_NAME[name], frame, name) for name, frame in frames.items()}


def _results(results: Frames, tables: Sequence[Table]) -> dict[str, pl.DataFrame]:
    """Return each of the output tables. TypeError where a frame belongs to none."""
    unknown = set(results) - {table.name for table in RESULTS}
    if unknown:
        raise TypeError(f"no verb answers with a table {', '.join(sorted(unknown))}")
    return {table.name: results.get(table.name, empty(table)) for table in tables}


def _refuse_faults(frames: Frames) -> None:
    faults = check.faults(of_frames(frames))
    if faults:
        raise InvalidProgramme(faults)


def _sheets(found: Stored, tables: Iterable[Table]) -> dict[str, Sheet]:
    """Return every table typed; one that is not there is without rows, and not to be relied on where its name is mistyped."""
    mistyped = {fault.nearest for fault in found.faults}
    return {
        table.name: headers.sheet(table, found.raws[table.name])
        if table.name in found.raws
        else Sheet(table, empty(table), found.pattern.format(table.name), whole=table.name not in mistyped)
        for table in tables
    }
