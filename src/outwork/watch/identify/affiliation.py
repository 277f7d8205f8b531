"""What a track says of itself, whether to believe it, and what is wrong if not. A doubt is a caution, never a certainty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import chi2

from outwork.model.tables.watched import Affiliation
from outwork.watch.identify.claims import DOUBT, Caller, Claims
from outwork.watch.score.scene import Scene

SAME: Final = float(chi2.ppf(0.999, 3))
"""Squared distance, in units of the covariance, up to which two tracks may be one thing drawn twice [1]."""


@dataclass(frozen=True)
class Standing:
    """What is to be written of one track: its affiliation, the numbers of its callers, and a caution, "" for none."""

    track: int
    affiliation: Affiliation
    callers: tuple[int, ...]
    caution: str


@dataclass(frozen=True)
class Unseen:
    """A caller that reports from where sensors look and see nothing."""

    caller: int
    caution: str


def standings(claims: Claims, tracks: Scene, alone: Mapping[int, int], name: Callable[[int], str]) -> tuple[Standing, ...]:
    """Return the standing of every track of the scene, in its order.

    `alone` gives the caller of each track that is made of its reports alone; `name` says how a caller's number is written.
    """
    place = {int(track): k for k, track in enumerate(tracks.ids)}
    of_track: dict[int, list[Caller]] = {}
    for caller in claims.callers.values():
        for track in caller.tied:
            of_track.setdefault(track, []).append(caller)
    ghosts = {each.caller: each.caution for each in unseen(claims, name)}
    return tuple(
        _alone(track, alone[track], ghosts)
        if track in alone
        else _standing(track, of_track.get(track, []), tracks, place, name)
        for track in tracks.ids.tolist()
    )


def _alone(track: int, caller: int, ghosts: Mapping[int, str]) -> Standing:
    if caller in ghosts:
        return Standing(track, "doubtful", (caller,), ghosts[caller])
    return Standing(track, "declared", (caller,), "nobody but itself has seen it")


def _standing(
    track: int, callers: list[Caller], tracks: Scene, place: Mapping[int, int], name: Callable[[int], str]
) -> Standing:
    if not callers:
        return Standing(track, "unknown", (), "")
    callers = sorted(callers, key=lambda caller: -caller.evidence[track])
    cautions = [sentence for caller in callers for sentence in _cautions(track, caller, tracks, place, name)]
    if len(callers) > 1:
        cautions.insert(0, f"it calls itself {_list([name(each.identity) for each in callers])}")
    numbers = tuple(each.identity for each in callers)
    return Standing(track, "doubtful" if cautions else "declared", numbers, "; ".join(cautions))


def _cautions(track: int, caller: Caller, tracks: Scene, place: Mapping[int, int], name: Callable[[int], str]) -> list[str]:
    """Return what is wrong with one caller, as its track sees it."""
    found = []
    others = [each for each in caller.tied if each != track and each in place and _apart(tracks, place[track], place[each])]
    if others:
        found.append(f"{name(caller.identity)} is used by {len(others) + 1} tracks at once")
    if caller.jumps:
        found.append(f"{name(caller.identity)} reported from places too far apart for one thing, {caller.jumps} times")
    return found


def _apart(tracks: Scene, one: int, two: int) -> bool:
    """Whether two tracks are too far apart to be one thing."""
    apart = tracks.state[one, :3] - tracks.state[two, :3]
    spread = tracks.covariance[one, :3, :3] + tracks.covariance[two, :3, :3]
    return bool(apart @ np.linalg.pinv(spread) @ apart > SAME)


def unseen(claims: Claims, name: Callable[[int], str]) -> tuple[Unseen, ...]:
    """Return the callers whom sensors should have seen where they say they are, and did not."""
    found = [each for each in claims.callers.values() if not each.tied and each.missed < DOUBT]
    return tuple(
        Unseen(
            each.identity,
            f"{name(each.identity)} reports itself where sensors look and see nothing; "
            f"they would all miss a thing there with a probability of {np.exp(each.missed):.1g}",
        )
        for each in sorted(found, key=lambda each: each.identity)
    )


def _list(names: list[str]) -> str:
    """Return for example: A, B and C."""
    return " and ".join([", ".join(names[:-1]), names[-1]])
