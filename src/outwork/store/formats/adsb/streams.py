"""Frames as receivers pass them on: lines of text (AVR), or the binary form of Beast.

*8D4840D6202CC371C32CE0576098;                AVR
@00000003A5BF8D4840D6202CC371C32CE0576098;    AVR with twelve digits of the receiver's clock, which ticks at 12 MHz
8D4840D6202CC371C32CE0576098                  the frame alone
1457996402.5,8D40621D58C382D690C8AC2863A7     seconds since 1970 and the frame
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

ESCAPE: Final = 0x1A
"""Begins each message of Beast; doubled where it stands within one."""
SIZES: Final = {ord("1"): 2, ord("2"): 7, ord("3"): 14}
"""Bytes of a frame by the kind of message; other kinds tell of the receiver."""
BEFORE: Final = 7
"""Bytes before the frame: six of the receiver's clock, one of strength."""
LINE: Final = re.compile(
    rb"(?:(?P<seconds>\d{1,11}(?:\.\d{1,9})?)\s*,\s*)?(?:\*|@(?P<ticks>[0-9A-Fa-f]{12}))?(?P<frame>[0-9A-Fa-f]{4,28});?"
)
TICKS: Final = 12e6
"""In a second of a receiver's clock, which begins anew after 48 bits."""
AROUND: Final = 1 << 48
LATEST: Final = 7.2e9
"""Seconds since 1970 that stand beyond 2199 are none."""


class Heard(NamedTuple):
    """A frame as it was heard.

    Where it is told: when [s since 1970], or by a receiver's clock that began nobody knows when [tick], and how strong [dB of
    full scale].
    """

    frame: bytes
    seconds: float | None = None
    ticks: int | None = None
    strength: float | None = None


def frames(content: bytes) -> Iterator[Heard | str]:
    """Yield the frames of a text or of Beast, and in words what is neither."""
    yield from _beast(content) if content[:1] == bytes([ESCAPE]) else _lines(content)


def _lines(content: bytes) -> Iterator[Heard | str]:
    for line in content.split():
        found = LINE.fullmatch(line)
        if found is None or len(found["frame"]) % 2:
            yield "a line is no frame of AVR; it looks like *8D4840D6202CC371C32CE0576098;"
            continue
        seconds = float(found["seconds"]) if found["seconds"] else None
        if seconds is not None and seconds > LATEST:
            yield "a line of AVR tells a time beyond 2199"
            continue
        ticks = int(found["ticks"], 16) if found["ticks"] else None
        yield Heard(bytes.fromhex(found["frame"].decode()), seconds, ticks)


def _beast(content: bytes) -> Iterator[Heard | str]:
    for message in beasts(content):
        size = SIZES.get(message[0]) if message else None
        if size is None:
            continue
        if len(message) != 1 + BEFORE + size:
            yield "a message of Beast breaks off"
            continue
        strength = 20 * math.log10(message[BEFORE] / 255) if message[BEFORE] else None
        yield Heard(message[1 + BEFORE :], None, int.from_bytes(message[1:BEFORE]), strength)


def beasts(content: bytes) -> Iterator[bytes]:
    """Yield the messages of Beast without their escapes, beginning with their kind."""
    held = bytearray()
    at = 1
    while at < len(content):
        if content[at] != ESCAPE:
            held.append(content[at])
            at += 1
        elif content[at + 1 : at + 2] == bytes([ESCAPE]):
            held.append(ESCAPE)
            at += 2
        else:
            yield bytes(held)
            held.clear()
            at += 1
    yield bytes(held)
