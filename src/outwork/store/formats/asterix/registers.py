"""Mode S registers that a radar read out of a transponder: what crew and aircraft say of speed, heading and altitude.

Only registers whose number is known are read: 4,0 (selected altitude), 5,0 (track and turn), 6,0 (heading and speed).
A value counts only where its status bit is 1. Source: ICAO Doc 9871, tables A-2-64, A-2-80, A-2-96.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from outwork.store.formats.asterix.layout import Element, Scalar, fields, plain, scaled, signed, spare

BITS: Final = 56
PRESSURE_FROM: Final = 800.0
"""Where the barometric setting of register 4,0 begins to count [hPa]."""

REGISTERS: Final[Mapping[str, tuple[Element, ...]]] = {
    "40": (
        plain("mcp_status", 1), scaled("mcp_altitude", 12, 16, "ft"), plain("fms_status", 1),
        scaled("fms_altitude", 12, 16, "ft"),
        plain("pressure_status", 1), scaled("pressure", 12, 1 / 10, "hPa"), spare(8), plain("mode_status", 1), plain("vnav", 1),
        plain("hold", 1), plain("approach", 1), spare(2), plain("source_status", 1), plain("source", 2),
    ),
    "50": (
        plain("roll_status", 1), signed("roll", 10, 45 / 256, "degree"), plain("track_status", 1),
        signed("track", 11, 90 / 512, "degree"), plain("speed_status", 1), scaled("speed", 10, 2, "kt"),
        plain("turn_status", 1), signed("turn", 10, 8 / 256, "degree/s"), plain("airspeed_status", 1),
        scaled("airspeed", 10, 2, "kt"),
    ),
    "60": (
        plain("heading_status", 1), signed("heading", 11, 90 / 512, "degree"), plain("airspeed_status", 1),
        scaled("airspeed", 10, 1, "kt"), plain("mach_status", 1), scaled("mach", 10, 2.048 / 512, "Mach"),
        plain("climb_status", 1), signed("climb", 10, 32, "ft/min"), plain("inertial_status", 1),
        signed("inertial", 10, 32, "ft/min"),
    ),
}  # fmt: skip


def register(number: str, held: str) -> Mapping[str, Scalar]:
    """Return what a register holds, by its number and its seven bytes in hexadecimal; nothing where it is not known here.

    Values whose status bit is 0 are there too, as they were sent; `told` leaves them out.
    """
    elements = REGISTERS.get(number)
    return {} if elements is None else fields(elements, int(held, 16), BITS)


def told(number: str, held: str) -> Mapping[str, float]:
    """Return the quantities of a register whose status bit says that they count; the pressure as a whole [hPa]."""
    found = register(number, held)
    counts = {name: float(value) for name, value in found.items() if found.get(f"{name.split('_')[0]}_status") == 1}
    plain_ones = {name: value for name, value in counts.items() if not name.endswith("_status")}
    if "pressure" in plain_ones:
        plain_ones["pressure"] += PRESSURE_FROM
    return plain_ones
