"""The bounded queue of a source: where more comes than fits, the oldest of the lowest priority is left out, and counted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

from outwork.model.tables.watching import Detection
from outwork.watch.live.heard import Arrived
from outwork.watch.live.status import Priority

CLASSES: Final = ("drone", "aircraft", "bird", "ground")


def by_class(row: Detection) -> Priority:
    """Return how much a detection matters by what the sensor takes the thing for."""
    said = {name: value for name in CLASSES if (value := getattr(row, name)) is not None}
    if not said:
        return Priority.NORMAL
    likeliest = max(said, key=lambda name: said[name])
    return {"drone": Priority.HIGH, "aircraft": Priority.NORMAL}.get(likeliest, Priority.LOW)


class Waiting:
    """Holds at most `most` detections.

    When it is full and one more comes, the lowest priority among those held and the new one decides: of that priority the
    oldest is left out. So a flood of ships cannot crowd out a drone, and of two alike the fresher one is kept.
    """

    def __init__(self, most: int, priority: Callable[[Detection], Priority] = by_class) -> None:
        """Begin empty. ValueError where nothing could ever wait."""
        if most < 1:
            raise ValueError(f"a queue of {most} holds nothing; give 1 or more")
        self.most = most
        self.shed: Counter[Priority] = Counter()
        self._priority = priority
        self._held: dict[Priority, deque[tuple[int, Arrived]]] = {each: deque() for each in Priority}
        self._number = count()

    def __len__(self) -> int:
        """Return how many wait."""
        return sum(len(held) for held in self._held.values())

    def put(self, arrived: Arrived) -> None:
        """Take one in, and leave one out where there is no room."""
        priority = self._priority(arrived.row)
        self._held[priority].append((next(self._number), arrived))
        if len(self) > self.most:
            lowest = next(each for each in Priority if self._held[each])
            self._held[lowest].popleft()
            self.shed[lowest] += 1

    def drain(self) -> Iterator[Arrived]:
        """Yield all that wait in the order in which they came, and hold nothing any more."""
        ordered = sorted(pair for held in self._held.values() for pair in held)
        for held in self._held.values():
            held.clear()
        return (arrived for _, arrived in ordered)
