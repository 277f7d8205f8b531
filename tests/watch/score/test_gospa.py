"""GOSPA is a metric with the published parts, whatever the positions."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.frames import Floats
from outwork.watch.score.gospa import Cut, gospa

CUT = Cut(c=60.0, p=2.0)
places = st.lists(st.tuples(*[st.integers(-60, 60).map(float)] * 3), max_size=4).map(lambda rows: np.array(rows).reshape(-1, 3))


def by_trying_all(truth: Floats, tracks: Floats, cut: Cut) -> float:
    """The definition (Rahmathullah 2017, equation 1), over every permutation."""
    few, many = sorted((truth, tracks), key=len)
    apart = np.minimum(np.linalg.norm(few[:, None] - many[None], axis=2), cut.c) ** cut.p
    best = min(sum(apart[k, j] for k, j in enumerate(chosen)) for chosen in permutations(range(len(many)), len(few)))
    return float((best + cut.c**cut.p / 2 * (len(many) - len(few))) ** (1 / cut.p))


def test_two_targets_and_one_track_three_metres_off_with_c_5_are_the_root_of_9_and_half_of_25() -> None:
    found = gospa(np.array([[0.0, 0, 0], [100, 0, 0]]), np.array([[3.0, 0, 0]]), Cut(c=5.0))
    assert found.distance == pytest.approx(np.sqrt(9 + 12.5))
    assert (found.localisation, found.missed, found.false) == (9.0, 12.5, 0.0)
    assert (found.truth.tolist(), found.track.tolist(), found.missed_targets, found.false_tracks) == ([0], [0], 1, 0)


def test_a_pair_beyond_the_cut_is_one_missed_and_one_false() -> None:
    found = gospa(np.zeros((1, 3)), np.array([[60.0, 0, 0]]), CUT)
    assert (found.distance, found.missed, found.false, len(found.truth)) == (60.0, 1800.0, 1800.0, 0)


def test_nothing_against_nothing_is_zero_and_against_two_tracks_is_c() -> None:
    assert gospa(np.empty((0, 3)), np.empty((0, 3)), CUT).distance == 0.0
    assert gospa(np.empty((0, 3)), np.array([[0.0, 0, 0], [9, 9, 9]]), CUT).distance == pytest.approx(60.0)


@pytest.mark.parametrize(
    ("seed", "targets", "tracks", "cut", "published"),
    [
        (1, 30, 27, Cut(60.0, 2.0), 303.7115871023439),
        (2, 12, 20, Cut(120.0, 1.0), 1481.276593691025),
        (3, 100, 103, Cut(60.0, 2.0), 498.98951576446007),
    ],
)
def test_it_is_the_value_of_stone_soup(seed: int, targets: int, tracks: int, cut: Cut, published: float) -> None:
    """Answers of stonesoup 1.9.1's GOSPAMetric on the same positions, to all the digits that it printed."""
    random = np.random.default_rng(seed)
    truth = random.uniform(0, 400, (targets, 3))
    seen = random.uniform(0, 400, (tracks, 3))
    assert gospa(truth, seen, cut).distance == pytest.approx(published, rel=1e-12)


@given(places, places, st.sampled_from([Cut(20.0, 1.0), Cut(60.0, 2.0), Cut(35.5, 3.0)]))
def test_it_is_the_least_over_all_assignments(truth: Floats, tracks: Floats, cut: Cut) -> None:
    found = gospa(truth, tracks, cut)
    assert found.distance == pytest.approx(by_trying_all(truth, tracks, cut), abs=1e-9)
    assert found.distance**cut.p == pytest.approx(found.localisation + found.missed + found.false)
    assert len(found.truth) + found.missed_targets == len(truth)
    assert len(found.track) + found.false_tracks == len(tracks)


@given(places, places, places)
def test_it_is_a_metric(one: Floats, two: Floats, three: Floats) -> None:
    direct = gospa(one, three, CUT).distance
    assert gospa(three, one, CUT).distance == pytest.approx(direct)
    assert direct <= gospa(one, two, CUT).distance + gospa(two, three, CUT).distance + 1e-9
    assert gospa(one, one, CUT).distance == 0.0


def test_a_position_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="a position of tracks is not a number"):
        gospa(np.zeros((1, 3)), np.full((1, 3), np.nan), CUT)
    with pytest.raises(ValueError, match="cut-off above 0 m"):
        Cut(c=0.0)
