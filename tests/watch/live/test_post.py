from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl
import pytest

from outwork import watch
from outwork.cli.demo import example
from outwork.model.errors import UnknownName
from outwork.model.frames import to_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.watching import Detection, Sensor, Zone
from outwork.watch.live.heard import Arrived
from outwork.watch.live.post import Post, Seen

TURN = timedelta(seconds=0.1)
ON_ITS_WAY = timedelta(seconds=0.04)


@pytest.fixture(scope="module")
def reedbed() -> Programme:
    return example()


def heard(programme: Programme) -> list[Arrived]:
    rows = [row for row in to_rows(BY_NAME["detections"], programme["detections"]) if isinstance(row, Detection)]
    return sorted((Arrived(row, row.at + ON_ITS_WAY, "made") for row in rows), key=lambda each: each.arrived)


def watched(post: Post, arrived: list[Arrived], until: timedelta = timedelta(minutes=3)) -> list[Seen]:
    """What a post answers, turn by turn."""
    seen, now, place = [], arrived[0].arrived, 0
    while now < arrived[0].arrived + until:
        now += TURN
        rest = place
        while place < len(arrived) and arrived[place].arrived <= now:
            place += 1
        seen.append(post.take(arrived[rest:place], now))
    return [each for each in (*seen, post.close()) if each.states.height]


def post(programme: Programme, *sensors: str) -> Post:
    begins = datetime.fromisoformat("2027-09-09T14:29:00Z")
    known = [row for row in to_rows(BY_NAME["sensors"], programme["sensors"]) if isinstance(row, Sensor)]
    zones = [row for row in to_rows(BY_NAME["zones"], programme["zones"]) if isinstance(row, Zone)]
    return Post([each for each in known if not sensors or each.sensor in sensors], zones, watch.Options(), begins)


@pytest.fixture(scope="module")
def evening(reedbed: Programme) -> tuple[Post, list[Seen]]:
    """The evening as it is seen live."""
    keeper = post(reedbed)
    return keeper, watched(keeper, heard(reedbed))


def places(states: pl.DataFrame) -> pl.DataFrame:
    return states.select(pl.col("latitude", "longitude").round(4)).sort("latitude", "longitude")


def test_what_is_seen_live_in_the_end_is_what_a_replay_shows(reedbed: Programme, evening: tuple[Post, list[Seen]]) -> None:
    live = evening[1][-1]
    replay = watch.run(reedbed).tables["track_states"]
    same = replay.filter(pl.col("at") == pl.col("at").max())
    assert live.states.height == same.height
    assert places(live.states).equals(places(same))


def test_alerts_are_raised_while_they_can_still_be_used(evening: tuple[Post, list[Seen]]) -> None:
    alerts = pl.concat([each.alerts for each in evening[1]])
    entering = alerts.filter(kind="entering")
    assert {"depot", "yard"} == set(entering["zone"])
    assert (entering["seconds"] > 1).all()
    assert alerts["alert"].is_unique().all()


def test_a_sensor_that_joins_later_is_used_from_then_on(reedbed: Programme) -> None:
    late = post(reedbed, "adsb")
    arrived = [each for each in heard(reedbed) if each.row.sensor == "lapwing-1"][:200]
    assert not watched(late, arrived[:100], timedelta(seconds=15))
    late.join([row for row in to_rows(BY_NAME["sensors"], reedbed["sensors"]) if isinstance(row, Sensor)])
    assert watched(late, arrived[100:], timedelta(seconds=15))[-1].tracks.height >= 2


def test_an_alert_is_acknowledged_by_a_named_person(evening: tuple[Post, list[Seen]]) -> None:
    keeper, seen = evening
    alert = pl.concat([each.alerts for each in seen])["alert"][0]
    keeper.acknowledge(alert, "M. Jonaite")
    with pytest.raises(UnknownName):
        keeper.acknowledge("nothing", "M. Jonaite")
    with pytest.raises(ValueError, match="name the person"):
        keeper.acknowledge(alert, " ")
