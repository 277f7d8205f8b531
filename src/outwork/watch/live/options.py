"""What can be chosen of the live edge, each with its unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from outwork.model.tables.watching import Detection
from outwork.watch.live.backoff import Backoff
from outwork.watch.live.status import Priority
from outwork.watch.live.waiting import by_class


class Stamps(StrEnum):
    """What becomes of the stamps of a sensor whose clock is ahead."""

    KEPT = "kept"
    """They stay as they are."""
    MENDED = "mended"
    """They are moved back by as much as the clock is surely ahead."""


@dataclass(frozen=True)
class Rules:
    """When a sensor is doubted, when it is left out, and when it comes back."""

    window: int = 20
    """Last detections over which shares are taken [1]."""
    least: int = 10
    """Detections before a share says anything [1]."""
    suspect: float = 0.2
    """Share of doubtful detections from which on a sensor is suspect [1]."""
    quarantine: float = 0.5
    """Share from which on it is left out [1]."""
    ahead: float = 2.0
    """A detection may be stamped so far after its arrival, once its clock's skew is taken off [s]."""
    back: float = 30.0
    """A stamp may lie so far before the newest of its sensor; detections come late, and in another order [s]."""
    flood: float = 10.0
    """A sensor that says so many times as much as it is used to, floods [1]."""
    swarm: float = 200.0
    """So many detections in one period are never a flood: a swarm must not blind the sensor that sees it [1]."""
    crowd: float = 500.0
    """So many new things may report themselves through one receiver at once [1]."""
    newcomers: float = 10.0
    """And so many more each second [1/s]; beyond that, new ones are left out, and known ones go on."""
    most_skew: float = 0.5
    """A clock that is farther off than this is suspect [s]."""
    honest: float = 2.0
    """Mean NIS may lie this many times above the upper end of its band, since targets manoeuvre [1]."""
    samples: float = 20.0
    """NIS before it says anything, in independent samples [1]."""
    level: float = 0.999
    """Probability of the band of the mean NIS [1]."""
    probation: float = 30.0
    """How long nothing may be wrong until a sensor comes back, and then until it is good again [s]; it doubles each time."""
    longest: float = 600.0
    """Longest probation [s]."""


@dataclass(frozen=True)
class Options:
    """How the live edge runs."""

    period: float = 0.1
    """Time from one turn to the next [s]."""
    queue: int = 10_000
    """Most detections of one source that wait for the next turn [1]."""
    outbox: int = 8
    """Most turns that wait for one sink [1]."""
    closing: float = 0.3
    """How long a sink may take to end [s]."""
    stamps: Stamps = Stamps.MENDED
    """What becomes of the stamps of a sensor whose clock is ahead."""
    priority: Callable[[Detection], Priority] = by_class
    """How much a detection matters where there is too much."""
    rules: Rules = field(default_factory=Rules)
    """When a sensor is left out."""
    backoff: Backoff = field(default_factory=Backoff)
    """How long a source that failed waits before it is tried again."""
