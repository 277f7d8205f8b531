"""ADS-B: what aircraft broadcast of themselves at 1090 MHz (Mode S extended squitter, downlink formats 17 and 18)."""

from outwork.store.formats.adsb.frames import Identification, Message, Position, Velocity, decoded
from outwork.store.formats.adsb.rows import Reader

__all__ = ["Identification", "Message", "Position", "Reader", "Velocity", "decoded"]
