"""What is asked of a consortium beyond making the design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from outwork.match.consortium.field import Field
from outwork.model.axis import Mask
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.solve.blocks import Array

PRESENT: Final = 0.01
"""Share of the value from which on a nation counts as taking part [1]; otherwise a single screw would do."""


@dataclass(frozen=True)
class Share:
    """Least and most that sites of a nation or a party do.

    With `item`, of the units started of that item, as the table `shares` counts; without, of the value of the work.
    """

    name: str
    by: Literal["nation", "party"]
    whose: str
    least: float = 0.0
    most: float = 1.0
    item: str | None = None

    def mine(self, field: Field) -> Mask:
        """Return the pairs that count for it. [pair]. UnknownName where nobody is called so."""
        sites = field.sites
        names, held = (sites.nations, sites.nation) if self.by == "nation" else (sites.parties, sites.party)
        mine: Mask = held[field.site] == _at(names, self.whose, self.by)
        return mine

    def weight(self, field: Field) -> Array:
        """Return what a unit started counts. [pair]: EUR, or 1 for each unit of the item. UnknownName for another item."""
        if self.item is None:
            return field.worth
        item = _at(field.routing.items, self.item, "made item of the design")
        units: Array = (field.routing.makes[field.operation] == item).astype(np.float64)
        return units


@dataclass(frozen=True)
class Wish:
    """What is asked of a consortium beyond making the design."""

    days: float | None = None
    """Days from the start until the last unit [day]. None: to the end of the field's window."""
    firms: int | None = None
    """Most parties. None: any number."""
    nations: int | None = None
    """Most nations in which its sites stand. None: any number."""
    required: tuple[str, ...] = ()
    """Nations of which each does at least PRESENT of the value."""
    excluded: tuple[str, ...] = ()
    """Sites that take no part."""
    shares: tuple[Share, ...] = ()
    """Least and most of nations and parties, from agreements or asked for."""
    single_points: int | None = None
    """Most made items that hang on one site. None: any number."""
    second: float = 0.2
    """Share of an item's units that has to come from other sites than its largest, so that it does not hang on one [1]."""

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if not 0 < self.second < 1:
            raise ValueError(f"second is {self.second}; give a share between 0 and 1, such as 0.2")
        for name, most in (("firms", self.firms), ("nations", self.nations), ("single_points", self.single_points)):
            if most is not None and most < 0:
                raise ValueError(f"{name} is {most}; give a number from 0 on, or None for any")

    def until(self, field: Field) -> float:
        """Return the days within which the last unit has to be there."""
        return field.window if self.days is None else self.days

    @property
    def every_share(self) -> tuple[Share, ...]:
        """The shares, and those that the required nations come to."""
        wanted = (Share(f"{nation} takes part", "nation", nation, least=PRESENT) for nation in self.required)
        return (*self.shares, *wanted)

    def allowed(self, field: Field) -> Mask:
        """Return the pairs at sites that are not excluded. [pair]. UnknownName for a site that is not there."""
        sites = [_at(field.sites.names, site, "site") for site in self.excluded]
        return ~np.isin(field.site, sites)


NO_WISH: Final = Wish()


def _at(names: tuple[str, ...], name: str, kind: str) -> int:
    """Return where a name stands. UnknownName, with the nearest, where it does not."""
    if name not in names:
        near = nearest(name, names)
        raise UnknownName(f"'{name}' is no {kind} that could take part{f'; did you mean {near!r}?' if near else ''}")
    return names.index(name)
