"""Logs of positions: headings in many spellings, units behind them, and rows that tell no place."""

from __future__ import annotations

import contextlib
import random
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from outwork.model.errors import InvalidProgramme, Unreadable
from outwork.store import delimited
from outwork.store.formats import feeds, positions, recording
from tests.store.formats.feeds.mutated import FULL, SMALL, mutated

AIS = (
    b"Time,MMSI,Latitude_degrees,Longitude_degrees,COG_degrees,SOG_knots\n"
    b"2016-01-12 13:02:11.218,235070762,50.77,-1.09,157.8,10\n"
)
GPS = b"time;latitude;longitude;altitude (ft);speed (km/h);heading\n2019-12-09T10:49:35Z;50.29;-30.89;1000;36;90\n"
SKY = (
    b"time,icao24,lat,lon,velocity,heading,vertrate,baroaltitude,geoaltitude\n"
    b"1457996402.5,40621d,52.2,3.9,200,90,-5,10000,10100\n"
)


def test_a_log_of_ships_is_read_with_knots_as_metres_a_second() -> None:
    (row,) = positions.read(AIS, "ais.csv", "ais").detections.to_dicts()
    assert (row["detection"], row["sensor"], row["identity"]) == ("ais-2", "ais", "235070762")
    assert row["at"] == datetime(2016, 1, 12, 13, 2, 11, 218_000, tzinfo=UTC)
    assert (row["latitude"], row["longitude"], row["heading"]) == (50.77, -1.09, 157.8)
    assert row["speed"] == pytest.approx(10 * 1852 / 3600)
    assert row["ground"] == 1.0


def test_what_ais_says_where_it_does_not_know_is_unknown() -> None:
    log = AIS + b"2016-01-12 13:02:12,1,50,-1,360,102.3\n"
    row = positions.read(log, "ais.csv", "ais").detections.row(1, named=True)
    assert (row["speed"], row["heading"]) == (None, None)


def test_units_behind_a_heading_are_converted() -> None:
    (row,) = positions.read(GPS, "gps.csv", "gps").detections.to_dicts()
    assert (row["altitude"], row["speed"]) == (pytest.approx(304.8), pytest.approx(10.0))


def test_seconds_since_1970_are_a_time_and_a_height_above_the_ellipsoid_is_preferred() -> None:
    (row,) = positions.read(SKY, "sky.csv", "sky").detections.to_dicts()
    assert row["at"] == datetime(2016, 3, 14, 23, 0, 2, 500_000, tzinfo=UTC)
    assert (row["altitude"], row["climb"], row["identity"]) == (10_100.0, -5.0, "40621d")


def test_a_row_without_a_place_or_an_instant_is_left_out_and_told_with_its_line() -> None:
    spoilt = AIS + b"2016-01-12 13:02:12,1,91,-1,0,0\nnever,2,50,-1,0,0\n2016-01-12 13:02:13,3,50,-1,400,-4\n"
    feed = positions.read(spoilt, "ais.csv", "ais")
    assert feed.detections["identity"].to_list() == ["235070762", "3"]
    assert feed.detections.row(1, named=True)["speed"] is None
    assert feed.faults == (
        "ais.csv line 4: at cannot be read, as in 1 rows in all; they are left out",
        "ais.csv line 3: latitude cannot be read, as in 1 rows in all; they are left out",
    )


def test_a_log_without_a_time_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"ais.csv line 1: no column tells the at; one of its headings should be time or"):
        positions.read(b"lat,lon\n1,2\n", "ais.csv", "ais")


def test_columns_that_mean_nothing_here_are_told() -> None:
    feed = positions.read(b"time,lat,lon,mood\n2026-01-01T00:00:00Z,1,2,fine\n", "log.csv", "log")
    assert feed.faults == ("log.csv line 1: columns that are not read: mood",)


@pytest.mark.parametrize(
    ("content", "form", "rows"),
    [
        (AIS, feeds.Form.POSITIONS, 1),
        (b"detection,sensor,at,latitude,longitude\nd1,s,2026-01-01T00:00:00Z,1,2\n", feeds.Form.DETECTIONS, 1),
        (b"*8D40621D58C386435CC412692AD6;\n*8D40621D58C382D690C8AC2863A7;\n", feeds.Form.ADSB, 1),
        (bytes.fromhex("300030FDF70219C9356D4DA0C5AFF1E0020005283C660C10C236D4182001C0780031BC0000400DEB07B9582E410020F5"),
         feeds.Form.ASTERIX, 1),
    ],
)  # fmt: skip
def test_the_door_knows_each_form_by_its_look(content: bytes, form: feeds.Form, rows: int, tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_bytes(content)
    assert feeds.recognised(content, "feed") == form
    assert feeds.read(path, feeds.Wishes(day=date(2026, 1, 1))).detections.height == rows


def test_the_door_reads_a_recording_with_each_detection_once(tmp_path: Path) -> None:
    rows = positions.read(AIS, "ais.csv", "ais").detections
    path = tmp_path / "watch.mcap"
    recording.write(path, {"detections": pl.concat([rows, rows])}, {"detections": pl.concat([rows["at"], rows["at"]])})
    feed = feeds.read(path)
    assert feed.detections.equals(rows)
    assert feed.faults == ("1 x told more than once; each is taken once",)


def test_the_own_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    first = positions.read(AIS, "ais.csv", "ais").detections
    path = tmp_path / "detections.csv"
    path.write_bytes(delimited.written(first))
    assert feeds.read(path).detections.equals(first)


def test_the_own_table_with_a_fault_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "detections.csv"
    path.write_bytes(b"detection,sensor,at,latitude,longitude\nd1,s,2026-01-01T00:00:00Z,95,2\n")
    with pytest.raises(InvalidProgramme, match=r"detections.csv line 2: .*latitude"):
        feeds.read(path)


def test_what_looks_like_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\nsee you on Monday.\n")
    with pytest.raises(Unreadable, match="looks like none of the feeds that can be read"):
        feeds.read(path)


def test_a_log_in_another_order_gives_the_same_rows() -> None:
    dice = random.Random(3)  # noqa: S311  # shuffles rows
    lines = [f"2026-01-01T00:00:{second:02d}Z,{second},50.{second},4.4" for second in range(60)]
    shuffled = dice.sample(lines, len(lines))
    logs = [
        positions.read("\n".join(["time,id,lat,lon", *each]).encode(), "log", "log").detections for each in (lines, shuffled)
    ]
    same = [log.drop("detection").sort("at") for log in logs]
    assert same[0].equals(same[1])


def faultless(count: int) -> None:
    """Read logs of a hundred spoilt rows each under a sound header, and logs whose header is spoilt too."""
    for at, log in enumerate((AIS, GPS, SKY)):
        header, row = log.split(b"\n")[:2]
        for part in range(count // 300):
            rows = [spoilt.replace(b"\0", b"").decode("latin-1").encode() for spoilt in mutated([row], 100, seed=3 * part + at)]
            positions.read(b"\n".join([header, row, *rows]), "log.csv", "log")
    for log in mutated([AIS, GPS, SKY], count // 100):
        with contextlib.suppress(Unreadable):
            positions.read(log, "log.csv", "log")


def test_spoilt_logs_are_read_or_refused() -> None:
    faultless(SMALL)


@pytest.mark.soak
def test_a_hundred_thousand_spoilt_logs_are_read_or_refused() -> None:
    faultless(FULL)
