"""Frames of ADS-B: 14 bytes each, whose last three check the others.

Sources: ICAO Doc 9871, appendices A to C, and RTCA DO-260B, section 2.2.3.2; the worked frames are those of
J. Sun, The 1090 Megahertz Riddle (2021).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from outwork.store.formats.adsb.altitude import barometric, geometric
from outwork.store.formats.callsign import callsign

SIZE: Final = 14
GENERATOR: Final = 0xFFF409
"""Polynomial of the check, without its term of degree 24."""
PARITY: Final = 3
"""Bytes of the check at the end of a frame."""
TRANSPONDER, OTHER = 17, 18
"""Downlink formats: of a transponder, and of other senders, which say in a control field what they are."""
BROADCASTS: Final = frozenset({0, 1, 6})
"""Values of that control field that are ADS-B: by the sender itself, under another address, or passed on from another link."""
SUPERSONIC: Final = 4
"""Steps of a supersonic velocity are this many times larger."""


@dataclass(frozen=True)
class Identification:
    """The call sign, and of which set (A to D) and category the sender is; `C` are vehicles, `B6` is unmanned."""

    address: str
    callsign: str
    category: str


@dataclass(frozen=True)
class Position:
    """A position in the air, in the compact form of CPR, and the altitude [m] by pressure or above the ellipsoid."""

    address: str
    type_code: int
    odd: bool
    latitude: int
    longitude: int
    altitude: float | None
    above: Literal["pressure", "ellipsoid"]


@dataclass(frozen=True)
class Velocity:
    """Speed over ground [kt] and track, or airspeed [kt] and magnetic heading, and the vertical rate [ft/min]."""

    address: str
    kind: Literal["ground", "air"]
    speed: float | None
    heading: float | None
    climb: float | None


Message: TypeAlias = Identification | Position | Velocity


def check(frame: bytes) -> int:
    """Return the remainder of a frame by the generator; 0 where it arrived whole."""
    held = 0
    for byte in frame[:-PARITY]:
        held = (held << 8 & 0xFFFFFF) ^ REMAINDERS[held >> 16 ^ byte]
    return held ^ int.from_bytes(frame[-PARITY:])


def _remainder(byte: int) -> int:
    held = byte << 16
    for _ in range(8):
        held = (held << 1 ^ GENERATOR * (held >> 23)) & 0xFFFFFF
    return held


REMAINDERS: Final = tuple(_remainder(byte) for byte in range(256))
"""What each byte leaves of itself, so that a frame is checked by bytes and not by bits."""


def decoded(frame: bytes) -> Message | str | None:
    """Return what a frame says, or why it cannot be read; None where it says nothing that is read here."""
    if len(frame) != SIZE:
        return None if len(frame) in {2, 7} else f"a frame of ADS-B has {len(frame)} bytes, not {SIZE}"
    form = frame[0] >> 3
    if form not in {TRANSPONDER, OTHER} or (form == OTHER and frame[0] & 7 not in BROADCASTS):
        return None
    if check(frame):
        return "a frame of ADS-B arrived damaged: its check does not fit; left out"
    address, message = frame[1:4].hex().upper(), int.from_bytes(frame[4:11])
    code = message >> 51
    if 1 <= code <= 4:  # noqa: PLR2004  # type codes of DO-260B, table 2-16, here and below
        return Identification(address, callsign(message & (1 << 48) - 1, 8), f"{'DCBA'[code - 1]}{message >> 48 & 7}")
    if 9 <= code <= 18 or 20 <= code <= 22:  # noqa: PLR2004
        return _position(address, code, message)
    return _velocity(address, message) if code == 19 else None  # noqa: PLR2004


def _position(address: str, code: int, message: int) -> Position:
    """Return a position: after 8 bits, 12 of altitude, one of time, one of odd or even, 17 of latitude, 17 of longitude."""
    above: Literal["pressure", "ellipsoid"] = "ellipsoid" if code >= 20 else "pressure"  # noqa: PLR2004
    coded = message >> 36 & 0xFFF
    altitude = geometric(coded) if above == "ellipsoid" else barometric(coded)
    return Position(address, code, bool(message >> 34 & 1), message >> 17 & 0x1FFFF, message & 0x1FFFF, altitude, above)


def _velocity(address: str, message: int) -> Velocity | str:
    """Return a velocity: of kind 1 or 2 in parts east and north, of kind 3 or 4 as airspeed and heading."""
    kind = message >> 48 & 7
    if kind not in {1, 2, 3, 4}:
        return f"a velocity of ADS-B of kind {kind}, which is reserved; left out"
    step = SUPERSONIC if kind in {2, 4} else 1
    rate = message >> 10 & 0x1FF
    climb = (rate - 1) * 64.0 * (-1 if message >> 19 & 1 else 1) if rate else None
    first, second = message >> 32 & 0x7FF, message >> 21 & 0x7FF
    if kind <= 2:  # noqa: PLR2004
        return Velocity(address, "ground", *_over_ground(first, second, step), climb)
    heading = (first & 0x3FF) * 360 / 1024 if first >> 10 else None
    airspeed = second & 0x3FF
    return Velocity(address, "air", (airspeed - 1.0) * step if airspeed else None, heading, climb)


def _over_ground(east: int, north: int, step: int) -> tuple[float | None, float | None]:
    """Return speed [kt] and track [degree] of two parts, each a sign and ten bits that count from 1; 0 says unknown."""
    if not east & 0x3FF or not north & 0x3FF:
        return None, None
    x, y = (((part & 0x3FF) - 1) * step * (-1 if part >> 10 else 1) for part in (east, north))
    return math.hypot(x, y), math.degrees(math.atan2(x, y)) % 360
