"""Values as written into values of a type; what cannot be read is refused with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime, timedelta
from typing import Any, Final

from outwork.model.errors import Unreadable
from outwork.model.table import LARGEST
from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple.neutral import TYPES
from outwork.store.formats.frepple.records import DERIVED, Fields

ISO_DURATION: Final = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>[\d.]+)Y)?(?:(?P<months>[\d.]+)M)?(?:(?P<weeks>[\d.]+)W)?(?:(?P<days>[\d.]+)D)?"
    r"(?:T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:(?P<seconds>[\d.]+)S)?)?"
)
SECONDS: Final[Mapping[str, float]] = {
    "years": 365 * 86400, "months": 365 * 86400 / 12, "weeks": 7 * 86400, "days": 86400, "hours": 3600, "minutes": 60,
    "seconds": 1,
}  # fmt: skip
LONGEST: Final = 100 * 365 * 86400.0
"""Durations beyond a hundred years are read as a hundred years [s]."""

YES: Final = frozenset({"true", "1", "yes", "on", "t"})
NO: Final = frozenset({"false", "0", "no", "off", "f", ""})


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


def text(value: Any) -> str:
    """Return text; a list is a key of several parts, as Django writes natural keys."""
    if isinstance(value, list) and value and all(isinstance(part, str | int) for part in value):
        return " @ ".join(str(part) for part in value)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value).strip()
    raise TypeError


def number(value: Any) -> float:
    """Return a finite number no larger than any that can be planned with."""
    if isinstance(value, bool | list | dict):
        raise TypeError
    found = float(value)
    if not math.isfinite(found) or abs(found) > LARGEST:
        raise ValueError
    return found


def flag(value: Any) -> bool:
    """Return a yes or no."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in YES | NO:
        raise ValueError
    return word in YES


def duration(value: Any) -> timedelta:
    """Return a length of time written as seconds, as PT1H30M, or as days:hours:minutes:seconds."""
    if isinstance(value, str):
        iso = ISO_DURATION.fullmatch(value.strip())
        if iso and any(iso.group(part) for part in SECONDS):
            seconds = sum(float(iso.group(part) or 0) * length for part, length in SECONDS.items())
            return _bounded(-seconds if iso.group("sign") else seconds)
        if ":" in value:
            return _clock(value)
        value = value.strip().replace(" ", ":")
    return _bounded(number(value))


def _clock(written: str) -> timedelta:
    """Read 1 02:30:00 or 02:30:00 or 02:30."""
    parts = [float(part) for part in written.strip().replace(" ", ":").split(":")]
    units = (86400, 3600, 60, 1)
    if len(parts) not in (2, 3, 4):
        raise ValueError
    lengths = units[1:3] if len(parts) == 2 else units[-len(parts) :]  # noqa: PLR2004  # hours and minutes
    return _bounded(sum(part * length for part, length in zip(parts, lengths, strict=True)))


def _bounded(seconds: float) -> timedelta:
    return timedelta(seconds=max(-LONGEST, min(LONGEST, seconds)))


def moment(value: Any) -> datetime:
    """Return a day, or a day and an hour, without a time zone."""
    if not isinstance(value, str):
        raise TypeError
    return datetime.fromisoformat(value.strip()).replace(tzinfo=None)


READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "str": text, "str | None": text, "float": number, "float | None": number, "bool": flag, "timedelta": duration,
    "timedelta | None": duration, "datetime | None": moment,
}  # fmt: skip
WANTED: Final[Mapping[str, str]] = {
    "str": "a text", "str | None": "a text", "float": "a number", "float | None": "a number", "bool": "true or false",
    "timedelta": "a duration such as P7D or 604800", "timedelta | None": "a duration such as P7D or 604800",
    "datetime | None": "a day and hour such as 2026-03-02T00:00:00",
}  # fmt: skip
