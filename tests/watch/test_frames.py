from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.frames import RADIUS, Frame, earth_centred, geodetic

EVERYWHERE = np.random.default_rng(1)


def test_earth_centred_coordinates_are_those_of_the_published_example() -> None:
    # NIMA TR8350.2's ellipsoid; the example of ESA Navipedia's "Ellipsoidal and Cartesian coordinates conversion" formulas,
    # checked at places where the answer is known without them: on the axes, and at the pole.
    assert earth_centred(np.zeros(2), np.array([0.0, 90.0]), np.array([0.0, 10.0])) == pytest.approx(
        np.array([[RADIUS, 0, 0], [0, RADIUS + 10, 0]]), abs=1e-9
    )
    assert earth_centred(np.array([90.0]), np.array([0.0]), np.array([100.0]))[0, 2] == pytest.approx(6356752.314245 + 100)


def test_a_place_comes_back_from_earth_centred_coordinates_to_a_tenth_of_a_micrometre() -> None:
    latitude = EVERYWHERE.uniform(-90, 90, 1000)
    longitude = EVERYWHERE.uniform(-180, 180, 1000)
    altitude = EVERYWHERE.uniform(-10_000, 1_000_000, 1000)
    back = geodetic(earth_centred(latitude, longitude, altitude))
    assert back[0] == pytest.approx(latitude, abs=1e-12)
    assert back[1] == pytest.approx(longitude, abs=1e-12)
    assert back[2] == pytest.approx(altitude, abs=1e-7)


@pytest.mark.parametrize("latitude", [-90.0, -89.9999999, 0.0, 89.9999999, 90.0])
def test_poles_and_equator_come_back_too(latitude: float) -> None:
    back = geodetic(earth_centred(np.array([latitude]), np.array([33.0]), np.array([250.0])))
    assert back[0][0] == pytest.approx(latitude, abs=1e-12)
    assert back[2][0] == pytest.approx(250.0, abs=1e-7)


@pytest.mark.parametrize("latitude", [-90.0, 0.0, 51.5, 90.0])
def test_a_frame_is_its_own_inverse_100_km_away(latitude: float) -> None:
    frame = Frame(latitude, -1.2, 30.0)
    place = EVERYWHERE.normal(size=(100, 3)) * 1e5
    assert frame.enu(*frame.geodetic(place)) == pytest.approx(place, abs=1e-7)


def test_east_north_and_up_point_there() -> None:
    frame = Frame(50.0, 10.0)
    near = frame.enu(np.array([50.0, 50.001, 50.0]), np.array([10.001, 10.0, 10.0]), np.array([0.0, 0.0, 5.0]))
    # A thousandth of a degree at 50 degrees: 71.696 m of longitude (N cos(lat) pi / 180), 111.229 m of latitude (M pi / 180).
    assert near[0, 0] == pytest.approx(71.696, abs=1e-3)
    assert near[1, 1] == pytest.approx(111.229, abs=1e-3)
    assert near[2] == pytest.approx(np.array([0, 0, 5.0]), abs=1e-9)


def test_the_earth_curves_away_below_the_frame() -> None:
    frame = Frame(0.0, 0.0)
    drop = -frame.enu(np.array([0.0]), np.array([1.0]), np.array([0.0]))[0, 2]
    assert drop == pytest.approx(RADIUS * (1 - np.cos(np.pi / 180)), abs=1e-6)


def test_vectors_turn_into_the_frame_and_back_and_keep_their_length() -> None:
    frame = Frame(10.0, 20.0)
    there = np.array([60.0, -45.0]), np.array([120.0, -3.0])
    vector = np.array([[1.0, 2.0, 3.0], [-4.0, 5.0, 6.0]])
    turned = frame.rotate(vector, *there)
    assert np.linalg.norm(turned, axis=1) == pytest.approx(np.linalg.norm(vector, axis=1))
    assert frame.local(turned, *there) == pytest.approx(vector)


def test_instants_come_back_to_the_microsecond() -> None:
    frame = Frame(0.0, 0.0, epoch=1_700_000_000_000_000)
    instant = np.array([1_700_000_000_000_000, 1_700_086_400_123_457])
    assert (frame.instant(frame.seconds(instant)) == instant).all()


@pytest.mark.parametrize("place", [(91.0, 0.0, 0.0), (0.0, 400.0, 0.0), (float("nan"), 0.0, 0.0), (0.0, 0.0, float("inf"))])
def test_a_place_that_is_not_on_earth_is_refused(place: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="is no place"):
        Frame(*place)
