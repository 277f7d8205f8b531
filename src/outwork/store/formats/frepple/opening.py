"""From a file to the neutral model."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from outwork.model.errors import Unreadable
from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple import fixture, markup
from outwork.store.formats.frepple.fields import typed
from outwork.store.formats.frepple.neutral import TYPES, Model
from outwork.store.formats.frepple.records import Fields, Records
from outwork.store.formats.opening import content, json_of, xml_of
from outwork.store.formats.values import moment

QUIET: Final = frozenset({"name", "description", "currentdate", "current", "fcst_current", "logfile"})
"""Words of the header that are carried or that say nothing about the plan."""


def read(path: Path) -> tuple[Model, Losses]:
    """Return the model of a file, plain or gzipped, and what of it no record of ours holds.

    Raises Unreadable with the place of the first fault.
    """
    return parse(content(path), path.name)


def parse(found: bytes, place: str) -> tuple[Model, Losses]:
    """Return the model that a text holds: XML where it begins with <, else JSON."""
    records = Records(place, Losses())
    if found.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        markup.read_xml(xml_of(found, place), records)
    else:
        _json(json_of(found, place), records)
    return _model(records), records.losses


def _json(found: Any, records: Records) -> None:
    if isinstance(found, list):
        fixture.read(found, records)
    elif isinstance(found, dict):
        markup.read_json(found, records)
    else:
        raise Unreadable(f"{records.place}: holds a single {type(found).__name__}; a model is a list of rows or an object")


def _model(records: Records) -> Model:
    named: dict[str, dict[str, Any]] = {
        kind: {name: typed(kind, written, records.losses, records.place) for name, written in held.items()}
        for kind, held in records.named.items()
    }
    rows: dict[str, tuple[Any, ...]] = {
        kind: tuple(typed(kind, written, records.losses, records.place) for written in _whole(kind, held, records))
        for kind, held in records.rows.items()
    }
    _header(records)
    return Model(
        name=str(records.header.get("name") or records.place), current=_current(records), locations=named["location"],
        items=named["item"], operations=named["operation"], resources=named["resource"], calendars=named["calendar"],
        suppliers=named["supplier"], customers=named["customer"], demands=named["demand"], buffers=named["buffer"],
        buckets=rows["bucket"], suboperations=rows["suboperation"], dependencies=rows["dependency"], flows=rows["flow"],
        loads=rows["load"], resourceskills=rows["resourceskill"], itemsuppliers=rows["itemsupplier"],
        itemdistributions=rows["itemdistribution"], orders=rows["operationplan"],
    )  # fmt: skip


def _whole(kind: str, rows: list[Fields], records: Records) -> list[Fields]:
    """Leave out rows that point at nothing, which frePPLe ignores too; list them."""
    needed = [each.name for each in fields(TYPES[kind]) if each.default is MISSING]
    kept = [row for row in rows if all(row.get(name) for name in needed)]
    if len(kept) < len(rows):
        records.losses.add(f"{kind} that names no {' or no '.join(needed)}", records.place, "points at nothing")
    return kept


def _header(records: Records) -> None:
    for key, value in records.header.items():
        if key not in QUIET and value not in (None, ""):
            records.losses.add("parameter", f"'{key}' ({value})", "steers frePPLe's own solver or screens")


def _current(records: Records) -> datetime | None:
    written = records.header.get("current") or records.header.get("currentdate")
    if not written or str(written).strip().lower() in ("now", "today"):
        return None
    try:
        return moment(written)
    except (ValueError, TypeError) as error:
        raise Unreadable(f"{records.place}: current date {written!r:.60} is not a day such as 2026-03-02T00:00:00") from error
