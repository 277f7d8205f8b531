"""The next sensor goes where it adds most, and the greedy choice keeps its guarantee."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.coverage.detection import Options, coverage
from outwork.watch.coverage.grid import grid
from outwork.watch.coverage.placing import GUARANTEE, Places, _greedy, choose, placements
from outwork.watch.frames import Floats
from outwork.watch.scenario.named import ORIGIN
from outwork.watch.sensors import Sensors
from tests.watch.coverage.test_coverage import radars

AREA = grid(ORIGIN, wide=8000, deep=8000, step=400, altitudes=np.array([100.0]))
OPTIONS = Options(window=1.0)
matrices = st.lists(st.lists(st.floats(0, 1), min_size=5, max_size=5), min_size=4, max_size=6).map(np.array)


def at(*places: tuple[float, float]) -> Places:
    latitude, longitude, _ = ORIGIN.geodetic(np.array([[x, y, 0.0] for x, y in places]))
    return Places(latitude, longitude, np.full(len(places), 10.0))


def without(sensors: Sensors) -> float:
    return coverage(sensors, AREA, OPTIONS).mean


def test_beside_a_radar_in_the_west_the_next_one_goes_to_the_east() -> None:
    sensors, places = radars((-2000, 0)), at((-2000, 0), (-1000, 0), (2000, 0), (9000, 9000))
    chosen = choose(sensors, 0, places, AREA, OPTIONS, 2)
    assert chosen.place.tolist() == [2, 1]
    both = coverage(radars((-2000, 0), (2000, 0)), AREA, OPTIONS).mean
    assert chosen.gain[0] == pytest.approx(both - without(sensors))
    three = coverage(radars((-2000, 0), (2000, 0), (-1000, 0)), AREA, OPTIONS).mean
    assert chosen.gain.sum() == pytest.approx(three - without(sensors))


def test_a_place_from_which_nothing_of_the_area_is_seen_is_never_chosen() -> None:
    chosen = choose(radars((0, 0)), 0, at((30_000, 0), (0, 40_000)), AREA, OPTIONS, 2)
    assert (chosen.place.tolist(), chosen.gain.tolist()) == ([], [])


@given(matrices, st.integers(1, 3))
def test_lazy_is_as_good_as_looking_at_every_place_each_time_and_keeps_the_guarantee(each: Floats, number: int) -> None:
    missed = np.ones(each.shape[1])
    chosen = _greedy(missed, list(each), number)
    plain = 0.0
    left, now = list(range(len(each))), missed
    for _ in range(number):
        best = max(left, key=lambda k: float((now * (1 - each[k])).mean()))
        plain += float((now * (1 - each[best])).mean())
        now = now * each[best]
        left.remove(best)
    assert chosen.gain.sum() == pytest.approx(plain, abs=1e-9)
    best_set = max(1 - each[list(picked)].prod(axis=0).mean() for picked in combinations(range(len(each)), number))
    assert chosen.gain.sum() >= GUARANTEE * best_set - 1e-12
    assert np.all(np.diff(chosen.gain) <= 1e-12)


def test_bounds_spare_most_looks() -> None:
    places = at(*[(east, north) for east in range(-3500, 4000, 1000) for north in range(-3500, 4000, 1000)])
    chosen = choose(radars((0, 0), reach=1500.0), 0, places, AREA, OPTIONS, 6)
    assert len(chosen.place) == 6
    assert chosen.looks < 64 * 6 / 2


def test_placements_are_rows_in_order() -> None:
    places = at((-1000, 0), (2000, 0))
    table = placements(choose(radars((-2000, 0)), 0, places, AREA, OPTIONS, 2), places, "r0")
    assert table["placement"].to_list() == ["r0-1", "r0-2"]
    assert table["place"].to_list() == [1, 2]
    assert table["gain"][0] > table["gain"][1] > 0
