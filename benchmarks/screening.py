"""Screening 10,000 names against 1,000,000: the index and the explained score against rapidfuzz looking at every one.

    python -m benchmarks.screening                          1,000,000 listed, 10,000 looked for
    python -m benchmarks.screening --listed 100000 --seeds 5

Half of the names looked for are listed ones as another register spells them (benchmarks/made_up_names.py), the other half
are strangers. The peer scores every pair with `rapidfuzz.fuzz.token_sort_ratio` on names without accents in lower case, the
quickest of its scorers that forgives another order of words, in one thread of C++; it is given a sample of the names and
counted up, since each costs it the same. Ours makes its index anew each time, and that counts. Both answer with the same
number of nearest names, and `found` says how often the one that was meant is among them; ours goes on to say who is above
the thresholds, and why.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Final

from benchmarks.made_up_names import listed, looked_for
from benchmarks.measure import Reading, job, machine, spread, table

MOST: Final = 40
"""Nearest names that both answer with."""
SAMPLE: Final = 100
"""Names that the peer is given; what it takes for them is counted up."""
DAY: Final = date(2026, 11, 22)


def main(words: Sequence[str] | None = None) -> None:
    """Print what both take and find, and the ratio."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.screening")
    reader.add_argument("--listed", type=int, default=1_000_000)
    reader.add_argument("--looked", type=int, default=10_000)
    reader.add_argument("--seeds", type=int, default=1)
    given = reader.parse_args(words)
    print(machine("rapidfuzz", "numpy", "scipy"), flush=True)
    ours, theirs = [], []
    for seed in range(1000, 1000 + given.seeds):
        ours.append(job("screening_ours", given.listed, given.looked, seed))
        theirs.append(job("screening_scan", given.listed, given.looked, seed))
    print(
        table(
            ("", "CPU s", "peak MiB", f"found in {MOST}", "at review"), [_row("outwork", ours), _row("rapidfuzz scan", theirs)]
        )
    )
    ratios = [their.said["seconds"] / our.said["seconds"] for our, their in zip(ours, theirs, strict=True)]
    print(f"\nThe scan takes {spread(ratios, '.0f')} times as long.")
    disturbed = spread([each.said["disturbed"] for each in ours], ".2%")
    print(f"Of {given.looked // 2:,} strangers, {disturbed} are near somebody at review.")


def _row(name: str, readings: Sequence[Reading]) -> tuple[str, ...]:
    told = [each.said for each in readings]
    near = spread([each["near"] for each in told], ".2%") if "near" in told[0] else "-"
    return (
        name,
        spread([each["seconds"] for each in told], ",.0f"),
        f"{median(each.peak for each in readings):,.0f}",
        spread([each["found"] for each in told], ".2%"),
        near,
    )


def names(count: str, looked: str, seed: str) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the listed names, and those to look for with the rows that they are meant for."""
    every = listed(int(count), int(seed))
    return every, looked_for(every, int(looked), int(seed))


if __name__ == "__main__":
    main()
