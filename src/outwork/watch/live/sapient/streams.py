"""Streams of frames, as both sides read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Protocol

from outwork.watch.live.sapient.codec import Frames

READ: Final = 65_536
"""Bytes read at once."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the instant, in UTC; never earlier than the time before."""
        ...


class Lost(Exception):
    """A stream is lost: nothing tells where its next message begins. Says why."""


def cut(frames: Frames, piece: bytes) -> Iterator[bytes]:
    """Yield the packets that are whole with this piece. Lost where the stream is."""
    try:
        yield from frames.packets(piece)
    except ValueError as error:
        raise Lost(f"the stream is lost: it {error}") from error
