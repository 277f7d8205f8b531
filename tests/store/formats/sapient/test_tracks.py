"""Our picture goes out as valid messages, with its covariance, and comes back as it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import polars as pl
import pytest

from outwork.model.frames import from_rows
from outwork.model.table import table
from outwork.model.tables.watched import Track, TrackState
from outwork.store.formats.sapient import tracks, validate
from outwork.store.formats.sapient.rows import Reader
from tests.store.formats.sapient import messages

STATION: Final = tracks.Station(messages.NODE, messages.FUSION)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STATE: Final = TrackState(
    track="t7", at=NOW, latitude=60.0, longitude=25.0, altitude=100.0, east_speed=3.0, north_speed=4.0, climb=-0.5,
    ee=25.0, en=-3.25, eu=0.1, nn=16.0, nu=1 / 3, uu=4.0, existence=0.99,
)  # fmt: skip
TRACK: Final = Track(
    track="t7", since=NOW, until=NOW, detections=3, identity="X1", drone=0.75, aircraft=0.0, bird=0.25, ground=0.0
)
ALERT: Final = {
    "alert": "a1", "zone": "z1", "track": "t7", "at": NOW, "kind": "entering", "probability": 0.75, "sentence": "It comes.",
}  # fmt: skip


def sent(states: list[TrackState]) -> list[dict[str, Any]]:
    return list(tracks.reports(STATION, from_rows(table(TrackState), states), from_rows(table(Track), [TRACK])))


def test_what_we_send_is_valid_and_raises_no_caution() -> None:
    alerts = [tracks.alert(STATION, ALERT | {"kind": kind}, STATE.model_dump()) for kind in tracks.ALERTS]
    for each in (tracks.registration(STATION, NOW), *sent([STATE]), *alerts, tracks.alert(STATION, ALERT, None)):
        assert [str(finding) for finding in validate.judge_plain(each).findings] == []


def test_every_item_of_a_track_is_declared_when_we_register() -> None:
    (definition,) = tracks.registration(STATION, NOW)["registration"]["mode_definition"][0]["detection_definition"]
    declared = {each["type"] for each in definition["detection_report"]}
    assert {each["type"] for each in sent([STATE])[0]["detection_report"]["track_info"]} == declared


def test_the_covariance_goes_along_to_the_last_digit() -> None:
    items = {each["type"]: float(each["value"]) for each in sent([STATE])[0]["detection_report"]["track_info"]}
    assert items == {name: getattr(STATE, name) for name in tracks.ITEMS}


def test_a_track_keeps_its_object_id_and_gets_a_report_id_at_every_instant() -> None:
    later = STATE.model_copy(update={"at": NOW + timedelta(seconds=1)})
    one, two = (each["detection_report"] for each in sent([STATE, later]))
    assert one["object_id"] == two["object_id"] == tracks.object_id(STATION, "t7")
    assert one["report_id"] != two["report_id"]
    assert sent([STATE]) == sent([STATE])


def test_a_reader_gets_back_place_speed_and_class() -> None:
    reader = Reader()
    reader.message(tracks.registration(STATION, NOW))
    (found,) = reader.message(sent([STATE])[0]).detections
    assert (found.latitude, found.longitude, found.altitude, found.speed, found.climb) == (60.0, 25.0, 100.0, 5.0, -0.5)
    assert found.position_error == pytest.approx((41 / 2) ** 0.5)
    assert (found.altitude_error, found.drone, found.bird, found.identity) == (2.0, 0.75, 0.25, "X1")


def test_a_state_without_a_row_of_its_track_has_no_class() -> None:
    (report,) = tracks.reports(STATION, from_rows(table(TrackState), [STATE]), pl.DataFrame(schema={"track": pl.String}))
    assert report["detection_report"]["classification"] == []


def test_errors_stay_finite_at_a_pole() -> None:
    assert tracks.location(STATE.model_dump() | {"latitude": 90.0})["x_error"] < 180


def test_an_alert_points_to_the_track_and_the_zone() -> None:
    alert = tracks.alert(STATION, ALERT, None)["alert"]
    assert alert["associated_detection"][0]["object_id"] == tracks.object_id(STATION, "t7")
    assert alert["region_id"] == tracks.region_id(STATION, "z1")
    assert "location" not in alert
