"""States of tracks as events of Cursor on Target.

An event has one place with two errors: `ce`, a radius, and `le`, a height. `ce` is the larger semi-axis of the ellipse of one
standard deviation, so that the circle holds the ellipse:  ce^2 = (ee + nn)/2 + sqrt(((ee - nn)/2)^2 + en^2),  le^2 = uu.
Source: M. J. Kristan and others, Cursor-on-Target message router user's guide, MITRE MP 09 0284, 2009.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import atan2, degrees, hypot, sqrt
from typing import Any, Final

import polars as pl

from outwork.model.stamps import stamp

CLASSES: Final[Mapping[str, str]] = {"drone": "A-C-F-q", "aircraft": "A-C", "bird": "A", "ground": "G"}
"""Dimension and function of a type: a civil unmanned aircraft, a civil aircraft, something in the air, or on the ground."""
UNKNOWN, NEUTRAL = "u", "n"
"""Whose it is: unknown; or neutral, for what declares itself and is where it says. Nothing is ever called anything else."""
LIKELY: Final = 0.5
"""Probability from which a class is named."""
FUSED: Final = "m-f"
"""How a place was found: by a machine, from several sources."""


@dataclass(frozen=True)
class Options:
    """How events are made."""

    prefix: str = "outwork"
    """What the names of our tracks begin with elsewhere."""
    stale: float = 15.0
    """How long an event holds [s]."""


@dataclass(frozen=True)
class Event:
    """An event. Degrees, metres above the ellipsoid, metres a second; `course` clockwise from true north."""

    uid: str
    type_: str
    at: datetime
    stale: datetime
    latitude: float
    longitude: float
    altitude: float
    ce: float
    le: float
    course: float
    speed: float
    callsign: str
    remarks: str

    @property
    def times(self) -> tuple[str, str]:
        """When it was so, and until when it holds, as texts."""
        return stamp(self.at), stamp(self.stale)


def events(states: pl.DataFrame, tracks: pl.DataFrame, options: Options) -> Iterator[Event]:
    """Yield an event of every row of `track_states`; what a track is comes from its row of `tracks`, if it has one."""
    known = {row["track"]: row for row in tracks.iter_rows(named=True)}
    for state in states.iter_rows(named=True):
        yield event(state, known.get(state["track"]), options)


def event(state: Mapping[str, Any], track: Mapping[str, Any] | None, options: Options) -> Event:
    """Return one state of a track as an event; its uid stays the same as long as the track lives."""
    return Event(
        uid=f"{options.prefix}.{state['track']}",
        type_=_type(track),
        at=state["at"],
        stale=state["at"] + timedelta(seconds=options.stale),
        latitude=state["latitude"],
        longitude=state["longitude"],
        altitude=state["altitude"],
        ce=radius(state["ee"], state["en"], state["nn"]),
        le=sqrt(state["uu"]),
        course=degrees(atan2(state["east_speed"], state["north_speed"])) % 360,
        speed=hypot(state["east_speed"], state["north_speed"]),
        callsign=(track["identity"] if track else "") or state["track"],
        remarks=_remarks(state, track),
    )


def radius(ee: float, en: float, nn: float) -> float:
    """Return the larger semi-axis of the ellipse of one standard deviation [m] of a covariance [m2]."""
    return sqrt(max(0.0, (ee + nn) / 2 + hypot((ee - nn) / 2, en)))


def _type(track: Mapping[str, Any] | None) -> str:
    if track is None:
        return f"a-{UNKNOWN}-A"
    whose = NEUTRAL if track["affiliation"] == "declared" else UNKNOWN
    likeliest = max(CLASSES, key=lambda name: float(track[name]))
    return f"a-{whose}-{CLASSES[likeliest] if track[likeliest] >= LIKELY else 'A'}"


def _remarks(state: Mapping[str, Any], track: Mapping[str, Any] | None) -> str:
    told = [f"track {state['track']}, probability of existence {state['existence']:.2f}"]
    if track is not None:
        told.append(", ".join(f"{name} {track[name]:.2f}" for name in CLASSES))
        told.append(f"affiliation {track['affiliation']}")
        told.extend([track["caution"]] if track["caution"] else [])
    return "; ".join(told)
