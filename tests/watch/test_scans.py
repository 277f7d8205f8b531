from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from outwork.model.frames import from_columns
from outwork.model.tables import BY_NAME
from outwork.watch.frames import Frame
from outwork.watch.roster import Roster
from outwork.watch.scan import Scan
from outwork.watch.scans import columns, scans
from outwork.watch.sensors import Sensors

FRAME = Frame(52.0, 4.5, 0.0)
NOON = datetime(2027, 5, 3, 12, tzinfo=UTC)


def sensors() -> Sensors:
    rows = {
        "sensor": ["mast", "horn", "echo"],
        "kind": ["radar_3d", "bearing", "self_report"],
        "latitude": [52.0, 52.0, 52.0],
        "longitude": [4.5, 4.6, 4.5],
        "range_error": [5.0, None, None],
        "azimuth_error": [0.2, 2.0, None],
        "elevation_error": [0.4, None, None],
        "position_error": [None, None, 4.0],
        "period": [2.0, 1.0, 1.0],
    }
    return Sensors.of(from_columns(BY_NAME["sensors"], rows), FRAME)


def told(*rows: dict[str, Any]) -> pl.DataFrame:
    """Detections, each at a number of seconds past noon."""
    names = {name for row in rows for name in row} - {"at"}
    cells: dict[str, list[Any]] = {name: [row.get(name) for row in rows] for name in names}
    cells["detection"] = [str(number) for number in range(len(rows))]
    cells["at"] = [NOON + timedelta(seconds=row["at"]) for row in rows]
    cells["identity"] = [row.get("identity", "") for row in rows]
    return from_columns(BY_NAME["detections"], cells)


def made(*rows: dict[str, Any]) -> list[Scan]:
    held = sensors()
    return [scan for scan, _ in scans(columns(told(*rows), held, FRAME, Roster()), held, FRAME)]


def echo(at: float, **more: Any) -> dict[str, Any]:
    return {"sensor": "mast", "at": at, "slant_range": 900.0, "azimuth": 90.0 + at, "elevation": 5.0, **more}


def test_detections_of_one_period_make_one_scan_at_the_middle_of_them() -> None:
    one, two = made(echo(0.0), echo(1.5), echo(2.5))
    assert len(one) == 2
    assert len(two) == 1
    assert one.offset.tolist() == pytest.approx([-0.75, 0.75])
    assert FRAME.instant(np.array([one.time]))[0] == (NOON + timedelta(seconds=0.75)).timestamp() * 1e6


def test_a_scan_number_goes_before_the_period() -> None:
    assert [len(each) for each in made(echo(0.0, scan=1), echo(0.1, scan=2), echo(9.0, scan=2))] == [1, 2]


def test_every_self_report_is_a_scan_of_its_own() -> None:
    here = {"sensor": "echo", "at": 0.0, "latitude": 52.0, "longitude": 4.51}
    assert [len(each) for each in made(here | {"identity": "a"}, here | {"identity": "b"})] == [1, 1]


def test_scans_come_in_the_order_of_their_times_whatever_the_order_of_the_rows() -> None:
    rows = [echo(4.0), {"sensor": "horn", "at": 1.0, "azimuth": 10.0}, echo(0.0)]
    assert [each.sensor for each in made(*rows)] == [0, 1, 0]
    assert [each.time for each in made(*rows)] == [each.time for each in made(*reversed(rows))]


def test_a_radar_that_tells_a_place_is_taken_to_have_measured_it() -> None:
    latitude, longitude, altitude = FRAME.geodetic(np.array([[600.0, 800.0, 100.0]]))
    place = {"latitude": latitude[0], "longitude": longitude[0], "altitude": altitude[0]}
    (scan,) = made({"sensor": "mast", "at": 0.0, "position_error": 10.0, **place})
    assert scan.z[0, 0] == pytest.approx(np.sqrt(600**2 + 800**2 + 100**2))
    assert np.degrees(scan.z[0, 1]) == pytest.approx(36.8698976)
    assert scan.variance[0, 1] == pytest.approx(100 / (600**2 + 800**2 + 100**2))
    (sure,) = made({"sensor": "mast", "at": 0.0, **place})
    assert np.degrees(np.sqrt(sure.variance[0, 1])) == pytest.approx(0.2)


def test_an_altitude_of_which_nobody_says_how_sure_it_is_is_not_used() -> None:
    here = {"sensor": "echo", "at": 0.0, "latitude": 52.0, "longitude": 4.5, "altitude": 300.0}
    vague, sure = made(here | {"identity": "a"}, here | {"identity": "b", "altitude_error": 5.0})
    assert vague.z[0, 2] == pytest.approx(0.0, abs=1e-6)
    assert vague.variance[0, 2] == 1e6
    assert sure.z[0, 2] == pytest.approx(300.0)


def test_what_cannot_be_used_is_named_by_its_row() -> None:
    held = sensors()
    detections = told(echo(0.0), {"sensor": "mast", "at": 0.5, "azimuth": 20.0})
    ((scan, refused),) = scans(columns(detections, held, FRAME, Roster()), held, FRAME)
    assert len(scan) == 1
    assert refused.row.tolist() == [1]
    assert "components" in refused.why[0]


def test_no_detections_make_no_scans() -> None:
    assert made() == []
