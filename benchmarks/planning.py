"""Job: `plan.run` on one ladder programme from tables to checked weekly plan, without explanations.

python -m benchmarks.planning S 3 0.01 120
"""

from __future__ import annotations

import sys

from benchmarks import ladder
from benchmarks.measure import Lap, tell
from outwork import plan


def main(size: str, seed: str, gap: str, limit: str) -> None:
    """Tell processor seconds, costs [EUR] by week, in buckets and of the greedy plan, and the bound."""
    programme = ladder.programme(size, int(seed))
    lap = Lap()
    result = plan.run(programme, plan.Options(gap=float(gap), limit=float(limit), explain=False))
    tell(
        seconds=lap(),
        cost=result.outcome.cost,
        bound=result.outcome.bound,
        bucketed=result.bucketed,
        greedy=result.greedy,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
