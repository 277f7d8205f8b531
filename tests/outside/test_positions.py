"""Positions as others logged them: 91 ships by AIS, and one drone by GPS."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from outwork.store.formats import feeds

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "watch" / "stonesoup"
SHIPS, DRONE = FOLDER / "SolentAIS_20160112_130211.csv", FOLDER / "UAV_Rot.csv"
pytestmark = pytest.mark.skipif(not SHIPS.exists(), reason="the folder ../shared/data/watch/stonesoup is absent")


def test_every_report_of_a_ship_is_read() -> None:
    feed = feeds.read(SHIPS, feeds.Wishes(sensor="ais"))
    assert feed.faults == ()
    assert (feed.detections.height, feed.detections["identity"].n_unique()) == (18_623, 91)
    assert feed.detections["detection"].is_unique().all()
    minutes = feed.detections.select((pl.col("at").max() - pl.col("at").min()).dt.total_minutes()).item()
    assert minutes == 84


def test_every_fix_of_the_drone_is_read_without_an_identity() -> None:
    feed = feeds.read(DRONE)
    assert feed.detections.height == 965
    assert set(feed.detections["identity"]) == {""}
    assert feed.detections["altitude"].is_between(700, 900).all()
