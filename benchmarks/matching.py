"""Matching 1,000 operations with 10,000 sites and their 60,000 machines, near misses of one need among the answers.

    python -m benchmarks.matching                                   1,000 x 10,000 x 60,000, five seeds
    python -m benchmarks.matching --operations 100 --sites 1000 --machines 6000 --seeds 1

All judge the same nine needs with three answers and tell of every pair that fails in at most one: ours from columns that were
read from the tables before, a join in polars from tables that hold the same columns, a plain loop in Python from rows. Reading
counts for nobody; what it takes ours is told apart. The loop is asked about some of the operations and counted up, since each
costs it about the same. Answers are compared operation by operation, and a difference ends the benchmark.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from statistics import median
from typing import Final

from benchmarks.measure import Reading, job, machine, spread, table

SOME: Final = 20
"""Operations of which the loop is asked."""


def main(words: Sequence[str] | None = None) -> None:
    """Print what each takes, and the ratios."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.matching")
    for name, most in (("operations", 1000), ("sites", 10_000), ("machines", 60_000), ("seeds", 5)):
        reader.add_argument(f"--{name}", type=int, default=most)
    given = reader.parse_args(words)
    size = (given.operations, given.sites, given.machines)
    some = min(SOME, given.operations)
    print(machine("numpy", "polars"), flush=True)
    ours, join, loop = [], [], []
    for seed in range(1000, 1000 + given.seeds):
        ours.append(job("matching_ours", *size, seed))
        join.append(job("peers.matching_join", *size, seed))
        loop.append(job("peers.matching_plain", *size, seed, some))
        for their in (join[-1], loop[-1]):
            refuse_difference(ours[-1], their)
    counted = [each.said["seconds"] * given.operations / some for each in loop]
    rows = [
        _row("outwork", ours, [each.said["seconds"] for each in ours]),
        _row("join in polars", join, [each.said["seconds"] for each in join]),
        _row(f"loop, {some} operations counted up", loop, counted),
    ]
    print(table(("", "CPU s", "peak MiB"), rows))
    pairs = [(each.said["pairs"], each.said["near"]) for each in ours]
    print(f"\nPairs told: {median(p for p, _ in pairs):,.0f}, of them near misses {median(n for _, n in pairs):,.0f}.")
    print(f"Ours with reading from the tables: {spread([each.said['whole'] for each in ours])} CPU s.")
    print(f"One edited site again: {spread([each.said['edit'] for each in ours], '.0f')} CPU ms, equal to a full match.")
    for name, seconds in (("The join", [each.said["seconds"] for each in join]), ("The loop", counted)):
        ratios = [their / each.said["seconds"] for their, each in zip(seconds, ours, strict=True)]
        print(f"{name} takes {spread(ratios, '.1f')} times as long.")


def refuse_difference(our: Reading, their: Reading) -> None:
    """End the benchmark where two answers differ for an operation that both were asked of."""
    mine, others = our.said["answers"], their.said["answers"]
    if any(mine.get(name) != other for name, other in others.items()):
        raise SystemExit("the answers differ, so that the times mean nothing")


def _row(name: str, readings: Sequence[Reading], seconds: Sequence[float]) -> tuple[str, ...]:
    return name, spread(seconds), f"{median(each.peak for each in readings):,.0f}"


if __name__ == "__main__":
    main()
