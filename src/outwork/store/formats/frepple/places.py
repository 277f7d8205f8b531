"""Where things are: buffers, flows and operations become items at sites; trees of items and places are followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from outwork.store.formats.frepple.neutral import Flow, Item, Location, Model, Operation
from outwork.store.formats.gaps import Spot

NOWHERE: Final = "somewhere"
"""Site of everything that the model places nowhere, where it has not exactly one place."""


class Places:
    """Answers where things are."""

    def __init__(self, model: Model) -> None:
        """Index the model."""
        self._model = model
        self._flows: dict[str, list[Flow]] = defaultdict(list)
        for flow in model.flows:
            if flow.operation:
                self._flows[flow.operation].append(flow)
        leaves = [name for name in model.locations if name not in {each.owner for each in model.locations.values()}]
        self.default = leaves[0] if len(leaves) == 1 else NOWHERE

    @cached_property
    def buffers(self) -> Mapping[str, Spot]:
        """Spot of every buffer: by its item and location, or by its name where that is all there is.

        Where several buffers hold one item at one place, frePPLe keeps them apart; all but the first are items of their own.
        """
        found: dict[str, Spot] = {}
        for name in self._model.buffers:
            spot = self._buffer(name)
            found[name] = Spot(name, spot.site) if spot in found.values() else spot
        return found

    def flows(self, operation: str) -> list[Flow]:
        """Flows of an operation in the order of the file."""
        return self._flows.get(operation, [])

    def spot(self, flow: Flow, site: str) -> Spot:
        """Item and site that a flow of an operation at that site takes from or gives to."""
        if flow.buffer:
            return self.buffers[flow.buffer]
        return Spot(flow.item or "", flow.location or site)

    def site(self, operation: Operation) -> str:
        """Site of an operation: its own, else where it takes its first material, else where it gives."""
        if operation.location:
            return operation.location
        placed = [flow for flow in self.flows(operation.name) if self._placed(flow)]
        takes = [flow for flow in placed if flow.quantity < 0 or flow.quantity_fixed < 0]
        for flow in [*takes, *placed]:
            return self.spot(flow, self.default).site
        return self.default

    def item_above(self, name: str) -> Iterator[str]:
        """Yield the item and every item that it belongs to."""
        return _above(self._model.items, name)

    def site_above(self, name: str) -> Iterator[str]:
        """Yield the location and every location that it belongs to."""
        return _above(self._model.locations, name)

    def below(self, item: str) -> list[str]:
        """Return the items that an item stands for: those at the end of its branches, or itself where it has none."""
        members = self._members.get(item, [])
        return [leaf for member in members for leaf in self.below(member)] if members else [item]

    @cached_property
    def _members(self) -> Mapping[str, list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        for item in self._model.items.values():
            if item.owner and item.name not in self.item_above(item.owner):
                members[item.owner].append(item.name)
        return members

    def _buffer(self, name: str) -> Spot:
        buffer = self._model.buffers[name]
        stem, _, place = name.rpartition(" @ ")
        item = buffer.item or (stem if stem and not buffer.location else name)
        return Spot(item, buffer.location or (place if stem and not buffer.item else self.default))

    def _placed(self, flow: Flow) -> bool:
        return bool(flow.location) or (flow.buffer is not None and self.buffers[flow.buffer].site != self.default)


def _above(tree: Mapping[str, Item] | Mapping[str, Location], name: str) -> Iterator[str]:
    seen: set[str] = set()
    at: str | None = name
    while at and at not in seen:
        seen.add(at)
        yield at
        at = tree[at].owner if at in tree else None
