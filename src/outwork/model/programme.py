"""A programme: a set of tables that does not change; a change makes a new programme."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Self

import polars as pl

from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.frames import empty, from_rows, schema
from outwork.model.horizon import Horizon
from outwork.model.table import Row
from outwork.model.tables import BY_NAME, INPUT
from outwork.model.tables.frame import Settings


@dataclass(frozen=True, eq=False)
class Programme:
    """The input tables of a programme, every one of them there, if only without rows.

    A programme is typed (each frame has its table's schema); that it is *valid* is `store.check`'s to say.
    """

    tables: Mapping[str, pl.DataFrame]

    def __post_init__(self) -> None:
        """Fill in the empty tables, in their order; TypeError where a frame has another schema than its table."""
        full = {table.name: self.tables.get(table.name, empty(table)) for table in INPUT}
        for name, frame in full.items():
            if frame.schema != schema(BY_NAME[name]):
                raise TypeError(f"{name}: {frame.schema} is not {schema(BY_NAME[name])}")
        unknown = set(self.tables) - set(full)
        if unknown:
            raise TypeError(f"a programme has no table {', '.join(sorted(unknown))}")
        object.__setattr__(self, "tables", MappingProxyType(full))

    @classmethod
    def of(cls, *rows: Row | Iterable[Row]) -> Self:
        """Build a programme from row objects, which is how examples and tests write small ones."""
        by_table: dict[str, list[Row]] = {}
        for each in rows:
            for row in [each] if isinstance(each, Row) else each:
                by_table.setdefault(row.table_name, []).append(row)
        return cls({name: from_rows(BY_NAME[name], held) for name, held in by_table.items()})

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table as columns."""
        return self.tables[name]

    def __eq__(self, other: object) -> bool:
        """Two programmes are equal where all tables hold the same rows, in whichever order."""
        return isinstance(other, Programme) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self.digest)

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, pl.DataFrame]]]:
        """Travel to another process as plain tables."""
        return type(self), (dict(self.tables),)

    def replace(self, **tables: pl.DataFrame) -> Self:
        """Return a programme with other tables in place of its own."""
        return type(self)({**self.tables, **tables})

    @cached_property
    def settings(self) -> Settings:
        """The one row of settings. InvalidProgramme where there is not exactly one."""
        frame = self["settings"]
        if frame.height != 1:
            raise InvalidProgramme((Fault("settings", f"settings holds exactly one row, not {frame.height}"),))
        return Settings.model_validate(frame.row(0, named=True))

    @cached_property
    def horizon(self) -> Horizon:
        """The time over which the programme is planned."""
        own = self.settings
        return Horizon.of(own.start, own.weeks, own.step_days, own.weekly_buckets)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all rows, whatever their order; -0.0 counts as 0.0, which it is."""
        total = hashlib.sha256()
        for name, frame in self.tables.items():
            total.update(f"\n{name}\n".encode())
            if frame.height:
                unsigned = frame.with_columns(pl.selectors.float() + 0.0)
                total.update(unsigned.sort(frame.columns, nulls_last=True).write_csv(float_precision=None).encode())
        return total.hexdigest()
