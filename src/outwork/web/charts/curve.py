"""What was wanted and what is delivered, added up over time: two stairs that part where the plan falls behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from outwork.web.charts import svg
from outwork.web.charts.scale import Amounts, Days, reaching

WIDTH: Final = 1080.0
HEIGHT: Final = 280.0
LEFT: Final = 56.0
TOP: Final = 30.0
BOTTOM: Final = 34.0


@dataclass(frozen=True)
class Point:
    """Units that are wanted and that are delivered until a day, all before it added up."""

    day: date
    wanted: float
    delivered: float


@dataclass(frozen=True)
class Words:
    """The drawing's own words."""

    title: str
    told: str
    wanted: str
    delivered: str
    today: str


def drawn(key: str, points: Sequence[Point], span: tuple[date, date], today: date | None, words: Words) -> Markup:
    """Return the drawing. Args: points in order of their days; span, first and last day of the axis."""
    days = Days(*span, LEFT, WIDTH - 12)
    most = reaching(max((max(point.wanted, point.delivered) for point in points), default=0.0))
    amounts = Amounts(most, HEIGHT - BOTTOM, TOP)
    wanted = _stairs(points, [point.wanted for point in points], days, amounts)
    behind = _stairs(points, [min(point.wanted, point.delivered) for point in points], days, amounts)
    delivered = _stairs(points, [point.delivered for point in points], days, amounts)
    parts = [
        *_axes(days, amounts),
        svg.element("polygon", points=svg.path([*wanted, *reversed(behind)]), class_="behind"),
        svg.element("polyline", points=svg.path(wanted), class_="wanted", fill="none", stroke_dasharray="6 3"),
        svg.element("polyline", points=svg.path(delivered), class_="delivered", fill="none"),
        *_legend(words),
    ]
    if today is not None and days.holds(today):
        x = days.at(today)
        parts += [
            svg.line(x, TOP, x, HEIGHT - BOTTOM, class_="today"),
            svg.text(x + 3, TOP + 10, words.today, class_="today-text"),
        ]
    return svg.drawing(key, words.title, words.told, (WIDTH, HEIGHT), *parts)


def _stairs(points: Sequence[Point], values: Sequence[float], days: Days, amounts: Amounts) -> list[tuple[float, float]]:
    """Return the corners of a line that keeps its height from one point to the next."""
    corners = [(days.left, amounts.at(0.0))]
    for point, value in zip(points, values, strict=True):
        x = days.at(point.day)
        corners += [(x, corners[-1][1]), (x, amounts.at(value))]
    return [*corners, (days.right, corners[-1][1])]


def _axes(days: Days, amounts: Amounts) -> Iterator[Markup]:
    for amount in amounts.marks():
        y = amounts.at(amount)
        yield svg.line(days.left, y, days.right, y, class_="axis-line")
        yield svg.text(days.left - 6, y + 4, f"{amount:,.10g}", class_="axis-text", text_anchor="end")
    for month in days.months():
        x = days.at(month)
        yield svg.line(x, amounts.low, x, amounts.low + 5, class_="axis-line")
        yield svg.text(x, amounts.low + 18, f"{month:%Y-%m}", class_="axis-text", text_anchor="middle")


def _legend(words: Words) -> Iterator[Markup]:
    yield svg.line(LEFT, 14, LEFT + 28, 14, class_="wanted", stroke_dasharray="6 3")
    yield svg.text(LEFT + 34, 18, words.wanted, class_="axis-text")
    x = LEFT + 60 + 7.2 * len(words.wanted)
    yield svg.line(x, 14, x + 28, 14, class_="delivered")
    yield svg.text(x + 34, 18, words.delivered, class_="axis-text")
