"""Job: screen made-up names against made-up lists with Outwork: python -m benchmarks.screening_ours LISTED LOOKED SEED."""

from __future__ import annotations

import sys

from benchmarks.measure import Lap, tell
from benchmarks.screening import DAY, MOST, names
from outwork.clear.screen import Options, Subject
from outwork.clear.screen.pool import pool
from outwork.model.listed import Entry, watch_list


def main(count: str, looked: str, seed: str) -> None:
    """Tell the seconds from the list to the explained hits, and how often the one that was meant is found."""
    every, asked = names(count, looked, seed)
    entries = [Entry(str(row), "unknown", (name,)) for row, name in enumerate(every)]
    watched = watch_list("made-up", entries, fetched=DAY, digest="")
    del entries
    options = Options(DAY, most=MOST)
    lap = Lap()
    pooled = pool([watched], options)
    hits = list(pooled.matches([Subject(name) for name, _ in asked], options))
    seconds = lap()
    shortlists = pooled.names.shortlists([name for name, _ in asked], MOST)
    found = [row in set(rows.tolist()) for rows, (_, row) in zip(shortlists, asked, strict=True) if row >= 0]
    near = [str(row) in {hit.entry.entry for hit in each} for each, (_, row) in zip(hits, asked, strict=True) if row >= 0]
    strangers = [bool(each) for each, (_, row) in zip(hits, asked, strict=True) if row < 0]
    tell(seconds=seconds, found=sum(found) / len(found), near=sum(near) / len(near), disturbed=sum(strangers) / len(strangers))


if __name__ == "__main__":
    main(*sys.argv[1:])
