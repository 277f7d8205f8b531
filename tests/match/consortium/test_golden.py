"""What each row of the choice of a consortium says, word by word.

`tests/golden/match` holds the rows that every block makes of one small workshop. After a change that is meant, write the files
anew, read the difference, and commit both together:

    OUTWORK_GOLDEN=write pytest tests/match/consortium/test_golden.py
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.made_up_fields import Size, field
from outwork.match.consortium.build import build
from outwork.match.consortium.draft import wanted
from outwork.match.consortium.wish import Share, Wish
from outwork.solve.blocks import Problem
from outwork.solve.lp import text

WISH = Wish(days=120, firms=2, nations=2, shares=(Share("s", "nation", "DE", 0.2, 0.7),), single_points=1)
BLOCKS = (
    "balance", "linked", "pool", "capacity", "mended", "firm of", "firms", "nation of", "nations", "least share",
    "most share", "second", "singles", "begins", "ends", "first passes", "last passes", "mends", "mended works", "fed works",
    "unlike",
)  # fmt: skip


NUMBER = re.compile(r"\d+\.\d+(?:e[+-]?\d+)?")


def shortened(number: re.Match[str]) -> str:
    """A number with the digits that do not hang on the order in which it is computed."""
    return f"{float(number[0]):.10g}"


@cache
def problem() -> Problem:
    own = field(4, Size(operations=4, sites=3, chance=0.6, repaired=0.4, alternatives=1))
    return build(own, replace(wanted(own, WISH, "answers"), unlike=(np.arange(3),), apart=0.5))


@pytest.mark.parametrize("block", BLOCKS)
def test_a_row_says_what_its_golden_file_says(block: str, root: Path) -> None:
    name = block.replace(" ", "_")
    said = [
        NUMBER.sub(shortened, line)
        for line in text(problem()).splitlines()
        if ": " in line and line.strip().split("(")[0] == name
    ]
    path = root / "tests/golden/match" / f"{name}.lp"
    if os.environ.get("OUTWORK_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(said) + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines() == said
    assert said


def test_every_block_of_rows_has_a_golden_file() -> None:
    assert set(problem().rows) == set(BLOCKS)
