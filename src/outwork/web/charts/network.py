"""Sites and what moves between them, on the base map of Europe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot, sqrt
from typing import Final

from markupsafe import Markup

from outwork.web.charts import svg
from outwork.web.charts.ground import Ground
from outwork.web.charts.labels import Label, Spot, labels

SMALLEST, LARGEST = 5.0, 15.0
"""Radii of sites [px]."""
THINNEST, WIDEST = 1.4, 8.0
"""Widths of flows [px]."""
BOW: Final = 0.14
"""How far a flow swings out to its left, as a share of its length: there and back never lie on each other."""
FULL: Final = 0.995
"""A site is full from this share of its open hours on [1]."""


@dataclass(frozen=True)
class Site:
    """A site on the map.

    `longitude`, `latitude` [degree, WGS 84]; `used` and `spare`, hours of work planned there and hours that stand open for it,
    over the time that is asked for [h]; `told`, what is said of it, a line each; `href`, the page about it.
    """

    site: str
    name: str
    nation: str
    longitude: float
    latitude: float
    used: float = 0.0
    spare: float = 0.0
    told: tuple[str, ...] = ()
    href: str = ""

    @property
    def is_full(self) -> bool:
        """Whether hardly an hour is left."""
        return self.spare > 0 and self.used >= FULL * self.spare


@dataclass(frozen=True)
class Flow:
    """What moves from one site to another: an amount, in one unit for all flows, and what is said of it."""

    origin: str
    destination: str
    amount: float
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """The drawing's own words: its name, and what it shows in a sentence."""

    title: str
    told: str


@dataclass(frozen=True)
class Measures:
    """What the largest marks stand for: hours [h] and amount of a flow [its unit]."""

    hours: float
    amount: float

    def radius(self, hours: float) -> float:
        """Return the radius of a circle whose area, above the smallest, grows with the hours [px]."""
        return SMALLEST + (LARGEST - SMALLEST) * sqrt(hours / self.hours) if self.hours > 0 else SMALLEST

    def width(self, amount: float) -> float:
        """Return the width of a flow, which grows with its amount [px]."""
        return THINNEST + (WIDEST - THINNEST) * amount / self.amount if self.amount > 0 else THINNEST


Placed = Mapping[str, tuple[float, float]]
"""Where sites lie on the map [map unit]."""


def placed(sites: Iterable[Site], ground: Ground) -> dict[str, tuple[float, float]]:
    """Return where the sites lie that the map shows; those elsewhere in the world are told in the table alone."""
    points = {each.site: ground.projection.at(each.longitude, each.latitude) for each in sites}
    return {site: point for site, point in points.items() if ground.holds(*point)}


def measures(sites: Iterable[Site], flows: Iterable[Flow]) -> Measures:
    """Return the scale of a drawing: what its largest site and its largest flow stand for."""
    hours = (max(each.spare, each.used) for each in sites)
    return Measures(max(hours, default=0.0), max((each.amount for each in flows), default=0.0))


def drawn(key: str, sites: Sequence[Site], flows: Sequence[Flow], ground: Ground, words: Words) -> Markup:
    """Return the map. Args: key, unlike that of every other drawing on the page.

    It is a group and no image to who does not see it, because its sites lead to pages; and it takes the focus, so that
    the keyboard moves it.
    """
    scale, places = measures(sites, flows), placed(sites, ground)
    shown = sorted((each for each in sites if each.site in places), key=lambda each: (-scale.radius(each.spare), each.site))
    return svg.element(
        "svg",
        svg.element("title", words.title, id=f"{key}-title"),
        svg.element("desc", words.told, id=f"{key}-told"),
        ground.drawn({each.nation for each in sites}),
        svg.group(*_flows(flows, places, scale), class_="flows"),
        svg.group(*_sites(shown, places, scale, ground), class_="sites"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {ground.width:g} {ground.height:g}",
        role="group",
        tabindex=0,
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-told",
        class_="network",
    )


def _flows(flows: Sequence[Flow], places: Placed, scale: Measures) -> Iterator[Markup]:
    """Yield flows, the largest first and so undermost."""
    names = [each for each in flows if each.origin in places and each.destination in places and each.origin != each.destination]
    for each in sorted(names, key=lambda flow: (-flow.amount, flow.origin, flow.destination)):
        start, end = places[each.origin], places[each.destination]
        if hypot(end[0] - start[0], end[1] - start[1]) >= 1.0:
            yield _flow(each, start, end, scale.width(each.amount))


def _flow(flow: Flow, start: tuple[float, float], end: tuple[float, float], width: float) -> Markup:
    across, down = end[0] - start[0], end[1] - start[1]
    bend = ((start[0] + end[0]) / 2 + BOW * 2 * down, (start[1] + end[1]) / 2 - BOW * 2 * across)
    middle = ((start[0] + end[0]) / 4 + bend[0] / 2, (start[1] + end[1]) / 4 + bend[1] / 2)
    arrow = svg.element("path", d=_arrow(width), transform=f"rotate({degrees(atan2(down, across)):.1f})", class_="arrow")
    return svg.group(
        svg.element(
            "path",
            svg.element("title", "\n".join(flow.told)) if flow.told else "",
            d=f"M{start[0]:.1f},{start[1]:.1f}Q{bend[0]:.1f},{bend[1]:.1f} {end[0]:.1f},{end[1]:.1f}",
            stroke_width=round(width, 1),
        ),
        # Two groups: the stylesheet keeps the inner one at its size while somebody looks closer.
        svg.group(svg.group(arrow, class_="mark"), transform=f"translate({middle[0]:.1f} {middle[1]:.1f})"),
        class_="flow",
        data_origin=flow.origin,
        data_destination=flow.destination,
        data_detail="\n".join(flow.told) or None,
    )


def _arrow(width: float) -> str:
    """Return a head that points to the right, a little wider than its flow."""
    half = 4.0 + width * 0.6
    return f"M{-half:.1f},{-half:.1f}L{half * 1.2:.1f},0L{-half:.1f},{half:.1f}Z"


def _sites(sites: Sequence[Site], places: Placed, scale: Measures, ground: Ground) -> Iterator[Markup]:
    """Yield sites, the largest first and so undermost, each with its name where there is room for it."""
    spots = [Spot(each.name, *places[each.site], scale.radius(each.spare)) for each in sites]
    for each, spot, label in zip(sites, spots, labels(spots, ground.width, ground.height), strict=True):
        yield _site(each, spot, label, scale)


def _site(site: Site, spot: Spot, label: Label, scale: Measures) -> Markup:
    circles = [svg.element("circle", r=round(spot.radius, 1))]
    if site.used > 0:
        circles.append(svg.element("circle", r=round(min(scale.radius(site.used), spot.radius) - 1.5, 1), class_="used"))
    name = svg.text(
        label.right, label.down, site.name, text_anchor=label.anchor, class_="name crowded" if label.crowded else "name"
    )
    inside = svg.group(svg.group(*circles, name, class_="mark"), transform=f"translate({spot.x:.1f} {spot.y:.1f})")
    said = ", ".join((site.name, *site.told))
    return svg.element(
        "a" if site.href else "g",
        inside,
        href=site.href or None,
        tabindex=None if site.href else 0,
        role=None if site.href else "img",
        aria_label=said,
        class_="site full" if site.is_full else "site",
        data_site=site.site,
        data_detail="\n".join((site.name, *site.told)),
    )
