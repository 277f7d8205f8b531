"""Job: look for made-up names among all listed ones with rapidfuzz: python -m benchmarks.screening_scan LISTED LOOKED SEED."""

from __future__ import annotations

import sys

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.measure import Lap, tell
from benchmarks.screening import MOST, SAMPLE, names


def main(count: str, looked: str, seed: str) -> None:
    """Tell the seconds that all names would take, counted up from a sample, and how often the one that was meant is found."""
    every, asked = names(count, looked, seed)
    every_second = asked[:: max(len(asked) // SAMPLE, 1)]
    lap = Lap()
    plain = [utils.default_process(name) for name in every]
    prepared = lap()
    found = []
    for name, row in every_second:
        scores = process.cdist([utils.default_process(name)], plain, scorer=fuzz.token_sort_ratio, dtype=np.uint8)[0]
        nearest = np.argpartition(scores, -MOST)[-MOST:]
        if row >= 0:
            found.append(row in set(nearest.tolist()))
    seconds = prepared + lap() * len(asked) / len(every_second)
    tell(seconds=seconds, found=sum(found) / len(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
