"""Hours of a few resources, each of which serves some processes, spread over what the processes need.

One resource may serve several processes and a process may have several resources, so whether the hours suffice is a
question of flow. Sources are filled in the order given by augmenting paths (Edmonds and Karp 1972). Because what a set
of sources can serve is a polymatroid, filling in order of price gives the cheapest way to serve as much as can be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

NOTHING = 1e-9
"""Less than this is no hour at all [h]."""


@dataclass(frozen=True)
class Source:
    """Hours that can be given to any of some processes."""

    hours: float
    serves: Sequence[str]


@dataclass(frozen=True)
class Spread:
    """Hours that each source gives, in order, and hours that each process still lacks (only those that lack any)."""

    given: list[float]
    lacking: Mapping[str, float]


def spread(need: Mapping[str, float], sources: Sequence[Source]) -> Spread:
    """Give hours of the sources, the first ones first, to the processes until nothing more can be served."""
    lacking = dict(need)
    shares: list[dict[str, float]] = [{} for _ in sources]
    given = []
    for own, source in enumerate(sources):
        left = source.hours
        while left > NOTHING and (path := _path(own, sources, shares, lacking)):
            amount = min(left, lacking[path[-1][1]], *(shares[giver][process] for giver, process in _taken(path)))
            _push(path, amount, shares, lacking)
            left -= amount
        given.append(source.hours - left)
    return Spread(given, {process: hours for process, hours in lacking.items() if hours > NOTHING})


Path = list[tuple[int, str]]
"""Steps (source, process): each source gives more to the process, which the next one gives less to."""


def _path(own: int, sources: Sequence[Source], shares: Sequence[Mapping[str, float]], lacking: Mapping[str, float]) -> Path:
    """Return the shortest way by which a source can serve a process that lacks hours; empty where there is none."""
    ways: dict[int, Path] = {own: []}
    queue, seen = [own], set()
    for source in queue:
        for process in sources[source].serves:
            if process not in lacking or process in seen:
                continue
            way = [*ways[source], (source, process)]
            if lacking[process] > NOTHING:
                return way
            seen.add(process)
            for other, share in enumerate(shares):
                if other not in ways and share.get(process, 0.0) > NOTHING:
                    ways[other] = way
                    queue.append(other)
    return []


def _taken(path: Path) -> Path:
    """Return the shares that a path takes back: what each further source gave to the process before it."""
    return [(giver, process) for (_, process), (giver, _) in pairwise(path)]


def _push(path: Path, amount: float, shares: list[dict[str, float]], lacking: dict[str, float]) -> None:
    for giver, process in path:
        shares[giver][process] = shares[giver].get(process, 0.0) + amount
    for giver, process in _taken(path):
        shares[giver][process] -= amount
    lacking[path[-1][1]] -= amount
