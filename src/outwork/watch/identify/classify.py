"""Which class a thing is of: Bayes' rule over everything that tells.

    P(class | evidence) = P(class) * prod_i L_i(class)^w_i / sum over classes of the same

L_i is how likely the i-th piece of evidence is, were the thing of that class; unknown evidence has the same likelihood for
all and changes nothing. A weight w below one counts evidence that repeats what was known before: the speed of one second and
that of the next are not two facts. (Logarithmic pooling: C. Genest, J. Zidek, Combining probability distributions, Statistical
Science 1(1), 1986.) A detection that belongs to the track only with probability b tells b L + (1 - b), with L scaled to a mean
of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.model.axis import Mask
from outwork.watch.frames import Floats, Ints
from outwork.watch.identify.profiles import CLASSES, PROFILES
from outwork.watch.score.scene import Scene

EVEN: Final = (0.25, 0.25, 0.25, 0.25)
"""Before anything is known each class is as likely as any other."""
LEAST: Final = 1e-6
"""No class is ever less likely than this [1]: what is believed impossible could never be learned."""


def learned(before: Floats, likelihood: Floats, weight: Floats) -> Floats:
    """Return probabilities [n, class] after evidence of `likelihood` [n, class] that counts `weight` [n]; rows sum to one."""
    power = np.log(np.maximum(before, LEAST)) + weight[:, None] * np.log(np.maximum(likelihood, np.finfo(float).tiny))
    raised = np.exp(power - power.max(axis=1, keepdims=True, initial=-np.inf))
    share = np.maximum(raised / raised.sum(axis=1, keepdims=True), LEAST)
    return np.asarray(share / share.sum(axis=1, keepdims=True))


def said(likelihood: Floats, belongs: Floats) -> Floats:
    """Return what sensors' own words tell: likelihoods [n, class] scaled to a mean of one and mixed with doubt.

    Blank (NaN) classes of a row take the mean of the others, so that a row of blanks is one everywhere; `belongs` [n] is the
    probability that the detection is the track's.
    """
    known = np.isfinite(likelihood) & (likelihood >= 0)
    total, count = np.where(known, likelihood, 0.0).sum(axis=1), known.sum(axis=1)
    mean = np.where(total > 0, total / np.maximum(count, 1), 1.0)[:, None]
    scaled = np.where(known & (total > 0)[:, None], likelihood / mean, 1.0)
    return np.asarray(belongs[:, None] * scaled + (1 - belongs[:, None]))


def moved(state: Floats, covariance: Floats, pull: Floats, pull_error: Floats, ground: float) -> Floats:
    """Return how likely each class makes the motion of tracks: likelihoods [n, class].

    Args: state [n, 6], covariance [n, 6, 6]; pull and its error [n], acceleration over ground in m/s2, NaN where unknown;
    ground, height of the ground in the frame [m]. A variance that is no number, or below zero, makes its quantity unknown.
    """
    velocity = state[:, 3:5]
    speed = np.linalg.norm(velocity, axis=1)
    along = velocity / np.maximum(speed, 1e-9)[:, None]
    variance = np.einsum("ni,nij,nj->n", along, covariance[:, 3:5, 3:5], along)
    still = np.trace(covariance[:, 3:5, 3:5], axis1=1, axis2=2) / 2
    error = _root(np.where(speed > 0, variance, still))
    height = PROFILES["height"].likelihood(state[:, 2] - ground, _root(covariance[:, 2, 2]))
    return np.asarray(PROFILES["speed"].likelihood(speed, error) * height * PROFILES["pull"].likelihood(pull, pull_error))


def _root(variance: Floats) -> Floats:
    return np.sqrt(np.where(variance >= 0, variance, np.nan))


@dataclass(frozen=True, eq=False)
class Beliefs:
    """What every track probably is: ids [n] in order, probability [n, class].

    time [n], velocity [n, 2] and spread [n, variance in (m/s)2] are of the last time that motion was counted.
    """

    ids: Ints
    probability: Floats
    time: Floats
    velocity: Floats
    spread: Floats

    @classmethod
    def none(cls) -> Beliefs:
        """Return the beliefs about no track."""
        empty = np.empty(0)
        return cls(np.empty(0, np.int64), np.empty((0, len(CLASSES))), empty, np.empty((0, 2)), empty)

    def of(self, ids: Ints, options: Options) -> Floats:
        """Return the probabilities [n, class] of tracks [n]; those of the prior for a track of which nothing is known."""
        found, place = self._place(ids)
        result = np.tile(np.array(options.prior), (len(ids), 1))
        result[found] = self.probability[place[found]]
        return result

    def _place(self, ids: Ints) -> tuple[Mask, Ints]:
        place = np.searchsorted(self.ids, ids)
        inside = place < len(self.ids)
        found = np.zeros(len(ids), dtype=bool)
        found[inside] = self.ids[place[inside]] == ids[inside]
        return found, place

    def watched(self, scene: Scene, options: Options) -> Beliefs:
        """Take how tracks move; those that are not in the scene are forgotten. `scene.ids` are in order.

        Motion counts in full once in `options.fresh` seconds, and in part before: weight = min(1, passed / fresh).
        """
        found, place = self._place(scene.ids)
        passed = np.full(len(scene.ids), np.inf)
        passed[found] = scene.time - self.time[place[found]]
        before = self.of(scene.ids, options)
        pull, error = self._pull(scene, found, place, passed)
        seen = moved(scene.state, scene.covariance, pull, error, options.ground)
        weight = np.clip(passed / options.fresh, 0.0, 1.0)
        spread = np.trace(scene.covariance[:, 3:5, 3:5], axis1=1, axis2=2) / 2
        time = np.where(passed > 0, scene.time, scene.time - np.where(np.isfinite(passed), passed, 0.0))
        return Beliefs(scene.ids, learned(before, seen, weight), time, scene.state[:, 3:5].copy(), spread)

    def _pull(self, scene: Scene, found: Mask, place: Ints, passed: Floats) -> tuple[Floats, Floats]:
        """Return acceleration over ground and its error [n], NaN for tracks that are new or were seen at this very time."""
        pull, error = np.full(len(scene.ids), np.nan), np.full(len(scene.ids), np.nan)
        known = found & (passed > 0)
        at, later = place[known], scene.state[known, 3:5]
        spread = np.trace(scene.covariance[known, 3:5, 3:5], axis1=1, axis2=2) / 2 + self.spread[at]
        pull[known] = np.linalg.norm(later - self.velocity[at], axis=1) / passed[known]
        error[known] = _root(spread) / passed[known]
        return pull, error

    def told(self, track: Ints, likelihood: Floats, belongs: Floats) -> Beliefs:
        """Take what sensors said of tracks [m]: likelihoods [m, class], each the track's with a probability [m]."""
        found, place = self._place(track)
        total = np.zeros_like(self.probability)
        np.add.at(total, place[found], np.log(np.maximum(said(likelihood[found], belongs[found]), LEAST)))
        after = learned(self.probability, np.exp(total - total.max(axis=1, keepdims=True, initial=0.0)), np.ones(len(self.ids)))
        return Beliefs(self.ids, after, self.time, self.velocity, self.spread)


@dataclass(frozen=True)
class Options:
    """How classes are judged."""

    prior: tuple[float, float, float, float] = EVEN
    """Share of each class among what flies here, in the order of CLASSES [1]."""
    fresh: float = 10.0
    """After how long a track's motion tells something new [s]."""
    ground: float = 0.0
    """Height of the ground in the frame [m]."""
