"""Amounts side by side, each with its name and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outwork.web.charts import svg
from outwork.web.charts.scale import Amounts

WIDTH: Final = 1080.0
LABELS: Final = 200.0
NUMBERS: Final = 120.0
ROW: Final = 26.0


@dataclass(frozen=True)
class Amount:
    """A named amount, 0 or more, and how it is written."""

    name: str
    amount: float
    written: str


@dataclass(frozen=True)
class Words:
    """The drawing's own words."""

    title: str
    told: str


def drawn(key: str, amounts: Sequence[Amount], words: Words) -> Markup:
    """Return the drawing, in the order that is given."""
    scale = Amounts(max((each.amount for each in amounts), default=0.0) or 1.0, LABELS, WIDTH - NUMBERS)
    parts = [_bar(each, place * ROW + 4, scale) for place, each in enumerate(amounts)]
    return svg.drawing(key, words.title, words.told, (WIDTH, len(amounts) * ROW + 8), *parts)


def _bar(each: Amount, y: float, scale: Amounts) -> Markup:
    end = scale.at(each.amount)
    return svg.group(
        svg.text(4, y + 15, svg.shortened(each.name, LABELS - 10), class_="row-name"),
        svg.rect(LABELS, y + 3, end - LABELS, ROW - 8, rx=2, class_="bar amount"),
        svg.text(end + 6, y + 15, each.written, class_="axis-text"),
    )
