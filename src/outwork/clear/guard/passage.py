"""A document that crosses a border is technology or software that moves: the same determination as for goods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

Outcome = Literal["prohibited", "needs_expert", "licence", "general", "open"]
STRICTEST_FIRST: Final[tuple[Outcome, ...]] = ("prohibited", "needs_expert", "licence", "general", "open")
EVERY_REVISION: Final = "all"


@dataclass(frozen=True)
class Passage:
    """What would move: technology or software about a revision of an item (None: about all of them), and where to."""

    item: str
    revision: str | None
    kind: str
    origin: str
    destination: str
    consignee: str


@dataclass(frozen=True)
class Leave:
    """What was determined of a passage, in the words of the determination."""

    outcome: Outcome
    sentence: str
    cite: str = ""
    authorisation: str = ""


Determine = Callable[[Passage], Leave | None]
"""What is determined of a passage; None where nobody has determined it."""


def of_table(determinations: pl.DataFrame) -> Determine:
    """Return what the table `determinations` says of a passage.

    A row for every revision holds for each; what is about all revisions takes the strictest of their rows. Of several rows that
    fit, the strictest holds.
    """
    columns = ("item", "kind", "origin", "destination", "consignee")
    rows: Mapping[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in determinations.iter_rows(named=True):
        rows[tuple(row[name] for name in columns)].append(row)

    def determine(passage: Passage) -> Leave | None:
        key = tuple(getattr(passage, name) for name in columns)
        fitting = [row for row in rows.get(key, []) if _fits(row["revision"], passage.revision)]
        if not fitting:
            return None
        row = min(fitting, key=lambda each: STRICTEST_FIRST.index(each["outcome"]))
        return Leave(row["outcome"], row["sentence"], row["cite"], row["authorisation"])

    return determine


def _fits(stated: str, asked: str | None) -> bool:
    return asked is None or stated in (asked, EVERY_REVISION)
