"""Classes of SAPIENT nodes, as far as they tell drones, aircraft, birds and things on the ground from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

CLASSES: Final = ("drone", "aircraft", "bird", "ground")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "drone": ("drone", "uav", "uas", "suas", "rpas", "unmanned", "multirotor", "quadcopter", "multicopter"),
    "aircraft": ("manned", "aircraft", "aeroplane", "airplane", "airliner", "helicopter", "glider", "balloon"),
    "bird": ("bird", "birds", "flock"),
    "ground": ("human", "person", "pedestrian", "vehicle", "land", "sea", "vessel", "ship", "boat", "vegetation"),
}
"""Words of a class, those of the first that has one win: an unmanned aircraft is a drone. Judged from the names in use."""
LEAST: Final = 0.01
"""Least likelihood: a node that is sure is sometimes wrong, and nothing later could make good a zero."""
WIDER: Final = frozenset({"air", "airborne", "flying", "aerial"})
"""Words after which `vehicle` or `object` is no thing of the ground, and nothing more is known."""


def likelihoods(report: Mapping[str, Any]) -> dict[str, float]:
    """Return the likelihood of each class, as the columns of `detections`; empty where the report tells none apart.

    What is not given to one of the four classes is shared by them evenly.
    """
    shares = dict.fromkeys(CLASSES, 0.0)
    for named, share in _shares(report.get("classification", ()), 1.0):
        shares[named] += share
    told = sum(shares.values())
    if told <= 0:
        return {}
    scale = max(1.0, told)
    left = max(0.0, 1.0 - told) / len(CLASSES)
    return {named: max(LEAST, share / scale + left) for named, share in shares.items()}


def named(text: str) -> str:
    """Return the one of the four that a class belongs to; empty where that cannot be told."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    for each, known in WORDS.items():
        if words & set(known) and not (each == "ground" and words & WIDER):
            return each
    return ""


def _shares(told: Sequence[Mapping[str, Any]], whole: float) -> Iterator[tuple[str, float]]:
    """Yield the share of each class; a sub-class that tells more speaks for its part of the class that it is within."""
    for each in told:
        share = min(whole, each.get("confidence", whole))
        within = list(_shares(each.get("sub_class", ()), share))
        yield from within
        own = named(each["type"])
        left = share - sum(part for _, part in within)
        if own and left > 0:
            yield own, left
