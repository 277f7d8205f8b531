"""Leave to move, as a planner says it: the licence, the provision that it stands on, and its dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from outwork.model.outcome import Pointer
from outwork.model.programme import Programme
from outwork.plan.network import Network
from outwork.plan.network.licences import OPEN, dated

GOODS = "goods"


def clearance_row(programme: Programme, name: str) -> dict[str, Any]:
    """Return the row of a clearance."""
    return programme["clearances"].row(by_predicate=pl.col("clearance") == name, named=True)


def waiting(programme: Programme, name: str) -> dict[str, Any] | None:
    """Return the row of the licence that a clearance waits for, None where it waits for none."""
    licence = clearance_row(programme, name)["licence"]
    found = programme["licences"].filter(pl.col("licence").eq_missing(pl.lit(licence, pl.String)), pl.col("status").is_in(OPEN))
    return found.row(0, named=True) if found.height else None


def title(programme: Programme, name: str) -> str:
    """Return a clearance with what it stands on. Example: clearance c1 (licence L; Regulation (EU) 2021/821, Article 12)."""
    row = clearance_row(programme, name)
    ground = [f"licence {row['licence']}"] if row["licence"] else []
    ground += [row["basis"]] if row["basis"] else []
    return f"clearance {name} ({'; '.join(ground)})" if ground else f"clearance {name}"


def opens_late(programme: Programme, network: Network, name: str) -> str:
    """Return since when a clearance holds, and when its licence is applied for.

    Example: clearance c1 (licence L) for mast opens on 2026-02-09, applied for on 2026-01-12 at the agency.
    """
    row, own = clearance_row(programme, name), dated(programme)
    opens = own.row(by_predicate=pl.col("clearance") == name, named=True)["opens"] or programme.horizon.start
    text = f"{title(programme, name)} for {row['item']} opens on {opens.isoformat()}"
    paper = waiting(programme, name)
    if paper is None or opens == row["opens"]:
        return text
    asked = network.licences.day[network.licences.names.position[paper["licence"]]]
    return f"{text}, applied for on {asked.isoformat()}" + (f" at {paper['authority']}" if paper["authority"] else "")


def pointers(programme: Programme, name: str) -> tuple[Pointer, ...]:
    """Return the rows behind a clearance: its own, and that of the licence it waits for."""
    paper = waiting(programme, name)
    own = (Pointer("clearances", (name,)),)
    return own if paper is None else (*own, Pointer("licences", (paper["licence"],)))


def refused(programme: Programme, item: str, origin: str, destination: str, party: str) -> tuple[str, tuple[Pointer, ...]]:
    """Return why an item may not cross, as a clause to be added, and the rows that say so; nothing where nobody has said.

    Args: origin and destination, nations; party, who would receive it.
    """
    told = [*_out_of_time(programme, item, origin, destination, party), *_closures(programme, item, origin, destination, party)]
    clause = "; ".join(text for text, _ in told)
    return (f": {clause}" if told else ""), tuple(row for _, row in told)


def _for(table: pl.DataFrame, item: str, origin: str, destination: str, party: str) -> pl.DataFrame:
    """Return the rows about goods that speak of a movement."""
    mine = table.filter(item=item, origin=origin, destination=destination, kind=GOODS)
    return mine.filter(pl.col("consignee").is_null() | (pl.col("consignee") == party))


def _closures(programme: Programme, item: str, origin: str, destination: str, party: str) -> Iterator[tuple[str, Pointer]]:
    """Tell the provisions that close a movement."""
    for row in _for(programme["closures"], item, origin, destination, party).sort("closure").iter_rows(named=True):
        what = "it is prohibited" if row["outcome"] == "prohibited" else "a person has to decide"
        more = f"; to be known first: {row['question']}" if row["question"] else ""
        yield f"{what} ({row['basis']}{more})", Pointer("closures", (row["closure"],))


def _out_of_time(programme: Programme, item: str, origin: str, destination: str, party: str) -> Iterator[tuple[str, Pointer]]:
    """Tell the clearances that would let an item go, but not within the horizon."""
    from_day, to_day = programme.horizon.start, programme.horizon.day(programme.horizon.steps)
    for row in _for(dated(programme), item, origin, destination, party).sort("clearance").iter_rows(named=True):
        named = title(programme, row["clearance"])
        if row["opens"] is not None and row["opens"] >= to_day:
            yield f"{named} opens on {row['opens'].isoformat()}, after the horizon", Pointer("clearances", (row["clearance"],))
        elif row["expires"] is not None and row["expires"] < from_day:
            yield f"{named} expired on {row['expires'].isoformat()}", Pointer("clearances", (row["clearance"],))
