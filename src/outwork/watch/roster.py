"""Numbers for the names that things give themselves: kernels compare numbers, people read names."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from outwork.watch.frames import Ints


class Roster:
    """Names and their numbers from 1 on, in the order in which they are heard; 0 is no name. It only grows."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Begin with these names in this order."""
        self._numbers = {"": 0}
        self._names = [""]
        self.numbers(names)

    def numbers(self, names: Iterable[str]) -> Ints:
        """Return the numbers [n] of names, new ones among them taken in."""
        found = []
        for name in names:
            number = self._numbers.setdefault(name, len(self._names))
            if number == len(self._names):
                self._names.append(name)
            found.append(number)
        return np.array(found, dtype=np.int64)

    def name(self, number: int) -> str:
        """Return the name with a number."""
        return self._names[number]
