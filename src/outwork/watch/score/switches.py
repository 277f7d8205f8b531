"""Identity switches: how often a target is handed from one track to another.

K. Bernardin, R. Stiefelhagen: Evaluating multiple object tracking performance: the CLEAR MOT metrics, 2008: a switch is
counted where a target is matched to another track than the one to which it was matched last, however long that was ago.
The same count with the sides exchanged says how often a track jumps from one target to another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.watch.frames import Ints


@dataclass(frozen=True)
class Continuity:
    """How well identities were kept.

    switches: changes of a target's track; jumps: changes of a track's target; targets and tracks: how many were matched at
    all; purity [1]: share of the matches that belong to the target which its track followed most.
    """

    switches: int
    jumps: int
    targets: int
    tracks: int
    purity: float


def switches(own: Ints, their: Ints) -> int:
    """Count the changes of `their` [match] for each `own` [match], the matches in order of time."""
    order = np.argsort(own, kind="stable")
    same = own[order][1:] == own[order][:-1]
    return int((same & (their[order][1:] != their[order][:-1])).sum())


def continuity(target: Ints, track: Ints) -> Continuity:
    """Return how well identities were kept over matches [match] of target and track numbers, in order of time."""
    pairs, counts = np.unique(np.stack([track, target]), axis=1, return_counts=True)
    held = np.unique(pairs[0])
    most = np.zeros(len(held), np.int64)
    np.maximum.at(most, np.searchsorted(held, pairs[0]), counts)
    return Continuity(
        switches=switches(target, track),
        jumps=switches(track, target),
        targets=len(np.unique(target)),
        tracks=len(held),
        purity=float(most.sum() / len(target)) if len(target) else 1.0,
    )
