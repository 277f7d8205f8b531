"""Protected zones as volumes: a circle or a polygon over ground, from a floor to a ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from outwork.model.axis import Mask
from outwork.model.errors import OutworkError
from outwork.model.tables.watching import Zone
from outwork.watch.frames import Floats, Frame

CORNERS_LEAST: Final = 3


class InvalidZone(OutworkError):
    """A zone's outline cannot be read as a polygon."""


@dataclass(frozen=True, eq=False)
class Volume:
    """A zone in east, north and up of its own middle, where up is the height above the ellipsoid.

    place [3] and turn [3, 3]: its middle on the ellipsoid in the picture's frame and its axes there; radius in m, 0 for a
    polygon; corners [corner, 2] in m, none for a circle; floor and ceiling in m; warn in s; reach, how far it extends from its
    middle [m].
    """

    name: str
    title: str
    place: Floats
    turn: Floats
    radius: float
    corners: Floats
    floor: float
    ceiling: float
    warn: float
    reach: float

    def own(self, state: Floats) -> Floats:
        """Return states [n, 6] of the picture's frame in the zone's own axes."""
        return np.concatenate([(state[:, :3] - self.place) @ self.turn, state[:, 3:] @ self.turn], axis=1)

    def holds(self, place: Floats) -> Mask:
        """Whether places [..., 3] in its own axes lie inside, the floor taken in and the ceiling not."""
        level = (place[..., 2] >= self.floor) & (place[..., 2] < self.ceiling)
        return np.asarray(level & self.covers(place[..., :2]))

    def covers(self, ground: Floats) -> Mask:
        """Whether places over ground [..., 2] lie inside: within the radius, or an odd number of edges to the east of them."""
        if self.radius:
            return np.asarray((ground**2).sum(axis=-1) <= self.radius**2)
        x, y = ground[..., 0, None], ground[..., 1, None]
        (ax, ay), (bx, by) = self.corners.T, np.roll(self.corners, -1, axis=0).T
        spans = (ay > y) != (by > y)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            crossing = ax + (y - ay) * (bx - ax) / (by - ay)
        return np.asarray((spans & (x < crossing)).sum(axis=-1) % 2 == 1)


def volumes(zones: Sequence[Zone], frame: Frame) -> tuple[Volume, ...]:
    """Return zones as volumes of a frame. InvalidZone where an outline is not at least three places on earth."""
    return tuple(_volume(zone, frame) for zone in zones)


def _volume(zone: Zone, frame: Frame) -> Volume:
    if zone.latitude is not None and zone.longitude is not None and zone.radius is not None:
        latitude, longitude, radius = zone.latitude, zone.longitude, zone.radius
        corners, reach = np.empty((0, 2)), zone.radius
    else:
        outline = _outline(zone)
        (latitude, longitude), radius = outline.mean(axis=0).tolist(), 0.0
        corners = Frame(latitude, longitude).enu(outline[:, 0], outline[:, 1], np.zeros(len(outline)))[:, :2]
        reach = float(np.linalg.norm(corners, axis=1).max())
    here = np.array([latitude]), np.array([longitude])
    return Volume(
        name=zone.zone,
        title=zone.name or zone.zone,
        place=frame.enu(*here, np.zeros(1))[0],
        turn=frame.turn(*here)[0],
        radius=radius,
        corners=corners,
        floor=zone.floor,
        ceiling=zone.ceiling,
        warn=zone.warn,
        reach=reach,
    )


def _outline(zone: Zone) -> Floats:
    """Return the corners [corner, latitude and longitude in degrees] of an outline."""
    found = []
    for part in zone.outline.split(";"):
        words = part.split()
        try:
            latitude, longitude = (float(word) for word in words)
        except ValueError:
            raise InvalidZone(f"zone '{zone.zone}': '{part.strip()}' is not a latitude and a longitude in degrees") from None
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 (the globe)
            raise InvalidZone(f"zone '{zone.zone}': '{part.strip()}' is not on earth; write latitude before longitude")
        found.append((latitude, longitude))
    if len(found) < CORNERS_LEAST:
        raise InvalidZone(f"zone '{zone.zone}': an outline has at least three corners, not {len(found)}")
    return np.array(found)
