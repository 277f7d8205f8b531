"""What a live node needs of this format: frames out, packets in, each judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outwork.store.formats.sapient.finding import Finding
from outwork.store.formats.sapient.plain import to_plain
from outwork.store.formats.sapient.reading import LARGEST
from outwork.store.formats.sapient.validate import judge_packet, judge_plain
from outwork.store.formats.sapient.wire import Frames, framed, packed


class Unsendable(ValueError):
    """A message of ours breaks the interface, and is not sent; carries every fault."""

    def __init__(self, faults: tuple[Finding, ...]) -> None:
        """Keep the faults, in the order of the message."""
        self.faults = faults
        super().__init__("; ".join(str(each) for each in faults))


@dataclass(frozen=True)
class Decoded:
    """A packet as a plain message, None where it is refused; what it is refused for, and what to look at."""

    message: Mapping[str, Any] | None
    faults: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Codec:
    """SAPIENT over TCP."""

    largest: int = LARGEST
    """Bytes of a packet, either way."""

    def encode(self, message: Mapping[str, Any]) -> bytes:
        """Return the frame of a plain message. Unsendable where it breaks the interface."""
        judged = judge_plain(message)
        if judged.message is None or judged.faults:
            raise Unsendable(judged.faults)
        return framed(packed(judged.message))

    def decode(self, packet: bytes) -> Decoded:
        """Return the message of a packet, judged."""
        judged = judge_packet(packet)
        message = to_plain(judged.message) if judged.message is not None and judged.valid else None
        return Decoded(message, tuple(map(str, judged.faults)), tuple(map(str, judged.cautions)))

    def frames(self) -> Frames:
        """Return what cuts one stream into packets."""
        return Frames(self.largest)
