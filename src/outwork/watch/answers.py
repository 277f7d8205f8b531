"""What was seen as rows of the tables `tracks` and `alerts`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from outwork.model.frames import empty, from_columns
from outwork.model.tables import BY_NAME
from outwork.watch.files import File, Files
from outwork.watch.frames import Frame
from outwork.watch.identify.profiles import CLASSES
from outwork.watch.lookout import Look
from outwork.watch.roster import Roster
from outwork.watch.tables import instants, named
from outwork.watch.warn.alerts import Alert


def tracks(files: Iterable[tuple[int, File]], names: tuple[str, ...], roster: Roster, frame: Frame) -> pl.DataFrame:
    """Return files as rows of `tracks`. Args: names, of the sensors."""
    rows = [_track(number, each, names, roster, frame) for number, each in files]
    return _frame("tracks", rows)


def shown(look: Look, files: Files, names: tuple[str, ...], roster: Roster, frame: Frame) -> pl.DataFrame:
    """Return the tracks of a picture as rows of `tracks`, as far as is known now."""
    picture, rows = look.picture, []
    for number, track in enumerate(picture.ids.tolist()):
        kept = files.file(track)
        now = File(
            since=float(picture.began[number]),
            until=float(picture.updated[number]),
            detections=int(picture.detections[number]),
            sensors={*(kept.sensors if kept else ()), int(picture.sensor[number])},
            classes=look.classes[number],
            standing=look.standings[number],
        )
        rows.append(_track(track, now, names, roster, frame))
    return _frame("tracks", rows)


def alerts(raised: Iterable[Alert], frame: Frame) -> pl.DataFrame:
    """Return alerts as rows of `alerts`."""
    return _frame("alerts", [_alert(each, frame) for each in raised])


def _track(number: int, kept: File, names: tuple[str, ...], roster: Roster, frame: Frame) -> dict[str, Any]:
    assert kept.classes is not None and kept.standing is not None  # noqa: S101, PT018  only tracks that were shown come here
    since, until = frame.instant(np.array([kept.since, kept.until])).tolist()
    return {
        "track": named(number),
        "since": since,
        "until": until,
        "detections": kept.detections,
        "sensors": "; ".join(names[sensor] for sensor in sorted(kept.sensors)),
        "identity": roster.name(kept.standing.callers[0]) if kept.standing.callers else "",
        "affiliation": kept.standing.affiliation,
        "caution": kept.standing.caution,
        **dict(zip(CLASSES, kept.classes.tolist(), strict=True)),
    }


def _alert(alert: Alert, frame: Frame) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "zone": alert.zone,
        "track": named(alert.track),
        "at": int(frame.instant(np.array([alert.time]))[0]),
        "kind": alert.kind,
        "seconds": alert.seconds,
        "probability": alert.probability,
        "acknowledged_by": alert.acknowledged_by,
        "sentence": alert.sentence,
    }


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return rows whose instants are microseconds since 1970 as a table, sorted by its key."""
    declared = BY_NAME[table]
    if not rows:
        return empty(declared)
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    for column in declared.columns:
        if column.kind == "instant":
            columns[column.name] = instants(np.array(columns[column.name], dtype=np.int64))
    return from_columns(declared, columns).sort(declared.key)
