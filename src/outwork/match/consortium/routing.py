"""How a design is made: the operations that lead to it, what each makes and takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from outwork.model.axis import Array, Index, Mask


@dataclass(frozen=True, eq=False)
class Routing:
    """The design, the quantity wanted of it, and every operation that could take part in making it.

    Several operations that make one item are a choice. What is bought is taken to be there, so `takes` speaks of items that
    are made and of no others.

    Args: items, names; goal, the position of the design among them; operations, names; process, that of each operation;
    makes [operation], the item; good [operation], good units out of one started [1]; lead [operation] in days; takes_by,
    takes, takes_units [take]: the operation, the item and the units of it for one unit started; nobody_knows [operation],
    whether what it needs is not known, so that the designer has to be asked.
    """

    items: tuple[str, ...]
    goal: int
    quantity: float
    operations: tuple[str, ...]
    process: tuple[str, ...]
    makes: Index
    good: Array
    lead: Array
    takes_by: Index
    takes: Index
    takes_units: Array
    nobody_knows: Mask

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Items in the order in which they can be made, each behind what it is made of. ValueError where there is a circle."""
        needs = {item: set[int]() for item in range(len(self.items))}
        for operation, item in zip(self.takes_by, self.takes, strict=True):
            needs[int(self.makes[operation])].add(int(item))
        done: list[int] = []
        while needs:
            free = sorted(item for item, inputs in needs.items() if inputs <= set(done))
            if not free:
                circle = ", ".join(self.items[item] for item in sorted(needs))
                raise ValueError(f"{circle} are made of each other, so none can be made first; mend the components")
            done += free
            needs = {item: inputs for item, inputs in needs.items() if item not in free}
        return tuple(done)

    def making(self, item: int) -> Index:
        """Return the operations that make an item."""
        return np.flatnonzero(self.makes == item)

    def inputs(self, operation: int) -> Index:
        """Return the items that an operation takes."""
        taken: Index = self.takes[self.takes_by == operation]
        return taken

    @cached_property
    def most(self) -> Array:
        """Units that are started of each operation if it alone makes its item: no consortium starts more. [operation]."""
        wanted, started = np.zeros(len(self.items)), np.zeros(len(self.operations))
        wanted[self.goal] = self.quantity
        for item in reversed(self.order):
            ways = self.making(item)
            started[ways] = wanted[item] / self.good[ways]
            drawn = np.zeros((len(self.operations), len(self.items)))
            mine = np.isin(self.takes_by, ways)
            units = self.takes_units[mine] * started[self.takes_by[mine]]
            np.add.at(drawn, (self.takes_by[mine], self.takes[mine]), units)
            wanted += drawn.max(axis=0, initial=0.0)
        return started

    @cached_property
    def tail(self) -> Array:
        """Days that pass at least from an item's being there to the design's, by the shortest way. [item]; inf: no way."""
        tail = np.full(len(self.items), np.inf)
        tail[self.goal] = 0.0
        for item in reversed(self.order):
            for operation in self.making(item):
                inputs = self.inputs(operation)
                tail[inputs] = np.minimum(tail[inputs], tail[item] + self.lead[operation])
        return tail

    @cached_property
    def longest(self) -> float:
        """Days of the longest way of lead times through the design."""
        reached = np.zeros(len(self.items))
        for item in self.order:
            ways = self.making(item)
            days = [self.lead[way] + reached[self.inputs(way)].max(initial=0.0) for way in ways]
            reached[item] = max(days, default=0.0)
        return float(reached.max(initial=0.0))

    def complete(self, able: Mask) -> Mask:
        """Return which items could be made if the operations of `able` could be done. [item]."""
        made = np.zeros(len(self.items), bool)
        for item in self.order:
            made[item] = any(able[way] and made[self.inputs(way)].all() for way in self.making(item))
        return made
