"""Messages of Remote ID, 25 bytes each or several in a pack. A value that the sender does not know is None.

Source: ASTM F3411-22a, section 5.4.5 and its tables; numbers are little-endian, and the lower four bits of the first byte
are the version of the protocol, which changes nothing that is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

SIZE: Final = 25
"""Bytes of a message."""
PACK: Final = 0xF
MOST: Final = 9
"""Most messages in a pack."""
EPOCH: Final = datetime(2019, 1, 1, tzinfo=UTC)
"""From here the standard counts seconds."""
FIRST_PAGE: Final = 17
"""Bytes of authentication on its first page; the others carry 23."""
NO_TIME: Final = 0xFFFF


@dataclass(frozen=True)
class BasicId:
    """Who it is: `id_type` 1 serial number, 2 registration, 3 assigned by traffic management, 4 of a session."""

    id_type: int
    aircraft_type: int
    identity: str


@dataclass(frozen=True)
class Location:
    """Where it is: degrees WGS 84, metres, metres a second, seconds after the full hour; accuracies as 95 % bounds [m, m/s].

    `geodetic` is above the ellipsoid, `pressure` by the standard atmosphere, `height` above the take-off place (`above` 0) or
    the ground (1). `status` is 1 on the ground, 2 in the air, 3 in an emergency.
    """

    status: int
    heading: float | None
    speed: float | None
    climb: float | None
    latitude: float | None
    longitude: float | None
    pressure: float | None
    geodetic: float | None
    height: float | None
    above: int
    horizontal: float | None
    vertical: float | None
    barometric: float | None
    speed_accuracy: float | None
    seconds: float | None
    seconds_accuracy: float | None


@dataclass(frozen=True)
class Authentication:
    """One page of a signature; the first page says how many more there are, how long the whole is, and when it was made."""

    auth_type: int
    page: int
    last_page: int | None
    length: int | None
    at: datetime | None
    content: bytes


@dataclass(frozen=True)
class SelfId:
    """What the operator says in free text; `kind` 0 purpose, 1 emergency, 2 status."""

    kind: int
    text: str


@dataclass(frozen=True)
class System:
    """Where the operator is, and the area of a group of aircraft: degrees WGS 84 and metres."""

    place: int
    classification: int
    latitude: float | None
    longitude: float | None
    count: int
    radius: float
    ceiling: float | None
    floor: float | None
    category: int
    class_: int
    altitude: float | None
    at: datetime | None


@dataclass(frozen=True)
class OperatorId:
    """The operator's registration."""

    kind: int
    identity: str


Message: TypeAlias = BasicId | Location | Authentication | SelfId | System | OperatorId

HORIZONTAL: Final = (None, 18520.0, 7408.0, 3704.0, 1852.0, 926.0, 555.6, 185.2, 92.6, 30.0, 10.0, 3.0, 1.0)
"""Accuracy of a position by its code [m]; later codes are reserved."""
VERTICAL: Final = (None, 150.0, 45.0, 25.0, 10.0, 3.0, 1.0)
"""Accuracy of an altitude by its code [m]."""
SPEED: Final = (None, 10.0, 3.0, 1.0, 0.3)
"""Accuracy of a speed by its code [m/s]."""


def decoded(content: bytes) -> Iterator[Message | str]:
    """Yield the messages of one message or pack, and in words what cannot be read of it."""
    if not content or content[0] >> 4 != PACK:
        yield _message(content)
        return
    size, count = content[1:2], content[2:3]
    if size != bytes([SIZE]) or not count or count[0] > MOST:
        yield f"a pack of Remote ID counts {list(count)} messages of {list(size)} bytes; it holds at most {MOST} of {SIZE}"
        return
    for at in range(3, 3 + SIZE * count[0], SIZE):
        if content[at : at + 1] and content[at] >> 4 == PACK:
            yield "a pack of Remote ID holds another pack, which the standard forbids"
        else:
            yield _message(content[at : at + SIZE])


def _message(content: bytes) -> Message | str:
    if len(content) < SIZE:
        return f"a message of Remote ID has {len(content)} bytes, not {SIZE}"
    read = READERS.get(content[0] >> 4)
    return f"a message of Remote ID of kind {content[0] >> 4}, which the standard has not" if read is None else read(content)


def _basic(content: bytes) -> BasicId:
    return BasicId(content[1] >> 4, content[1] & 0xF, _text(content[2:22]))


def _location(content: bytes) -> Location:
    bits, direction, speed, climb, latitude, longitude, pressure, geodetic, height, across, rate, tenths, stamp = (
        struct.unpack_from("<BBBbiiHHHBBHB", content, 1)
    )
    heading = direction + 180.0 * (bits >> 1 & 1)
    north, east = _position(latitude, longitude)
    return Location(
        status=bits >> 4,
        heading=heading if heading <= 360 else None,  # noqa: PLR2004  # 361 says unknown
        speed=_speed(speed, bits & 1),
        climb=None if climb == 126 else climb * 0.5,  # noqa: PLR2004  # 63 m/s says unknown
        latitude=north,
        longitude=east,
        pressure=_altitude(pressure),
        geodetic=_altitude(geodetic),
        height=_altitude(height),
        above=bits >> 2 & 1,
        horizontal=_of(HORIZONTAL, across & 0xF),
        vertical=_of(VERTICAL, across >> 4),
        barometric=_of(VERTICAL, rate >> 4),
        speed_accuracy=_of(SPEED, rate & 0xF),
        seconds=None if tenths == NO_TIME else tenths / 10,
        seconds_accuracy=(stamp & 0xF) / 10 or None,
    )


def _authentication(content: bytes) -> Authentication:
    kind, page = content[1] >> 4, content[1] & 0xF
    if page:
        return Authentication(kind, page, None, None, None, content[2:SIZE])
    last, length, seconds = struct.unpack_from("<BBI", content, 2)
    return Authentication(kind, page, last, length, EPOCH + timedelta(seconds=seconds), content[8 : 8 + FIRST_PAGE])


def _self(content: bytes) -> SelfId:
    return SelfId(content[1], _text(content[2:SIZE]))


def _system(content: bytes) -> System:
    flags, latitude, longitude, count, radius, ceiling, floor, kinds, altitude, seconds = struct.unpack_from(
        "<BiiHBHHBHI", content, 1
    )
    north, east = _position(latitude, longitude)
    return System(
        place=flags & 3,
        classification=flags >> 2 & 7,
        latitude=north,
        longitude=east,
        count=count,
        radius=radius * 10.0,
        ceiling=_altitude(ceiling),
        floor=_altitude(floor),
        category=kinds >> 4,
        class_=kinds & 0xF,
        altitude=_altitude(altitude),
        at=EPOCH + timedelta(seconds=seconds) if seconds else None,
    )


def _operator(content: bytes) -> OperatorId:
    return OperatorId(content[1], _text(content[2:22]))


READERS: Final[Mapping[int, Callable[[bytes], Message]]] = MappingProxyType(
    {0: _basic, 1: _location, 2: _authentication, 3: _self, 4: _system, 5: _operator}
)
"""How each kind of message is read."""


def _text(content: bytes) -> str:
    """Return text up to its first zero byte; bytes that are no ASCII stand as question marks."""
    return "".join(chr(each) if 32 <= each < 127 else "?" for each in content.split(b"\0", 1)[0]).strip()  # noqa: PLR2004


def _position(latitude: int, longitude: int) -> tuple[float | None, float | None]:
    """Return a position [degree]; none where it is 0, 0, which says unknown, or not on the Earth."""
    north, east = latitude / 1e7, longitude / 1e7
    known = (latitude or longitude) and abs(north) <= 90 and abs(east) <= 180  # noqa: PLR2004
    return (north, east) if known else (None, None)


def _altitude(code: int) -> float | None:
    """Return an altitude [m], which counts in half metres from -1000; that itself says unknown."""
    return code * 0.5 - 1000 if code else None


def _speed(code: int, multiplier: int) -> float | None:
    """Return a speed [m/s]: in quarters up to 63.75, and beyond in three quarters; 255 says unknown."""
    speed = code * 0.75 + 255 * 0.25 if multiplier else code * 0.25
    return None if speed >= 255 else speed  # noqa: PLR2004


def _of(table: tuple[float | None, ...], code: int) -> float | None:
    return table[code] if code < len(table) else None
