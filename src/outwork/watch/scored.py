"""A picture scored: by where things really were, or by what they said who they are, which was hidden from the tracker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from outwork.model.programme import Programme
from outwork.watch.files import HALF
from outwork.watch.result import Result
from outwork.watch.score.gospa import Cut
from outwork.watch.score.report import Report, report
from outwork.watch.score.scenes import flat, shown_scenes, truth_scenes
from outwork.watch.score.switches import Continuity, continuity

CUT: Final = Cut(c=60.0, p=2.0)
"""A track farther from a thing than this does not show it [m]; the trials of the tracker used the same."""


@dataclass(frozen=True)
class ByName:
    """How well identities were kept of things that say who they are.

    continuity is over `detections` that belong to a track, of `heard` that have a name.
    """

    continuity: Continuity
    detections: int
    heard: int

    def lines(self) -> tuple[str, ...]:
        """Say it in a few lines."""
        kept = self.continuity
        return (
            f"{self.detections:,} of {self.heard:,} reports belong to a track: {kept.targets} things, {kept.tracks} tracks",
            f"{kept.switches} identity switches; {kept.jumps} times a track went from one thing to another",
            f"{kept.purity:.1%} of the reports belong to the thing that their track followed most",
        )


def by_truth(result: Result, truth: pl.DataFrame, cut: Cut = CUT) -> Report | None:
    """Return the score of a picture by `truth_states`, at every instant at which one was written down while something flew.

    Things of which an altitude is not known are scored over ground. None where truth and picture never overlap.
    """
    frame, whole = result.frame, truth["altitude"].null_count() == 0
    real = truth_scenes(truth, frame, result.instants)
    seen = shown_scenes(result.tables["track_states"], frame, result.instants)
    both = [(one, two) for one, two in zip(real, seen, strict=True) if len(one.ids)]
    if not both:
        return None
    real, seen = [one for one, _ in both], [two for _, two in both]
    return report(real, seen, cut) if whole else report(flat(real), flat(seen), cut)


def by_name(result: Result, programme: Programme) -> ByName | None:
    """Return how well identities were kept, by the names in `detections`; None where there are none."""
    named = programme["detections"].filter(pl.col("identity") != "").select("detection", "identity")
    if not named.height:
        return None
    sure = result.joined.filter(pl.col("weight") >= HALF).join(named, on="detection", how="inner", maintain_order="left")
    target = sure["identity"].rank("dense").to_numpy().astype(np.int64)
    track = sure["track"].rank("dense").to_numpy().astype(np.int64)
    return ByName(continuity(target, track), sure.height, named.height)
