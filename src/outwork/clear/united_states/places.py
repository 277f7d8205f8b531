"""Of which destinations a rule speaks: all, a column of the chart, groups, nations, and which of them it leaves out.

all                     everywhere
all but CA              everywhere else
NS 1                    where the Commerce Country Chart has an X in the column
CN;RU;VE                these nations
AE;D:1;D:5 but A:5      these nations and country groups, without those of the other group
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from outwork.model.nearest import nearest
from outwork.model.sheet import BETWEEN, Line

EVERYWHERE: Final = "all"
WITHOUT: Final = " but "


@dataclass(frozen=True)
class Places:
    """Destinations: nations, columns of the chart and country groups, without others."""

    inside: frozenset[str]
    outside: frozenset[str]
    text: str

    def __str__(self) -> str:
        """Return the cell, such as AE;D:1 but A:5."""
        return self.text

    def hold(self, nation: str, names: frozenset[str]) -> bool:
        """Return whether a nation is meant, which has those columns of the chart and groups."""
        own = names | {nation}
        return (EVERYWHERE in self.inside or bool(own & self.inside)) and not own & self.outside


def read(line: Line, column: str, known: Collection[str]) -> Places:
    """Return the places of a cell; a fault for a name that no country has as its code, column or group."""
    text = line.needed(column)
    inside, _, outside = text.partition(WITHOUT)
    halves = [frozenset(each.strip() for each in half.split(BETWEEN) if each.strip()) for half in (inside, outside)]
    for each in sorted((halves[0] - {EVERYWHERE}) | halves[1]):
        if each not in known:
            line.fault(column, f"'{each}' is no nation, column or group of the countries", nearest(each, known))
    return Places(halves[0], halves[1], text)
