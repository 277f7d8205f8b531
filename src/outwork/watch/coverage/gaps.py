"""Gaps: connected pieces of air in which a thing would be detected too seldom, as rows that plan can be asked to close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from scipy.ndimage import label

from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.wanting import Demand
from outwork.model.tables.watched import CoverageGap
from outwork.watch.coverage.detection import Coverage


@dataclass(frozen=True)
class Wish:
    """What should close gaps: how many of an item, wanted where and when."""

    item: str
    site: str
    due: date
    covers: float
    """Area that one of them covers [m2]."""
    priority: float = 1.0
    """As in `demands` [1]."""
    firm: Literal["binding", "option"] = "option"
    """As in `demands`: nothing that a calculation asks for binds before a person says so."""

    def __post_init__(self) -> None:
        """ValueError where one covers nothing."""
        if not self.covers > 0:
            raise ValueError(f"item '{self.item}' covers {self.covers} m2; state the area that one of them covers, above 0")


def gaps(found: Coverage) -> pl.DataFrame:
    """Return the gaps of a coverage as rows of `coverage_gaps`, level by level, the largest first.

    A gap is a set of cells below the least probability that are joined by their sides. Its place is the cell of it that lies
    nearest to its middle, so that it is never outside; its area and probability are those of its cells.
    """
    rows = [row for level in range(len(found.grid.altitude)) for row in _level(found, level)]
    return from_rows(BY_NAME["coverage_gaps"], rows)


def _level(found: Coverage, level: int) -> list[CoverageGap]:
    """Return the gaps at one altitude."""
    probability, area = found.probability[level], found.grid.step**2
    pieces, count = label(probability < found.options.least)
    latitude, longitude = found.grid.ground
    made = []
    for piece in range(1, count + 1):
        cells = np.argwhere(pieces == piece)
        row, column = cells[((cells - cells.mean(axis=0)) ** 2).sum(axis=1).argmin()]
        made.append((len(cells), row, column, float(probability[pieces == piece].mean())))
    made.sort(key=lambda each: (-each[0], each[1], each[2]))
    altitude = float(found.grid.altitude[level])
    return [
        CoverageGap(
            coverage_gap=f"gap-{altitude:g}m-{number}",
            altitude=altitude,
            latitude=float(latitude[row, column]),
            longitude=float(longitude[row, column]),
            area=size * area,
            probability=mean,
        )
        for number, (size, row, column, mean) in enumerate(made, 1)
    ]


def demands(table: pl.DataFrame, wish: Wish) -> pl.DataFrame:
    """Return rows of `demands` for what would close the gaps of a table `coverage_gaps`: one row for each gap.

    What closes the gaps of one altitude looks at the others too, so only the altitude at which most is missing is asked for. A
    gap asks for its area over what one covers, rounded up, which is the least that can do.
    """
    if table.is_empty():
        return from_rows(BY_NAME["demands"], [])
    missing = table.group_by("altitude").agg(pl.col("area").sum()).sort(["area", "altitude"], descending=[True, False])
    worst = table.filter(altitude=missing["altitude"][0])
    return from_rows(BY_NAME["demands"], _demands(worst.iter_rows(named=True), wish))


def _demands(rows: Iterable[dict[str, object]], wish: Wish) -> list[Demand]:
    return [
        Demand(
            demand=f"{wish.item}-{row['coverage_gap']}",
            item=wish.item,
            site=wish.site,
            quantity=float(np.ceil(float(str(row["area"])) / wish.covers)),
            due=wish.due,
            priority=wish.priority,
            firm=wish.firm,
        )
        for row in rows
    ]
