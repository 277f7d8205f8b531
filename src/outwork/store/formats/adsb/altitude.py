"""Altitudes of ADS-B: twelve bits, in steps of 25 feet, in the Gillham code of old altimeters, or in metres."""

from __future__ import annotations

from typing import Final

from outwork.store.formats.detected import FOOT

FINE: Final = 0x10
"""The bit (Q) that says that the others count steps of 25 feet."""


def geometric(coded: int) -> float | None:
    """Return a height above the ellipsoid [m], which is sent as it is; 0 says unknown."""
    return float(coded) or None


def barometric(coded: int) -> float | None:
    """Return an altitude by pressure [m]; None where it is unknown or no code that an altimeter makes."""
    if coded == 0:
        return None
    if coded & FINE:
        return ((coded >> 5 << 4 | coded & 0xF) * 25 - 1000) * FOOT
    feet = gillham(coded)
    return None if feet is None else feet * FOOT


def gillham(coded: int) -> int | None:
    """Return the altitude [ft] of a code in which neighbours differ by one bit: one of 500 feet, one of 100 within it.

    Source: ICAO Annex 10, Volume IV, section 3.1.1.7.12.2.3 and its appendix.
    """
    c1, a1, c2, a2, c4, a4, b1, _, b2, d2, b4, d4 = (coded >> bit & 1 for bit in range(11, -1, -1))
    coarse = _binary((d2, d4, a1, a2, a4, b1, b2, b4))
    fine = _binary((c1, c2, c4))
    if fine in {0, 5, 6}:
        return None
    fine = 5 if fine == 7 else fine  # noqa: PLR2004  # the code leaves out five and six
    steps = 6 - fine if coarse % 2 else fine
    return coarse * 500 + steps * 100 - 1300


def _binary(bits: tuple[int, ...]) -> int:
    """Return the number that a Gray code of these bits, the highest first, means."""
    held = found = 0
    for bit in bits:
        held ^= bit
        found = found << 1 | held
    return found
