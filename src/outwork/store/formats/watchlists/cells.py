"""Cells of lists: names, nations, dates and numbers as the publishers of lists write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

ISO: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
NATION: Final = re.compile(r"[A-Za-z]{2}")
NUMBER: Final = re.compile(r"(?=[\w./-]*\d)[\w./-]{5,}")
WRITTEN: Final = ("%d %b %Y", "%d %B %Y", "%m/%d/%Y", "%d/%m/%Y", "%Y%m%d", "%b %Y")


def once(values: Iterable[object]) -> tuple[str, ...]:
    """Return texts without blanks and repetitions, in their order."""
    return tuple(dict.fromkeys(text for value in values if value is not None and (text := " ".join(str(value).split()))))


def parts(cell: str | None, separator: str = ";") -> tuple[str, ...]:
    """Return the parts of a cell."""
    return once((cell or "").split(separator))


def nations(values: Iterable[object]) -> tuple[str, ...]:
    """Return those values that are codes of two letters, in capitals; names of nations are left out rather than guessed."""
    return once(str(value).strip().upper() for value in values if NATION.fullmatch(str(value or "").strip()))


def birth(value: str) -> str:
    """Return a date of birth as ISO has it, or as it is written where it is no date; years are found in that later."""
    text = " ".join(value.split())
    if ISO.fullmatch(text):
        return text
    for form in WRITTEN[:-1]:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  a date of birth has no time zone
        except ValueError:
            continue
    return text


def day(value: str) -> date | None:
    """Return the day that a text begins with: ISO, or day/month/year as the European Union writes it; None where it is none."""
    text = value.strip()[:10]
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day of publication has no time zone
        except ValueError:
            continue
    return None


def numbers(cell: str | None) -> tuple[str, ...]:
    """Return what looks like a number of a document or register in a text."""
    return once(NUMBER.findall(cell or ""))
