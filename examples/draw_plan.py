"""Draw a plan as a picture: what every demand gets and when, and how full the fullest resources are.

python examples/draw_plan.py demo.outwork plan.svg
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from outwork import store

Scale = Callable[[date], float]
"""From a day to its place in the picture."""
WIDTH, LEFT, ROW, TOP = 1000, 190, 22, 46
FULLEST = 6
INK, LATE, GOOD, SOFT = "#1f2933", "#c2410c", "#0f766e", "#d7dde4"


def draw(place: str) -> str:
    """Return the picture as SVG text."""
    programme, results = store.load(place), store.load_results(place)
    horizon = programme.horizon
    days = horizon.steps * horizon.step_days

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - 20) * (day - horizon.start).days / days

    demands = results["promises"].sort("due")
    heads = [text(LEFT, 20, f"{programme.settings.name}: deliveries by week, due dates, and the fullest resources", 15, "bold")]
    months = pl.date_range(horizon.start.replace(day=1), horizon.day(horizon.steps), "3mo", eager=True)
    heads += [text(x(day), 38, f"{day:%b %Y}", 10) for day in months if horizon.start <= day and x(day) < WIDTH - 60]
    rows = [
        mark
        for k, row in enumerate(demands.iter_rows(named=True))
        for mark in demand(row, results["deliver"], TOP + k * ROW, x)
    ]
    top = TOP + demands.height * ROW + 18
    rows += strips(results["work"], top, x)
    height = top + FULLEST * ROW + 12
    body = "\n".join(heads + rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def demand(row: dict[str, Any], deliver: pl.DataFrame, y: float, x: Scale) -> list[str]:
    """Return the marks of one demand: its name, one bar a step as high as its share, and its due date."""
    marks = [text(8, y + 14, f"{row['demand']} ({row['quantity']:,.0f})", 12)]
    marks.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y + 17}" y2="{y + 17}" stroke="{SOFT}"/>')
    own = deliver.filter(pl.col("demand") == row["demand"])
    most = own["quantity"].max() or 1.0
    for start, quantity, late in own.select("start", "quantity", "weeks_late").iter_rows():
        tall = 3 + 12 * quantity / most
        colour = LATE if late > 0 else GOOD
        marks.append(f'<rect x="{x(start):.1f}" y="{y + 17 - tall:.1f}" width="6" height="{tall:.1f}" fill="{colour}"/>')
    due = x(row["due"])
    marks.append(f'<path d="M{due:.1f} {y + 2} l0 17" stroke="{INK}" stroke-width="2"/>')
    if not row["taken"]:
        marks.append(text(LEFT + 6, y + 13, "option left", 11))
    return marks


def strips(work: pl.DataFrame, top: float, x: Scale) -> list[str]:
    """Return a strip of weekly use for the resources that are used most."""
    used = work.with_columns(use=(pl.col("used") / pl.col("open_hours").clip(1e-9)).clip(0, 1.5))
    fullest = used.group_by("resource").agg((pl.col("used").sum() / pl.col("open_hours").sum()).alias("use"))
    marks = []
    for k, (resource, use) in enumerate(fullest.sort("use", "resource", descending=True).head(FULLEST).iter_rows()):
        y = top + k * ROW
        marks.append(text(8, y + 14, f"{resource} {use:.0%}", 12))
        for start, share in used.filter(pl.col("resource") == resource).select("start", "use").iter_rows():
            fill = f'fill="{LATE if share > 1 + 1e-6 else GOOD}" fill-opacity="{min(share, 1):.2f}"'
            marks.append(f'<rect x="{x(start):.1f}" y="{y + 2}" width="7.6" height="16" {fill}/>')
    return marks


def text(x: float, y: float, words: str, size: int, weight: str = "normal") -> str:
    """Return words at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{INK}">{escape(words)}</text>'


if __name__ == "__main__":
    source, target = sys.argv[1:]
    Path(target).write_text(draw(source), encoding="utf-8")
