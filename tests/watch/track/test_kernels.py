"""Each kernel does what its plain NumPy reference does."""

from __future__ import annotations

import numpy as np
import pytest

from outwork.watch.frames import Floats
from outwork.watch.kernel import compiled
from outwork.watch.sensors import in_view, jacobian, measured
from outwork.watch.track import fit, look, motion, update
from outwork.watch.track.associate import clusters as grouping
from outwork.watch.track.associate import joint as sharing
from outwork.watch.track.associate import nearest
from outwork.watch.track.associate.joint import joint_reference
from outwork.watch.track.associate.nearest import assigned_reference
from outwork.watch.track.fit import misfit_reference
from outwork.watch.track.gate import Edges
from outwork.watch.track.look import eyes
from outwork.watch.track.motion import forward_reference, moments_reference
from outwork.watch.track.update import absorb_reference
from tests.watch.laydown import at, several

# What is compiled is tested, and not the plain Python that it is compiled from.
forward, moments, mix = compiled(motion.forward), compiled(motion.moments), compiled(motion.mix)
seen, sees, wrapped = compiled(look.look), compiled(look.sees), compiled(look.wrapped)
misfit, absorb = compiled(fit.misfit), compiled(update.absorb)
assigned, clusters, joint = compiled(nearest.assigned), compiled(grouping.clusters), compiled(sharing.joint)

RNG = np.random.default_rng(11)


def covariance(count: int) -> Floats:
    half = RNG.normal(size=(count, 6, 6)) * np.array([20.0, 20, 20, 3, 3, 3])
    return np.einsum("nij,nkj->nik", half, half) + np.eye(6) * 0.1


@pytest.mark.parametrize("turn", [0.0, 0.2, -0.05])
def test_a_state_goes_forward_as_by_whole_matrices(turn: float) -> None:
    models = np.array([[2.0, 0.5, turn, 10.0]])
    state, spread = RNG.normal(size=(1, 6)) * 100, covariance(1)
    expected = forward_reference(state[0], spread[0], 1.7, models[0])
    forward(state, spread, 0, 1.7, models, 0)
    assert state[0] == pytest.approx(expected[0])
    assert spread[0] == pytest.approx(expected[1])


def test_a_turn_of_no_rate_is_straight_on_and_a_full_turn_comes_back() -> None:
    state, spread = np.array([[0.0, 0, 0, 10, 0, 1]]), covariance(1)
    forward(state, spread, 0, 2 * np.pi / 0.3, np.array([[1.0, 1.0, 0.3, 10.0]]), 0)
    assert state[0] == pytest.approx([0, 0, 2 * np.pi / 0.3, 10, 0, 1], abs=1e-9)


def test_a_mixture_has_the_moments_of_its_definition() -> None:
    state, spread, share = RNG.normal(size=(3, 6)) * 50, covariance(3), np.array([[0.2, 0.5, 0.3]])
    mean, whole = np.zeros((1, 6)), np.zeros((1, 6, 6))
    moments(state, spread, 0, share, 0, 6, mean, 0, whole, 0)
    expected = moments_reference(state, spread, share[0])
    assert mean[0] == pytest.approx(expected[0])
    assert whole[0] == pytest.approx(expected[1])


@pytest.mark.parametrize("models", [2, 3])
def test_models_are_mixed_as_by_the_definition_of_each_mixture(models: int) -> None:
    state, spread, change = RNG.normal(size=(models, 6)) * 50, covariance(models), RNG.random((models, models))
    weight = RNG.dirichlet(np.ones(models), 1)
    share = change * weight
    expected = [moments_reference(state, spread, each / each.sum()) for each in share]
    mix(state, spread, 0, weight, 0, change, np.empty((models, models)), np.empty((models, 6)), np.empty((models, 6, 6)))
    assert weight[0] == pytest.approx(share.sum(axis=1))
    for m in range(models):
        assert state[m] == pytest.approx(expected[m][0])
        assert spread[m] == pytest.approx(expected[m][1])


@pytest.mark.parametrize("kind", ["radar_3d", "self_report"])
def test_a_track_looks_as_the_sensors_measure(kind: str) -> None:
    one = several(at((800.0, -300.0), kind))
    eye, state = eyes(one)[0], np.concatenate([RNG.normal(size=(20, 3)) * 2000, RNG.normal(size=(20, 3)) * 20], axis=1)
    z, slope = np.zeros((1, 6)), np.zeros((6, 6))
    later = state + np.pad(0.4 * state[:, 3:], ((0, 0), (0, 3)))
    expected, steep = measured(one, 0, later), jacobian(one, 0, later)
    steep[:, :, 3:] += 0.4 * steep[:, :, :3]
    views = in_view(one, 0, later[:, :3])
    parts = 4 if kind == "radar_3d" else 6
    for k in range(20):
        seen(eye.kind, eye.mount, state, k, 0.4, 6, z, 0, slope)
        assert z[0, :parts] == pytest.approx(expected[k, :parts])
        assert slope[:parts] == pytest.approx(steep[k, :parts], abs=1e-12)
        if kind == "radar_3d":
            assert sees(eye.judges, eye.scope, z, 0) == views[k]


def test_angles_wrap_into_half_a_turn_each_way() -> None:
    assert wrapped(np.pi + 0.1) == pytest.approx(-np.pi + 0.1)
    assert wrapped(-7 * np.pi / 2) == pytest.approx(np.pi / 2)


def test_misfit_is_by_solving_and_by_the_determinant() -> None:
    s, v = covariance(1)[0, :4, :4], RNG.normal(size=4) * 10
    assert misfit(s.copy()[None], v.copy(), 4) == pytest.approx(misfit_reference(s, v))


def test_one_component_after_another_corrects_as_all_at_once_in_josephs_form() -> None:
    slope, v, noise = RNG.normal(size=(3, 6)), RNG.normal(size=3) * 5, np.array([25.0, 4.0, 9.0])
    state, spread = RNG.normal(size=(1, 6)) * 10, covariance(1)
    expected = absorb_reference(state[0], spread[0], slope, v, noise)
    before = state.copy()
    for part in range(3):
        rest = v[part] - slope[part] @ (state[0] - before[0])
        absorb(state, spread, 0, slope[None], 0, part, 6, rest, noise[part], np.zeros(6))
    assert state[0] == pytest.approx(expected[0])
    assert spread[0] == pytest.approx(expected[1])
    assert (spread[0] == spread[0].T).all()
    assert np.linalg.eigvalsh(spread[0]).min() > 0


def sparse(tracks: int, plots: int, share: float) -> Edges:
    """Return random edges between tracks and detections."""
    there = RNG.random((tracks, plots)) < share
    start = np.concatenate([[0], np.cumsum(there.sum(axis=1))])
    plot = np.concatenate([np.flatnonzero(row) for row in there])
    return Edges(
        start, plot, np.zeros(len(plot)), RNG.normal(size=len(plot)) * 3, np.zeros((len(plot), 1)), np.full(tracks, 0.9)
    )


@pytest.mark.parametrize("share", [0.1, 0.4, 1.0])
def test_the_assignment_is_the_cheapest(share: float) -> None:
    for size in (1, 3, 8, 25):
        edges = sparse(size, size + 2, share)
        cost = edges.score - 1.0
        chosen = assigned(edges.start, edges.plot, cost, size + 2)
        taken = edges.plot[chosen[chosen >= 0]]
        assert len(set(taken.tolist())) == len(taken)
        assert cost[chosen[chosen >= 0]].sum() == pytest.approx(
            assigned_reference(edges.start, edges.plot, cost, size + 2), abs=1e-9
        )


def test_tracks_are_in_one_cluster_if_a_chain_of_detections_joins_them() -> None:
    # 0 and 2 share detection 5, 2 and 3 share 1; 1 has its own.
    edges = Edges(np.array([0, 1, 2, 4, 5]), np.array([5, 0, 5, 1, 1]), np.zeros(5), np.zeros(5), np.zeros((5, 1)), np.zeros(4))
    found = clusters(edges, 6)
    assert found.start.tolist() == [0, 3, 4]
    assert found.order.tolist() == [0, 2, 3, 1]


def test_joint_probabilities_are_exact_where_tracks_do_not_compete_in_a_ring() -> None:
    edges = Edges(
        np.array([0, 2, 4]),
        np.array([0, 1, 1, 2]),
        np.zeros(4),
        np.array([2.0, 1.0, 1.5, 0.3]),
        np.zeros((4, 1)),
        np.full(2, 0.8),
    )
    assert joint(edges, clusters(edges, 3), 3).weight == pytest.approx(joint_reference(edges), abs=1e-4)


def test_joint_probabilities_of_a_dense_cluster_are_near_the_exact_ones_and_sum_to_at_most_one() -> None:
    edges = sparse(4, 5, 0.7)
    shares = joint(edges, clusters(edges, 5), 5)
    # Belief propagation is exact without loops only: where two tracks want the same two detections it is too sure by some.
    assert shares.weight == pytest.approx(joint_reference(edges), abs=0.2)
    assert np.abs(shares.weight - joint_reference(edges)).mean() < 0.05
    assert (shares.hit <= 1.0 + 1e-9).all()
    assert (shares.taken <= 1.0 + 1e-3).all()
