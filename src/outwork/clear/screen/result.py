"""Result: the standing of every party, and the hits that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from outwork.model.frames import from_rows
from outwork.model.table import table
from outwork.model.tables.screening import Hit
from outwork.model.tables.screening import Standing as StandingRow

Status = Literal["clear", "review", "block", "not screened"]
ORDER = ("block", "review", "not screened", "clear")
MOST = 15
"""Lines of a summary."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What screening comes to for a party, and why. Only clear opens anything."""

    party: str
    status: Status
    reason: str


@dataclass(frozen=True, eq=False)
class Result:
    """What screening found: tables hits and standings, and the lists it was done against."""

    standings: Mapping[str, Standing]
    tables: Mapping[str, pl.DataFrame]
    lists: str

    def status(self, party: str) -> Standing:
        """Return the standing of a party; one that nobody screened is not screened."""
        return self.standings.get(party, Standing(party, "not screened", f"'{party}' was not among those who were screened"))

    def summary(self) -> str:
        """At most 15 lines for a person: how many of each, then the worst."""
        found = sorted(self.standings.values(), key=lambda each: (ORDER.index(each.status), each.party))
        counts = [f"{sum(each.status == status for each in found)} {status}" for status in ORDER]
        lines = [f"{len(found):,} screened against {self.lists or 'no list'}: {', '.join(counts)}."]
        told = [f"{each.party}: {each.status}: {each.reason}." for each in found if each.status != "clear"]
        more = [f"... and {len(told) - MOST + 2} more"] if len(told) > MOST - 1 else []
        return "\n".join([*lines, *told[: MOST - 1 - len(more)], *more])


def result(found: Sequence[tuple[Standing, list[Hit]]], lists: str, day: date) -> Result:
    """Return standings and hits as a result."""
    standings = [each for each, _ in found]
    rows = [
        StandingRow(party=each.party, status=each.status, reason=each.reason, screened=day, lists=lists or "none")
        for each in standings
    ]
    tables = {
        "hits": from_rows(table(Hit), [hit for _, hits in found for hit in hits]),
        "standings": from_rows(table(StandingRow), rows),
    }
    return Result({each.party: each for each in standings}, tables, lists)


def in_force(standings: pl.DataFrame, day: date, days: int = 30) -> pl.DataFrame:
    """Return a table of standings as it holds on a day: who was clear longer ago than so many days is not screened any more."""
    over = (pl.col("status") == "clear") & ((pl.lit(day) - pl.col("screened")).dt.total_days() > days)
    told = pl.format("clear on {}, which is more than {} days ago; screen again", pl.col("screened"), pl.lit(days))
    return standings.with_columns(
        status=pl.when(over).then(pl.lit("not screened")).otherwise("status"),
        reason=pl.when(over).then(told).otherwise("reason"),
    )


def read_back(standings: pl.DataFrame) -> Mapping[str, Standing]:
    """Return the standings that a table of an earlier screening holds."""
    return {row["party"]: Standing(row["party"], row["status"], row["reason"]) for row in standings.iter_rows(named=True)}
