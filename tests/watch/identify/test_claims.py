"""Who reports where a track is gets tied to it; who reports where nothing is, or twice, is a caution."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from outwork.watch.identify.affiliation import standings, unseen
from outwork.watch.identify.claims import FASTEST, Claims
from outwork.watch.scenario.alone import alone
from outwork.watch.score.scene import Scene
from outwork.watch.sensors import Sensors

SPREAD = np.diag([100.0, 100.0, 400.0, 4.0, 4.0, 4.0])
ERROR = np.full((1, 3), 64.0)


def radar(detects: float = 0.9) -> Sensors:
    return replace(alone(seconds=1.0).sensors, detects=np.array([detects]))


def tracks(time: float, *places: tuple[float, float, float]) -> Scene:
    state = np.array([[x + 10 * time, y, z, 10, 0, 0] for x, y, z in places]).reshape(-1, 6)
    return Scene(time, np.arange(1, len(places) + 1), state, np.repeat(SPREAD[None], len(places), 0))


def told(claims: Claims, caller: int, time: float, place: tuple[float, float, float], scene: Scene) -> Claims:
    x, y, z = place
    return claims.reported(np.array([caller]), time, np.array([[x + 10 * time, y, z]]), ERROR, scene)


def name(caller: int) -> str:
    return f"N{caller}"


def test_a_caller_that_flies_with_a_track_is_tied_to_it_and_to_no_other() -> None:
    claims = Claims.none()
    for time in range(3):
        claims = told(claims, 7, time, (5, -4, 100), tracks(time, (0, 0, 100), (300, 0, 100)))
    assert claims.callers[7].tied == (1,)
    first, second = standings(claims, tracks(3, (0, 0, 100), (300, 0, 100)), {}, name)
    assert (first.affiliation, first.callers, first.caution) == ("declared", (7,), "")
    assert (second.affiliation, second.callers) == ("unknown", ())


def test_one_report_is_not_enough_between_two_tracks_that_are_close() -> None:
    claims = told(Claims.none(), 7, 0, (500, 0, 100), tracks(0, (470, 0, 100), (530, 0, 100)))
    assert claims.callers[7].tied == ()


def test_a_report_that_comes_later_than_the_picture_is_held_against_where_the_track_has_gone() -> None:
    scene = tracks(0, (0, 0, 100))
    claims = Claims.none()
    for time in (2.0, 2.5, 3.0):
        claims = told(claims, 7, time, (0, 0, 100), scene)
    assert claims.callers[7].tied == (1,)


def test_a_tie_is_given_up_when_the_track_flies_another_way() -> None:
    claims = Claims.none()
    for time in range(4):
        claims = told(claims, 7, time, (0, 0, 100), tracks(time, (0, 0, 100)))
    for time in range(4, 9):
        claims = told(claims, 7, time, (0, 0, 100), tracks(time, (0, 150.0 * (time - 3), 100)))
    assert claims.callers[7].tied == ()


def test_a_caller_where_a_radar_looks_and_sees_nothing_becomes_a_caution_after_four_looks() -> None:
    claims, sensors = Claims.none(), radar(0.85)
    for time in range(4):
        claims = told(claims, 8, time, (1000, 1000, 200), tracks(time, (-3000, 0, 100)))
        assert unseen(claims, name) == ()
        claims = claims.looked(sensors, 0, float(time))
    (ghost,) = unseen(claims, name)
    assert ghost.caution.endswith(
        "sensors look and see nothing; they would all miss a thing there with a probability of 0.0005"
    )
    assert claims.callers[8].missed == pytest.approx(4 * np.log(0.15))
    (standing,) = standings(claims, tracks(4, (1000, 1000, 200)), {1: 8}, name)
    assert (standing.affiliation, standing.caution) == ("doubtful", ghost.caution)


def test_a_caller_where_nobody_looks_is_believed_with_the_remark_that_nobody_else_has_seen_it() -> None:
    claims, sensors = Claims.none(), radar()
    for time in range(6):
        claims = told(claims, 8, time, (90_000, 0, 200), tracks(time)).looked(sensors, 0, float(time))
    assert unseen(claims, name) == ()
    (standing,) = standings(claims, tracks(6, (90_000, 0, 200)), {1: 8}, name)
    assert (standing.affiliation, standing.caution) == ("declared", "nobody but itself has seen it")


def test_one_identity_of_two_tracks_that_are_apart_makes_both_doubtful() -> None:
    claims = Claims.none()
    for time in range(0, 40, 2):
        scene = tracks(time, (0, 0, 100), (2000, 0, 100))
        claims = told(claims, 9, time, (0, 0, 100), scene)
        claims = told(claims, 9, time + 1, (2000, 0, 100), scene)
    found = standings(claims, tracks(40, (0, 0, 100), (2000, 0, 100)), {}, name)
    assert claims.callers[9].jumps == 39
    assert [each.affiliation for each in found] == ["doubtful", "doubtful"]
    for each in found:
        assert each.caution == "N9 is used by 2 tracks at once; N9 reported from places too far apart for one thing, 39 times"


def test_two_sure_ties_of_one_caller_are_named_as_such_unless_the_tracks_lie_on_each_other() -> None:
    claims = Claims.none()
    for time in range(3):
        claims = told(claims, 9, time, (0, 0, 100), tracks(time, (0, 0, 100), (6, 0, 100)))
    assert claims.callers[9].tied == (1, 2)
    close = standings(claims, tracks(3, (0, 0, 100), (6, 0, 100)), {}, name)
    apart = standings(claims, tracks(3, (0, 0, 100), (400, 0, 100)), {}, name)
    assert {each.affiliation for each in close} == {"declared"}
    assert {each.caution for each in apart} == {"N9 is used by 2 tracks at once"}


def test_a_track_with_two_identities_is_doubtful() -> None:
    claims = Claims.none()
    for time in range(3):
        scene = tracks(time, (0, 0, 100))
        claims = told(told(claims, 4, time, (2, 0, 100), scene), 5, time, (0, 3, 100), scene)
    (found,) = standings(claims, tracks(3, (0, 0, 100)), {}, name)
    assert (found.affiliation, set(found.callers)) == ("doubtful", {4, 5})
    assert found.caution.startswith("it calls itself N")


def test_late_and_broken_reports_change_nothing() -> None:
    scene = tracks(5, (0, 0, 100))
    claims = told(Claims.none(), 7, 5, (0, 0, 100), scene)
    assert told(claims, 7, 4, (900, 0, 100), scene).callers == claims.callers
    broken = claims.reported(np.array([7]), 6.0, np.full((1, 3), np.nan), ERROR, scene)
    assert broken.callers == claims.callers


@pytest.mark.parametrize(("metres", "jumps"), [(FASTEST * 2, 0), (FASTEST * 2 + 200, 1)])
def test_a_jump_is_what_nothing_flies(metres: float, jumps: int) -> None:
    claims = Claims.none().reported(np.array([1]), 0.0, np.zeros((1, 3)), ERROR, tracks(0))
    assert claims.reported(np.array([1]), 2.0, np.array([[metres, 0, 0]]), ERROR, tracks(2)).callers[1].jumps == jumps
