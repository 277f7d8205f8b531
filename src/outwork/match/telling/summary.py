"""The answer of `match` in at most 15 lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from outwork.model.answered import Answered

MOST: Final = 15
ASKED: Final = 3
"""Questions told."""
NEAR: Final = 4
"""Near misses told."""
RESTS: Final = {"known": "", "repairs": ", once repairs are paid for", "answers": ", if open questions are answered well"}


def lines(told: Answered) -> list[str]:
    """Return the summary of a result, line by line."""
    found = [f"{told.name}: {told.outcome.sentence}"]
    found += [*_consortia(told.tables["consortia"]), *_gaps(told.tables["candidates"])]
    asked = list(_enquiries(told.tables["enquiries"]))
    room = MOST - len(found) - len(asked)
    reasons = [reason.sentence.rstrip(".?") + ("?" if reason.sentence.endswith("?") else ".") for reason in told.why]
    if len(reasons) > room:
        reasons = [*reasons[: max(room - 1, 0)], f"{len(reasons) - max(room - 1, 0)} more reasons."][: max(room, 0)]
    return [*found, *reasons, *asked][:MOST]


def counted(candidates: pl.DataFrame, operations: int, sites: int) -> str:
    """Return how operations and sites stand to each other, in one sentence."""
    able = candidates.filter(verdict="can")["operation"].n_unique()
    counts = dict(candidates["verdict"].value_counts().iter_rows())
    parts = [f"{counts.get(word, 0):,} {said}" for word, said in (("can", "can"), ("unknown", "not known"))]
    near = f"{counts.get('cannot', 0):,} near misses"
    return (
        f"{able} of {operations} operations can be done at one of {sites} sites; of the pairs told, {', '.join(parts)}, {near}."
    )


def _consortia(consortia: pl.DataFrame) -> Iterator[str]:
    """Tell the first consortium of each design."""
    first = consortia.unique("item", keep="first", maintain_order=True).head(NEAR)
    for row in first.iter_rows(named=True):
        yield (
            f"{row['quantity']:,.0f} {row['item']} could be made by {_many(row['firms'], 'firm')} in "
            f"{_many(row['nations'], 'nation')} for {row['cost']:,.0f} EUR in {row['days']:,.0f} days, "
            f"{_many(row['single_points'], 'single point')} of failure{RESTS[row['rests_on']]}."
        )


def _gaps(candidates: pl.DataFrame) -> Iterator[str]:
    """Tell the nearest misses for which a repair is known, the cheapest first."""
    near = candidates.filter((pl.col("verdict") == "cannot") & pl.col("repair_cost").is_not_null())
    order = near.sort("unknown", "repair_cost", "operation", "place").head(NEAR)
    for row in order.iter_rows(named=True):
        yield f"{row['operation']} at {row['site']}: {row['sentence']}"


def _enquiries(enquiries: pl.DataFrame) -> Iterator[str]:
    """Tell what to ask first."""
    for place, row in enumerate(enquiries.sort("place").head(ASKED).iter_rows(named=True)):
        waits = "1 pair waits" if row["candidates"] == 1 else f"{row['candidates']} pairs wait"
        worth = "" if not row["gain"] else f", worth up to {row['gain']:,.0f} EUR"
        opens = ", which alone would open a consortium" if row["opens"] else ""
        whom = row["site"] if row["ask"] == "site" else "the designer"
        yield f"{'Ask first' if place == 0 else 'Then'}, {whom}: {row['question']} ({waits}{worth}{opens})"
    if enquiries.height > ASKED:
        yield f"{enquiries.height - ASKED:,} more questions are in the table enquiries."


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
