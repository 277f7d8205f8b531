"""Where messages of Remote ID stand in what is announced over Wi-Fi and Bluetooth (ASTM F3411-22a, section 5.4.7 and after)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from outwork.store.formats.links import VENDOR, Air, Element, announcement
from outwork.store.formats.pcap import Packet

BEACON: Final = b"\xfa\x0b\xbc\x0d"
"""Beginning of the vendor's element in a beacon: ASD-STAN's number, and its type for Remote ID."""
SERVICE: Final = bytes.fromhex("88 69 19 9d 92 09")
"""Name of the service in Wi-Fi Aware: the first six bytes of SHA-256 of org.opendroneid.remoteid."""
DESCRIPTOR: Final = 3
"""Kind of the attribute that describes a service."""
SERVICE_16: Final = 0x16
"""Kind of the Bluetooth structure that tells of a service by two bytes."""
BLUETOOTH: Final = b"\xfa\xff\x0d"
"""ASTM's number of that service, and the application code for Remote ID."""


class Heard(NamedTuple):
    """A message or pack as it was heard: who sent it, its running number, and its bytes."""

    sender: str
    counter: int
    content: bytes


def heard(packet: Packet) -> Iterator[Heard | str]:
    """Yield the messages and packs of Remote ID that a captured packet carries, or why it is left out."""
    air = announcement(packet)
    if isinstance(air, str):
        yield air
    elif air is not None:
        yield from said(air)


def said(air: Air) -> Iterator[Heard]:
    """Yield the messages and packs of Remote ID among what somebody announced."""
    for element in air.elements:
        body = _body(element)
        if body:
            yield Heard(air.sender, body[0], body[1:])


def _body(element: Element) -> bytes:
    """Return what follows the marks of Remote ID, beginning with the counter; nothing where the marks are not there."""
    tag, content = element
    if tag == VENDOR and content.startswith(BEACON):
        return content[len(BEACON) :]
    if tag == SERVICE_16 and content.startswith(BLUETOOTH):
        return content[len(BLUETOOTH) :]
    if tag == DESCRIPTOR and content.startswith(SERVICE) and len(content) > 10:  # noqa: PLR2004  # ids, control, length
        return content[10 : 10 + content[9]]
    return b""
