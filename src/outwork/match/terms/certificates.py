"""Certificates: which scheme implies which, and what an operation asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from outwork.match.terms.order import Order, ordered
from outwork.match.terms.spelling import parts, plain
from outwork.model.errors import Fault
from outwork.model.sheet import lines

FILE: Final = "certificates.csv"
COLUMNS: Final = ("scheme", "implies", "names", "note", "source")
ASKED: Final = re.compile(r"(?P<scheme>[^\[\]]+?)\s*(?:\[(?P<scope>[^\[\]]*)\])?")
ALL: Final = "all"
"""The scope that holds every other."""


@dataclass(frozen=True)
class Ask:
    """A certificate that is asked for: its scheme by its name in the table, its scope (empty: any), and how it is written."""

    scheme: str
    scope: str
    text: str


def read(texts: Mapping[str, str], faults: list[Fault]) -> Order:
    """Read the schemes: which implies which, and how each is written."""
    rows = [(line, line.needed("scheme"), line.names("implies")) for line in lines(FILE, texts, COLUMNS, faults)]
    return ordered(rows, "implies", "scheme")


def asks(cell: str | None, schemes: Order) -> tuple[Ask, ...]:
    """Return what a cell such as `EN 9100 [composites]; ISO 14001` asks for, in its order, each once."""
    found: dict[tuple[str, str], Ask] = {}
    for text in parts(cell):
        match = ASKED.fullmatch(text)
        scheme, scope = (match["scheme"], plain(match["scope"] or "")) if match else (text, "")
        ask = Ask(schemes.name(scheme), "" if scope == ALL else scope, text)
        found.setdefault((ask.scheme, ask.scope), ask)
    return tuple(found.values())
