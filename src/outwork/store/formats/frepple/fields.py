"""Values as written into values of a type; what cannot be read is refused with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any, Final

from outwork.model.errors import Unreadable
from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple.neutral import TYPES
from outwork.store.formats.frepple.records import DERIVED, Fields
from outwork.store.formats.values import duration, flag, moment, number, text


def typed(kind: str, written: Fields, losses: Losses, place: str) -> Any:
    """Return a record of its kind's class. Unreadable where a value does not fit; unknown and lost fields are listed."""
    known = {field.name: field for field in fields(TYPES[kind])}
    pointer = name_of(kind, written)
    values: Fields = {}
    for key, value in written.items():
        if _blank(value) or key in DERIVED:
            continue
        if key not in known:
            losses.add(f"field '{key}'", pointer, "no table has a column for it")
            continue
        values[key] = _read(str(known[key].type), value, f"{place}: {pointer}, field '{key}'")
        why = known[key].metadata.get("lost")
        if why is not None and values[key] != known[key].default:
            losses.add(key.replace("_", " "), pointer, why)
    missing = [key for key, field in known.items() if field.default is MISSING and key not in values]
    if missing:
        raise Unreadable(f"{place}: {pointer} has no {' and no '.join(missing)}; every {kind} needs one")
    return TYPES[kind](**values)


def name_of(kind: str, written: Mapping[str, Any]) -> str:
    """Return how a person would point at a record, such as flow of operation 'Saw leg', item 'beam'."""
    if written.get("name") and kind not in ("flow", "load"):
        return f"{kind} '{written['name']}'"
    if written.get("reference"):
        return f"{kind} '{written['reference']}'"
    parts = [
        f"{key} '{written[key]}'"
        for key in ("calendar", "owner", "operation", "blockedby", "supplier", "item", "buffer", "origin", "destination",
                    "location", "resource", "skill", "start")
        if not _blank(written.get(key))
    ]  # fmt: skip
    return f"{kind} of {', '.join(parts)}" if parts else f"a {kind} without a name"


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _read(annotation: str, value: Any, place: str) -> Any:
    try:
        return READERS[annotation](value)
    except (ValueError, TypeError, OverflowError) as error:
        wanted = WANTED[annotation]
        raise Unreadable(f"{place}: {value!r:.80} is not {wanted}") from error


READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "str": text, "str | None": text, "float": number, "float | None": number, "bool": flag, "timedelta": duration,
    "timedelta | None": duration, "datetime | None": moment,
}  # fmt: skip
WANTED: Final[Mapping[str, str]] = {
    "str": "a text", "str | None": "a text", "float": "a number", "float | None": "a number", "bool": "true or false",
    "timedelta": "a duration such as P7D or 604800", "timedelta | None": "a duration such as P7D or 604800",
    "datetime | None": "a day and hour such as 2026-03-02T00:00:00",
}  # fmt: skip
