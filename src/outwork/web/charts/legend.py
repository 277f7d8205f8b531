"""What the marks of a network mean, drawn apart from it, so that it stays while somebody looks closer at the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outwork.web.charts import svg
from outwork.web.charts.labels import LETTER
from outwork.web.charts.network import WIDEST, Measures
from outwork.web.charts.scale import round_step

WIDTH, HEIGHT = 760.0, 44.0
MIDDLE: Final = 22.0


@dataclass(frozen=True)
class Words:
    """`title` names the legend; the rest say what a mark means, with `{hours}` and `{amount}` in their places."""

    title: str
    spare: str
    used: str
    full: str
    flow: str
    broken: str


def legend(key: str, scale: Measures, words: Words) -> Markup:
    """Return the legend of a network that is drawn to these measures."""
    hours, amount = round_step(scale.hours / 2), round_step(scale.amount / 2)
    radius = scale.radius(hours)
    rows = [
        (svg.element("circle", r=radius), words.spare.format(hours=f"{hours:,.0f}"), "site"),
        (svg.group(svg.element("circle", r=radius), svg.element("circle", r=radius * 0.65, class_="used")), words.used, "site"),
        (
            svg.group(svg.element("circle", r=radius), svg.element("circle", r=radius - 1.5, class_="used")),
            words.full,
            "site full",
        ),
        (_stroke(scale.width(amount) if amount else WIDEST), words.flow.format(amount=f"{amount:,.0f}"), "flow"),
        (_stroke(None), words.broken, "broken"),
    ]
    parts, x = [], 4.0
    for mark, said, class_ in rows:
        parts.append(svg.group(mark, class_=class_, transform=f"translate({x + 18:.0f} {MIDDLE:.0f})"))
        parts.append(svg.text(x + 40, MIDDLE + 4, said, class_="said"))
        x += 58 + LETTER * len(said)
    return svg.element(
        "svg",
        svg.element("title", words.title, id=f"{key}-title"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {max(WIDTH, x):.0f} {HEIGHT:.0f}",
        role="img",
        aria_labelledby=f"{key}-title",
        class_="network legend",
    )


def _stroke(width: float | None) -> Markup:
    return svg.line(-16, 0, 16, 0, stroke_width=width)
