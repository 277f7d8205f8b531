"""Values as other people's files write them: text, numbers, yes and no, moments and lengths of time.

Each reader answers with the value, or raises ValueError or TypeError where what is written is none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from outwork.model.table import LARGEST

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


def decimal(written: str) -> float:
    """Return a number that people wrote, with a point or a comma before its decimals; 1,000 might be either, so it is none."""
    text = written.strip()
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", text):
        raise ValueError(f"{text} might be {text.replace(',', '')} or {text.replace(',', '.', 1)}")
    return number(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)


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
