"""What a plan comes to for each demand, and what frePPLe says held it up, in the same words for both.

Weeks late count from the step that holds the due day, as in `docs/reference/meaning.md`; a demand weighs what the programme
says: the lower frePPLe's priority number, the more.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from outwork.model.outcome import Pointer
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
