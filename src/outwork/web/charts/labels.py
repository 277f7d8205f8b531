"""Names beside marks, so that none covers a mark or another name: greedy, the most important first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

LETTER: Final = 7.0
"""About the width of a letter of 13 px [px]."""
LINE: Final = 15.0
"""Height of a line of 13 px [px]."""
GAP: Final = 4.0
"""Between a mark and its name [px]."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Spot:
    """A round mark that wants a name: its middle and radius [px]."""

    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Label:
    """Where a name stands, from the middle of its mark [px]. `crowded`: it covers something, and waits for a closer look."""

    right: float
    down: float
    anchor: Anchor
    crowded: bool = False


@dataclass(frozen=True)
class Box:
    """An upright rectangle [px]."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two boxes share a point inside."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def within(self, width: float, height: float) -> bool:
        """Return whether the box is wholly inside a frame."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


def labels(spots: Sequence[Spot], width: float, height: float) -> tuple[Label, ...]:
    """Return a place for each name, in the order of the spots: the first come choose first. Args: the frame [px]."""
    marks = [Box(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    taken: list[Box] = []
    found = []
    for spot, mark in zip(spots, marks, strict=True):
        others = [*taken, *(box for box in marks if box is not mark)]
        label, box = _chosen(spot, others, width, height)
        found.append(label)
        if not label.crowded:
            taken.append(box)
    return tuple(found)


def _chosen(spot: Spot, others: Sequence[Box], width: float, height: float) -> tuple[Label, Box]:
    places = [(label, _box(spot, label)) for label in _places(spot)]
    for label, box in places:
        if box.within(width, height) and not any(box.meets(other) for other in others):
            return label, box
    label, box = places[0]
    return Label(label.right, label.down, label.anchor, crowded=True), box


def _places(spot: Spot) -> tuple[Label, ...]:
    """Return where a name may stand, as cartographers prefer it: right, left, above, below, then between these."""
    beside, above, below = spot.radius + GAP, -spot.radius - GAP, spot.radius + LINE
    slant = spot.radius * 0.7 + GAP / 2
    return (
        Label(beside, 4.0, "start"), Label(-beside, 4.0, "end"), Label(0.0, above, "middle"), Label(0.0, below, "middle"),
        Label(slant, -slant, "start"), Label(slant, slant + LINE / 2, "start"),
        Label(-slant, -slant, "end"), Label(-slant, slant + LINE / 2, "end"),
    )  # fmt: skip


def _box(spot: Spot, label: Label) -> Box:
    wide = len(spot.name) * LETTER
    left = spot.x + label.right - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    bottom = spot.y + label.down + 3.0
    return Box(left, bottom - LINE, left + wide, bottom)
