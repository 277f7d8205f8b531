"""Captures of what went over a wire or the air: pcap and pcapng, from bytes to packets with their instants.

Sources: the Internet drafts draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from outwork.model.errors import Unreadable
from outwork.store.formats.instants import EPOCH

MAGICS: Final = {
    b"\xd4\xc3\xb2\xa1": ("<", 1_000_000), b"\xa1\xb2\xc3\xd4": (">", 1_000_000),
    b"\x4d\x3c\xb2\xa1": ("<", 1_000_000_000), b"\xa1\xb2\x3c\x4d": (">", 1_000_000_000),
}  # fmt: skip
"""First four bytes of a pcap file: order of its bytes, and ticks of its clock in a second."""
SECTION: Final = 0x0A0D0D0A
"""First four bytes of a pcapng file, the same in either order of bytes."""
INTERFACE, OLD_PACKET, SIMPLE_PACKET, PACKET = 1, 2, 3, 6
ORDERS: Final = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}
LONGEST: Final = 16 * 1024 * 1024
"""No packet or block is longer [byte]; one that says so is broken."""
LATEST: Final = 7_258_118_400
"""End of the times that are kept, 2199-12-31 [s since 1970]; a packet of later stands at it."""
MICROSECONDS: Final = 1_000_000
TSRESOL: Final = 9
"""Number of the option that says how finely an interface counts time."""


@dataclass(frozen=True)
class Packet:
    """What was captured at an instant, and on which kind of link (LINKTYPE of tcpdump.org)."""

    at: datetime
    link: int
    content: bytes


def is_capture(head: bytes) -> bool:
    """Whether a file that begins so is a capture."""
    return head[:4] in MAGICS or head[:4] == SECTION.to_bytes(4)


def packets(content: bytes, where: str) -> Iterator[Packet | str]:
    """Yield the packets of a capture in their order, and in words where it breaks off. Unreadable where it is no capture."""
    if content[:4] in MAGICS:
        return _pcap(content)
    if content[:4] == SECTION.to_bytes(4):
        return _pcapng(content)
    raise Unreadable(f"{where}: is no capture, neither pcap nor pcapng; save it from the tool that recorded it as one of them")


def _pcap(content: bytes) -> Iterator[Packet | str]:
    order, ticks = MAGICS[content[:4]]
    head = struct.Struct(f"{order}IIII")
    if len(content) < 24:  # noqa: PLR2004  # the file's header
        yield "the capture breaks off in its header"
        return
    link = struct.unpack_from(f"{order}I", content, 20)[0] & 0xFFFF
    at = 24
    while at < len(content):
        if at + head.size > len(content):
            yield f"byte {at}: the capture breaks off in the header of a packet"
            return
        seconds, part, size, _ = head.unpack_from(content, at)
        at += head.size
        if size > LONGEST or at + size > len(content):
            yield f"byte {at}: the capture breaks off: a packet counts {size:,} bytes and {len(content) - at:,} are left"
            return
        yield Packet(_instant(seconds * ticks + part, ticks), link, content[at : at + size])
        at += size


@dataclass
class _Section:
    """What blocks of a pcapng section need of those before them: order of bytes, and link and clock of each interface."""

    order: str = "<"
    links: list[tuple[int, int]] = field(default_factory=list)


def _pcapng(content: bytes) -> Iterator[Packet | str]:
    section = _Section()
    at = 0
    while at < len(content):
        if content[at : at + 4] == SECTION.to_bytes(4):
            order = ORDERS.get(content[at + 8 : at + 12])
            if order is None:
                yield f"byte {at}: a section says no order of bytes; the rest is passed over"
                return
            section = _Section(order)
        if at + 12 > len(content):
            yield f"byte {at}: the capture breaks off in the header of a block"
            return
        kind, size = struct.unpack_from(f"{section.order}II", content, at)
        if size < 12 or size % 4 or size > LONGEST or at + size > len(content):  # noqa: PLR2004  # a block without a body
            yield f"byte {at}: the capture breaks off: a block counts {size:,} bytes and {len(content) - at:,} are left"
            return
        found = _block(kind, content[at + 8 : at + size - 4], section)
        if found is not None:
            yield found if isinstance(found, Packet) else f"byte {at}: {found}"
        at += size


def _block(kind: int, body: bytes, section: _Section) -> Packet | str | None:
    """Return the packet that a block holds, or what is wrong with it; None where it holds none."""
    try:
        if kind == INTERFACE:
            section.links.append((struct.unpack_from(f"{section.order}H", body)[0], _ticks(body[8:], section.order)))
        elif kind in (PACKET, OLD_PACKET):
            return _packet(body, section, "I" if kind == PACKET else "H")
        elif kind == SIMPLE_PACKET:
            size = struct.unpack_from(f"{section.order}I", body)[0]
            return Packet(EPOCH, section.links[0][0], body[4 : 4 + size])
    except struct.error:
        return f"a block of kind {kind} is too short for what it holds; passed over"
    except IndexError:
        return "a packet names an interface that the capture does not describe; passed over"
    return None


def _packet(body: bytes, section: _Section, number: str) -> Packet | str:
    """Return the packet of an enhanced block, or of its older form, in which an interface is numbered by two bytes."""
    interface = struct.unpack_from(f"{section.order}{number}", body)[0]
    high, low, size = struct.unpack_from(f"{section.order}III", body, 4)
    if size > len(body) - 20:
        return f"a packet counts {size:,} bytes and {len(body) - 20:,} are there; passed over"
    link, ticks = section.links[interface]
    return Packet(_instant(high << 32 | low, ticks), link, body[20 : 20 + size])


def _ticks(options: bytes, order: str) -> int:
    """Return how many ticks of an interface's clock make a second."""
    at = 0
    while at + 4 <= len(options):
        code, size = struct.unpack_from(f"{order}HH", options, at)
        if code == TSRESOL and size and at + 4 < len(options):
            told = options[at + 4]
            return int(2 ** (told & 0x7F)) if told & 0x80 else int(10 ** min(told, 18))
        if code == 0:
            break
        at += 4 + (size + 3) // 4 * 4
    return MICROSECONDS


def _instant(count: int, ticks: int) -> datetime:
    return EPOCH + timedelta(microseconds=min(count * MICROSECONDS // ticks, LATEST * MICROSECONDS))
