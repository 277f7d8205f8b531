"""The base map under a network: Europe, by reference, so that a page stays small and a browser fetches it once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outwork.web.built import PREFIX, Manifest
from outwork.web.charts import svg
from outwork.web.charts.projection import Projection

WITHOUT: Final = Projection((35.0, 65.0), 15.0, 1167.0, 474.0, 1562.0)
"""About the projection of the base map, for sites on a bare ground where no base map was built."""


@dataclass(frozen=True)
class Ground:
    """Size [map unit], projection, nations that it can tint (ISO 3166 alpha-2), address of the picture, empty if none."""

    width: float = 1000.0
    height: float = 750.0
    projection: Projection = WITHOUT
    nations: frozenset[str] = frozenset()
    href: str = ""

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point of the map is on it."""
        return 0.0 <= x <= self.width and 0.0 <= y <= self.height

    def drawn(self, members: Iterable[str]) -> Markup:
        """Return sea, land, the nations that take part, and the lines between them; lines that are not settled are broken."""
        sea = svg.rect(0, 0, self.width, self.height, class_="sea")
        if not self.href:
            return svg.group(sea)
        tinted = [self._use(nation, "member") for nation in sorted(set(members) & self.nations)]
        return svg.group(
            sea,
            self._use("land", "land"),
            *tinted,
            self._use("borders", "borders"),
            self._use("broken", "broken"),
            aria_hidden="true",
        )

    def _use(self, name: str, class_: str) -> Markup:
        return svg.element("use", href=f"{self.href}#{name}", class_=class_)


def ground(built: Manifest, prefix: str = PREFIX) -> Ground:
    """Return the base map that was built, or a bare ground of about its projection where none was."""
    facts = built.facts("basemap.json")
    if not facts:
        return Ground()
    south, north = facts["parallels"]
    projection = Projection((south, north), facts["meridian"], facts["scale"], facts["left"], facts["top"])
    return Ground(facts["width"], facts["height"], projection, frozenset(facts["nations"]), built.href("basemap.svg", prefix))
