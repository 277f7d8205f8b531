"""A scenario: a truth, who looks at it, and what they hear, as arrays and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from outwork.model.frames import from_rows
from outwork.model.tables import BY_NAME
from outwork.model.tables.watching import Zone
from outwork.watch.frames import Frame
from outwork.watch.scan import Scan
from outwork.watch.scenario.flight import Group, fly
from outwork.watch.scenario.observe import Heard, observe
from outwork.watch.scenario.tables import detections_table, truth_table
from outwork.watch.scenario.truth import Truth, together
from outwork.watch.scenario.watcher import Watcher, sensors_table
from outwork.watch.sensors import Sensors


@dataclass(frozen=True, eq=False)
class Scenario:
    """Everything of a made-up sky. `seconds` is how long it lasts; the frame's second 0 is its beginning."""

    name: str
    frame: Frame
    seconds: float
    truth: Truth
    watchers: tuple[Watcher, ...]
    sensors: Sensors
    heard: Heard
    zones: tuple[Zone, ...] = ()

    @property
    def scans(self) -> tuple[Scan, ...]:
        """All scans in the order in which they arrive."""
        return self.heard.scans

    @cached_property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """The model's tables: sensors, zones, detections, and where everything was at every whole second."""
        return {
            "sensors": sensors_table(self.watchers),
            "zones": from_rows(BY_NAME["zones"], self.zones),
            "detections": detections_table(self.heard, self.truth, self.watchers, self.sensors, self.frame),
            "truth_states": truth_table(self.truth, self.frame, np.arange(0.0, self.seconds)),
        }


def scenario(
    name: str,
    frame: Frame,
    groups: Sequence[Group] | Truth,
    watchers: Sequence[Watcher],
    *,
    side: float,
    seconds: float,
    seed: int,
    zones: Sequence[Zone] = (),
) -> Scenario:
    """Draw a scenario over a square of `side` m around the frame's origin.

    Every group and every sensor draws from a stream of its own: one more of them leaves the others as they are.
    """
    truth = groups if isinstance(groups, Truth) else _flown(groups, side, seconds, seed)
    sensors = Sensors.of(sensors_table(watchers), frame)
    heard = observe(truth, watchers, sensors, seconds, seed)
    return Scenario(name, frame, seconds, truth, tuple(watchers), sensors, heard, tuple(zones))


def _flown(groups: Sequence[Group], side: float, seconds: float, seed: int) -> Truth:
    """Return the flights of all groups as one truth; the streams of sensors have two numbers, those of groups three."""
    return together(*(fly(group, side, seconds, np.random.default_rng([seed, k, 1])) for k, group in enumerate(groups)))
