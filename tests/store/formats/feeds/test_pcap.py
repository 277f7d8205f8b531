"""Captures: pcap and pcapng in either order of bytes, their clocks, and what is told of those that break off."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from outwork.model.errors import Unreadable
from outwork.store.formats import links
from outwork.store.formats.links import Air, Element, announcement, check, datagram
from outwork.store.formats.pcap import Packet, packets
from tests.store.formats.feeds.mutated import FULL, SMALL, mutated

AT = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)
SECONDS = int(AT.timestamp())


def pcap(order: str, magic: int, part: int, *contents: bytes, link: int = 1) -> bytes:
    head = struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 65535, link)
    return head + b"".join(struct.pack(f"{order}IIII", SECONDS, part, len(each), len(each)) + each for each in contents)


def ng_block(order: str, kind: int, body: bytes) -> bytes:
    body += b"\0" * (-len(body) % 4)
    size = struct.pack(f"{order}I", len(body) + 12)
    return struct.pack(f"{order}I", kind) + size + body + size


def ng(order: str, *blocks: bytes, options: bytes = b"", link: int = 1) -> bytes:
    section = ng_block(order, 0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1))
    return section + ng_block(order, 1, struct.pack(f"{order}HHI", link, 0, 0) + options) + b"".join(blocks)


def ng_packet(order: str, ticks: int, content: bytes, interface: int = 0) -> bytes:
    head = struct.pack(f"{order}IIIII", interface, ticks >> 32, ticks & 0xFFFFFFFF, len(content), len(content))
    return ng_block(order, 6, head + content)


def ethernet(payload: bytes, tags: bytes = b"", kind: bytes = b"\x08\x00") -> bytes:
    udp = struct.pack(">HHHH", 8600, 8600, len(payload) + 8, 0) + payload
    if kind == b"\x86\xdd":
        return bytes(12) + tags + kind + bytes([0x60]) + bytes(5) + bytes([17]) + bytes(33) + udp
    return bytes(12) + tags + kind + bytes([0x45]) + bytes(8) + bytes([17]) + bytes(10) + udp


SOUND = [
    pcap("<", 0xA1B2C3D4, 250_000, b"one", b"two"),
    pcap(">", 0xA1B23C4D, 250_000_000, b"one"),
    ng("<", ng_packet("<", SECONDS * 1_000_000 + 250_000, b"one"), ng_block("<", 3, struct.pack("<I", 3) + b"two")),
    ng(">", ng_packet(">", SECONDS * 1000 + 250, b"one"), options=struct.pack(">HHBxxx", 9, 1, 3)),
    ng("<", ng_packet("<", SECONDS * 4 + 1, b"one"), options=struct.pack("<HHBxxx", 9, 1, 0x82)),
]


@pytest.mark.parametrize("capture", SOUND)
def test_a_packet_is_read_with_its_instant_in_either_order_of_bytes_and_by_any_clock(capture: bytes) -> None:
    first = next(packets(capture, "made"))
    assert first == Packet(AT, 1, b"one")


def test_what_is_no_capture_is_refused() -> None:
    with pytest.raises(Unreadable, match="made: is no capture"):
        packets(b"Time,MMSI", "made")


def test_a_capture_that_is_cut_off_anywhere_gives_the_packets_before_and_says_so() -> None:
    for capture in SOUND:
        whole = [each for each in packets(capture, "made") if isinstance(each, Packet)]
        for size in range(4, len(capture)):
            *before, last = list(packets(capture[:size], "made")) or [""]
            if isinstance(last, str) and last:
                assert "breaks off" in last or "says no order" in last
            assert [each for each in before if isinstance(each, Packet)] == whole[: len(before)]


def test_a_packet_of_an_interface_that_is_not_described_is_told() -> None:
    (found,) = packets(ng("<", ng_packet("<", 0, b"one", interface=3)), "made")
    assert "names an interface that the capture does not describe" in str(found)


@pytest.mark.parametrize("kind", [b"\x08\x00", b"\x86\xdd"])
@pytest.mark.parametrize("tags", [b"", b"\x81\x00\x00\x05", b"\x88\xa8\x00\x01\x81\x00\x00\x05"])
def test_a_datagram_is_found_behind_tags_and_over_either_internet_protocol(kind: bytes, tags: bytes) -> None:
    assert datagram(Packet(AT, links.ETHERNET, ethernet(b"payload", tags, kind))) == b"payload"


def test_a_fragment_of_a_datagram_is_none() -> None:
    frame = bytearray(ethernet(b"payload"))
    frame[20] = 0x20
    assert datagram(Packet(AT, links.ETHERNET, bytes(frame))) is None


def test_an_older_bluetooth_advertisement_tells_its_sender_first() -> None:
    body = bytes.fromhex("665544332211") + b"\x05\x16\xfa\xff\x0d\x07"
    head = bytes([0x42, len(body)])
    packet = Packet(AT, links.BLUETOOTH, bytes.fromhex("d6be898e") + head + body + check(head + body))
    assert announcement(packet) == Air("11:22:33:44:55:66", (Element(0x16, b"\xfa\xff\x0d\x07"),))


def test_an_advertisement_of_which_one_bit_turned_on_the_way_is_left_out_and_told() -> None:
    body = bytes(6) + b"\x05\x16\xfa\xff\x0d\x07"
    sound = bytes.fromhex("d6be898e") + bytes([0x42, len(body)]) + body + check(bytes([0x42, len(body)]) + body)
    for bit in range(32 + 16, len(sound) * 8):
        damaged = bytearray(sound)
        damaged[bit // 8] ^= 1 << bit % 8
        assert announcement(Packet(AT, links.BLUETOOTH, bytes(damaged))) == links.DAMAGED


def faultless(count: int) -> None:
    for capture in mutated(SOUND, count):
        try:
            found = list(packets(capture, "made"))
        except Unreadable:
            continue
        for each in found:
            if isinstance(each, Packet):
                datagram(each)
                announcement(each)
    frames = [ethernet(b"payload"), ethernet(b"payload", b"\x81\x00\x00\x05", b"\x86\xdd")]
    for frame in mutated(frames, count // 4):
        for link in (links.ETHERNET, links.RAW_IP, links.COOKED, links.RADIOTAP, links.WIFI, links.BLUETOOTH, 256, 272, 9999):
            datagram(Packet(AT, link, frame))
            announcement(Packet(AT, link, frame))


def test_spoilt_captures_end_in_words_and_nothing_else() -> None:
    faultless(SMALL)


@pytest.mark.soak
def test_a_hundred_thousand_spoilt_captures_end_in_words_and_nothing_else() -> None:
    faultless(FULL)
