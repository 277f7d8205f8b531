"""Bars in time, row by row under headings: what runs where and when, with lines for today and for due dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from markupsafe import Markup

from outwork.web.charts import svg
from outwork.web.charts.scale import Days

Kind = Literal["making", "qualification", "application"]
WIDTH: Final = 1080.0
LABELS: Final = 230.0
"""Width of the names on the left [px]."""
ROW: Final = 24.0
HEAD: Final = 44.0
"""Height of the axis above [px]."""
FOOT: Final = 12.0
THIN: Final = 3.0
"""A bar is never narrower, so that it can be seen [px]."""
ROOM: Final = 44.0
"""A bar narrower than this has no words on it [px]."""


@dataclass(frozen=True)
class Bar:
    """Something that lasts from a day until before another. `draft`: nothing commits to it yet, so it is striped."""

    kind: Kind
    since: date
    until: date
    label: str
    told: str
    draft: bool = True
    href: str = ""


@dataclass(frozen=True)
class Lane:
    """A row of bars under the heading `group`."""

    group: str
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Due:
    """A day by which something is wanted. `late`: it comes later in the plan."""

    day: date
    name: str
    late: bool = False


@dataclass(frozen=True)
class Words:
    """The drawing's own words, in the reader's language."""

    title: str
    told: str
    today: str


def drawn(
    key: str, lanes: Sequence[Lane], span: tuple[date, date], today: date | None, dues: Sequence[Due], words: Words
) -> Markup:
    """Return the drawing. Args: lanes, those of one group after the other; span, first and last day of the axis."""
    days = Days(*span, LABELS, WIDTH - 10)
    rows = list(_rows(lanes))
    height = HEAD + len(rows) * ROW + FOOT
    parts = [STRIPES, *_axis(days, height)]
    for place, (heading, lane) in enumerate(rows):
        y = HEAD + place * ROW
        parts.append(_heading(heading, y) if lane is None else _lane(lane, y, days, place))
    parts += [*_dues(dues, days, height), *_today(today, days, height, words)]
    return svg.drawing(key, words.title, words.told, (WIDTH, height), *parts)


STRIPES: Final = svg.element(
    "defs",
    svg.element(
        "pattern",
        svg.rect(0, 0, 8, 8, class_="stripe-ground"),
        svg.line(0, 0, 0, 8, class_="stripe", stroke="currentColor", stroke_width=3),
        id="stripes",
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    ),
)


def _rows(lanes: Sequence[Lane]) -> Iterator[tuple[str, Lane | None]]:
    """Yield a heading before the first lane of each group, then its lanes."""
    before = None
    for lane in lanes:
        if lane.group != before:
            yield lane.group, None
            before = lane.group
        yield lane.group, lane


def _axis(days: Days, height: float) -> Iterator[Markup]:
    year = None
    for month in days.months():
        x = days.at(month)
        yield svg.line(x, HEAD - 6, x, height - FOOT, class_="axis-line")
        yield svg.text(x + 3, HEAD - 10, f"{month:%m}", class_="axis-text")
        if month.year != year:
            yield svg.text(x + 3, HEAD - 25, str(month.year), class_="axis-text strong")
            year = month.year


def _heading(name: str, y: float) -> Markup:
    ground = svg.rect(0, y, WIDTH, ROW, class_="band")
    return svg.group(ground, svg.text(6, y + 16, svg.shortened(name, WIDTH / 2), class_="row-heading"))


def _lane(lane: Lane, y: float, days: Days, place: int) -> Markup:
    name = svg.text(18, y + 16, svg.shortened(lane.name, LABELS - 24), svg.element("title", lane.name), class_="row-name")
    rule = svg.line(0, y + ROW, WIDTH, y + ROW, class_="row-line")
    return svg.group(rule, name, *(_bar(bar, y, days) for bar in lane.bars), class_=f"row-{place % 2}")


def _bar(bar: Bar, y: float, days: Days) -> Markup:
    left, right = days.at(bar.since), days.at(bar.until)
    width = max(right - left, THIN)
    shape = svg.rect(left, y + 4, width, ROW - 8, svg.element("title", bar.told), rx=3, class_=f"bar {bar.kind}")
    parts = [shape]
    if bar.draft:
        parts.append(svg.rect(left, y + 4, width, ROW - 8, rx=3, fill="url(#stripes)", class_="draft", pointer_events="none"))
    if width > ROOM:
        parts.append(svg.text(left + 5, y + 16, svg.shortened(bar.label, width - 8, 11), class_="bar-text"))
    return svg.link(bar.href, *parts, label=bar.told) if bar.href else svg.group(*parts)


def _today(today: date | None, days: Days, height: float, words: Words) -> Iterator[Markup]:
    if today is not None and days.holds(today):
        x = days.at(today)
        yield svg.line(x, HEAD - 8, x, height - FOOT, class_="today")
        yield svg.text(x + 3, height - 2, words.today, class_="today-text")


def _dues(dues: Sequence[Due], days: Days, height: float) -> Iterator[Markup]:
    for due in dues:
        if days.holds(due.day):
            x = days.at(due.day + timedelta(days=1))
            state = "due late" if due.late else "due"
            yield svg.group(
                svg.element("title", f"{due.name} {due.day.isoformat()}"),
                svg.line(x, HEAD - 4, x, height - FOOT, class_=state, stroke_dasharray="2 3" if due.late else "6 3"),
                svg.element("polygon", points=svg.path([(x - 4, HEAD - 6), (x + 4, HEAD - 6), (x, HEAD)]), class_=state),
            )
