"""What sound tables say that no plan can follow.

Each check reads some tables and speaks only where these have no faults of their own, so that one slip is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from outwork.model.errors import Fault
from outwork.store import cycles, decided, papers, reach
from outwork.store.reading import Sheet

WEEK: Final = 7
"""Days in a week."""

Sheets = Mapping[str, Sheet]


@dataclass(frozen=True)
class Check:
    """A check over several tables: faults in those of `reads` could make it blame what is right."""

    reads: tuple[str, ...]
    find: Callable[[Sheets], Iterator[Fault]]


def nonsense(sheets: Sheets, faulty: set[str]) -> tuple[Fault, ...]:
    """Return what no plan can follow. Args: faulty, the tables that have faults of their own."""
    return tuple(fault for check in CHECKS if not faulty & set(check.reads) for fault in check.find(sheets))


def one_settings(sheets: Sheets) -> Iterator[Fault]:
    """A programme has one row of settings, and its weeks begin on Mondays."""
    own = sheets["settings"]
    if not own.frame.height:
        yield Fault(
            "settings", "there are no settings; one row says when the programme starts and how long it runs", place=own.place
        )
    for row in range(1, own.frame.height):
        yield own.fault(row, "name", "settings hold one row, and this is a further one", str(own.frame["name"][row]))
    for row, start in own.frame.head(1).filter(pl.col("step_days") == WEEK).select("start").with_row_index().iter_rows():
        if start.weekday():
            yield own.fault(row, "start", f"start {start} is a {start:%A}; a programme in weeks starts on a Monday", str(start))


def shares_once(sheets: Sheets) -> Iterator[Fault]:
    """An agreement says once what share of an item a nation or a party has."""
    own = sheets["shares"]
    key = ["agreement", "item", "nation", "party"]
    rows = own.frame.with_row_index("row")
    rows = rows.with_columns(pl.col("row").min().over(key).alias("first"), pl.col("share").first().over(key).alias("earlier"))
    for row, earlier in rows.filter(pl.col("row") > pl.col("first")).select("row", "earlier").iter_rows():
        said = (
            f"share '{own.frame['share'][row]}' says again what share '{earlier}' says of the same agreement, item and sharer"
        )
        yield own.fault(row, "share", said, own.frame["share"][row])


CHECKS: Final = (
    Check(("settings",), one_settings),
    Check((), cycles.cycles),
    Check(reach.READS, reach.unobtainable),
    Check(reach.READS, reach.unreachable),
    Check(("shares",), shares_once),
    Check(decided.READS, decided.without_ground),
    Check(decided.READS, decided.twice),
    Check(papers.READS, papers.unopened),
)
