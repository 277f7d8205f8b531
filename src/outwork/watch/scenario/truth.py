"""The truth: everything that flies, where it is at any instant.

A flight is a chain of legs, on each of which speed over ground, climb and rate of turn w stay as they are. With
T = t - start of the leg, the state follows in closed form (Bar-Shalom, Li, Kirubarajan 2001, section 11.7.1):

    x = x0 + sin(wT)/w vx0 - (1 - cos(wT))/w vy0        vx = cos(wT) vx0 - sin(wT) vy0
    y = y0 + (1 - cos(wT))/w vx0 + sin(wT)/w vy0        vy = sin(wT) vx0 + cos(wT) vy0        z = z0 + vz T
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.score.scene import Scene

Kind = Literal["drone", "aircraft", "bird", "ground"]
KINDS: Final[tuple[Kind, ...]] = ("drone", "aircraft", "bird", "ground")
Reports = Literal["", "remote_id", "adsb", "ais"]
REPORTS: Final[tuple[Reports, ...]] = ("", "remote_id", "adsb", "ais")


@dataclass(frozen=True, eq=False)
class Truth:
    """Everything that flies, numbered 0, 1, ... [target].

    kind and reports [target], positions in KINDS and REPORTS; since and until [target] in s; first [target + 1], where each
    target's legs begin; start [leg] in s; state [leg, 6] at that time, in m and m/s; turn [leg], rate of turn in rad/s,
    anticlockwise positive. Legs are ordered by target, then time.
    """

    kind: Ints
    reports: Ints
    since: Floats
    until: Floats
    first: Ints
    start: Floats
    state: Floats
    turn: Floats

    def __len__(self) -> int:
        """Return the number of targets."""
        return len(self.kind)

    def states(self, target: Ints, time: Floats) -> Floats:
        """Return the states [n, 6] of targets [n] at times [n] in s, which may lie outside their lives."""
        leg = self._leg(target, time)
        begun, (vx, vy) = self.state[leg], self.state[leg, 3:5].T
        passed, angle = time - self.start[leg], self.turn[leg] * (time - self.start[leg])
        along, aside = passed * np.sinc(angle / np.pi), passed * np.sin(angle / 2) * np.sinc(angle / (2 * np.pi))
        found = begun.copy()
        found[:, 0] += along * vx - aside * vy
        found[:, 1] += aside * vx + along * vy
        found[:, 2] += passed * begun[:, 5]
        found[:, 3] = np.cos(angle) * vx - np.sin(angle) * vy
        found[:, 4] = np.sin(angle) * vx + np.cos(angle) * vy
        return found

    def _leg(self, target: Ints, time: Floats) -> Ints:
        """Return the leg [n] on which each target is, by halving the range of its legs."""
        low, high = self.first[target], self.first[target + 1]
        while (high - low > 1).any():
            middle = (low + high) // 2
            later = self.start[middle] <= time
            low, high = np.where(later, middle, low), np.where(later, high, np.maximum(middle, low + 1))
        return np.asarray(low, np.int64)

    def alive(self, time: float) -> Ints:
        """Return the targets that are there at a time [s]."""
        return np.flatnonzero((self.since <= time) & (time < self.until))

    def at(self, time: float) -> Scene:
        """Return what is there at a time [s]."""
        there = self.alive(time)
        return Scene.exact(time, there, self.states(there, np.full(len(there), time)))

    def name(self, target: int) -> str:
        """Return how a target calls itself, "" where it does not: a made-up serial number, address or MMSI."""
        forms = ("", f"OUTWORK{target:012d}", f"{0x400000 + target:06X}", f"{200_000_000 + target}")
        return forms[self.reports[target]]


def together(*parts: Truth) -> Truth:
    """Return several truths as one; the targets of later ones are numbered after those of earlier ones."""
    legs = np.cumsum([0, *(len(part.start) for part in parts)])
    first = [part.first[:-1] + before for part, before in zip(parts, legs[:-1], strict=True)]
    return Truth(
        kind=np.concatenate([part.kind for part in parts]),
        reports=np.concatenate([part.reports for part in parts]),
        since=np.concatenate([part.since for part in parts]),
        until=np.concatenate([part.until for part in parts]),
        first=np.concatenate([*first, legs[-1:]]).astype(np.int64),
        start=np.concatenate([part.start for part in parts]),
        state=np.concatenate([part.state for part in parts]),
        turn=np.concatenate([part.turn for part in parts]),
    )
