"""Trigeiro, Thomas and McClain's lot sizing with set-up times, through the public tables: their G53 to its optimum, 74,634.

    python -m benchmarks.lots                  from ../shared/data/plan/trigeiro/G53.DAT
    python -m benchmarks.lots path/to/G53.DAT --limit 600

Longer than a test may take: branch and bound alone needs about a minute of a quiet processor. The file is in their own
format; public mirrors of their set have it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.measure import Lap, machine
from outwork import plan
from tests.published.adapters import made_in_lots, trigeiro_lots

PLACE: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "plan" / "trigeiro" / "G53.DAT"
OPTIMUM: Final = 74_634
"""Of G53, proven in the literature on W. W. Trigeiro, L. J. Thomas and J. O. McClain, Management Science 35 (1989) 353-366."""


def main(words: Sequence[str] | None = None) -> None:
    """Plan, and print the plan's cost and bound beside the optimum."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.lots")
    reader.add_argument("file", type=Path, nargs="?", default=PLACE)
    reader.add_argument("--limit", type=float, default=300.0, help="wall seconds")
    given = reader.parse_args(words)
    if not given.file.exists():
        print(f"left out: {given.file.name} is absent")
        return
    print(machine("highspy"), flush=True)
    programme = made_in_lots(trigeiro_lots(given.file.read_text()), given.file.stem)
    lap = Lap()
    outcome = plan.run(programme, plan.Options(gap=1e-6, limit=given.limit, explain=False)).outcome
    print(f"{outcome.sentence}\ncost {outcome.cost}, bound {outcome.bound}, optimum of G53 {OPTIMUM:,}, {lap():.0f} CPU s")
    if given.file.stem.upper() == "G53" and not _holds(outcome.cost, outcome.bound):
        raise SystemExit("the bound is above, or the cost below, the optimum")


def _holds(cost: float | None, bound: float | None) -> bool:
    """Whether the optimum lies between bound and cost."""
    return (bound is None or bound <= OPTIMUM + 1) and (cost is None or cost >= OPTIMUM - 1)


if __name__ == "__main__":
    main()
