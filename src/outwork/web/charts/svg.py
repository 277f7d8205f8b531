"""SVG as text, put together so that nothing which comes from a table can become mark-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

Value = str | int | float | None
TWO: Final = 2
"""Digits after the point of a coordinate: a fiftieth of a pixel."""


def element(name: str, *children: str | Markup, **attributes: Value) -> Markup:
    """Return an element: text is escaped, mark-up made here is not.

    Attributes are written as in Python: `class_` for class, `text_anchor` for text-anchor; one that is None is left out.
    """
    written = "".join(f' {_named(key)}="{escape(_said(value))}"' for key, value in attributes.items() if value is not None)
    inside = joined(children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704 - escaped above


def joined(parts: Iterable[str | Markup]) -> Markup:
    """Return parts one after the other, text escaped."""
    return Markup("").join(parts)


def drawing(key: str, title: str, told: str, size: tuple[float, float], *children: Markup) -> Markup:
    """Return a whole drawing that says what it is to those who do not see it.

    Args: key, unlike every other on the page; title, its name; told, what it shows in a sentence; size [px, before scaling].
    """
    width, height = size
    inside = joined(children)
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", told, id=f"{key}-told"),
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_said(width)} {_said(height)}",
        width=width,
        height=height,
        role="group" if "<a " in inside else "img",  # an image would hide its links from screen readers
        aria_labelledby=f"{key}-title {key}-told",
        class_="drawing",
    )


def group(*children: Markup, **attributes: Value) -> Markup:
    """Return elements that belong together."""
    return element("g", *children, **attributes)


def rect(x: float, y: float, width: float, height: float, *children: Markup, **attributes: Value) -> Markup:
    """Return a rectangle, never narrower than 0. Children: a title, which shows where a pointer rests."""
    return element("rect", *children, x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Value) -> Markup:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def text(x: float, y: float, said: str, *children: Markup, **attributes: Value) -> Markup:
    """Return words that stand on a line. Children: a title, which shows where a pointer rests."""
    return element("text", *children, said, x=x, y=y, **attributes)


def link(href: str, *children: Markup, label: str) -> Markup:
    """Return elements that lead to another page. Args: label, where to, for those who do not see the drawing."""
    return element("a", *children, href=href, aria_label=label)


def path(points: Iterable[tuple[float, float]]) -> str:
    """Return the `points` of a polyline."""
    return " ".join(f"{_said(x)},{_said(y)}" for x, y in points)


def shortened(said: str, width: float, size: float = 12.0) -> str:
    """Return words cut to a width [px], with an ellipsis where something is missing."""
    room = max(int(width / (size * 0.56)), 1)
    return said if len(said) <= room else f"{said[: max(room - 1, 0)]}…"


def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _said(value: Value) -> str:
    if isinstance(value, float):
        return f"{round(value, TWO) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"  # noqa: PLR2004 - where g turns to powers
    return str(value)
