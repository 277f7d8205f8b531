"""Decisions: what a person decided about a hit, and whether it still holds.

A decision stands on two records, that of the subject and that of the list, as they were when it was taken. Either may change
overnight: a firm gets another director, a list another alias. Then nobody has looked at what is there now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

Decisions = Mapping[tuple[str, str, str, str], dict[str, Any]]
"""Party, key of the subject, list, entry -> row of table screenings."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision comes to: cleared or blocked, or nothing where it does not hold; `told` says who, when and why."""

    verdict: str
    told: str


NONE = Decided("", "")


def decisions(screenings: pl.DataFrame) -> Decisions:
    """Return the rows of a table of decisions by what they decide."""
    return {
        (row["party"], " ".join(row["subject"].casefold().split()), row["watchlist"], row["entry"]): row
        for row in screenings.iter_rows(named=True)
    }


def decided(row: dict[str, Any] | None, record: str, listed: str, day: date) -> Decided:
    """Return what a row decides on a day about two records, given their digests."""
    if row is None:
        return NONE
    told = f"{row['decision']} by {row['person']} on {row['decided']}: {row['reason']}"
    over = _over(row, record, listed, day)
    if over:
        return Decided("", f"{told}; this no longer holds, because {over}")
    return Decided("cleared" if row["decision"] == "clear" else "block", told)


def _over(row: dict[str, Any], record: str, listed: str, day: date) -> str:
    """Say why a decision no longer holds; an empty text where it does."""
    if row["record"] != record:
        return "our own record has changed since"
    if row["listed"] != listed:
        return "the list's record has changed since"
    if row["until"] is not None and row["until"] < day:
        return f"it ended on {row['until']}"
    return f"it is dated after {day}" if row["decided"] > day else ""
