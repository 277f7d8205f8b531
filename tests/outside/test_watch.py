"""Ships and an aircraft that were logged by others, tracked with their names hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from outwork import watch
from outwork.model.programme import Programme
from outwork.model.tables.frame import Settings
from outwork.store.formats import feeds
from outwork.watch.scored import ByName, by_name

LOGS = Path(__file__).parents[2] / ".." / "shared" / "data" / "watch" / "stonesoup"
pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the logs of ships and of an aircraft are not here")


def told(name: str) -> Programme:
    feed = feeds.read(LOGS / name)
    settings = Settings.model_validate({"name": "log", "start": "2026-11-16", "weeks": 1})
    return Programme.of(settings).replace(detections=feed.detections, sensors=feed.sensors)


def test_an_aircraft_is_one_track_from_its_first_to_its_last_position() -> None:
    result = watch.run(told("UAV_Rot.csv"), watch.Options(every=10.0))
    (track,) = result.tables["tracks"].to_dicts()
    assert track["detections"] >= 960


@pytest.mark.soak
def test_ships_are_told_apart_but_for_those_that_lie_side_by_side() -> None:
    programme = told("SolentAIS_20160112_130211.csv")
    kept = by_name(watch.run(programme, watch.Options(identities="hidden", every=10.0)), programme)
    assert isinstance(kept, ByName)
    assert kept.detections > 0.99 * kept.heard
    assert kept.continuity.targets >= 89
    assert kept.continuity.tracks <= 130
    assert kept.continuity.switches < 400  # nearly all between ships at their berths, 10 to 20 m apart
    assert kept.continuity.purity > 0.85
