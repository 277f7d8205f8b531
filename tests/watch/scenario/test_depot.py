from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from outwork.cli.demo import example
from outwork.watch.scenario.depot import recorded


@pytest.mark.parametrize("table", ["sensors", "zones", "detections", "truth_states"])
def test_the_evening_that_is_shipped_is_the_one_of_the_scenario(table: str) -> None:
    shipped, drawn = example()[table], recorded()[table]
    names = shipped.columns[0], *[name for name in ("at",) if name in shipped.columns]
    close = pl.col(pl.Float64).round(4)  # another processor may round the last digit elsewhere
    assert_frame_equal(shipped.sort(names).select(close), drawn.sort(names).select(close), abs_tol=0.11)
    texts = pl.col(pl.String)
    assert_frame_equal(shipped.sort(names).select(texts), drawn.sort(names).select(texts))
