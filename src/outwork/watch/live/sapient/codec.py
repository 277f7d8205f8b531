"""What must be handed in: how messages become frames, and frames become messages that are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

Message: TypeAlias = Mapping[str, Any]
"""A message as plain values, named as in the interface."""


class Decoded(Protocol):
    """A packet, read and judged."""

    @property
    def message(self) -> Message | None:
        """The message; None where it is refused."""
        ...

    @property
    def faults(self) -> Sequence[str]:
        """Why it is refused, in words."""
        ...


class Frames(Protocol):
    """Cuts one stream into packets."""

    def packets(self, piece: bytes) -> Iterator[bytes]:
        """Yield the packets that are whole now. ValueError where the stream is lost."""
        ...

    @property
    def waiting(self) -> int:
        """Bytes of a packet that is not yet whole."""
        ...


class Codec(Protocol):
    """Knows the bytes of messages."""

    def encode(self, message: Message) -> bytes:
        """Return the frame of a message. ValueError where it breaks the interface."""
        ...

    def decode(self, packet: bytes) -> Decoded:
        """Return the message of a packet, judged."""
        ...

    def frames(self) -> Frames:
        """Return what cuts one stream."""
        ...
