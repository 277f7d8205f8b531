"""How much one asker may ask for, and how wrong passwords slow down the next try.

Both are remembered in memory: a service is one process, and one that starts anew forgives.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from outwork.web.settings import Pace, Patience

REMEMBERED: Final = 20_000
"""Askers of whom something is remembered; the longest silent is forgotten first."""


@dataclass(frozen=True)
class Level:
    """How many requests a bucket still lets through, as of a moment [s]."""

    left: float
    at: float


@dataclass(eq=False)
class Buckets:
    """A token bucket for each asker: it fills at the pace, up to its brim, and every request takes one."""

    pace: Pace
    _levels: OrderedDict[str, Level] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, asker: str, now: float) -> float:
        """Take one request and return 0, or return how long to wait for the next [s]."""
        with self._lock:
            level = self._levels.pop(asker, Level(self.pace.at_once, now))
            left = min(self.pace.at_once, level.left + (now - level.at) * self.pace.each_second)
            self._levels[asker] = Level(left - 1 if left >= 1 else left, now)
            _forget(self._levels)
        return 0.0 if left >= 1 else (1 - left) / self.pace.each_second


@dataclass(frozen=True)
class Tries:
    """Tries in a row that were not right, and when [s] the next one is let through."""

    count: int
    until: float


@dataclass(eq=False)
class Brakes:
    """Waits between tries to sign in, for each account and each address.

    With n tries beyond those that are forgiven:   wait = min(first * 2^(n - 1), longest)   [s]
    """

    patience: Patience
    _tries: OrderedDict[str, Tries] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, account: str, address: str, now: float) -> float:
        """Count a try against both and return 0, or return how long to wait [s]; that counts as none. Args: '' for neither.

        A try counts before it is known to be wrong, so that many at once are not all let through.
        """
        free = {_account(account): self.patience.free, _address(address): self.patience.shared}
        with self._lock:
            found = {each: self._tries.get(each, Tries(0, now)) for each in free if each}
            longest = max(tries.until - now for tries in found.values())
            if longest > 0:
                return longest
            for each, tries in found.items():
                self._tries[each] = Tries(tries.count + 1, now + self._pause(tries.count + 1 - free[each]))
                self._tries.move_to_end(each)
            _forget(self._tries)
        return 0.0

    def forgive(self, account: str, address: str) -> None:
        """Forget the tries of both, because one was right."""
        with self._lock:
            for each in (_account(account), _address(address)):
                self._tries.pop(each, None)

    def _pause(self, beyond: int) -> float:
        return 0.0 if beyond < 1 else float(min(self.patience.first * 2.0 ** min(beyond - 1, 64), self.patience.longest))


def _account(account: str) -> str:
    return f"account {account}" if account else ""


def _address(address: str) -> str:
    return f"address {address}" if address else ""


def _forget(remembered: OrderedDict[str, Level] | OrderedDict[str, Tries]) -> None:
    while len(remembered) > REMEMBERED:
        remembered.popitem(last=False)
