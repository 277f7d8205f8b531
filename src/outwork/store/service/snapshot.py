"""A programme as of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from outwork.model.programme import Programme


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A programme and what verbs answered, as of one version: the number of writes to it so far."""

    version: int
    programme: Programme
    results: Mapping[str, pl.DataFrame]

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """Every table, those that people write and those that verbs write."""
        return {**self.programme.tables, **self.results}
