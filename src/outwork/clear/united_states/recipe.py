"""What each item of a programme is worth, and of what it is made, for counting what is in it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from outwork.model.programme import Programme

HOME: Final = "US"

Choice = tuple[tuple[str, float], ...]
"""Alternatives for one thing that goes in: item, and units of it in one unit."""


@dataclass(frozen=True)
class Recipe:
    """An item's worth and make.

    Args: value, least and most that one is worth [EUR/unit]; ways, one for each operation that makes it, each the choices that
    go in; bought, whether it may come from a supplier; made_at_home, whether it may be made in the United States.
    """

    value: tuple[float, float]
    ways: tuple[tuple[Choice, ...], ...]
    bought: bool
    made_at_home: bool

    @property
    def components(self) -> frozenset[str]:
        """Everything that may go in."""
        return frozenset(item for way in self.ways for choice in way for item, _ in choice)


def recipes(programme: Programme, day: date | None = None) -> Mapping[str, Recipe]:
    """Return the recipe of every item, with the components in use on a day; on any day where none is given.

    An item that nobody offers and no operation makes counts as bought: it comes from somewhere.
    """
    ways = _ways(programme, day)
    prices = _prices(programme)
    nations = {row["site"]: row["nation"] for row in programme["sites"].iter_rows(named=True)}
    home = {row["operation"] for row in programme["qualifications"].iter_rows(named=True) if nations.get(row["site"]) == HOME}
    found: dict[str, Recipe] = {}
    for item in programme["items"].iter_rows(named=True):
        name = item["item"]
        own = {} if item["sourcing"] == "buy" else ways[name]
        bought = item["sourcing"] == "buy" or not own or (item["sourcing"] == "either" and name in prices)
        found[name] = Recipe(_value(item["value"], prices.get(name, ())), tuple(own.values()), bought, bool(home & own.keys()))
    return found


def _value(value: float, prices: Iterable[float]) -> tuple[float, float]:
    """Return the least and the most of a value and prices, anything where none is above 0."""
    known = [each for each in (value, *prices) if each > 0]
    return (min(known), max(known)) if known else (0.0, math.inf)


def _prices(programme: Programme) -> Mapping[str, tuple[float, ...]]:
    found: dict[str, tuple[float, ...]] = defaultdict(tuple)
    for row in programme["supplies"].iter_rows(named=True):
        found[row["item"]] += (row["price"],)
    return dict(found)


def _ways(programme: Programme, day: date | None) -> Mapping[str, dict[str, tuple[Choice, ...]]]:
    """Return item -> operation -> choices."""
    groups: dict[str, dict[str, Choice]] = defaultdict(dict)
    for operation, name, part in _parts(programme, day):
        groups[operation][name] = (*groups[operation].get(name, ()), part)
    found: dict[str, dict[str, tuple[Choice, ...]]] = defaultdict(dict)
    for row in programme["operations"].iter_rows(named=True):
        found[row["item"]][row["operation"]] = tuple(groups[row["operation"]].values())
    return found


def _parts(programme: Programme, day: date | None) -> Iterator[tuple[str, str, tuple[str, float]]]:
    """Yield operation, the name of a choice, and the item with its quantity; what has no choice is one by itself."""
    for row in programme["components"].iter_rows(named=True):
        if _in_use(row, day):
            own = f"choice {row['choice']}" if row["choice"] else f"item {row['item']}"
            yield row["operation"], own, (row["item"], row["quantity"])


def _in_use(row: Mapping[str, Any], day: date | None) -> bool:
    if day is None:
        return True
    return (row["since"] is None or row["since"] <= day) and (row["until"] is None or day <= row["until"])
