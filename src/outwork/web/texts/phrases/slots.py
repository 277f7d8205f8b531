"""What may stand in the slots of a pattern, and how a language writes it.

A slot is `{kind}` or `{kind:name}`. The kinds:

    name      a name, shown as it stands: up to 400 characters without the end of a sentence or clause (". ", "; ", ": ")
    names     names as English lists them: a, b and c
    text      any text up to 400 characters, shown as it stands, such as a provision of law
    day       2027-05-03
    number    1,234.5, with as many decimals as it is written with
    count     a number that chooses the form of a counted text
    money     1,500 EUR
    percent   12.5%
    phrase    a text that is itself in the book: under the heading of the slot's name where there is one
    phrases   several of these, told apart by commas, semicolons and "and"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from outwork.web.texts import Texts

NUMBER: Final = r"-?(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,18})(?:\.\d{1,12})?(?:e[+-]?\d{1,3})?"
"""Bounded, so that a long row of digits takes no longer than others."""
SHAPES: Final = {
    "day": r"\d{4}-\d{2}-\d{2}",
    "number": NUMBER,
    "count": NUMBER,
    "money": NUMBER + " EUR",
    "percent": NUMBER + "%",
}
"""Kinds that have a shape, as regular expressions."""
LOOSE: Final = frozenset({"name", "names", "text", "phrase", "phrases"})
"""Kinds that can hold any text."""
NESTED: Final = frozenset({"phrase", "phrases"})
LONGEST: Final = 400
"""Characters of a slot for any text that is not looked up."""
ENDS: Final = re.compile(r"[.;:] ")
"""What ends a sentence or a clause. A name that held one would hold words of the sentence, which nobody has put into words."""
SLOT: Final = re.compile(r"\{([a-z]+)(?::([a-z][a-z_0-9]*))?\}")
AND: Final = {"uk": " \N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I} "}
"""What stands before the last of several names, by language."""


@dataclass(frozen=True)
class Slot:
    """A slot. Args: kind; name by which the other side calls it."""

    kind: str
    name: str

    @property
    def nested(self) -> bool:
        """Return whether it holds texts that are themselves looked up."""
        return self.kind in NESTED

    def holds(self, text: str) -> bool:
        """Return whether a text can stand in a slot without a shape."""
        return self.nested or (len(text) <= LONGEST and not (self.kind == "name" and ENDS.search(text)))

    @property
    def heading(self) -> str:
        """Return the heading of the book under which a nested text is looked up first: the name without its number."""
        return self.name.rstrip("0123456789")


def said(kind: str, text: str, t: Texts) -> str:
    """Return what stands in a slot as a language writes it. ValueError where it cannot be: 2027-02-30 is no day."""
    match kind:
        case "day":
            return t.day(date.fromisoformat(text))
        case "number" | "count":
            return t.number(*_read(text))
        case "money":
            return f"{t.number(*_read(text.removesuffix(' EUR')))}\N{NO-BREAK SPACE}EUR"
        case "percent":
            return f"{t.number(*_read(text.removesuffix('%')))}\N{NO-BREAK SPACE}%"
        case "names":
            return AND.get(t.language, " and ").join(text.rsplit(" and ", 1))
    return text


def counted(text: str) -> float:
    """Return the number by which the form of a text is chosen: 3, 1200 or 2.5."""
    value, decimals = _read(text)
    return value if decimals or value != int(value) else int(value)


def _read(text: str) -> tuple[float, int]:
    """Return a number and its decimals: 1,234.50 is (1234.5, 2)."""
    decimals = 0 if "e" in text else len(text.partition(".")[2])
    return float(text.replace(",", "")), decimals
