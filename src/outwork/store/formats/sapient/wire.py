"""Messages as bytes: protobuf packets, and the frames in which they follow each other over TCP.

A frame is the length of a packet, four bytes with the lowest first, and the packet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from google.protobuf.message import DecodeError, Message

from outwork.store.formats.sapient.reading import LARGEST
from outwork.store.formats.sapient.schema import blank

HEAD: Final = 4
"""Bytes of a length."""


class Unreadable(ValueError):
    """Bytes are no message, or no frame; says why."""


def parse(packet: bytes) -> Message:
    """Return the message of a packet. Unreadable where it is none, or longer than any message."""
    if len(packet) > LARGEST:
        raise Unreadable(f"is {len(packet):,} bytes long; the limit is {LARGEST:,}")
    message = blank()
    try:
        message.ParseFromString(packet)
    except DecodeError as error:
        raise Unreadable("is not a protobuf message, or is nested too deeply") from error
    return message


def packed(message: Message) -> bytes:
    """Return the packet of a message; the same message gives the same bytes."""
    return message.SerializeToString(deterministic=True)


def framed(packet: bytes) -> bytes:
    """Return a packet with its length before it. Unreadable where nobody would take it."""
    _length(len(packet), LARGEST)
    return len(packet).to_bytes(HEAD, "little") + packet


@dataclass
class Frames:
    """Cuts a stream of bytes into packets, whatever pieces it comes in; holds at most one frame."""

    largest: int = LARGEST
    """Bytes; a longer packet is refused as soon as its length is read."""
    _held: bytearray = field(default_factory=bytearray)

    def packets(self, piece: bytes) -> Iterator[bytes]:
        """Yield the packets that are complete with this piece. Unreadable where a length cannot be one: the stream is lost."""
        held = self._held
        held += piece
        start = 0
        while len(held) - start >= HEAD:
            length = _length(int.from_bytes(held[start : start + HEAD], "little"), self.largest)
            if len(held) - start < HEAD + length:
                break
            yield bytes(held[start + HEAD : start + HEAD + length])
            start += HEAD + length
        del held[:start]

    @property
    def waiting(self) -> int:
        """Bytes of the frame that is not yet complete."""
        return len(self._held)


def _length(length: int, largest: int) -> int:
    if not 0 < length <= largest:
        hint = "; is the length written with the highest byte first?" if _swapped(length) <= largest else ""
        raise Unreadable(f"announces a message of {length:,} bytes; it has at least 1 and at most {largest:,}{hint}")
    return length


def _swapped(length: int) -> int:
    return int.from_bytes(length.to_bytes(HEAD, "little"), "big") or 1 << 32
