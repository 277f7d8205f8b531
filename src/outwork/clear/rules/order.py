"""In which order paths can be settled that ask about each other."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter

from outwork.clear.rules.conditions import above

Asking = tuple[str, Sequence[str]]
"""A path, and the paths about which it asks."""


def ordered(asking: Sequence[Asking]) -> list[int]:
    """Return the places of all paths, each after those about which it asks. CycleError where there is no such order.

    Paths that are free of each other stay in their order. One that asks about itself, as a part that is made for another such
    part, is no circle.
    """
    below: dict[str, list[int]] = {}
    for place, (path, _) in enumerate(asking):
        for text in above(path):
            below.setdefault(text, []).append(place)
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for place, (_, wanted) in enumerate(asking):
        asked = {other for text in wanted for other in below.get(text, ())}
        sorter.add(place, *sorted(asked - {place}))
    return list(sorter.static_order())


def reflexive(asking: Sequence[Asking]) -> frozenset[str]:
    """Return the paths that ask about themselves."""
    return frozenset(path for path, wanted in asking if not set(wanted).isdisjoint(above(path)))
