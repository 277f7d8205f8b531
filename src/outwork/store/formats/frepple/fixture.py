"""Django fixtures of frePPLe's database: a JSON list of rows, each with its model, its key and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from outwork.model.errors import Unreadable
from outwork.store.formats.frepple.neutral import NAMED, TYPES
from outwork.store.formats.frepple.records import Fields, Records

KINDS: Final[Mapping[str, str]] = {
    **{kind: kind for kind in TYPES}, "calendarbucket": "bucket", "operationmaterial": "flow", "operationresource": "load",
    "operationdependency": "dependency", "purchaseorder": "operationplan", "manufacturingorder": "operationplan",
    "distributionorder": "operationplan", "deliveryorder": "operationplan", "workorder": "operationplan",
}  # fmt: skip
"""Kind of record of every model of frePPLe's input app that is translated."""

ORDER_TYPES: Final[Mapping[str, str]] = {
    "purchaseorder": "PO", "manufacturingorder": "MO", "distributionorder": "DO", "deliveryorder": "DLVR", "workorder": "WO",
}  # fmt: skip

RENAMED: Final[Mapping[str, str]] = {
    "sizeminimum": "size_minimum", "sizemultiple": "size_multiple", "sizemaximum": "size_maximum", "startdate": "start",
    "enddate": "end", "defaultvalue": "default", "receipt_date": "end", "ordering_date": "start", "shipping_date": "start",
}  # fmt: skip
OWN_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "suboperation": {"operation": "owner", "suboperation": "operation"},
    "itemdistribution": {"location": "destination"},
    "operationplan": {"type": "ordertype", "destination": "location"},
}
"""Fields that a fixture calls otherwise than the engine, by kind."""

WEEKDAYS: Final = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def read(rows: list[Any], records: Records) -> None:
    """Add the rows of a fixture to the records. Unreadable where one of them is no row."""
    for line, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("model"), str) or not isinstance(row.get("fields"), dict):
            raise Unreadable(f"{records.place} row {line}: a row of a fixture has a model and fields; this is {row!r:.60}")
        app, _, model = row["model"].lower().rpartition(".")
        if model == "parameter":
            records.header[str(row["fields"].get("name") or row.get("pk"))] = row["fields"].get("value")
        elif model in KINDS and app in ("input", ""):
            _add(KINDS[model], model, row, records)
        else:
            pointer = f"row {line}, {row['model']} {row.get('pk') or row['fields'].get('name') or ''}".strip()
            records.losses.add(f"table {row['model']}", pointer, "belongs to frePPLe's screens or forecasts, not to a plan")


def _add(kind: str, model: str, row: Mapping[str, Any], records: Records) -> None:
    fields = _renamed(kind, row["fields"])
    if model in ORDER_TYPES:
        fields.setdefault("ordertype", ORDER_TYPES[model])
    if kind == "bucket":
        fields = _days(fields)
    if kind == "operationplan":
        fields.setdefault("reference", str(row.get("pk") or ""))
    if kind not in NAMED:
        records.row(kind, fields)
        return
    name = str(fields.get("name") or row.get("pk") or "").strip()
    if kind == "buffer":
        name = " @ ".join(str(fields[key]) for key in ("item", "location", "batch") if fields.get(key)) or name
    if not name:
        raise Unreadable(f"{records.place}: a {row['model']} has neither a name nor a key")
    records.put(kind, name, {**fields, "name": name})


def _renamed(kind: str, fields: Mapping[str, Any]) -> Fields:
    """Return fields under the engine's names; a foreign key is called by what it points at."""
    own = OWN_NAMES.get(kind, {})
    plain = {key if key == "id" else key.removesuffix("_id"): value for key, value in fields.items()}
    return {own.get(key, RENAMED.get(key, key)): value for key, value in plain.items() if not _both(own, key, plain)}


def _both(own: Mapping[str, str], key: str, fields: Mapping[str, Any]) -> bool:
    """Tell whether a field is the lesser of two that mean the same: an order's location beside its destination."""
    return key == "location" and own.get("destination") == "location" and bool(fields.get("destination"))


def _days(fields: Fields) -> Fields:
    """Return a bucket's seven flags as one pattern; a day that is not named is open."""
    pattern = sum(1 << bit for bit, day in enumerate(WEEKDAYS) if fields.get(day, True) in (True, "true", "True", 1))
    return {**{key: value for key, value in fields.items() if key not in WEEKDAYS}, "days": pattern}
