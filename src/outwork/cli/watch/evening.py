"""The recorded evening of the example, replayed and scored for the demonstration."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from outwork import watch
from outwork.model.programme import Programme
from outwork.watch.scored import by_truth


def replayed(programme: Programme) -> tuple[str, Mapping[str, pl.DataFrame]]:
    """Return what flew over the depot and how well it was seen, in words, and the tables of it."""
    result = watch.run(programme)
    score = by_truth(result, programme["truth_states"])
    lines = score.lines() if score is not None else ()
    told = "\n".join(f"  {line}" for line in lines)
    return f"{result.summary()}\nScored by where everything really was:\n{told}", result.tables
