"""The answer of `watch`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from outwork.model.outcome import MadeBy, Outcome, Reason
from outwork.model.programme import Programme
from outwork.watch.frames import Frame
from outwork.watch.summary import lines


@dataclass(frozen=True, eq=False)
class Result:
    """What flew, as far as all detections together tell.

    `name` is the programme's; `tables` are tracks, track_states, alerts and sensors_health.
    """

    name: str
    outcome: Outcome
    tables: Mapping[str, pl.DataFrame]
    why: tuple[Reason, ...]
    made_by: MadeBy
    programme: Programme = field(repr=False)
    """The programme, with receivers that were taken in."""
    frame: Frame = field(repr=False)
    """The frame in which was tracked."""
    instants: tuple[int, ...] = field(repr=False)
    """When a picture was written down [us since 1970]; `track_states` has no row of one in which there was no track."""

    joined: pl.DataFrame = field(repr=False)
    """Which detection belongs to which track, with what probability: detection, track, weight, in the order of time."""

    def summary(self) -> str:
        """At most 15 lines for a person."""
        return "\n".join(lines(self))
