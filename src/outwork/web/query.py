"""What a page is asked for in its address: a range of time, an item, a site, a nation, a demand, and which page of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

LONGEST: Final = 200
"""Characters of a name above which it is none."""
LAST_PAGE: Final = 100_000


@dataclass(frozen=True)
class Wrong:
    """A part of an address that cannot be read: its name, what stands there, and the text (by key) that says what may."""

    name: str
    value: str
    why: str


@dataclass(frozen=True)
class Query:
    """What is asked for; blank: everything. `wrong` is what could not be read and is left out."""

    since: date | None = None
    until: date | None = None
    item: str = ""
    site: str = ""
    nation: str = ""
    demand: str = ""
    page: int = 1
    wrong: tuple[Wrong, ...] = ()

    def address(self, **changes: Any) -> str:
        """Return the address of the same page with other parts, such as `?item=mast&page=2`; `?` where nothing is asked for."""
        asked = replace(self, **({"page": 1} | changes))
        said = {name: _said(getattr(asked, name)) for name in NAMES}
        return "?" + urlencode({name: value for name, value in said.items() if value and (name, value) != ("page", "1")})

    @property
    def narrowed(self) -> bool:
        """Whether anything but a page of rows is asked for."""
        return any(getattr(self, name) for name in NAMES if name != "page")


NAMES: Final = tuple(field.name for field in fields(Query) if field.name != "wrong")


def read(given: Mapping[str, str]) -> Query:
    """Return what an address asks for; a part that cannot be read is left out and told in `wrong`."""
    wrong: list[Wrong] = []
    since, until = (_day(given, name, wrong) for name in ("since", "until"))
    if since and until and until < since:
        wrong.append(Wrong("until", until.isoformat(), "query.order"))
        until = None
    names = {name: _name(given, name, wrong) for name in ("item", "site", "nation", "demand")}
    return Query(since, until, **names, page=_page(given, wrong), wrong=tuple(wrong))


def _day(given: Mapping[str, str], name: str, wrong: list[Wrong]) -> date | None:
    value = given.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        wrong.append(Wrong(name, value[:LONGEST], "query.day"))
        return None


def _name(given: Mapping[str, str], name: str, wrong: list[Wrong]) -> str:
    value = given.get(name, "").strip()
    if len(value) > LONGEST or not value.isprintable():
        wrong.append(Wrong(name, value[:LONGEST], "query.name"))
        return ""
    return value


def _page(given: Mapping[str, str], wrong: list[Wrong]) -> int:
    value = given.get("page", "").strip() or "1"
    if not (value.isascii() and value.isdigit() and len(value) < len(str(LAST_PAGE)) and int(value) > 0):
        wrong.append(Wrong("page", value[:LONGEST], "query.number"))
        return 1
    return int(value)


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
