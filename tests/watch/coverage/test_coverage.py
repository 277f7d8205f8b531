"""Coverage is what geometry and probability say, and its gaps are rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from outwork.model.tables.watching import Sensor
from outwork.watch.coverage.detection import Coverage, Options, coverage, horizon
from outwork.watch.coverage.gaps import Wish, demands, gaps
from outwork.watch.coverage.grid import grid
from outwork.watch.frames import Floats
from outwork.watch.scenario.named import ORIGIN, four_radars, harbour
from outwork.watch.scenario.watcher import Watcher, sensors_table
from outwork.watch.sensors import Sensors

OPTIONS = Options(window=1.0)
AREA = grid(ORIGIN, wide=8000, deep=8000, step=500, altitudes=np.array([60.0, 200.0]))


def radars(*places: tuple[float, float], reach: float = 2000.0, **columns: object) -> Sensors:
    """Radars that detect with 0.8, 10 m above the ellipsoid, at places east and north of the origin."""
    rows = []
    for k, (east, north) in enumerate(places):
        latitude, longitude, _ = ORIGIN.geodetic(np.array([[east, north, 0.0]]))
        made = {
            "sensor": f"r{k}", "kind": "radar_3d", "latitude": float(latitude[0]), "longitude": float(longitude[0]),
            "altitude": 10.0, "range_error": 5.0, "azimuth_error": 0.2, "elevation_error": 0.4, "range_most": reach,
            "detects": 0.8, "period": 1.0,
        }  # fmt: skip
        rows.append(Watcher(Sensor.model_validate({**made, **columns})))
    return Sensors.of(sensors_table(rows), ORIGIN)


def flat(probability: Floats) -> Coverage:
    """A coverage with given probabilities [row, column] at one altitude."""
    rows, columns = probability.shape
    area = grid(ORIGIN, wide=columns * 100.0, deep=rows * 100.0, step=100.0, altitudes=np.array([100.0]))
    return Coverage(area, probability[None], Options())


def test_inside_its_range_a_radar_detects_with_its_probability_and_outside_not_at_all() -> None:
    found = coverage(radars((0, 0)), AREA, OPTIONS)
    away = np.linalg.norm(AREA.place.reshape(*AREA.shape, 3) - [0, 0, 10], axis=-1)
    assert found.probability[away < 1990] == pytest.approx(0.8)
    assert (found.probability[away > 2010] == 0).all()


def test_two_radars_and_three_scans_miss_as_often_as_six_looks_do() -> None:
    found = coverage(radars((0, 0), (100, 0), reach=20_000.0), AREA, Options(window=3.5))
    assert found.probability == pytest.approx(1 - 0.2**6)
    assert (found.covered, found.mean) == (1.0, pytest.approx(1 - 0.2**6))


def test_a_sector_and_an_elevation_bound_what_is_seen() -> None:
    found = coverage(radars((0, 0), azimuth_since=0.0, azimuth_width=90.0, elevation_most=5.0), AREA, OPTIONS).probability
    north, east = np.meshgrid(AREA.north, AREA.east, indexing="ij")
    assert (found[:, (north < 0) | (east < 0)] == 0).all()
    near = (north > 0) & (east > 0) & (np.hypot(north, east) < 1500)
    assert (found[0, near] > 0).any()
    assert (found[1, near] == 0).all()


def test_the_horizon_of_the_four_thirds_earth_is_the_one_of_the_books() -> None:
    """Skolnik: d [km] = 4.12 (sqrt h1 + sqrt h2), heights in metres, to the rounding of 4.12."""
    assert horizon(10.0, np.array([100.0])) / 1000 == pytest.approx(4.12 * (np.sqrt(10) + 10), rel=1e-3)
    assert horizon(-3.0, np.array([0.0])) == 0.0


def test_what_flies_low_is_below_the_horizon_of_a_radar_that_reaches_farther() -> None:
    wide = grid(ORIGIN, wide=80_000, deep=1000, step=1000, altitudes=np.array([20.0, 300.0]))
    found = coverage(radars((0, 0), reach=100_000.0), wide, OPTIONS).probability[:, 0]
    away = np.abs(wide.east)
    edge = 4120 * (np.sqrt(10) + np.sqrt(20))
    assert (found[0, away < edge - 500] > 0).all()
    assert (found[0, away > edge + 500] == 0).all()
    assert (found[1] > 0).all()


def test_what_only_reports_itself_covers_nothing() -> None:
    sensors = harbour(seconds=1.0).sensors
    alone = [k for k, name in enumerate(sensors.names) if name in {"remote-id", "adsb"}]
    deaf = replace(sensors, detects=np.where(np.isin(np.arange(len(sensors)), alone), sensors.detects, 1e-12))
    assert coverage(deaf, AREA, OPTIONS).mean < 1e-9


def test_four_radars_that_look_no_higher_than_20_degrees_leave_gaps_high_above() -> None:
    area = grid(ORIGIN, wide=8000, deep=8000, step=250, altitudes=np.array([100.0, 3500.0]))
    table = gaps(coverage(four_radars(1, seconds=1.0).sensors, area, Options(window=4.0)))
    assert set(table["altitude"]) == {3500.0}


def test_gaps_are_pieces_joined_by_sides_with_their_areas_and_probabilities() -> None:
    seen = np.ones((5, 6))
    seen[0, :3], seen[1, 0], seen[4, 5], seen[3, 4] = 0.5, 0.1, 0.2, 0.8
    table = gaps(flat(seen))
    assert table["coverage_gap"].to_list() == ["gap-100m-1", "gap-100m-2", "gap-100m-3"]
    assert table["area"].to_list() == [40_000.0, 10_000.0, 10_000.0]
    assert table["probability"].to_list() == pytest.approx([1.6 / 4, 0.8, 0.2])
    place = ORIGIN.enu(table["latitude"].to_numpy(), table["longitude"].to_numpy(), np.zeros(3))
    assert place[:, :2] == pytest.approx(np.array([[-250, -200], [150, 100], [250, 200]])[[0, 1, 2]], abs=101)


def test_the_place_of_a_ring_is_on_the_ring() -> None:
    seen = np.zeros((7, 7))
    seen[1:6, 1:6] = 1.0
    found = flat(seen)
    (row,) = gaps(found).iter_rows(named=True)
    place = ORIGIN.enu(*(np.array([row[name]]) for name in ("latitude", "longitude")), np.zeros(1))[0]
    assert np.abs(place[:2]).max() == pytest.approx(300, abs=1)


def test_without_gaps_nothing_is_wanted() -> None:
    table = gaps(flat(np.ones((3, 3))))
    assert table.is_empty()
    assert demands(table, Wish("mast", "depot", date(2027, 3, 1), covers=1e6)).is_empty()


def test_gaps_become_demands_at_the_altitude_where_most_is_missing() -> None:
    probability = np.ones((2, 4, 5))
    probability[0, 0, 0] = 0.0
    probability[1, :3, :] = 0.0
    probability[1, 1, :] = 1.0
    area = grid(ORIGIN, wide=5000, deep=4000, step=1000, altitudes=np.array([50.0, 300.0]))
    table = gaps(Coverage(area, probability, Options()))
    wanted = demands(table, Wish("mast", "depot", date(2027, 3, 1), covers=2e6, priority=3.0))
    assert wanted.height == 2
    assert wanted["quantity"].to_list() == [3.0, 3.0]
    assert wanted["demand"].to_list() == ["mast-gap-300m-1", "mast-gap-300m-2"]
    assert set(wanted["firm"]) == {"option"}


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="has no cell"):
        grid(ORIGIN, wide=0, deep=100, step=10, altitudes=np.array([1.0]))
    with pytest.raises(ValueError, match=r"covers 0\.0 m2"):
        Wish("mast", "depot", date(2027, 3, 1), covers=0.0)
