"""Which class a thing is of: Bayes' rule over everything that tells.

    P(class | evidence) = P(class) * M(class) * prod_i S_i(class) / sum over classes of the same

S_i is how likely the i-th word of a sensor is, and M how likely the motion is, were the thing of that class; unknown evidence
has the same likelihood for all and changes nothing. A thing keeps its habits, so its speed of one second and that of the next
are not two facts: M is the geometric mean of the motion's likelihoods over the flight, to the power of the number of facts
that a flight of that length is worth, which stops growing (logarithmic pooling: C. Genest, J. Zidek, Combining probability
distributions, Statistical Science 1(1), 1986). A detection that belongs to the track only with probability b tells
b S + (1 - b), with S scaled to a mean of one, and a word counts only in part, since a camera repeats its mistakes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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


def shares(evidence: Floats) -> Floats:
    """Return probabilities [n, class] of logarithms of likelihoods [n, class]; each row sums to one and none is zero."""
    raised = np.exp(evidence - evidence.max(axis=1, keepdims=True, initial=-np.inf))
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


@dataclass(frozen=True)
class Options:
    """How classes are judged."""

    prior: tuple[float, float, float, float] = EVEN
    """Share of each class among what flies here, in the order of CLASSES [1]."""
    fresh: float = 10.0
    """Time in which a track's motion tells one fact [s]."""
    facts: float = 2.0
    """How many facts the motion of a whole flight tells at most [1]."""
    word: float = 0.5
    """What a word of a sensor counts [1]: one that were independent of all before it would count 1."""
    ground: float = 0.0
    """Height of the ground in the frame [m]."""


@dataclass(frozen=True, eq=False)
class Beliefs:
    """What is known of every track's class: ids [n] in order.

    words [n, class], sum of the logarithms of what sensors said, 0 for the likeliest; motion [n, class], weighted sum of the
    logarithms of the motion's likelihoods, and weight [n], facts. time [n] in s, velocity [n, 2] and spread [n, variance in
    (m/s)2] are of the last look at the motion.
    """

    ids: Ints
    words: Floats
    motion: Floats
    weight: Floats
    time: Floats
    velocity: Floats
    spread: Floats

    @classmethod
    def none(cls) -> Beliefs:
        """Return the beliefs about no track."""
        empty, none = np.empty(0), np.empty((0, len(CLASSES)))
        return cls(np.empty(0, np.int64), none, none, empty, empty, np.empty((0, 2)), empty)

    def of(self, ids: Ints, options: Options) -> Floats:
        """Return the probabilities [n, class] of tracks [n]; those of the prior for a track of which nothing is known."""
        found, place = self._place(ids)
        evidence = np.tile(np.log(np.array(options.prior)), (len(ids), 1))
        at = place[found]
        worth = np.minimum(self.weight[at], options.facts) / np.maximum(self.weight[at], 1e-9)
        evidence[found] += self.words[at] + worth[:, None] * self.motion[at]
        return shares(evidence)

    def _place(self, ids: Ints) -> tuple[Mask, Ints]:
        place = np.searchsorted(self.ids, ids)
        inside = place < len(self.ids)
        found = np.zeros(len(ids), dtype=bool)
        found[inside] = self.ids[place[inside]] == ids[inside]
        return found, place

    def watched(self, scene: Scene, options: Options) -> Beliefs:
        """Take how tracks move; those that are not in the scene are forgotten. `scene.ids` are in order.

        A look counts min(1, time since the last one / fresh) facts; the first one counts a tenth.
        """
        found, place = self._place(scene.ids)
        at, passed = place[found], np.full(len(scene.ids), options.fresh / 10)
        passed[found] = scene.time - self.time[at]
        words, motion, weight = np.zeros((len(scene.ids), len(CLASSES))), np.zeros((len(scene.ids), len(CLASSES))), passed * 0
        words[found], motion[found], weight[found] = self.words[at], self.motion[at], self.weight[at]
        likely = moved(scene.state, scene.covariance, *self._pull(scene, found, place, passed), options.ground)
        facts = np.clip(passed / options.fresh, 0.0, 1.0)
        spread = np.trace(scene.covariance[:, 3:5, 3:5], axis1=1, axis2=2) / 2
        return Beliefs(
            ids=scene.ids,
            words=words,
            motion=motion + facts[:, None] * np.log(likely),
            weight=weight + facts,
            time=np.full(len(scene.ids), scene.time),
            velocity=scene.state[:, 3:5].copy(),
            spread=spread,
        )

    def _pull(self, scene: Scene, found: Mask, place: Ints, passed: Floats) -> tuple[Floats, Floats]:
        """Return acceleration over ground and its error [n], NaN for tracks that are new or were seen at this very time."""
        pull, error = np.full(len(scene.ids), np.nan), np.full(len(scene.ids), np.nan)
        known = found & (passed > 0)
        at, later = place[known], scene.state[known, 3:5]
        spread = np.trace(scene.covariance[known, 3:5, 3:5], axis1=1, axis2=2) / 2 + self.spread[at]
        pull[known] = np.linalg.norm(later - self.velocity[at], axis=1) / passed[known]
        error[known] = _root(spread) / passed[known]
        return pull, error

    def told(self, track: Ints, likelihood: Floats, belongs: Floats, options: Options) -> Beliefs:
        """Take what sensors said of tracks [m]: likelihoods [m, class], each the track's with a probability [m].

        Words about tracks that were never watched are lost.
        """
        found, place = self._place(track)
        words = self.words.copy()
        np.add.at(words, place[found], options.word * np.log(np.maximum(said(likelihood[found], belongs[found]), LEAST)))
        words -= words.max(axis=1, keepdims=True, initial=-np.inf)
        return replace(self, words=np.maximum(words, np.log(LEAST)))
