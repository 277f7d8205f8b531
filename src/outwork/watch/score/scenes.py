"""From tables to scenes: where things really were, and what the picture showed, at the same instants and in one frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from outwork.watch.frames import Floats, Frame, Ints
from outwork.watch.score.scene import Scene

HOLE: Final = 3.0
"""Between two known places that lie more than this many usual steps of the thing apart, nobody knows where it was [1]."""


@dataclass(frozen=True, eq=False)
class Flown:
    """Where one thing was: at [sample] in microseconds since 1970, rising; place [sample, 3] in the frame [m]."""

    at: Ints
    place: Floats

    def state(self, instant: int) -> Floats | None:
        """Return the state [6] at an instant, on a straight line between the samples around it; None where nobody knows it."""
        after = int(np.searchsorted(self.at, instant))
        if after == len(self.at) or (after == 0 and self.at[0] != instant):
            return None
        after = max(after, 1)
        if after == len(self.at) or self.at[after] - self.at[after - 1] > HOLE * self.usual:
            return None
        span = (self.at[after] - self.at[after - 1]) / 1e6
        velocity = (self.place[after] - self.place[after - 1]) / span
        return np.concatenate([self.place[after - 1] + velocity * (instant - self.at[after - 1]) / 1e6, velocity])

    @property
    def usual(self) -> float:
        """Usual time between samples [us]."""
        return float(np.median(np.diff(self.at)))


def truth_scenes(truth: pl.DataFrame, frame: Frame, instants: Sequence[int]) -> list[Scene]:
    """Return where the things of `truth_states` were at instants [us since 1970]; a blank altitude is 0 m."""
    flown = [_flown(rows, frame) for _, rows in truth.sort("thing", "at").group_by("thing", maintain_order=True)]
    kept = [(number, each) for number, each in enumerate(flown) if len(each.at) > 1]
    return [_truth(instant, frame, kept) for instant in instants]


def shown_scenes(states: pl.DataFrame, frame: Frame, instants: Sequence[int]) -> list[Scene]:
    """Return what `track_states` showed at instants [us since 1970], each as one scene, those without a track empty.

    The covariance of velocities, which the table does not hold, is left 0, so that only that of places can be judged.
    """
    names = {name: number for number, name in enumerate(states["track"].unique().sort())}
    at = states["at"].dt.epoch("us").to_numpy()
    state, covariance = _shown(states, frame)
    ids = np.array([names[name] for name in states["track"]], dtype=np.int64)
    order = np.argsort(at, kind="stable")
    low, high = np.searchsorted(at[order], instants, "left"), np.searchsorted(at[order], instants, "right")
    parts = [order[a:b] for a, b in zip(low, high, strict=True)]
    times = frame.seconds(np.array(instants, dtype=np.int64))
    return [Scene(float(time), ids[part], state[part], covariance[part]) for time, part in zip(times, parts, strict=True)]


def flat(scenes: Sequence[Scene]) -> list[Scene]:
    """Return scenes without heights, for a truth that does not know them."""
    return [_flat(scene) for scene in scenes]


def _flat(scene: Scene) -> Scene:
    state, covariance = scene.state.copy(), scene.covariance.copy()
    state[:, [2, 5]] = 0.0
    covariance[:, [2, 5]] = 0.0
    covariance[:, :, [2, 5]] = 0.0
    return Scene(scene.time, scene.ids, state, covariance)


def _flown(rows: pl.DataFrame, frame: Frame) -> Flown:
    at = rows["at"].dt.epoch("us").to_numpy()
    altitude = rows["altitude"].fill_null(0.0).to_numpy()
    return Flown(at, frame.enu(rows["latitude"].to_numpy(), rows["longitude"].to_numpy(), altitude))


def _truth(instant: int, frame: Frame, flown: Sequence[tuple[int, Flown]]) -> Scene:
    there = [(number, state) for number, each in flown if (state := each.state(instant)) is not None]
    states = np.array([state for _, state in there]).reshape(-1, 6)
    time = float(frame.seconds(np.array([instant]))[0])
    return Scene.exact(time, np.array([number for number, _ in there], dtype=np.int64), states)


def _shown(states: pl.DataFrame, frame: Frame) -> tuple[Floats, Floats]:
    """Return states [n, 6] and covariances [n, 6, 6] in the frame."""
    latitude, longitude = states["latitude"].to_numpy(), states["longitude"].to_numpy()
    place = frame.enu(latitude, longitude, states["altitude"].to_numpy())
    local = states.select("east_speed", "north_speed", "climb").to_numpy()
    state = np.concatenate([place, frame.rotate(local, latitude, longitude)], axis=1)
    spread = np.stack(list(_rows(states)), axis=1)
    turn = frame.turn(latitude, longitude)
    covariance = np.zeros((len(state), 6, 6))
    covariance[:, :3, :3] = turn @ spread @ np.swapaxes(turn, 1, 2)
    return state, covariance


def _rows(states: pl.DataFrame) -> Iterator[Floats]:
    """Yield the rows [n, 3] of the covariances of places."""
    for names in (("ee", "en", "eu"), ("en", "nn", "nu"), ("eu", "nu", "uu")):
        yield states.select(names).to_numpy()
