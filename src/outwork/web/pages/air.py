"""The recorded air picture as it stood at one moment: tracks with their trails, zones, sensors, and alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import atan2, degrees, hypot
from typing import Any, Final

import polars as pl
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from outwork.web.asked import Filters, planned
from outwork.web.charts import air
from outwork.web.desk import Present
from outwork.web.query import Query
from outwork.web.seen import Listing, View, listed, picked
from outwork.web.texts import Texts

router = APIRouter(include_in_schema=False)
TRAIL: Final = timedelta(seconds=60)
"""How long a trail is."""
STALE: Final = timedelta(seconds=30)
"""A track of which nothing was heard for longer than this is not shown any more."""
MOMENTS: Final = 12
"""Moments that are offered to look at."""


@dataclass(frozen=True)
class Seen:
    """A track: where it was last, its trail as (longitude, latitude), and what it is thought to be."""

    track: str
    latitude: float
    longitude: float
    altitude: float | None
    speed: float
    heading: float
    likeliest: str
    probability: float
    identity: str
    affiliation: str
    trail: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Air:
    """The picture at a moment; `alerts` are those of the whole recording, `moments` what can be asked for."""

    sees: bool
    at: datetime | None
    first: datetime | None
    last: datetime | None
    moments: tuple[datetime, ...]
    tracks: tuple[Seen, ...]
    zones: tuple[Mapping[str, Any], ...]
    sensors: tuple[Mapping[str, Any], ...]
    alerts: Listing | None


CLASSES: Final = ("drone", "aircraft", "bird", "ground")


def shown(view: View, at: datetime | None) -> Air:
    """Return the picture at a moment; without one, at the moment of the last alert, or the end of the recording."""
    states = picked(view, "track_states", "track", "at", "latitude", "longitude", "altitude", "east_speed", "north_speed")
    alerts = picked(view, "alerts").sort("at", "alert")
    first, last = _moment(states["at"].min()), _moment(states["at"].max())
    if first is None or last is None:
        return Air(view.sees("track_states"), None, None, None, (), (), (), (), listed(alerts) if view.sees("alerts") else None)
    chosen = min(max(at, first), last) if at else _moment(alerts["at"].max()) or last
    step = (last - first) / (MOMENTS - 1)
    return Air(
        True,
        chosen,
        first,
        last,
        tuple((first + step * place).replace(microsecond=0) for place in range(MOMENTS)),
        _tracks(view, states, chosen),
        tuple(picked(view, "zones", "zone", "name", "latitude", "longitude", "radius", "outline").sort("zone").to_dicts()),
        tuple(
            picked(view, "sensors", "sensor", "name", "kind", "latitude", "longitude", "range_most").sort("sensor").to_dicts()
        ),
        listed(alerts) if view.sees("alerts") else None,
    )


def read(text: str) -> datetime | None:
    """Return the moment that an address asks for, None where it asks for none that can be read."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _tracks(view: View, states: pl.DataFrame, at: datetime) -> tuple[Seen, ...]:
    """Return the tracks of which something was heard shortly before the moment."""
    near = states.filter(pl.col("at").is_between(at - TRAIL, at)).sort("track", "at")
    alive = near.group_by("track").agg(pl.col("at").max()).filter(pl.col("at") >= at - STALE)["track"].sort()
    said = {row["track"]: row for row in picked(view, "tracks").to_dicts()}
    return tuple(_seen(near.filter(pl.col("track") == name).to_dicts(), said.get(name, {})) for name in alive)


def _seen(states: list[dict[str, Any]], said: Mapping[str, Any]) -> Seen:
    now = states[-1]
    shares = {name: said.get(name) or 0.0 for name in CLASSES}
    likeliest = max(CLASSES, key=lambda name: shares[name])
    east, north = now["east_speed"] or 0.0, now["north_speed"] or 0.0
    return Seen(
        now["track"], now["latitude"], now["longitude"], now["altitude"], hypot(east, north), degrees(atan2(east, north)) % 360,
        likeliest if any(shares.values()) else "", shares[likeliest], said.get("identity") or "", said.get("affiliation") or "",
        tuple((each["longitude"], each["latitude"]) for each in states),
    )  # fmt: skip


def _moment(value: Any) -> datetime | None:
    return value if isinstance(value, datetime) else None


def drawing(shown: Air, t: Texts) -> Markup:
    """Return the picture."""
    marks = [
        air.Mark(each.track, _told(each, t), each.latitude, each.longitude, each.heading, each.likeliest, each.trail)
        for each in shown.tracks
    ]
    words = air.Words(t("air.title"), t("air.told", count=len(marks)), t("air.north"))
    return air.drawn("air", marks, shown.zones, shown.sensors, words)


def _told(each: Seen, t: Texts) -> str:
    kind = t(f"air.kind_{each.likeliest or 'unknown'}")
    return t("air.track", track=each.track, kind=kind, speed=each.speed, altitude=each.altitude or 0.0)


@router.get("/air")
def show(here: Present, at: str = "") -> HTMLResponse:
    """Show the recorded air picture at a moment."""
    own = shown(here.view, read(at))
    return planned(here, "air.html", Query(), Filters(days=()), shown=own, picture=drawing(own, here.t) if own.at else "")
