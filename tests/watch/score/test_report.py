"""A report adds up what its scans hold."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.score.gospa import Cut
from outwork.watch.score.report import report
from outwork.watch.score.scene import Scene

RANDOM = np.random.default_rng(11)
SPREAD = np.diag([25.0, 25.0, 100.0, 1.0, 1.0, 1.0])


def at(time: float, x: list[float], ids: list[int]) -> Scene:
    state = np.zeros((len(x), 6))
    state[:, 0] = x
    return Scene(time, np.array(ids, np.int64), state, np.repeat(np.eye(6)[None], len(x), 0))


def test_three_scans_by_hand() -> None:
    truth = [at(0, [0, 500], [1, 2]), at(1, [0, 500], [1, 2]), at(2, [0], [1])]
    picture = [at(0, [3], [10]), at(1, [4, 500, 900], [10, 11, 12]), at(2, [0], [13])]
    found = report(truth, picture, Cut(c=60.0))
    assert found.distance == pytest.approx(np.sqrt([9 + 1800, 16 + 1800, 0]))
    assert (found.missed.tolist(), found.false.tolist()) == ([1, 0, 0], [0, 1, 0])
    assert (found.completeness, found.spuriousness) == (pytest.approx(4 / 5), pytest.approx(1 / 5))
    assert found.position_error == pytest.approx(np.sqrt(25 / 4))
    assert (found.continuity.switches, found.continuity.targets, found.continuity.tracks) == (1, 2, 3)
    assert found.position.mean == pytest.approx(25 / 4 / 2)


def test_tracks_with_errors_as_they_claim_are_honest() -> None:
    ids = np.arange(50)
    state = np.column_stack([np.arange(50) * 500.0, np.zeros((50, 5))])
    truth = [Scene.exact(t, ids, state) for t in range(10)]
    error = RANDOM.multivariate_normal(np.zeros(6), SPREAD, (10, 50))
    picture = [Scene(t, ids, state + error[t], np.repeat(SPREAD[None], 50, 0)) for t in range(10)]
    found = report(truth, picture, Cut(c=200.0))
    assert (found.position.verdict, found.state.verdict, found.state.samples) == ("honest", "honest", 500)
    assert found.position_error == pytest.approx(np.sqrt(150), rel=0.05)
    assert found.lines()[3] == "0 identity switches over 50 targets, 50 tracks"
    assert found.lines()[4].endswith("honest")


def test_an_empty_sky_that_is_shown_empty_scores_zero() -> None:
    found = report([at(0, [], [])], [at(0, [], [])], Cut())
    assert (found.gospa, found.completeness, found.spuriousness) == (0.0, 1.0, 0.0)
    assert found.position.verdict == "unknown"


def test_scans_of_different_times_are_refused() -> None:
    with pytest.raises(ValueError, match="scan 0: the truth is of 0 s and the picture of 1 s"):
        report([at(0, [0], [1])], [at(1, [0], [1])], Cut())
