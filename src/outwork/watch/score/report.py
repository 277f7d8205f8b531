"""The score of a run: every measure over all its scans, as one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from outwork.watch.frames import Floats, Ints
from outwork.watch.score.gospa import Cut, Gospa, gospa
from outwork.watch.score.nees import Honesty, honesty
from outwork.watch.score.scene import Scene
from outwork.watch.score.switches import Continuity, continuity


@dataclass(frozen=True, eq=False)
class Report:
    """How good a picture was over its scans.

    time [scan] in s; distance [scan], GOSPA in m; near [scan], its part that is localisation, as a root mean square in m of
    the matched pairs (NaN where there is none); targets, shown, missed and false [scan] count.
    """

    cut: Cut
    time: Floats
    distance: Floats
    near: Floats
    targets: Ints
    shown: Ints
    missed: Ints
    false: Ints
    position_error: float
    """Root mean squared distance of matched tracks from their targets [m]."""
    speed_error: float
    """Root mean squared difference of their velocities [m/s]."""
    continuity: Continuity
    position: Honesty
    """NEES of positions, of the matched pairs: what is farther than the cut counts as missed and false instead."""
    state: Honesty
    """NEES of whole states."""

    @property
    def gospa(self) -> float:
        """Mean GOSPA over the scans [m]."""
        return float(self.distance.mean()) if len(self.distance) else np.nan

    @property
    def completeness(self) -> float:
        """Share of the targets, over all scans, that a track followed [1]."""
        return 1 - float(self.missed.sum() / self.targets.sum()) if self.targets.sum() else 1.0

    @property
    def spuriousness(self) -> float:
        """Share of the tracks, over all scans, that followed no target [1]."""
        return float(self.false.sum() / self.shown.sum()) if self.shown.sum() else 0.0

    def lines(self) -> tuple[str, ...]:
        """Say it in a few lines."""
        kept, honest = self.continuity, self.position
        return (
            f"GOSPA {self.gospa:.1f} m (c = {self.cut.c:g} m, p = {self.cut.p:g}) over {len(self.time)} scans",
            (
                f"missed {_mean(self.missed):.2f} and false {_mean(self.false):.2f} a scan; "
                f"{self.completeness:.1%} of the targets followed, {self.spuriousness:.1%} of the tracks follow nothing"
            ),
            f"position {self.position_error:.1f} m, velocity {self.speed_error:.1f} m/s from the truth (root mean square)",
            f"{kept.switches} identity switches over {kept.targets} targets, {kept.tracks} tracks",
            (
                f"NEES of position {honest.mean:.2f} of {honest.dimension}, "
                f"95 % band {honest.band.low:.2f} to {honest.band.high:.2f}: {honest.verdict}"
            ),
        )


def report(truth: Sequence[Scene], picture: Sequence[Scene], cut: Cut) -> Report:
    """Score a picture against the truth, scan by scan. ValueError where their times differ."""
    for scan, (real, seen) in enumerate(zip(truth, picture, strict=True)):
        if real.time != seen.time:
            raise ValueError(
                f"scan {scan}: the truth is of {real.time} s and the picture of {seen.time} s; give both of one time"
            )
    found = [gospa(real.state[:, :3], seen.state[:, :3], cut) for real, seen in zip(truth, picture, strict=True)]
    error, covariance = _errors(truth, picture, found)
    return Report(
        cut=cut,
        time=np.array([each.time for each in truth]),
        distance=np.array([each.distance for each in found]),
        near=np.array([(each.localisation / n) ** (1 / cut.p) if (n := len(each.truth)) else np.nan for each in found]),
        targets=_count(len(each.ids) for each in truth),
        shown=_count(len(each.ids) for each in picture),
        missed=_count(each.missed_targets for each in found),
        false=_count(each.false_tracks for each in found),
        position_error=_root_mean_square(error[:, :3]),
        speed_error=_root_mean_square(error[:, 3:]),
        continuity=continuity(
            _joined([real.ids[each.truth] for real, each in zip(truth, found, strict=True)]),
            _joined([seen.ids[each.track] for seen, each in zip(picture, found, strict=True)]),
        ),
        position=honesty(error[:, :3], covariance[:, :3, :3]),
        state=honesty(error, covariance),
    )


def _errors(truth: Sequence[Scene], picture: Sequence[Scene], found: Sequence[Gospa]) -> tuple[Floats, Floats]:
    """Return errors [pair, 6] of all matched pairs and the covariances [pair, 6, 6] that they should have."""
    error, covariance = [np.empty((0, 6))], [np.empty((0, 6, 6))]
    for real, seen, each in zip(truth, picture, found, strict=True):
        error.append(seen.state[each.track] - real.state[each.truth])
        covariance.append(seen.covariance[each.track] + real.covariance[each.truth])
    return np.concatenate(error), np.concatenate(covariance)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.empty(0, np.int64), *parts])


def _count(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, np.int64)


def _mean(counts: Ints) -> float:
    return float(counts.mean()) if len(counts) else 0.0


def _root_mean_square(error: Floats) -> float:
    return float(np.sqrt((error**2).sum(axis=1).mean())) if len(error) else np.nan
