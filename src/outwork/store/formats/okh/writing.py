"""A design as a manifest of Open Know-How 2 (TOML) with its bill of material beside it, and what they cannot carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import tomli_w

from outwork.model.programme import Programme
from outwork.model.table import table
from outwork.model.tables.design import Component, Fact, Item, Load, Operation, Revision
from outwork.store.formats import bom
from outwork.store.formats.bom.bill import PLACED
from outwork.store.formats.bom.bill import SOURCE as BILL
from outwork.store.formats.converted import Losses
from outwork.store.formats.gathering import UNKNOWN_PROCESS
from outwork.store.formats.okh.fields import BOUGHT, CODES, PROCESSES, SOURCE, TEXTS, WRITABLE
from outwork.store.formats.okh.sizes import DIGITS, GRAM
from outwork.store.formats.outward import one_of, rows_of

VERSION: Final = "2.4"
OF_PARTS: Final = (
    "name", "tsdc", "manufacturing-process", "material", "source", "export", "auxiliary", "mass", "outer-dimensions", "image",
)  # fmt: skip
CARRIED: Final = frozenset(
    {"operation", "item", "process", "material", "mass", "envelope_x", "envelope_y", "envelope_z", "revision"}
)
"""Columns of an operation that a manifest has fields for."""


def written(programme: Programme, item: str, stem: str, losses: Losses) -> dict[str, bytes]:
    """Return the files of a design by name: the manifest and, where parts are counted or bought, a bill of material."""
    design = _Design(programme, one_of(programme, Item, item), losses)
    bill = f"{stem}.bom.csv" if design.needs_bill() else ""
    files = {f"{stem}.okh.toml": tomli_w.dumps(design.fields(bill)).encode()}
    if bill:
        files[bill] = bom.written(programme, item, Losses(), [BILL])
    return files


@dataclass(frozen=True)
class _Design:
    programme: Programme
    item: Item
    losses: Losses

    def fields(self, bill: str) -> dict[str, Any]:
        """Return the fields of the manifest in the order of the template."""
        own = self.item
        found = self._facts(own.item, WRITABLE)
        found |= {"okhv": VERSION, "name": own.name} | self._made(own, found)
        if own.name != own.item:
            self.losses.add("short name", f"'{own.item}'", f"the manifest calls it '{own.name}'")
        if self._revisions():
            found["version"] = self._revisions()[-1].revision
        if bill:
            if found.get("bom", bill) != bill:
                self.losses.add("bill of material", f"'{found['bom']}' of '{own.item}'", f"written anew as {bill}")
            found["bom"] = bill
        parts = [fields for each in self._components() if (fields := self._part(each, bool(bill)))]
        if parts:
            found["part"] = parts
        self._lost()
        return {name: found[name] for name in (*WRITABLE, "manufacturing-process", "material") if name in found}

    def needs_bill(self) -> bool:
        """Return whether there are parts that are bought, or not taken once."""
        return any(each.quantity != 1 or self._operation(each.item) is None for each in self._components())

    def _operation(self, item: str) -> Operation | None:
        return next(iter(rows_of(self.programme, Operation, "item", [item])), None)

    def _components(self) -> list[Component]:
        own = self._operation(self.item.item)
        return rows_of(self.programme, Component, "operation", [own.operation]) if own else []

    def _revisions(self) -> list[Revision]:
        return sorted(
            rows_of(self.programme, Revision, "item", [self.item.item]),
            key=lambda row: (row.released is not None, str(row.released)),
        )

    def _part(self, each: Component, billed: bool) -> dict[str, Any]:  # noqa: FBT001  # whether the bill has it too
        """Return the fields of a part; none where the bill of material says all that is known of it."""
        part = one_of(self.programme, Item, each.item)
        operation = self._operation(part.item)
        found = self._facts(part.item, OF_PARTS)
        if operation is None and billed and not found and not part.mass:
            return {}
        made = self._made(part, found) if operation else {"tsdc": BOUGHT} | self._sized(part, None)
        if part.name != part.item:
            self.losses.add("full name", f"part '{part.item}'", "the manifest has one name for a part")
        if operation and rows_of(self.programme, Component, "operation", [operation.operation]):
            self.losses.add(
                "parts of a part", f"'{part.item}'", "written as a manifest of its own, which this one does not point to"
            )
        found |= {"name": part.item} | made
        return {name: found[name] for name in OF_PARTS if name in found}

    def _made(self, item: Item, stated: Mapping[str, Any]) -> dict[str, Any]:
        """Return how an item is made: the codes that its manifest stated, where they still say so, else the process."""
        operation = self._operation(item.item)
        if operation is None:
            return self._sized(item, None)
        codes = stated.get("tsdc", [])
        codes = [codes] if isinstance(codes, str) else codes
        said = self._sized(item, operation)
        if operation.material:
            said["material"] = operation.material
        if operation.process in [PROCESSES.get(code.upper(), code) for code in codes]:
            return said
        if operation.process in CODES:
            return {**said, "tsdc": CODES[operation.process]}
        return said if operation.process == UNKNOWN_PROCESS else {**said, "manufacturing-process": operation.process}

    def _sized(self, item: Item, operation: Operation | None) -> dict[str, Any]:
        """Return mass [g] and outer dimensions [mm]."""
        found: dict[str, Any] = {}
        if item.mass:
            found["mass"] = round(item.mass / GRAM, DIGITS)
        if operation is not None:
            edges = {"width": operation.envelope_x, "depth": operation.envelope_y, "height": operation.envelope_z}
            found["outer-dimensions"] = {name: edge for name, edge in edges.items() if edge is not None}
            if operation.mass is not None and operation.mass != item.mass:
                self.losses.add(
                    "heaviest piece", f"operation '{operation.operation}'", "the manifest has one mass, that of the item"
                )
        return {name: value for name, value in found.items() if value}

    def _facts(self, item: str, writable: tuple[str, ...]) -> dict[str, Any]:
        """Return facts as fields within fields; those that version 2 has no field for are listed."""
        found: dict[str, Any] = {}
        for row in rows_of(self.programme, Fact, "item", [item]):
            top, *path = row.fact.split(" ")
            if row.source == BILL or row.fact.startswith(PLACED):
                continue
            if top in writable and row.revision == "all" and row.source == SOURCE:
                _hang(found, [top, *path], row.value)
            else:
                self.losses.add(f"fact {_kind(row.fact)}", f"'{item}'", "version 2 has no such field")
        return {name: text for name, value in found.items() if (text := self._text(item, name, _listed(value)))}

    def _text(self, item: str, top: str, value: Any) -> Any:
        """Return a field as version 2 has it: one text where version 1 has several fields; the others are listed."""
        if isinstance(value, list):
            return [text for each in value if (text := self._text(item, top, each))]
        if not isinstance(value, dict) or top not in TEXTS:
            return value
        chosen = next((name for name in TEXTS[top] if isinstance(value.get(name), str)), None)
        for name in value.keys() - {chosen}:
            self.losses.add(f"fact {top} {name}", f"'{item}'", "version 2 has one text there")
        return value[chosen] if chosen else ""

    def _lost(self) -> None:
        for revision in self._revisions()[:-1]:
            self.losses.add("revision", f"{revision.revision} of '{self.item.item}'", "a manifest tells one version")
        names = [self.item.item, *(each.item for each in self._components())]
        for operation in rows_of(self.programme, Operation, "item", names):
            blank = {column.name: column.default for column in table(Operation).columns}
            for name in blank.keys() - CARRIED:
                if getattr(operation, name) != blank[name]:
                    self.losses.add(
                        f"{name.replace('_', ' ')} of an operation",
                        f"'{operation.operation}'",
                        "a manifest has no field for it",
                    )
            if rows_of(self.programme, Load, "operation", [operation.operation]):
                self.losses.add("hours", f"operation '{operation.operation}'", "a manifest has no field for them")


def _hang(into: dict[str, Any], path: list[str], value: str) -> None:
    """Hang a value where its path leads; a field that holds a value already gives way to further ones."""
    for name in path[:-1]:
        held = into.get(name)
        into[name] = into = held if isinstance(held, dict) else {}
    into.setdefault(path[-1], value)


def _listed(value: Any) -> Any:
    """Return fields that are numbered from 1 as a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(each) for name, each in value.items()}
    numbers = sorted(int(name) for name in inner if name.isdecimal())
    return [inner[str(at)] for at in numbers] if len(numbers) == len(inner) else inner


def _kind(fact: str) -> str:
    return " ".join(word for word in fact.split(" ") if not word.isdecimal())
