"""What an item is assembled of as a table of parts (CSV), and what such a table cannot carry."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from outwork.model.programme import Programme
from outwork.model.tables.design import Component, Fact, Item, Operation
from outwork.store.delimited import written as table_text
from outwork.store.formats.bom.bill import PLACED
from outwork.store.formats.bom.headings import OURS, ROLES, squeezed
from outwork.store.formats.converted import Losses
from outwork.store.formats.outward import rows_of

FIXED = ("Reference", "Quantity", "Outwork item", "Name", "Unit")


def written(programme: Programme, item: str, losses: Losses, sources: Sequence[str] | None = None) -> bytes:
    """Return the parts of an item; facts of any source, or of those given, are columns. What they cannot carry is listed."""
    operation = next(iter(rows_of(programme, Operation, "item", [item])), None)
    taken = rows_of(programme, Component, "operation", [operation.operation]) if operation else []
    parts = {row.item: row for row in rows_of(programme, Item, "item", [each.item for each in taken])}
    facts = {(row.item, row.fact): row.value for row in rows_of(programme, Fact, "item", [item, *parts])
             if sources is None or row.source in sources}  # fmt: skip
    columns = dict.fromkeys(fact for part, fact in facts if part in parts and _heading(fact))
    rows = [_row(each, parts[each.item], item, facts, list(columns)) for each in taken]
    _lost(taken, parts, facts, losses)
    header = (*FIXED, *(_heading(fact) for fact in columns))
    return table_text(pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row"))


def _heading(fact: str) -> str:
    """Return what stands above a fact of a part, empty where that would be read as something else."""
    if fact in OURS:
        return OURS[fact]
    return "" if squeezed(fact) in ROLES or fact.startswith(PLACED) or fact in (*FIXED, *OURS.values()) else fact


def _row(each: Component, part: Item, item: str, facts: dict[tuple[str, str], str], columns: list[str]) -> tuple[str, ...]:
    count = f"{each.quantity:.0f}" if each.quantity == round(each.quantity) else repr(each.quantity)
    name = part.name if part.name != part.item else ""
    unit = part.unit if part.unit != "piece" else ""
    placed = facts.get((item, f"{PLACED}{part.item}"), "")
    placed = placed if placed and len(placed.split(", ")) == each.quantity else ""
    return (placed, count, part.item, name, unit, *(facts.get((part.item, fact), "") for fact in columns))


def _lost(taken: list[Component], parts: dict[str, Item], facts: dict[tuple[str, str], str], losses: Losses) -> None:
    for each in taken:
        if each.choice or each.since or each.until:
            losses.add("alternatives and dates of a part", f"'{each.item}'", "a bill of material has neither")
        part = parts[each.item]
        if part.value or part.mass or part.holding_rate or part.controlled or part.technology_of or part.sourcing != "buy":
            losses.add(
                "worth, mass, sourcing and control of a part", f"'{part.item}'", "a bill of material has no columns for them"
            )
    for part_name, fact in facts:
        if part_name in parts and not _heading(fact):
            losses.add("fact of a part", f"{fact} of '{part_name}'", "its name would be read as another column")
