"""Switches are counted as CLEAR MOT counts them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.frames import Ints
from outwork.watch.score.switches import continuity, switches

numbers = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=40).map(
    lambda rows: np.array(rows, np.int64).reshape(-1, 2)
)


def test_a_target_that_changes_its_track_and_comes_back_has_switched_twice() -> None:
    found = continuity(np.array([7, 8, 7, 8, 7, 8]), np.array([1, 2, 3, 2, 1, 2]))
    assert (found.switches, found.jumps, found.targets, found.tracks) == (2, 0, 2, 3)


def test_two_targets_that_swap_tracks_switch_once_each_and_so_do_the_tracks() -> None:
    found = continuity(np.array([0, 1, 0, 1, 0, 1]), np.array([5, 6, 6, 5, 6, 5]))
    assert (found.switches, found.jumps) == (2, 2)
    assert found.purity == 4 / 6


def test_a_pause_between_matches_is_no_switch() -> None:
    assert switches(np.array([0, 1, 1, 0]), np.array([5, 6, 6, 5])) == 0


def test_without_matches_nothing_switched() -> None:
    empty = np.empty(0, np.int64)
    found = continuity(empty, empty)
    assert (found.switches, found.jumps, found.targets, found.tracks, found.purity) == (0, 0, 0, 0, 1.0)


@given(numbers)
def test_the_count_is_that_of_a_walk_through_the_matches(matches: Ints) -> None:
    last: dict[int, int] = {}
    expected = 0
    for target, track in matches.tolist():
        expected += last.get(target, track) != track
        last[target] = track
    assert switches(matches[:, 0], matches[:, 1]) == expected
