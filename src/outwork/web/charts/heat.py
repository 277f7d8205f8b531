"""A table drawn in shades: rows by columns of time, each cell with its number, so that no shade has to be guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outwork.web.charts import svg

WIDTH: Final = 1080.0
LABELS: Final = 200.0
ROW: Final = 24.0
HEAD: Final = 44.0
LEGEND: Final = 34.0
LEVELS: Final = (0.005, 0.5, 0.75, 0.95, 1.0001)
"""Shares [1] at which the next shade begins: nothing, less than half, ..., full, more than full."""
NAMES: Final = 66.0
"""Room that the name of a column needs [px]."""
NARROW: Final = 22.0
"""A cell narrower than this has no number on it [px]."""


@dataclass(frozen=True)
class Cell:
    """A share [1], None where there is nothing to share, and what to say of it in words."""

    share: float | None
    told: str


@dataclass(frozen=True)
class Line:
    """A row of cells, under a heading `group`, leading to a page."""

    group: str
    name: str
    cells: tuple[Cell, ...]
    href: str = ""


@dataclass(frozen=True)
class Words:
    """The drawing's own words; `levels` name the shades, one more than LEVELS."""

    title: str
    told: str
    levels: tuple[str, ...]


def drawn(key: str, columns: Sequence[str], lines: Sequence[Line], words: Words) -> Markup:
    """Return the drawing. Args: columns, what stands above the cells, as many as every line has."""
    width = (WIDTH - LABELS - 8) / max(len(columns), 1)
    height = HEAD + len(lines) * ROW + LEGEND
    parts = [
        svg.text(LABELS + (place + 0.5) * width, HEAD - 10, name, class_="axis-text", text_anchor="middle")
        for place, name in _spaced(columns, width)
    ]
    for place, line in enumerate(lines):
        parts.append(_line(line, HEAD + place * ROW, width))
    parts += _legend(words.levels, HEAD + len(lines) * ROW + 10)
    return svg.drawing(key, words.title, words.told, (WIDTH, height), *parts)


def level(share: float) -> int:
    """Return the shade of a share, 0 for nothing up to len(LEVELS) for more than there is."""
    return sum(share >= edge for edge in LEVELS)


def _spaced(columns: Sequence[str], width: float) -> Iterator[tuple[int, str]]:
    """Yield as many column names as have room side by side."""
    every = max(int(-(-NAMES // width)), 1)
    yield from ((place, name) for place, name in enumerate(columns) if place % every == 0)


def _line(line: Line, y: float, width: float) -> Markup:
    name = svg.text(
        4, y + 16, svg.shortened(line.name, LABELS - 10), svg.element("title", f"{line.group} {line.name}"), class_="row-name"
    )
    named = svg.link(line.href, name, label=line.name) if line.href else name
    return svg.group(named, *(_cell(cell, LABELS + place * width, y, width) for place, cell in enumerate(line.cells)))


def _cell(cell: Cell, x: float, y: float, width: float) -> Markup:
    shade = "heat-none" if cell.share is None else f"heat-{level(cell.share)}"
    shape = svg.rect(x, y + 1, width - 1, ROW - 2, svg.element("title", cell.told), class_=f"heat {shade}")
    if cell.share is None or width < NARROW or level(cell.share) == 0:
        return shape
    number = svg.text(
        x + width / 2,
        y + 16,
        f"{cell.share * 100:.0f}",
        class_=f"heat-text on-{shade}",
        text_anchor="middle",
        pointer_events="none",
    )
    return svg.group(shape, number)


def _legend(levels: Sequence[str], y: float) -> Iterator[Markup]:
    x = LABELS
    for place, name in enumerate(levels):
        yield svg.rect(x, y, 16, 16, class_=f"heat heat-{place}")
        yield svg.text(x + 22, y + 12, name, class_="axis-text")
        x += 40 + 7.2 * len(name)
