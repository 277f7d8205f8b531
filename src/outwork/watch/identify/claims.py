"""What things say of themselves (Remote ID, ADS-B, AIS), held against what is seen.

A report says: the thing that calls itself c is at place y, with error covariance R. For a track with position x, velocity v and
covariance P, of t seconds before the report, the evidence that track and caller are one thing grows by

    log N(y; x + v t, H P(t) H' + R) - log b                 P(t): P carried over t s at constant velocity

against the hypothesis that they are two, where callers are spread over the air with b of them in a cubic metre. A report counts
at most MOST either way, older ones fade by MEMORY with each new one: reports of one track are not independent. Where the
evidence is above SURE, caller and track are tied.

A caller that is not tied, yet reports from where sensors look, should be seen: were it there, all looks missing it has the
probability prod(1 - Pd). Below DOUBT, that is a caution. It is one too that a caller is tied to two tracks that are
apart, that a track is tied to two callers, and that a caller moves faster between reports than anything flies. A report
after such a jump comes from another thing, and so speaks for tracks but against none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.score.scene import Scene
from outwork.watch.sensors import SELF_REPORT, Sensors, in_view

CALLERS: Final = 1e-9
"""Callers in a cubic metre of air [1/m3]: one in a cube of a kilometre."""
MOST: Final = 2.0
"""What one report tells at most [1, natural logarithm]: less than SURE, so that no single report ties."""
MEMORY: Final = 0.95
"""What a report still tells after the next one [1]."""
SURE: Final = float(np.log(0.95 / 0.05))
"""Evidence from which a caller and a track are taken as one thing [1]: 95 %."""
DOUBT: Final = float(np.log(1e-3))
"""Logarithm of the probability below which it is not believed that all looks missed."""
FASTEST: Final = 350.0
"""Faster than this nothing flies that reports itself [m/s]."""
APART: Final = 5.0
"""How many sigmas a jump must exceed what is possible to be one."""
FAR: Final = 10.0
"""Tracks more than so many sigmas away are not looked at."""
RATE_ERROR: Final = 0.5
"""Least growth of a track's error with time, for manoeuvres [m/s2]."""


@dataclass(frozen=True, eq=False)
class Caller:
    """What is known of one that reports itself.

    evidence: by track number, that they are one thing; place [3] and variance [3] of the last report, in m and m2; missed: sum
    of log(1 - Pd) over looks at where it says it is, since it was tied last; jumps: how often it was in two places at once.
    """

    identity: int
    time: float
    place: Floats
    variance: Floats
    evidence: Mapping[int, float]
    missed: float = 0.0
    jumps: int = 0
    reports: int = 1

    @property
    def tied(self) -> tuple[int, ...]:
        """Tracks that it is sure to be, the surest first."""
        sure = [(-weight, track) for track, weight in self.evidence.items() if weight > SURE]
        return tuple(track for _, track in sorted(sure))


@dataclass(frozen=True, eq=False)
class Claims:
    """All callers, by their numbers."""

    callers: Mapping[int, Caller]

    @classmethod
    def none(cls) -> Claims:
        """Return the claims before anybody has reported."""
        return cls({})

    def reported(self, identity: Ints, time: float, place: Floats, variance: Floats, tracks: Scene) -> Claims:
        """Take reports at one time [s]: identity [n], place [n, 3] and variance [n, 3], held against tracks of about that time.

        `tracks` are those that sensors that look have detected: a track made of reports alone would prove itself. A report
        that is older than the caller's last one, or is not finite, is left out.
        """
        callers = dict(self.callers)
        for number, where, spread in zip(identity.tolist(), place, variance, strict=True):
            known = callers.get(number)
            if not (np.isfinite(where).all() and np.isfinite(spread).all()) or (known and known.time > time):
                continue
            told = evidence(where, spread, time, tracks)
            callers[number] = _heard(known, Caller(number, time, where, spread, told), tracks)
        return Claims(callers)

    def looked(self, sensors: Sensors, sensor: int, time: float) -> Claims:
        """Take that a sensor has looked at a time [s]: what it should have seen of callers that are tied to no track."""
        if sensors.kind[sensor] == SELF_REPORT or not self.callers:
            return self
        period = max(float(sensors.period[sensor]), 1.0)
        fresh = [each for each in self.callers.values() if abs(time - each.time) <= period and not each.tied]
        if not fresh:
            return self
        detects = in_view(sensors, sensor, np.array([each.place for each in fresh]))
        callers = dict(self.callers)
        for each, probability in zip(fresh, detects.tolist(), strict=True):
            callers[each.identity] = replace(each, missed=each.missed + float(np.log1p(-probability)))
        return Claims(callers)


def evidence(place: Floats, variance: Floats, time: float, tracks: Scene) -> dict[int, float]:
    """Return how much a report speaks for every track, clipped to MOST; those that it speaks fully against are left out."""
    passed = time - tracks.time
    apart = place - (tracks.state[:, :3] + passed * tracks.state[:, 3:])
    turned = np.concatenate([np.eye(3), passed * np.eye(3)], axis=1)
    spread = turned @ tracks.covariance @ turned.T + np.diag(variance) + (RATE_ERROR * passed**2 / 2) ** 2 * np.eye(3)
    near = np.flatnonzero((apart**2).sum(axis=1) < FAR**2 * np.trace(spread, axis1=1, axis2=2))
    sign, size = np.linalg.slogdet(2 * np.pi * spread[near])
    found: dict[int, float] = {}
    for k, log_size in zip(near[sign > 0].tolist(), size[sign > 0].tolist(), strict=True):
        weight = -0.5 * float(apart[k] @ np.linalg.solve(spread[k], apart[k])) - 0.5 * log_size - float(np.log(CALLERS))
        if weight > -MOST:
            found[int(tracks.ids[k])] = min(weight, MOST)
    return found


def _heard(known: Caller | None, new: Caller, tracks: Scene) -> Caller:
    """Return a caller after a new report."""
    if known is None:
        return new
    there = set(tracks.ids.tolist())
    numbers = (set(known.evidence) & there) | set(new.evidence)
    jumped = _jumped(known, new)
    against = 0.0 if jumped else -MOST
    total = {each: MEMORY * known.evidence.get(each, 0.0) + new.evidence.get(each, against) for each in sorted(numbers)}
    kept = {each: weight for each, weight in total.items() if weight > -MOST}
    after = replace(new, evidence=kept, jumps=known.jumps + jumped, reports=known.reports + 1)
    return after if after.tied else replace(after, missed=known.missed)


def _jumped(known: Caller, new: Caller) -> bool:
    """Whether two reports are farther apart than anything flies in the time between, whatever their errors."""
    error = np.sqrt(known.variance.sum() + new.variance.sum())
    return bool(np.linalg.norm(new.place - known.place) > FASTEST * (new.time - known.time) + APART * error)
