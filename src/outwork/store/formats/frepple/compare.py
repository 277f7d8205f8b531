"""What a plan comes to for each demand, and what frePPLe says held it up, in the same words for both.

Weeks late count from the step that holds the due day, as in `docs/reference/meaning.md`; a demand weighs what the programme
says: the lower frePPLe's priority number, the more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

import polars as pl

from outwork.model.outcome import Pointer, Reason
from outwork.model.programme import Programme
from outwork.store.formats.frepple.expect import Expected
from outwork.store.formats.frepple.translate import Translated

QUOTED: Final = re.compile(r"'(?P<name>.*)'")
KINDS: Final = (
    ("Manufacturing lead time", "lead time", "operations"),
    ("Purchasing lead time", "lead time", "supplies"),
    ("Distribution lead time", "lead time", "lanes"),
    ("has capacity shortage", "capacity", "resources"),
    ("has material shortage", "material", "items"),
    ("before fence", "fence", "operations"),
    ("Await supply", "material", "items"),
    ("Operation before current", "lead time", "operations"),
)
"""Words of a constraint, what they mean, and the table that the name is of."""

Told = dict[str, "Verdict"]
TINY: Final = 1e-6
"""Units, or units x weeks, that are rounding."""
TABLE_KEYS: Final = {"supplies": ("item", "site", "party"), "lanes": ("origin", "destination", "mode")}


def lateness(programme: Programme, deliver: pl.DataFrame) -> pl.DataFrame:
    """Return what each demand comes to in a plan.

    Columns: demand; priority [1]; quantity, on_time, late, short [unit]; unit_weeks, the sum of units x weeks late; first and
    last, the first days of the steps of the first and last delivery; cost = priority x (lateness x unit_weeks + shortage x
    short) [EUR].
    """
    told = deliver.group_by("demand").agg(
        given=pl.col("quantity").sum(),
        on_time=pl.col("quantity").filter(pl.col("weeks_late") <= 0).sum(),
        unit_weeks=(pl.col("quantity") * pl.col("weeks_late")).sum(),
        first=pl.col("start").min(),
        last=pl.col("start").max(),
    )
    full = programme["demands"].join(told, on="demand", how="left", maintain_order="left")
    full = full.with_columns(pl.col("given", "on_time", "unit_weeks").fill_null(0.0))
    full = full.with_columns(
        late=pl.col("given") - pl.col("on_time"), short=(pl.col("quantity") - pl.col("given")).clip(lower_bound=0.0)
    )
    cost = pl.col("priority") * (pl.col("lateness") * pl.col("unit_weeks") + pl.col("shortage") * pl.col("short"))
    return full.select("demand", "priority", "quantity", "on_time", "late", "short", "unit_weeks", "first", "last", cost=cost)


def weighted(programme: Programme, deliver: pl.DataFrame) -> float:
    """Return the weighted lateness and shortage of a whole plan [EUR]."""
    return float(lateness(programme, deliver)["cost"].sum())


def single(programme: Programme) -> str | None:
    """Return the only demand of a programme, whose earliest date does not hang on any other; None where there are several."""
    demands = programme["demands"]["demand"]
    return str(demands[0]) if len(demands) == 1 else None


def causes(converted: Translated, expected: Expected) -> pl.DataFrame:
    """Return what held up each demand by frePPLe's own account.

    Columns: demand; cause (lead time, capacity, material, fence, other); name as frePPLe has it; table and key of our row
    that it became, blank where there is none.
    """
    names = _names(converted.programme)
    rows = [_cause(row, names) for row in expected.constraints.iter_rows(named=True)]
    schema = pl.Schema(
        {"demand": pl.String(), "cause": pl.String(), "name": pl.String(), "table": pl.String(), "key": pl.List(pl.String())}
    )
    return pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)


class Verdict(StrEnum):
    """How our account of a demand stands to frePPLe's."""

    SAME = "the same row holds it up"
    """A row that we blame is one that frePPLe names."""
    ALIKE = "another way of the same kind holds it up"
    """Another party's offer of the same item at the same site, or another mode between the same sites, as good as the first."""
    BETTER = "our plan has less to explain"
    """It is whole and on time here, or more of it or the same sooner: what frePPLe names is overcome."""
    OTHER = "other rows hold it up"
    """Both are late, and for no common cause."""


def verdicts(
    converted: Translated, expected: Expected, theirs: pl.DataFrame, ours: pl.DataFrame, why: Iterable[Reason]
) -> Told:
    """Return by demand that frePPLe explains how our reasons stand to its constraints.

    Args: theirs, ours, the tables `deliver` of both plans; why, the reasons of our plan.
    """
    named = causes(converted, expected).join(converted.programme["demands"], on="demand", how="semi", maintain_order="left")
    before, after = (lateness(converted.programme, plan).rows_by_key("demand", named=True) for plan in (theirs, ours))
    blamed: dict[str, set[Pointer]] = {}
    for reason in why:
        for pointer in reason.rows if reason.code != "remedy" else ():
            if pointer.table == "demands":
                blamed.setdefault(pointer.key[0], set()).update(reason.rows)
    found = {}
    for demand, rows in named.group_by("demand", maintain_order=True):
        name = str(demand[0])
        known = {Pointer(table, tuple(key)) for table, key in rows.select("table", "key").iter_rows()}
        found[name] = _verdict(known, blamed.get(name, set()), before[name][0], after[name][0])
    return found


def _verdict(theirs: set[Pointer], ours: set[Pointer], before: dict[str, Any], after: dict[str, Any]) -> Verdict:
    if theirs & ours:
        return Verdict.SAME
    if {_kind(row) for row in theirs} & {_kind(row) for row in ours} - {None}:
        return Verdict.ALIKE
    sooner = after["unit_weeks"] < before["unit_weeks"] - TINY and after["short"] <= before["short"] + TINY
    more = after["short"] < before["short"] - TINY
    unheld = not ours and after["short"] <= TINY and after["unit_weeks"] <= TINY
    return Verdict.BETTER if sooner or more or unheld else Verdict.OTHER


def _kind(row: Pointer) -> tuple[str, ...] | None:
    """Return what an offer or a lane shares with those that could take its place; None for other rows."""
    return (row.table, *row.key[:2]) if row.table in TABLE_KEYS else None


def _cause(row: dict[str, Any], names: dict[str, Pointer]) -> dict[str, Any]:
    quoted = QUOTED.search(row["words"])
    name = quoted["name"] if quoted else ""
    cause, table = next(((cause, table) for words, cause, table in KINDS if words in row["words"]), ("other", ""))
    if table == "items":
        name_of_item = name.rpartition(" @ ")[0] or name
        return {"demand": row["demand"], "cause": cause, "name": name, "table": table, "key": [name_of_item]}
    pointer = names.get(name)
    return {
        "demand": row["demand"], "cause": cause, "name": name, "table": pointer.table if pointer else "",
        "key": list(pointer.key) if pointer else [],
    }  # fmt: skip


def _names(programme: Programme) -> dict[str, Pointer]:
    """Return our rows by the names that frePPLe gives to operations, purchases, shipments and resources."""
    found = {name: Pointer("resources", (name,)) for name in programme["resources"]["resource"]}
    found |= {name: Pointer("operations", (name,)) for name in programme["operations"]["operation"]}
    for row in programme["supplies"].iter_rows(named=True):
        name = f"Purchase {row['item']} @ {row['site']} from {row['party']}"
        found[name] = Pointer("supplies", tuple(row[key] for key in TABLE_KEYS["supplies"]))
    for row in programme["lanes"].iter_rows(named=True):
        pointer = Pointer("lanes", tuple(row[key] for key in TABLE_KEYS["lanes"]))
        found[row["mode"]] = pointer
        found.setdefault(f"Ship {row['item']} from {row['origin']} to {row['destination']}", pointer)
    return found
