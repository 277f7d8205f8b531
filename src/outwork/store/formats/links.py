"""Link layers of captured packets: what an Ethernet frame, a Wi-Fi frame or a Bluetooth packet carries.

Numbers of links are LINKTYPE values of tcpdump.org. Nothing here raises on bytes that are too short; they carry nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from outwork.store.formats.pcap import Packet

ETHERNET, RAW_IP, WIFI, COOKED, RADIOTAP, BLUETOOTH, BLUETOOTH_RADIO, NORDIC = 1, 101, 105, 113, 127, 251, 256, 272
VLAN_TAGS: Final = frozenset({b"\x81\x00", b"\x88\xa8"})
UDP: Final = 17
CODED: Final = 2
"""Number of the coded radio mode of Bluetooth 5 (long range), after whose access address stands a coding indicator."""


class Element(NamedTuple):
    """A tagged run of bytes, as Wi-Fi and Bluetooth announcements are made of."""

    tag: int
    content: bytes


class Air(NamedTuple):
    """What was announced over the air: the address of whoever did, and what it said."""

    sender: str
    elements: tuple[Element, ...]


def datagram(packet: Packet) -> bytes | None:
    """Return what a UDP datagram over IPv4 or IPv6 carries; None where the packet is none or only a fragment of one."""
    network = _network(packet)
    if not network:
        return None
    version = network[0] >> 4
    if version == 4 and len(network) >= 20:  # noqa: PLR2004  # version and header of IPv4
        fragment = int.from_bytes(network[6:8]) & 0x3FFF
        return _udp(network[(network[0] & 0xF) * 4 :]) if network[9] == UDP and not fragment else None
    if version == 6 and len(network) >= 40:  # noqa: PLR2004  # version and header of IPv6
        return _udp(network[40:]) if network[6] == UDP else None
    return None


def _network(packet: Packet) -> bytes:
    """Return the IP packet that a link carries; nothing where it carries none."""
    frame = packet.content
    if packet.link == RAW_IP:
        return frame
    at = {ETHERNET: 12, COOKED: 14}.get(packet.link)
    if at is None:
        return b""
    while frame[at : at + 2] in VLAN_TAGS:
        at += 4
    return frame[at + 2 :] if frame[at : at + 2] in {b"\x08\x00", b"\x86\xdd"} else b""


def _udp(segment: bytes) -> bytes | None:
    size = int.from_bytes(segment[4:6])
    return segment[8:size] if 8 <= size <= len(segment) else None  # noqa: PLR2004  # header of UDP


DAMAGED: Final = "a Bluetooth advertisement arrived damaged: its check does not fit; left out"


def announcement(packet: Packet) -> Air | str | None:
    """Return what a Wi-Fi beacon, a Wi-Fi action frame or a Bluetooth advertisement says, or why it is left out.

    None where the packet is none of them.
    """
    match packet.link:
        case 127:
            return _wifi(packet.content[int.from_bytes(packet.content[2:4], "little") :])
        case 105:
            return _wifi(packet.content)
        case 251:
            return _bluetooth(packet.content, 4)
        case 256:
            coded = int.from_bytes(packet.content[8:10], "little") >> 14 == CODED
            return _bluetooth(packet.content[10:], 5 if coded else 4)
        case 272:
            return _nordic(packet.content)
    return None


BEACON: Final = 0x80
ACTION: Final = 0xD0
HEADER: Final = 24
"""Bytes of the header of a Wi-Fi management frame."""
FIXED: Final = 12
"""Bytes of a beacon before its elements: time, interval, capabilities."""
VENDOR: Final = 221
NAN: Final = b"\x04\x09\x50\x6f\x9a\x13"
"""Beginning of an action frame of Wi-Fi Aware: public, of a vendor, of the Wi-Fi Alliance, its type 0x13."""


def _wifi(frame: bytes) -> Air | None:
    """Return the elements of a beacon, or the attributes of a frame of Wi-Fi Aware, whose lengths take two bytes."""
    if len(frame) < HEADER:
        return None
    sender = frame[10:16].hex(":")
    if frame[0] == BEACON:
        return Air(sender, tuple(elements(frame[HEADER + FIXED :])))
    if frame[0] == ACTION and frame[HEADER:].startswith(NAN):
        return Air(sender, tuple(attributes(frame[HEADER + len(NAN) :])))
    return None


def elements(content: bytes) -> Iterator[Element]:
    """Yield elements of which a byte is the tag and a byte the length; what breaks off is left out."""
    at = 0
    while at + 2 <= len(content) and at + 2 + content[at + 1] <= len(content):
        yield Element(content[at], content[at + 2 : at + 2 + content[at + 1]])
        at += 2 + content[at + 1]


def attributes(content: bytes) -> Iterator[Element]:
    """Yield attributes of which a byte is the tag and two are the length; what breaks off is left out."""
    at = 0
    while at + 3 <= len(content):
        size = int.from_bytes(content[at + 1 : at + 3], "little")
        if at + 3 + size > len(content):
            return
        yield Element(content[at], content[at + 3 : at + 3 + size])
        at += 3 + size


def _nordic(content: bytes) -> Air | str | None:
    """Return what a packet of the nRF sniffer carries: 7 bytes of its own header, then the radio's, which counts itself."""
    if len(content) < 9:  # noqa: PLR2004  # both headers up to the flags
        return None
    size, flags = content[7], content[8]
    coded = flags >> 4 & 7 == CODED
    return _bluetooth(content[7 + size :], 5 if coded else 4)


EXTENDED: Final = 7
"""Kind of an extended advertisement; kinds 0, 2, 4 and 6 are older ones, of which a sender's address comes first."""
LEGACY: Final = frozenset({0, 2, 4, 6})
ADDRESS: Final = 6


def _bluetooth(content: bytes, at: int) -> Air | str | None:
    """Return the structures of an advertisement whose header begins at a byte, behind the access address."""
    if len(content) < at + 2:
        return None
    kind, size = content[at] & 0xF, content[at + 1]
    body, end = content[at + 2 : at + 2 + size], at + 2 + size
    if check(content[at:end]) != content[end : end + 3]:
        return DAMAGED
    if kind in LEGACY and len(body) >= ADDRESS:
        return Air(body[ADDRESS - 1 :: -1].hex(":"), tuple(structures(body[ADDRESS:])))
    if kind != EXTENDED or not body:
        return None
    header = body[1 : 1 + (body[0] & 0x3F)]
    sender = header[ADDRESS:0:-1].hex(":") if header and header[0] & 1 else ""
    return Air(sender, tuple(structures(body[1 + len(header) :])))


SEED: Final = 0x555555
"""Where the check of an advertisement begins."""
POLYNOMIAL: Final = 0xDA6000
"""x24 + x10 + x9 + x6 + x4 + x3 + x + 1, its bits in the order in which they are sent."""


def check(content: bytes) -> bytes:
    """Return the three bytes that follow an advertisement which arrived whole (Bluetooth Core, volume 6, part B, 3.1.1)."""
    held = int(f"{SEED:024b}"[::-1], 2)
    for byte in content:
        held = held >> 8 ^ REMAINDERS[(held ^ byte) & 0xFF]
    return held.to_bytes(3, "little")


def _remainder(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ POLYNOMIAL * (byte & 1)
    return byte


REMAINDERS: Final = tuple(_remainder(byte) for byte in range(256))
"""What each byte leaves of itself, so that an advertisement is checked by bytes and not by bits."""


def structures(content: bytes) -> Iterator[Element]:
    """Yield advertising structures: a byte of length, which counts the tag too, a byte of tag; what breaks off is left out."""
    at = 0
    while at + 2 <= len(content) and content[at] and at + 1 + content[at] <= len(content):
        yield Element(content[at + 1], content[at + 2 : at + 1 + content[at]])
        at += 1 + content[at]
