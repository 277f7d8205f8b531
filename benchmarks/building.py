"""Job: build one programme's model in every way, again and again, and report the processor seconds of each.

    python -m benchmarks.building S 3 ours

The first round warms the imports and is not counted. What each way did is compared by counts and by sums over the HiGHS
model that came out, so that equal work is shown and not believed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import ladder
from benchmarks.measure import Lap, tell
from benchmarks.pieces import take_apart
from outwork.plan.build import formulate
from outwork.plan.network import Network

ROUNDS = 3


def main(size: str, seed: str, way: str) -> None:
    """Report the seconds of every round and what was built."""
    programme = ladder.programme(size, int(seed))
    problem = formulate(Network.of(programme)).problem
    if way == "whole":
        seconds, built = _whole(programme)
    else:
        pieces = take_apart(problem)
        maker = _maker(way)
        seconds, built = _timed(lambda: maker(pieces))
    tell(seconds=seconds, counts=counts(built), sums=sums(built))


def _maker(way: str) -> Callable[..., Any]:
    """Import only what is measured, for memory's sake."""
    if way == "ours":
        from benchmarks.peers import ours_model  # noqa: PLC0415

        return ours_model.build
    from benchmarks.peers import linopy_model  # noqa: PLC0415

    return lambda pieces: linopy_model.build(pieces, compact=way == "linopy compact")


def _whole(programme: Any) -> tuple[list[float], Any]:
    from benchmarks.peers import ours_model  # noqa: PLC0415

    return _timed(lambda: ours_model.load(formulate(Network.of(programme)).problem))


def _timed(build: Callable[[], Any]) -> tuple[list[float], Any]:
    build()
    seconds, lap = [], Lap()
    for _ in range(ROUNDS):
        lap()
        built = build()
        seconds.append(lap())
    return seconds, built


def counts(highs: Any) -> list[int]:
    """Return variables, rows and coefficients of a HiGHS model."""
    return [highs.getNumCol(), highs.getNumRow(), highs.getNumNz()]


def sums(highs: Any) -> list[float]:
    """Return sums that change with any cost, bound, limit or coefficient."""
    model = highs.getLp()
    every = (
        model.col_cost_, model.col_lower_, model.col_upper_, model.row_lower_, model.row_upper_, model.a_matrix_.value_
    )  # fmt: skip
    return [float(np.sum(np.nan_to_num(np.asarray(each), posinf=0, neginf=0))) for each in every]


if __name__ == "__main__":
    main(*sys.argv[1:])
