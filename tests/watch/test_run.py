"""The evening over the example's depot, watched as a whole; what was flown is known, so what is seen can be held against it."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from outwork import watch
from outwork.cli.demo import example
from outwork.model.errors import UnknownName
from outwork.model.frames import to_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.watch.scored import by_name, by_truth


@pytest.fixture(scope="module")
def reedbed() -> Programme:
    return example()


@pytest.fixture(scope="module")
def evening(reedbed: Programme) -> watch.Result:
    return watch.run(reedbed)


def test_every_thing_that_flew_long_enough_has_a_track_and_hardly_anything_else(
    reedbed: Programme, evening: watch.Result
) -> None:
    score = by_truth(evening, reedbed["truth_states"])
    assert score is not None
    assert score.completeness > 0.95
    assert score.spuriousness < 0.03
    assert score.position_error < 20
    assert score.position.verdict == "honest"


def test_every_answer_is_a_valid_table(evening: watch.Result) -> None:
    for name, frame in evening.tables.items():
        assert len(to_rows(BY_NAME[name], frame)) == frame.height
    assert len(evening.summary().splitlines()) <= 15


def test_what_says_who_it_is_is_believed_where_it_is_seen_there_too(evening: watch.Result) -> None:
    said = evening.tables["tracks"].filter(pl.col("identity") != "")
    assert set(said["affiliation"]) == {"declared"}
    assert said.height == 2
    assert set(said["sensors"].str.contains("lapwing-1")) == {True}
    flies = said.filter(pl.col("aircraft") > 0.9)
    assert flies["identity"].to_list() == ["400006"]


def test_a_drone_that_comes_in_is_told_before_it_is_there(evening: watch.Result) -> None:
    depot = evening.tables["alerts"].filter(zone="depot", kind="entering")
    assert depot.height == 1
    assert depot["seconds"].item() > 20
    kinds = evening.tables["tracks"].filter(track=depot["track"].item())
    assert kinds["drone"].item() > 0.9


def test_a_detector_that_was_set_up_in_haste_is_found(evening: watch.Result) -> None:
    bad = evening.tables["sensors_health"].filter(pl.col("state") != "good")
    assert bad["sensor"].to_list() == ["corncrake-2"]
    assert bad["azimuth_bias"].item() == pytest.approx(3.0, abs=3 * bad["azimuth_bias_error"].item())


def test_the_order_of_rows_and_duplicates_change_nothing(reedbed: Programme, evening: watch.Result) -> None:
    first = reedbed["detections"].filter(pl.col("at") < reedbed["detections"]["at"].min() + timedelta(seconds=20))
    once = watch.run(reedbed.replace(detections=first)).tables
    again = first.with_columns(detection=pl.col("detection") + "-again")
    twice = watch.run(reedbed.replace(detections=pl.concat([again, first]).sample(fraction=1.0, shuffle=True, seed=5))).tables
    for name in ("tracks", "track_states", "alerts"):
        assert_frame_equal(once[name], twice[name])
    assert evening.tables["tracks"].height >= once["tracks"].height


def test_hidden_names_are_only_used_to_count_who_was_confused_with_whom(reedbed: Programme) -> None:
    named = reedbed["detections"].filter(pl.col("identity") != "")
    told = reedbed.replace(detections=named)
    result = watch.run(told, watch.Options(identities="hidden"))
    assert set(result.tables["tracks"]["identity"]) == {""}
    kept = by_name(result, told)
    assert kept is not None
    assert (kept.continuity.targets, kept.continuity.switches) == (2, 0)


def test_a_receiver_that_nobody_described_is_taken_in_and_a_radar_is_not(reedbed: Programme) -> None:
    reports = reedbed["detections"].filter(sensor="adsb").head(20)
    unlisted = reedbed.replace(detections=reports, sensors=reedbed["sensors"].clear(), zones=reedbed["zones"].clear())
    assert watch.run(unlisted).tables["tracks"].height == 1
    with pytest.raises(UnknownName, match="lapwing-1; say where they stand"):
        watch.run(unlisted.replace(detections=reedbed["detections"].filter(sensor="lapwing-1")))


def test_an_empty_sky_is_an_answer(reedbed: Programme) -> None:
    result = watch.run(reedbed.replace(detections=reedbed["detections"].clear()))
    assert result.tables["tracks"].height == 0
    assert set(result.tables["sensors_health"]["state"]) == {"silent"}
    assert by_truth(result, reedbed["truth_states"]) is None


def test_time_between_pictures_is_above_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        watch.Options(every=0.0)
