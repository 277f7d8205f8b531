"""A track and one of its states, and the event that they make."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from outwork.model.frames import from_rows
from outwork.model.table import table
from outwork.model.tables.watched import Track, TrackState
from outwork.store.formats import cot

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STATE: Final = TrackState(
    track="t7", at=NOW, latitude=60.25, longitude=24.5, altitude=100.0, east_speed=3.0, north_speed=-4.0, climb=0.0,
    ee=25.0, en=12.0, eu=0.0, nn=18.0, nu=0.0, uu=4.0, existence=0.99,
)  # fmt: skip
TRACK: Final = Track(track="t7", since=NOW, until=NOW, detections=3, drone=0.7, aircraft=0.1, bird=0.1, ground=0.1)


def one(**altered: Any) -> cot.Event:
    tracks = from_rows(table(Track), [TRACK.model_copy(update=altered)])
    (found,) = cot.events(from_rows(table(TrackState), [STATE]), tracks, cot.Options(stale=20))
    return found
