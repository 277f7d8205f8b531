"""What demands ask of operations through the parts list: units, hours, the last day, and for which designs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
import scipy.sparse as sp

from outwork.model.axis import Array, Axis, Index, Mask, numbers
from outwork.model.programme import Programme


@dataclass(frozen=True, eq=False)
class Wanted:
    """What the demands of a programme ask of its operations.

    units started and hours on all processes [operation]; last, days from the start of the horizon to the day on which the
    last demand that needs it is due, 0 where that is before it, -1 where none needs it [operation]; designs, items that
    demands name; needed [design, operation], whether the design needs the operation.

    Any of several operations that make the same item, and any of several alternative components, is counted as if all units
    went through it: each could be asked for all of them. Stock and what is bought on the way are not taken off.
    """

    units: Array
    hours: Array
    last: Index
    designs: tuple[str, ...]
    needed: Mask


def wanted(programme: Programme, operations: Axis) -> Wanted:
    """Explode the demands through the components: a unit of an item takes quantity / yield of each component."""
    items = Axis.of(programme["items"], "item")
    frame = pl.DataFrame({"operation": operations.names}, schema={"operation": pl.String()})
    made = frame.join(programme["operations"], on="operation", maintain_order="left")
    item, rate = items.at(made["item"]), numbers(made, "yield_rate")
    demands = programme["demands"]
    designs = tuple(demands["item"].unique().sort().to_list())
    design = Axis(designs).at(demands["item"])
    gross = np.zeros((len(designs), len(items)))
    np.add.at(gross, (design, items.at(demands["item"])), numbers(demands, "quantity"))
    bought = (programme["items"]["sourcing"] == "buy").to_numpy().astype(bool)
    through = _through(gross, _uses(programme, operations, items, item, rate), bought)
    due = np.full(len(designs), -1, np.int64)
    start = programme.settings.start
    np.maximum.at(due, design, np.array([max((day - start).days, 0) for day in demands["due"].to_list()], np.int64))
    needed = (through[:, item] > 0) & ~bought[item]
    units = np.where(needed, through[:, item], 0.0).sum(axis=0) / rate
    loads = programme["loads"]
    hours = np.bincount(operations.at(loads["operation"]), numbers(loads, "hours"), len(operations))
    last = np.where(needed, due[:, None], -1).max(axis=0, initial=-1)
    return Wanted(units, units * hours, last, designs, needed)


def _uses(programme: Programme, operations: Axis, items: Axis, item: Index, rate: Array) -> sp.csr_array:
    """Units of a component for one unit of an item, the most that any operation takes. [item, component]."""
    rows = programme["components"]
    operation = operations.at(rows["operation"])
    triples = pl.DataFrame({
        "item": item[operation], "component": items.at(rows["item"]), "units": numbers(rows, "quantity") / rate[operation],
    }).group_by("item", "component").agg(pl.col("units").max())  # fmt: skip
    places = (triples["item"].to_numpy(), triples["component"].to_numpy())
    return sp.csr_array((triples["units"].to_numpy(), places), shape=(len(items), len(items)))


def _through(gross: Array, uses: sp.csr_array, bought: Mask) -> Array:
    """Add what items need of items, level by level. Args and result [design, item].

    There are no more levels than items; `check` refuses items that are in themselves, and here they end so, too.
    """
    total = gross.copy()
    level = gross
    for _ in range(gross.shape[1]):
        level = np.where(bought, 0.0, level) @ uses
        if not level.any():
            break
        total += level
    return total
