"""All tracks as one structure of arrays: rows 0 to count - 1 are alive, in no order that means anything."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outwork.watch.frames import Floats, Ints
from outwork.watch.kernel import called


class Bank(NamedTuple):
    """Columns of tracks; a row is a track. Capacity is the length; how many rows are alive is kept beside it.

    state [row x model, 6] and covariance [row x model, 6, 6], the models of a row one after another; weight [row, model],
    probability of each model; time [row] of the state [s]; ratio [row], log-likelihood ratio; least [row], ratio below which it
    ends; began, updated [row] [s]; patience [row], silence that it may keep [s]; ids, hits (detections), misses (in a row),
    confirmed (0 or 1), sensor (of the last detection), identity, plot
    (detection that it began with, of the scan that it began in) [row].
    """

    state: Floats
    covariance: Floats
    weight: Floats
    time: Floats
    ratio: Floats
    least: Floats
    began: Floats
    updated: Floats
    patience: Floats
    ids: Ints
    hits: Ints
    misses: Ints
    confirmed: Ints
    sensor: Ints
    identity: Ints
    plot: Ints


def empty(capacity: int, models: int) -> Bank:
    """Return room for `capacity` tracks of so many models."""
    numbers, counts = np.zeros((6, capacity)), np.zeros((7, capacity), np.int64)
    return Bank(
        np.zeros((capacity * models, 6)), np.zeros((capacity * models, 6, 6)), np.zeros((capacity, models)),
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5],
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6],
    )  # fmt: skip


def by_row(bank: Bank) -> tuple[NDArray[np.float64] | NDArray[np.int64], ...]:
    """Return the columns with a row to a track: views of state [row, model, 6], covariance [row, model, 6, 6] and the rest."""
    models = bank.weight.shape[1]
    return bank.state.reshape(-1, models, 6), bank.covariance.reshape(-1, models, 6, 6), *bank[2:]


def copied(bank: Bank, count: int, capacity: int) -> Bank:
    """Return a bank of this capacity with a copy of the first `count` rows."""
    new = empty(capacity, bank.weight.shape[1])
    for before, after in zip(by_row(bank), by_row(new), strict=True):
        after[:count] = before[:count]
    return new


def grown(bank: Bank, count: int, capacity: int) -> Bank:
    """Return the first `count` rows with room for at least `capacity`: twice as much as before, so that growing is rare."""
    old = len(bank.time)
    return bank if capacity <= old else copied(bank, count, max(capacity, 2 * old))


@called
def move(bank: Bank, row: int, to: int) -> None:
    """Copy one row over another."""
    models = bank.weight.shape[1]
    for m in range(models):
        bank.weight[to, m] = bank.weight[row, m]
        for i in range(6):
            bank.state[to * models + m, i] = bank.state[row * models + m, i]
            for j in range(6):
                bank.covariance[to * models + m, i, j] = bank.covariance[row * models + m, i, j]
    for column in (bank.time, bank.ratio, bank.least, bank.began, bank.updated, bank.patience):
        column[to] = column[row]
    for counts in (bank.ids, bank.hits, bank.misses, bank.confirmed, bank.sensor, bank.identity, bank.plot):
        counts[to] = counts[row]
