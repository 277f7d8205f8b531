"""InvenTree's rows as they stand in its export, by table and number, with typed access that names a fault's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from outwork.model.errors import Unreadable
from outwork.store.formats.opening import content, json_of
from outwork.store.formats.values import flag, moment, number, text

TABLES: Final = frozenset(
    {"part.part", "part.bomitem", "part.bomitemsubstitute", "part.partcategory", "part.partpricing", "company.company",
     "company.supplierpart", "company.supplierpricebreak", "company.manufacturerpart", "stock.stocklocation",
     "stock.stockitem", "order.purchaseorder", "order.purchaseorderlineitem", "order.salesorder",
     "order.salesorderlineitem", "build.build"}
)  # fmt: skip
"""Tables that are translated; rows of others are listed as lost."""


@dataclass(frozen=True)
class Entry:
    """One row: its table and number, and its fields as written. A field that is not there is blank."""

    table: str
    key: int
    fields: Mapping[str, Any]
    place: str

    def __str__(self) -> str:
        """Return for example: part.part 77 'Widget'."""
        name = self.fields.get("name") or self.fields.get("reference") or self.fields.get("SKU") or ""
        return f"{self.table} {self.key}" + (f" '{name}'" if name else "")

    def text(self, field: str) -> str:
        """Return a text, empty where it is blank."""
        return str(self._read(field, text, "", "a text"))

    def number(self, field: str) -> float:
        """Return a number, 0 where it is blank."""
        return float(self._read(field, number, 0.0, "a number"))

    def flag(self, field: str) -> bool:
        """Return a yes or no, no where it is blank."""
        return bool(self._read(field, flag, False, "true or false"))

    def key_of(self, field: str) -> int | None:
        """Return the number of another row, None where it is blank."""
        found = self._read(field, number, None, "the number of a row")
        return None if found is None else int(found)

    def day(self, field: str) -> date | None:
        """Return a day, None where it is blank."""
        found = self._read(field, moment, None, "a day such as 2026-03-02")
        return found.date() if found else None

    def _read(self, field: str, reader: Callable[[Any], Any], blank: Any, wanted: str) -> Any:
        value = self.fields.get(field)
        if value is None or value == "":
            return blank
        try:
            return reader(value)
        except (ValueError, TypeError, OverflowError) as error:
            raise Unreadable(f"{self.place}: {self}, field '{field}': {value!r:.80} is not {wanted}") from error


@dataclass(frozen=True)
class Catalogue:
    """All rows of an export, by table and number."""

    place: str
    tables: Mapping[str, Mapping[int, Entry]]

    def __getitem__(self, table: str) -> Mapping[int, Entry]:
        """Return the rows of a table by their number."""
        return self.tables.get(table, {})

    def rows(self, table: str) -> Iterator[Entry]:
        """Yield the rows of a table."""
        yield from self[table].values()

    def strangers(self) -> Iterator[Entry]:
        """Yield the rows of tables that are not translated."""
        for name, held in self.tables.items():
            if name not in TABLES:
                yield from held.values()


def read(path: Path) -> Catalogue:
    """Return the rows of an export, plain or gzipped. Unreadable with the place of the first fault."""
    return parse(content(path), path.name)


def parse(found: bytes, place: str) -> Catalogue:
    """Return the rows of an export: a JSON list of rows with model, pk and fields."""
    rows = json_of(found, place)
    if not isinstance(rows, list):
        raise Unreadable(f"{place}: holds a single {type(rows).__name__}; an export of InvenTree is a list of rows")
    tables: dict[str, dict[int, Entry]] = {}
    for line, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("model"), str) or not isinstance(row.get("fields"), dict):
            raise Unreadable(f"{place} row {line}: a row has a model, a pk and fields; this is {row!r:.60}")
        if not isinstance(row.get("pk"), int):
            raise Unreadable(f"{place} row {line}: a row of {row['model']} has no pk by which others could name it")
        entry = Entry(row["model"].lower(), row["pk"], row["fields"], place)
        tables.setdefault(entry.table, {})[entry.key] = entry
    if not set(tables) & {"part.part"}:
        raise Unreadable(f"{place}: has no parts; is it an export of InvenTree?")
    return Catalogue(place, tables)
