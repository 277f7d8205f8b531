"""`watch.run`: from a programme's sensors, zones and detections to tracks, alerts and how the sensors did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace

import numpy as np
import polars as pl

import outwork
from outwork.model.frames import empty, to_rows
from outwork.model.outcome import MadeBy, Outcome, Reason, Status
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME, WATCH
from outwork.model.tables.watching import Zone
from outwork.watch import answers
from outwork.watch.assumed import described
from outwork.watch.explain import reasons
from outwork.watch.frames import Frame
from outwork.watch.lookout import Look, Lookout
from outwork.watch.options import Options
from outwork.watch.result import Result
from outwork.watch.roster import Roster
from outwork.watch.scans import columns, scans
from outwork.watch.sensors import Sensors
from outwork.watch.suited import suited
from outwork.watch.summary import counted
from outwork.watch.tables import joined, named, track_states
from outwork.watch.track.late import NOTHING
from outwork.watch.track.picture import Joins
from outwork.watch.warn.zones import volumes

REPORTED = 0.05
"""Progress is told after each such share of the detections."""


def run(programme: Programme, options: Options | None = None, progress: Callable[[str], None] = lambda _: None) -> Result:
    """Return the picture that the detections of a programme make, from the first to the last of them.

    A receiver of self-reports that is not in `sensors` is taken in with usual errors. UnknownName where another sensor is not
    there, InvalidSensor and InvalidZone where one of them cannot be worked with.
    """
    began = time.monotonic()
    options = options or Options()
    programme = programme.replace(sensors=described(programme["sensors"], programme["detections"]))
    if options.tracking is None:
        options = replace(options, tracking=suited(programme["sensors"], programme["detections"]))
    frame = framed(programme)
    sensors = Sensors.of(programme["sensors"], frame)
    zones = volumes([zone for zone in to_rows(BY_NAME["zones"], programme["zones"]) if isinstance(zone, Zone)], frame)
    ledger: list[Joins] = []
    lookout = Lookout(sensors, frame, zones, Roster(), options, lambda _, joins: ledger.append(joins))
    looks = _watched(programme["detections"], lookout, progress)
    tables = _tables(lookout, looks)
    outcome = Outcome(Status.DONE, counted(tables, programme["detections"].height), time.monotonic() - began)
    made_by = MadeBy(outwork.__version__, asdict(options), 0, programme.digest)
    instants = frame.instant(np.array([each.picture.time for each in looks], dtype=np.float64))
    why = (*reasons(tables), *_refused(lookout))
    return Result(
        programme.settings.name,
        outcome,
        tables,
        why,
        made_by,
        programme,
        frame,
        tuple(instants.tolist()),
        _joined(ledger, programme),
    )


def framed(programme: Programme) -> Frame:
    """Return the flat frame in the middle of the sensors, as high as the lowest; its seconds begin with the first detection."""
    sensors, detections = programme["sensors"], programme["detections"]
    if not sensors.height:
        return Frame(0.0, 0.0)
    first = detections["at"].dt.epoch("us").min()
    turn = np.radians(sensors["longitude"].to_numpy())
    longitude = float(np.degrees(np.arctan2(np.sin(turn).mean(), np.cos(turn).mean())))
    lowest = float(sensors["altitude"].to_numpy().min())
    return Frame(float(sensors["latitude"].to_numpy().mean()), longitude, lowest, int(first) if isinstance(first, int) else 0)


def _watched(detections: pl.DataFrame, lookout: Lookout, progress: Callable[[str], None]) -> list[Look]:
    """Take all detections, and return the pictures that were due."""
    if lookout.options.identities == "hidden":
        detections = detections.with_columns(identity=pl.lit(""))
    told = columns(detections, lookout.tracker.sensors, lookout.frame, lookout.roster)
    looks, heard, said = [], 0, 0.0
    for scan, refused in scans(told, lookout.tracker.sensors, lookout.frame):
        lookout.health.refuse(scan.sensor, refused)
        look = lookout.take(scan, told.words[scan.row])
        if look is not None:
            looks.append(look)
        heard += len(scan)
        if heard >= said * detections.height:
            progress(f"{heard:,} of {detections.height:,} detections")
            said += REPORTED
    return looks + lookout.close()


def _tables(lookout: Lookout, looks: Iterable[Look]) -> dict[str, pl.DataFrame]:
    """Return the output tables of what was seen."""
    frame = lookout.frame
    kept = dict(lookout.files.rows())
    states = joined([track_states(look.picture, frame) for look in looks], "track_states")
    tables = {table.name: empty(table) for table in WATCH}
    tables["tracks"] = answers.tracks(kept.items(), lookout.tracker.sensors.names, lookout.roster, frame)
    tables["track_states"] = states.unique(("track", "at"), keep="last", maintain_order=True).join(
        tables["tracks"], on="track", how="semi"
    )
    tables["alerts"] = answers.alerts((each for each in lookout.alerts.raised.values() if each.track in kept), frame)
    tables["sensors_health"] = lookout.health.rows(frame, lookout.registrar.found())
    return tables


def _joined(ledger: list[Joins], programme: Programme) -> pl.DataFrame:
    """Return which detection belongs to which track, and how probably, in the order of their scans."""
    none: list[Joins] = [NOTHING]
    row, track, weight = (
        np.concatenate([getattr(each, name) for each in none + ledger]) for name in ("row", "track", "weight")
    )
    names = programme["detections"]["detection"].gather(row.astype(np.uint32))
    return pl.DataFrame({"detection": names, "track": [named(each) for each in track.tolist()], "weight": weight})


def _refused(lookout: Lookout) -> tuple[Reason, ...]:
    """Return why detections were not used."""
    return tuple(
        Reason("refused", f"{count:,} detections were not used: {why}", amount=float(count), unit="detections")
        for why, count in sorted(lookout.health.faults.items(), key=lambda each: -each[1])
    )
