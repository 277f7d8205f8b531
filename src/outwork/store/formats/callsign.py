"""Call signs in six bits a letter, as Mode S, ADS-B and ASTERIX carry them (ICAO Annex 10, Volume IV, table 3-9)."""

from __future__ import annotations

from typing import Final

SIX_BITS: Final = " ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????"
"""What each of the 64 codes stands for; `?` where it stands for nothing, a space for no letter at all."""


def callsign(held: int, letters: int) -> str:
    """Return the letters that lie in a number, the first in its uppermost six bits, without the spaces at the end."""
    return "".join(SIX_BITS[held >> 6 * (letters - 1 - at) & 0x3F] for at in range(letters)).rstrip()
