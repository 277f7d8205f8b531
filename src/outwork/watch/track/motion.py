"""How states and their covariances go forward in time.

Sources: Bar-Shalom, Li and Kirubarajan (2001), Estimation with Applications to Tracking and Navigation: section 6.2.2
(white-noise acceleration), 11.7.1 (coordinated turn of known rate), 11.6.6 (interacting multiple model); Blom and
Bar-Shalom (1988), The interacting multiple model algorithm for systems with Markovian switching coefficients.
"""

from __future__ import annotations

from math import cos, exp, sin
from typing import Final

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import FIRST, called, compiled, inlined, making
from outwork.watch.track.bank import Bank

NOISE, CLIMB, TURN, STAYS = range(4)
UP: Final = 2
"""The place of "up" among east, north and up."""
TINY: Final = 1e-300
STATE: Final = 6
"""Numbers of a state, and the number of the column after those of its covariance: the state itself."""
PAIR: Final = 2
"""Models [1] that are mixed in one go."""


@called
def transition(dt: float, turn: float, move: Floats, spin: Floats) -> None:
    """Write how velocity becomes displacement, `move` [3, 3], and new velocity, `spin` [3, 3], over dt [s].

    Straight on: move = dt I, spin = I. In a turn of rate w, with s = sin(w dt), c = cos(w dt), in the plane:
    move = [[s, c - 1], [1 - c, s]] / w;  spin = [[c, -s], [s, c]].
    """
    move[:] = 0.0
    spin[:] = 0.0
    move[2, 2], spin[2, 2] = dt, 1.0
    s, c = sin(turn * dt), cos(turn * dt)
    along, aside = (s / turn, (1.0 - c) / turn) if turn != 0.0 else (dt, 0.0)
    move[0, 0], move[0, 1], move[1, 0], move[1, 1] = along, -aside, aside, along
    spin[0, 0], spin[0, 1], spin[1, 0], spin[1, 1] = c, -s, s, c


@making
def turn_column(state: Floats, covariance: Floats, k: int, column: int, move: Floats, spin: Floats) -> None:
    """Write F times a column of the k-th covariance, or times its state for the seventh:  p = p + move v;  v = spin v."""
    v = np.empty(3)
    for i in range(3):
        v[i] = state[k, 3 + i] if column == STATE else covariance[k, 3 + i, column]
    for i in range(3):
        moved, spun = 0.0, 0.0
        for j in range(3):
            moved += move[i, j] * v[j]
            spun += spin[i, j] * v[j]
        if column == STATE:
            state[k, i] += moved
            state[k, 3 + i] = spun
        else:
            covariance[k, i, column] += moved
            covariance[k, 3 + i, column] = spun


@making
def turn_row(covariance: Floats, k: int, row: int, move: Floats, spin: Floats) -> None:
    """Write a row of the k-th covariance times F'."""
    v = np.empty(3)
    for i in range(3):
        v[i] = covariance[k, row, 3 + i]
    for i in range(3):
        moved, spun = 0.0, 0.0
        for j in range(3):
            moved += move[i, j] * v[j]
            spun += spin[i, j] * v[j]
        covariance[k, row, i] += moved
        covariance[k, row, 3 + i] = spun


@making
def forward_in_turn(state: Floats, covariance: Floats, k: int, dt: float, turn: float) -> None:
    """Take the k-th state and covariance forward by dt in a level turn, without noise:  x = F x;  P = F P F'."""
    move, spin = np.empty((3, 3)), np.empty((3, 3))
    transition(dt, turn, move, spin)
    for column in range(7):
        turn_column(state, covariance, k, column, move, spin)
    for row in range(6):
        turn_row(covariance, k, row, move, spin)


@inlined
def forward_straight(state: Floats, covariance: Floats, k: int, dt: float) -> None:
    """Take the k-th state and covariance forward by dt straight on, without noise, block by block.

    p = p + dt v;  Ppp = Ppp + dt (Ppv + Pvp) + dt2 Pvv;  Ppv = Ppv + dt Pvv.
    """
    for i in range(3):
        state[k, i] += dt * state[k, 3 + i]
        for j in range(i, 3):
            cross = covariance[k, i, 3 + j] + covariance[k, j, 3 + i] + dt * covariance[k, 3 + i, 3 + j]
            covariance[k, i, j] += dt * cross
            covariance[k, j, i] = covariance[k, i, j]
    for i in range(3):
        for j in range(3):
            covariance[k, i, 3 + j] += dt * covariance[k, 3 + i, 3 + j]
            covariance[k, 3 + j, i] = covariance[k, i, 3 + j]


@inlined
def forward(state: Floats, covariance: Floats, k: int, dt: float, models: Floats, m: int) -> None:
    """Take the k-th state [.., 6] and covariance [.., 6, 6] forward by dt [s] under model m;  x = F x,  P = F P F' + Q.

    Q of white-noise acceleration with density q in each direction:  q [[dt3 / 3, dt2 / 2], [dt2 / 2, dt]].
    """
    if models[m, TURN] == 0.0:
        forward_straight(state, covariance, k, dt)
    else:
        forward_in_turn(state, covariance, k, dt, models[m, TURN])
    span = abs(dt)
    for i in range(3):
        q = models[m, CLIMB] if i == UP else models[m, NOISE]
        covariance[k, i, i] += q * span * span * span / 3.0
        covariance[k, i, 3 + i] += q * dt * span / 2.0
        covariance[k, 3 + i, i] = covariance[k, i, 3 + i]
        covariance[k, 3 + i, 3 + i] += q * span


def forward_reference(state: Floats, covariance: Floats, dt: float, model: Floats) -> tuple[Floats, Floats]:
    """Return what `forward` writes, by whole matrices."""
    move, spin = np.empty((3, 3)), np.empty((3, 3))
    transition(dt, model[TURN], move, spin)
    whole = np.block([[np.eye(3), move], [np.zeros((3, 3)), spin]])
    q = np.diag([model[NOISE], model[NOISE], model[CLIMB]])
    noise = np.block([[q * dt**3 / 3, q * dt**2 / 2], [q * dt**2 / 2, q * dt]])
    return whole @ state, whole @ covariance @ whole.T + noise


@inlined
def copy(state: Floats, covariance: Floats, k: int, to_state: Floats, to_covariance: Floats, at: int) -> None:
    """Copy the k-th state and covariance to number `at` of others."""
    for i in range(6):
        to_state[at, i] = state[k, i]
        for j in range(6):
            to_covariance[at, i, j] = covariance[k, i, j]


@inlined
def moments(
    state: Floats, covariance: Floats, first: int, share: Floats, i: int, wide: int, mean: Floats, at: int, whole: Floats,
    to: int,
) -> None:  # fmt: skip
    """Write mean[at] and covariance whole[to] of the mixture of states first, first + 1, ... with weights share[i].

    x = sum w_m x_m,  P = sum w_m (P_m + (x_m - x) (x_m - x)'), one after another: with t = w_m / (w_1 + ... + w_m) and
    d = x_m - x,  P = (1 - t) P + t P_m + t (1 - t) d d',  x = x + t d. Of P only the first `wide` rows and columns are written.
    """
    for a in range(STATE):
        mean[at, a] = state[first, a]
    for a in range(wide):
        for b in range(wide):
            whole[to, a, b] = covariance[first, a, b]
    total = share[i, 0]
    for m in range(1, share.shape[1]):
        total += share[i, m]
        t, k = share[i, m] / max(total, TINY), first + m
        for a in range(wide):
            apart = t * (1.0 - t) * (state[k, a] - mean[at, a])
            for b in range(a, wide):
                both = (1.0 - t) * whole[to, a, b] + t * covariance[k, a, b] + apart * (state[k, b] - mean[at, b])
                whole[to, a, b] = whole[to, b, a] = both
        for a in range(STATE):
            mean[at, a] += t * (state[k, a] - mean[at, a])


def moments_reference(state: Floats, covariance: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return what `moments` writes, of states [m, 6], covariances [m, 6, 6] and weights [m]."""
    mean = share @ state
    apart = state - mean
    return mean, np.einsum("m,mij->ij", share, covariance) + np.einsum("m,mi,mj->ij", share, apart, apart)


@called
def changes(models: Floats, dt: float, change: Floats) -> None:
    """Write the probability change[j, i] that what moves by model i does so by model j after dt [s].

    A model is kept with p_ii = exp(-dt / stays_i) and left evenly for the others.
    """
    count = len(models)
    for i in range(count):
        stay = exp(-dt / models[i, STAYS])
        for j in range(count):
            change[j, i] = stay if i == j else (1.0 - stay) / (count - 1)


@inlined
def mix(
    state: Floats, covariance: Floats, first: int, weight: Floats, row: int, change: Floats, share: Floats, mean: Floats,
    whole: Floats,
) -> None:  # fmt: skip
    """Mix the models of one track before its motion: the interaction step of the IMM, written in place.

    With p_ij = change[j, i] and c_j = sum_i p_ij w_i, model j starts from the mixture of all with weights p_ij w_i / c_j, and
    its weight becomes c_j. share [m, m], mean [m, 6] and whole [m, 6, 6] are room to work in.
    """
    count = len(change)
    for j in range(count):
        for i in range(count):
            share[j, i] = change[j, i] * weight[row, i]
    for j in range(count):
        total = 0.0
        for i in range(count):
            total += share[j, i]
        weight[row, j] = total
        for i in range(count):
            share[j, i] /= total
    if count == PAIR:
        mix_two(state, covariance, first, share[0, 1], share[1, 1], mean)
    else:
        mix_many(state, covariance, first, share, mean, whole)


@inlined
def mix_two(state: Floats, covariance: Floats, first: int, one: float, other: float, apart: Floats) -> None:
    """Mix two models in place, the second's shares being `one` in the first and `other` in itself; apart [.., 6] is room.

    With d = x_2 - x_1 and a share t:  x = x_1 + t d,  P = P_1 + t (P_2 - P_1) + t (1 - t) d d'.
    """
    second, one_wider, other_wider = first + 1, one * (1.0 - one), other * (1.0 - other)
    for a in range(STATE):
        apart[0, a] = state[second, a] - state[first, a]
        for b in range(a + 1):
            p, both = covariance[first, b, a], apart[0, a] * apart[0, b]
            more = covariance[second, b, a] - p
            first_p, second_p = p + one * more + one_wider * both, p + other * more + other_wider * both
            covariance[first, a, b] = covariance[first, b, a] = first_p
            covariance[second, a, b] = covariance[second, b, a] = second_p
    for a in range(STATE):
        place = state[first, a]
        state[first, a], state[second, a] = place + one * apart[0, a], place + other * apart[0, a]


@called
def mix_many(state: Floats, covariance: Floats, first: int, share: Floats, mean: Floats, whole: Floats) -> None:
    """Replace each model j by the mixture of all with weights share[j]; mean [m, 6], whole [m, 6, 6] are room to work in."""
    for j in range(len(share)):
        moments(state, covariance, first, share, j, STATE, mean, j, whole, j)
    for j in range(len(share)):
        copy(mean, whole, j, state, covariance, first + j)


@making
def advance(bank: Bank, rows: Ints, time: float, models: Floats) -> None:
    """Take the tracks `rows` [n] of the bank forward to `time` [s]."""
    count, span = len(models), -1.0
    state, covariance, weight, last = bank.state, bank.covariance, bank.weight, bank.time
    change, share = np.empty((count, count)), np.empty((count, count))
    mean, whole = np.empty((count, STATE)), np.empty((count, STATE, STATE))
    for row in rows:
        dt = time - last[row]
        if dt <= 0.0:
            continue
        first = row * count
        if count > 1:
            if dt != span:
                changes(models, dt, change)
                span = dt
            mix(state, covariance, first, weight, row, change, share, mean, whole)
        for m in range(count):
            forward(state, covariance, first + m, dt, models, m)
        last[row] = time


@compiled
def merged(bank: Bank, rows: Ints, time: float, models: Floats) -> tuple[Floats, Floats]:
    """Return state [n, 6] and covariance [n, 6, 6] of tracks at `time` [s], their models merged; the bank stays."""
    count = len(models)
    mean, whole = np.empty((len(rows), 6)), np.empty((len(rows), 6, 6))
    state, covariance = np.empty((count, 6)), np.empty((count, 6, 6))
    for i in range(len(rows)):
        row = rows[i]
        for m in range(count):
            copy(bank.state, bank.covariance, row * count + m, state, covariance, m)
            if time > bank.time[row]:
                forward(state, covariance, m, time - bank.time[row], models, m)
        moments(state, covariance, FIRST, bank.weight, row, STATE, mean, i, whole, i)
    return mean, whole
