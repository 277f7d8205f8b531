"""Every text of the pages, by key and language.

A catalogue is a folder of TOML files, one per room: `"late.title" = "Late demands"`, and for what is counted a table of forms:

    ["late.count"]
    one = "{count} demand is late"
    other = "{count} demands are late"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final

from outwork.web.texts.plural import RULES

LANGUAGES: Final = MappingProxyType({"en": "English", "uk": "Українська"})
"""Languages in their own words."""
FORMS: Final = frozenset({"one", "few", "many", "other"})
MARKS: Final = MappingProxyType({"en": (",", "."), "uk": ("\N{NO-BREAK SPACE}", ",")})
"""By language, what stands between thousands and before the decimals."""
DAYS: Final = MappingProxyType({"en": "%Y-%m-%d", "uk": "%d.%m.%Y"})
"""By language, how a day is written."""
WHOLE: Final = 100
"""Quantity from which on nobody reads its decimals."""
Text = str | Mapping[str, str]


@dataclass(frozen=True)
class Texts:
    """The texts of one language: `t("late.title")`, `t("late.count", count=3)`."""

    language: str
    texts: Mapping[str, Text]

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return a text with its values, numbers written as the language writes them; `count` chooses the form.

        KeyError where the catalogue has no such text; a test looks for every key that a page names.
        """
        text = self.texts[key]
        if not isinstance(text, str):
            text = text[RULES[self.language][0](values["count"])]
        return text.format_map({name: self._said(value) for name, value in values.items()}) if values else text

    def number(self, value: float, decimals: int = 0) -> str:
        """Return 1234.5 as 1,234.5 or 1 234,5."""
        thousands, point = MARKS[self.language]
        return f"{value:,.{decimals}f}".replace(",", "\0").replace(".", point).replace("\0", thousands)

    def units(self, value: float) -> str:
        """Return a quantity with no more decimals than it needs, two at most and none from a hundred on: 12, 2.5, 1,201."""
        if abs(value) >= WHOLE:
            return self.number(value)
        rounded = round(value, 2)
        return self.number(rounded, next(digits for digits in (0, 1, 2) if round(rounded, digits) == rounded or digits == 2))  # noqa: PLR2004 - the last

    def euros(self, value: float) -> str:
        """Return an amount [EUR] as EUR 1,234 or 1 234 EUR."""
        amount = self.number(value)
        return f"{amount}\N{NO-BREAK SPACE}EUR" if self.language == "uk" else f"EUR\N{NO-BREAK SPACE}{amount}"

    def day(self, value: date) -> str:
        """Return a day as 2026-11-22 or 22.11.2026."""
        return value.strftime(DAYS[self.language])

    def moment(self, value: datetime | str) -> str:
        """Return a moment, as such or as the tables write it, in UTC to the minute."""
        instant = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)
        return f"{self.day(instant)} {instant:%H:%M}\N{NO-BREAK SPACE}UTC"

    def _said(self, value: Any) -> str:
        match value:
            case bool():
                return str(value)
            case int():
                return self.number(value)
            case float():
                return self.number(value, 1)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
        return str(value)


@cache
def texts(language: str) -> Texts:
    """Return the texts of a language, of English where it is none of ours."""
    own = language if language in LANGUAGES else "en"
    found: dict[str, Text] = {}
    for key, text in _every(files(__name__) / own):
        if key in found:
            raise TypeError(f"{own}: two texts are called {key}")
        found[key] = text
    return Texts(own, MappingProxyType(found))


def chosen(accepted: str) -> str:
    """Return the first language of ours that a browser's Accept-Language asks for, else English."""
    asked = sorted((_wish(part) for part in accepted.split(",")), key=lambda wish: -wish[1])
    return next((language for language, weight in asked if language in LANGUAGES and weight > 0), "en")


def _wish(part: str) -> tuple[str, float]:
    """Return a language and how much it is wanted: uk-UA;q=0.8 is ("uk", 0.8)."""
    name, _, weight = part.strip().partition(";q=")
    try:
        return name.split("-")[0].lower(), float(weight or 1)
    except ValueError:
        return "", 0.0


def _every(folder: Traversable) -> Iterator[tuple[str, Text]]:
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            yield from _flat(tomllib.loads(file.read_text("utf-8")))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Text]]:
    """Yield texts by their whole keys; a table of nothing but forms is one text."""
    for name, value in table.items():
        key = f"{above}{name}"
        if isinstance(value, str):
            yield key, value
        elif set(value) <= FORMS:
            yield key, MappingProxyType(value)
        else:
            yield from _flat(value, f"{key}.")
