"""When a track comes into a zone agrees with what can be worked out by hand, and with many random draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from outwork.model.tables.watching import Zone
from outwork.watch.frames import Floats, Frame
from outwork.watch.scenario.named import ORIGIN, harbour
from outwork.watch.score.scene import Scene
from outwork.watch.warn.approach import approach, draws, first_inside
from outwork.watch.warn.zones import InvalidZone, Volume, volumes

SHARP = np.diag([1e-6] * 6)
LATITUDE, LONGITUDE = ORIGIN.latitude, ORIGIN.longitude
RING = Zone(zone="ring", latitude=LATITUDE, longitude=LONGITUDE, radius=500.0, floor=0.0, ceiling=300.0, warn=60.0)


def polygon(corners: list[tuple[float, float]], **columns: float) -> Zone:
    latitude, longitude, _ = ORIGIN.geodetic(np.array([[x, y, 0.0] for x, y in corners]))
    outline = "; ".join(f"{each:.9f} {other:.9f}" for each, other in zip(latitude, longitude, strict=True))
    return Zone.model_validate({"zone": "field", "outline": outline, "floor": 0.0, "ceiling": 300.0, "warn": 60.0, **columns})


# A U that opens to the north: what flies east along y = 100 enters its west arm, leaves it, and enters the east arm.
HORSESHOE = polygon([(-300, -300), (300, -300), (300, 300), (200, 300), (200, -200), (-200, -200), (-200, 300), (-300, 300)])


def volume(zone: Zone) -> Volume:
    (made,) = volumes([zone], ORIGIN)
    return made


OFF_EVERY_BORDER = np.array([0.0137, 0.0071, 0.0053, 0.0, 0.0, 0.0])
"""What flies exactly along a border is inside or not as the last digit falls."""


def blurred(made: Volume) -> list[Volume]:
    """The zone, a touch larger and smaller: one of them holds every place on its border."""
    level = replace(made, floor=made.floor - 0.01, ceiling=made.ceiling + 0.01)
    return [replace(level, radius=made.radius * scale, corners=made.corners * scale) for scale in (0.9999, 1.0, 1.0001)]


def state(x: float, y: float, z: float = 100.0, vx: float = 0.0, vy: float = 0.0, vz: float = 0.0) -> Floats:
    return np.array([[x, y, z, vx, vy, vz]])


def seen(at: Floats, covariance: Floats) -> Scene:
    return Scene(0.0, np.array([1]), at, covariance[None])


@pytest.mark.parametrize(
    ("zone", "at", "seconds"),
    [
        (RING, state(-1500, 0, vx=20), 50.0),
        (RING, state(-1500, 300, vx=20), (1500 - 400) / 20),
        (RING, state(0, 0, vx=20), 0.0),
        (RING, state(-1500, 501, vx=20), np.inf),
        (RING, state(1500, 0, vx=20), np.inf),
        (RING, state(0, 0, 400, vz=-5), 20.0),
        (RING, state(-600, 0, 400, vx=10, vz=-2), 50.0),
        (RING, state(-600, 0, 400, vx=100, vz=-2), np.inf),
        (RING, state(0, 0, 400), np.inf),
        (HORSESHOE, state(-500, 100, vx=20), 10.0),
        (HORSESHOE, state(0, 100, vx=20), 10.0),
        (HORSESHOE, state(0, 0, vy=-10), 20.0),
        (HORSESHOE, state(0, 0, vy=10), np.inf),
        (HORSESHOE, state(-250, 0, vx=20), 0.0),
    ],
)
def test_the_first_time_inside_by_hand(zone: Zone, at: Floats, seconds: float) -> None:
    made = volume(zone)
    assert first_inside(made, made.own(at))[0] == pytest.approx(seconds, rel=1e-3)


@given(*[st.floats(-1500, 1500)] * 2, st.floats(-50, 400), *[st.floats(-40, 40)] * 2, st.floats(-5, 5))
def test_the_first_time_inside_is_that_of_small_steps(x: float, y: float, z: float, vx: float, vy: float, vz: float) -> None:
    grid = np.arange(0, 60, 0.05)
    for zone in (RING, HORSESHOE):
        made = volume(zone)
        own = made.own(state(x, y, z, vx, vy, vz)) + OFF_EVERY_BORDER
        inside = made.holds(own[:, :3] + grid[:, None] * own[:, 3:])
        found = first_inside(made, own)[0]
        if inside.any():
            assert found <= grid[inside][0] + 1e-6
        if np.isfinite(found):
            there = own[:, :3] + found * own[:, 3:]
            assert any(wider.holds(there)[0] for wider in blurred(made))


def test_of_a_track_that_is_sure_the_probability_is_one_and_the_seconds_are_those_of_its_way() -> None:
    found = approach(volume(RING), seen(state(-1500, 0, vx=20), SHARP))
    assert (found.probability[0], found.inside[0]) == (1.0, 0.0)
    assert found.seconds[0] == pytest.approx(50.0, abs=0.01)


def test_against_a_straight_border_the_probability_is_that_of_the_normal_distribution() -> None:
    """A field that is wide in all directions: a track 100 m before it with 60 m of error is inside with P(Z > 100 / 60)."""
    field = volume(polygon([(0, -40_000), (40_000, -40_000), (40_000, 40_000), (0, 40_000)], ceiling=5000.0, floor=-500.0))
    spread = np.diag([3600.0, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6])
    still = approach(field, seen(state(-100, 0, 1000.0), spread))
    assert still.inside[0] == pytest.approx(norm.sf(100 / 60), abs=0.015)
    moving = approach(field, seen(state(-700, 0, 1000.0, vx=10), spread))
    assert moving.probability[0] == pytest.approx(norm.cdf((10 * 60 - 700) / 60), abs=0.015)


@pytest.mark.parametrize("zone", [RING, HORSESHOE])
def test_a_few_even_draws_are_as_good_as_twenty_thousand_random_ones(zone: Zone) -> None:
    spread = np.diag([900.0, 900.0, 2500.0, 9.0, 9.0, 1.0])
    made, at = volume(zone), state(-1200, 350, 220, 18, -2, -0.5)
    found = approach(made, seen(at, spread))
    many = at + np.random.default_rng(1).multivariate_normal(np.zeros(6), spread, 20_000)
    time = first_inside(made, made.own(many))
    comes = time <= 60
    assert 0.1 < comes.mean() < 0.95
    assert found.probability[0] == pytest.approx(comes.mean(), abs=0.03)
    assert found.seconds[0] == pytest.approx(np.median(time[comes]), abs=0.7)


def test_the_draws_have_no_mean_and_the_unit_covariance() -> None:
    assert np.abs(draws().mean(axis=0)).max() < 1e-12
    assert np.cov(draws().T, bias=True) == pytest.approx(np.eye(6), abs=1e-12)


def test_what_cannot_come_in_time_is_left_out() -> None:
    ids = np.arange(3)
    states = np.concatenate([state(-9000, 0, vx=20), state(-900, 0, vx=20), state(0, 3000)])
    found = approach(volume(RING), Scene(0.0, ids, states, np.repeat(np.eye(6)[None], 3, 0)))
    assert found.ids.tolist() == [1]
    assert len(approach(volume(RING), Scene.exact(0.0, ids[:0], states[:0])).ids) == 0


def test_a_zone_far_from_the_origin_is_level_where_it_is() -> None:
    """At 100 km the ellipsoid lies 780 m below the frame's plane; heights are counted from the ellipsoid all the same."""
    latitude, longitude, _ = ORIGIN.geodetic(np.array([[100_000.0, 0, 0]]))
    far = volume(RING.model_copy(update={"latitude": float(latitude[0]), "longitude": float(longitude[0])}))
    assert far.place[2] == pytest.approx(-784, abs=3)
    above = ORIGIN.enu(latitude, longitude, np.array([100.0]))
    assert far.holds(far.own(np.concatenate([above, np.zeros((1, 3))], axis=1))[:, :3]).all()


@pytest.mark.parametrize(
    ("outline", "what"),
    [
        ("51.9 4.4; 51.9", "'51.9' is not a latitude and a longitude"),
        ("51.9 4.4; x y; 1 2", "'x y' is not a latitude"),
        ("4.4 190.0; 51 4; 52 4", "not on earth; write latitude before longitude"),
        ("51.9 4.4; 51.8 4.3", "at least three corners, not 2"),
    ],
)
def test_an_outline_that_is_none_is_refused(outline: str, what: str) -> None:
    with pytest.raises(InvalidZone, match=what):
        volumes([Zone(zone="field", outline=outline)], Frame(51.9, 4.4))


def test_the_zones_of_the_harbour_hold_their_own_middles() -> None:
    tanks, quay = volumes(harbour(seconds=1.0).zones, ORIGIN)
    assert tanks.covers(np.zeros((1, 2))).all()
    assert quay.covers(np.zeros((1, 2))).all()
    assert not quay.covers(np.array([[900.0, 0.0]])).any()
