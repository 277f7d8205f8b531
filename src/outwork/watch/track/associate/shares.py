"""What an association answers."""

from __future__ import annotations

from typing import NamedTuple

from outwork.watch.frames import Floats


class Shares(NamedTuple):
    """weight [e], share (0..1) of each edge's detection in its track; gain [n], what the scan adds to each track's
    log-likelihood ratio; hit [n], sum of a track's weights; taken [plots], sum of a detection's weights.
    """

    weight: Floats
    gain: Floats
    hit: Floats
    taken: Floats
