"""Job: Outwork's search on the bucketed model of one ladder programme, until the gap or the limit.

    python -m benchmarks.searching S 3 0.01 120 problem.npz

Writes the model for the peers first, so that all of them search the very same one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import ladder
from benchmarks.handover import write
from benchmarks.measure import Lap, Trace, after, tell
from outwork.plan.build import formulate
from outwork.plan.network import Network
from outwork.plan.options import Options
from outwork.plan.search import search
from outwork.plan.search.board import Board


def main(size: str, seed: str, gap: str, limit: str, path: str) -> None:
    """Report the trace of cost and bound over processor seconds, and the seconds of building."""
    programme = ladder.programme(size, int(seed))
    lap = Lap()
    formulation = formulate(Network.of(programme))
    building = lap()
    write(formulation.problem, Path(path))
    trace = Trace()
    board = Board(float(gap), None, lambda news: trace.note(news.cost, news.bound))
    after(float(limit), board.stop.set)
    found = search(formulation, Options(gap=float(gap), limit=None), board)
    trace.note(found.cost, found.bound)
    tell(building=building)


if __name__ == "__main__":
    main(*sys.argv[1:])
