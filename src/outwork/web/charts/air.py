"""The air as seen from above, north up: zones, sensors and how far they reach, tracks with their trails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any, Final

from markupsafe import Markup

from outwork.web.charts import svg
from outwork.web.charts.scale import round_step

SIZE: Final = 620.0
EDGE: Final = 30.0
CORNER: Final = re.compile(r"(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)")
"""Latitude and longitude of a corner of a zone."""
METRES: Final = 111_195.0
"""Length of a degree of latitude on a sphere of mean radius [m]."""


@dataclass(frozen=True)
class Words:
    """The drawing's own words; `metres` writes a distance [m]."""

    title: str
    told: str
    north: str


@dataclass(frozen=True)
class Mark:
    """A track: degrees, course clockwise from north [degree], its trail as (longitude, latitude), and how it is shown."""

    name: str
    told: str
    latitude: float
    longitude: float
    heading: float
    kind: str
    trail: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Ground:
    """From degrees to the drawing: flat around a middle, which is true to a thousandth over ten kilometres."""

    latitude: float
    longitude: float
    metre: float
    """Length of a metre [px]."""

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place is drawn."""
        east = (longitude - self.longitude) * METRES * cos(radians(self.latitude))
        north = (latitude - self.latitude) * METRES
        return SIZE / 2 + east * self.metre, SIZE / 2 - north * self.metre


def drawn(
    key: str, marks: Sequence[Mark], zones: Sequence[Mapping[str, Any]], sensors: Sequence[Mapping[str, Any]], words: Words
) -> Markup:
    """Return the drawing, as large as tracks, zones and sensors need it."""
    ground = _ground([*_places(marks, zones, sensors)])
    parts = [
        svg.rect(0, 0, SIZE, SIZE, class_="air-ground"),
        *_sensors(sensors, ground),
        *_zones(zones, ground),
        *(_mark(mark, ground) for mark in marks),
        *_scale(ground, words),
    ]
    return svg.drawing(key, words.title, words.told, (SIZE, SIZE), *parts)


def corners(outline: str) -> list[tuple[float, float]]:
    """Return the corners of a zone as (longitude, latitude)."""
    return [(float(longitude), float(latitude)) for latitude, longitude in CORNER.findall(outline)]


def is_circle(zone: Mapping[str, Any]) -> bool:
    """Return whether a zone is a circle, and not a polygon."""
    return None not in (zone["latitude"], zone["longitude"], zone["radius"])


def _places(
    marks: Sequence[Mark], zones: Sequence[Mapping[str, Any]], sensors: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[float, float]]:
    yield from ((mark.longitude, mark.latitude) for mark in marks)
    for sensor in sensors:
        yield sensor["longitude"], sensor["latitude"]
    for zone in zones:
        yield from corners(zone["outline"] or "")
        if is_circle(zone):
            north = zone["radius"] / METRES
            east = north / cos(radians(zone["latitude"]))
            yield zone["longitude"] - east, zone["latitude"] - north
            yield zone["longitude"] + east, zone["latitude"] + north


def _ground(places: list[tuple[float, float]]) -> Ground:
    if not places:
        return Ground(0.0, 0.0, 1.0)
    east, north = [place[0] for place in places], [place[1] for place in places]
    latitude, longitude = (min(north) + max(north)) / 2, (min(east) + max(east)) / 2
    wide = max((max(east) - min(east)) * METRES * cos(radians(latitude)), (max(north) - min(north)) * METRES, 200.0)
    return Ground(latitude, longitude, (SIZE - 2 * EDGE) / wide)


def _sensors(sensors: Sequence[Mapping[str, Any]], ground: Ground) -> Iterator[Markup]:
    for sensor in sensors:
        x, y = ground.at(sensor["longitude"], sensor["latitude"])
        told = svg.element("title", f"{sensor['name'] or sensor['sensor']}")
        if sensor["range_most"]:
            yield svg.element("circle", cx=x, cy=y, r=sensor["range_most"] * ground.metre, class_="sensor-reach", fill="none")
        yield svg.group(
            told, svg.rect(x - 5, y - 5, 10, 10, class_="sensor"), svg.text(x + 8, y + 4, sensor["sensor"], class_="axis-text")
        )


def _zones(zones: Sequence[Mapping[str, Any]], ground: Ground) -> Iterator[Markup]:
    for zone in zones:
        told = svg.element("title", zone["name"] or zone["zone"])
        if is_circle(zone):
            x, y = ground.at(zone["longitude"], zone["latitude"])
            yield svg.element("circle", told, cx=x, cy=y, r=zone["radius"] * ground.metre, class_="zone")
        elif points := [ground.at(*corner) for corner in corners(zone["outline"] or "")]:
            x, y = points[0]
            yield svg.element("polygon", told, points=svg.path(points), class_="zone")
        else:
            continue
        yield svg.text(x, y - 4, zone["zone"], class_="zone-text", text_anchor="middle")


def _mark(mark: Mark, ground: Ground) -> Markup:
    x, y = ground.at(mark.longitude, mark.latitude)
    course = radians(mark.heading)
    trail = [ground.at(*place) for place in mark.trail]
    ahead = (x + 16 * sin(course), y - 16 * cos(course))
    return svg.group(
        svg.element("title", mark.told),
        svg.element("polyline", points=svg.path(trail), class_="trail", fill="none"),
        svg.line(x, y, *ahead, class_="course"),
        _shape(mark.kind, x, y),
        svg.text(x + 9, y - 7, mark.name, class_="track-text"),
        class_=f"track {mark.kind}",
    )


def _shape(kind: str, x: float, y: float) -> Markup:
    """Return a shape by which kinds are told apart without their colour."""
    match kind:
        case "drone":
            return svg.element("polygon", points=svg.path([(x, y - 7), (x + 6, y + 5), (x - 6, y + 5)]))
        case "aircraft":
            return svg.element("polygon", points=svg.path([(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)]))
        case "ground":
            return svg.rect(x - 5, y - 5, 10, 10)
    return svg.element("circle", cx=x, cy=y, r=5)


def _scale(ground: Ground, words: Words) -> Iterator[Markup]:
    metres = round_step(100 / ground.metre)
    said = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"  # noqa: PLR2004 - metres in a kilometre
    y = SIZE - 14
    yield svg.line(EDGE, y, EDGE + metres * ground.metre, y, class_="scale")
    yield svg.text(EDGE, y - 6, said, class_="axis-text")
    yield svg.text(SIZE - EDGE, EDGE, f"↑ {words.north}", class_="axis-text", text_anchor="end")
