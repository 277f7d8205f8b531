"""Remote ID: messages written by hand after the standard's tables, and who is believed what."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

import pytest

from outwork.store.formats import links, remote_id
from outwork.store.formats.pcap import Packet
from outwork.store.formats.remote_id.carriers import Heard, heard
from outwork.store.formats.remote_id.messages import Authentication, BasicId, Location, OperatorId, SelfId, System, decoded
from tests.store.formats.feeds.mutated import FULL, SMALL, mutated

AT = datetime(2026, 11, 22, 12, 10, 0, tzinfo=UTC)


def location(seconds: float = 600.0, latitude: float = 51.9, climb: int = 4, speed: tuple[int, int] = (80, 0)) -> bytes:
    bits = 2 << 4 | speed[1]
    place = struct.pack("<ii", round(latitude * 1e7), round(4.4 * 1e7))
    heights = struct.pack("<HHH", 2 * 1000 + 100, 2 * 1000 + 200, 2 * 1000 + 80)
    return bytes([0x12, bits, 90, speed[0], climb]) + place + heights + bytes([5 << 4 | 11, 4 << 4 | 3]) + struct.pack(
        "<HBB", round(seconds * 10), 2, 0
    )  # fmt: skip


BASIC = bytes([0x02, 0x12]) + b"1ABCD0123456789".ljust(20, b"\0") + bytes(3)
SELF = bytes([0x32, 0]) + b"survey of a bridge".ljust(23, b"\0")
SYSTEM = bytes([0x42, 0b101]) + struct.pack(
    "<iiHBHHBHIB", 519_000_000, 44_000_000, 1, 5, 2 * 1000 + 240, 0, 1 << 4 | 2, 2 * 1000 + 10, 86_400, 0
)  # fmt: skip
OPERATOR = bytes([0x52, 0]) + b"NLDop1234567".ljust(20, b"\0") + bytes(3)
SIGNATURE = bytes([0x22, 1 << 4, 1, 20]) + struct.pack("<I", 60) + b"s" * 17
PACK = bytes([0xF2, 25, 5]) + BASIC + location() + SELF + SYSTEM + OPERATOR
SOUND = [BASIC, location(), SELF, SYSTEM, OPERATOR, SIGNATURE, PACK]


def test_a_location_is_told_in_degrees_metres_and_seconds() -> None:
    (found,) = decoded(location())
    assert found == Location(
        status=2, heading=90.0, speed=20.0, climb=2.0, latitude=51.9, longitude=4.4, pressure=50.0, geodetic=100.0, height=40.0,
        above=0, horizontal=3.0, vertical=3.0, barometric=10.0, speed_accuracy=1.0, seconds=600.0, seconds_accuracy=0.2,
    )  # fmt: skip


def test_the_other_messages_tell_who_flies_and_whence() -> None:
    assert next(iter(decoded(PACK))) == BasicId(1, 2, "1ABCD0123456789")
    assert list(decoded(SELF)) == [SelfId(0, "survey of a bridge")]
    assert list(decoded(OPERATOR)) == [OperatorId(0, "NLDop1234567")]
    assert list(decoded(SYSTEM)) == [
        System(1, 1, 51.9, 4.4, 1, 50.0, 120.0, None, 1, 2, 5.0, datetime(2019, 1, 2, tzinfo=UTC)),
    ]
    assert list(decoded(SIGNATURE)) == [Authentication(1, 0, 1, 20, datetime(2019, 1, 1, 0, 1, tzinfo=UTC), b"s" * 17)]


def test_what_a_sender_does_not_know_is_none() -> None:
    (found,) = decoded(bytes([0x10, 1, 181, 255, 126]) + bytes(16) + b"\xff\xff\0\0")
    assert isinstance(found, Location)
    unknown = (found.speed, found.climb, found.latitude, found.longitude, found.pressure, found.geodetic, found.height)
    assert unknown == (None,) * 7
    assert (found.seconds, found.horizontal, found.vertical, found.seconds_accuracy) == (None,) * 4


def test_a_fast_speed_counts_in_larger_steps() -> None:
    (found,) = decoded(location(speed=(100, 1)))
    assert isinstance(found, Location)
    assert found.speed == 100 * 0.75 + 63.75


def test_a_pack_in_a_pack_is_refused() -> None:
    (found,) = decoded(bytes([0xF2, 25, 1]) + PACK[:25])
    assert found == "a pack of Remote ID holds another pack, which the standard forbids"


def test_a_location_becomes_a_self_report_of_whoever_the_sender_is() -> None:
    reader = remote_id.Reader("mast")
    (before,) = reader.hear(Heard("a", 0, location()), AT).detections
    reader.hear(Heard("a", 1, BASIC), AT)
    (after,) = reader.hear(Heard("a", 2, location(600.5)), AT).detections
    (other,) = reader.hear(Heard("b", 2, location(600.5)), AT).detections
    assert [row.identity for row in (before, after, other)] == ["", "1ABCD0123456789", ""]
    assert (after.sensor, after.latitude, after.longitude, after.altitude, after.speed) == ("mast", 51.9, 4.4, 100.0, 20.0)
    assert after.at == AT + timedelta(seconds=0.5)
    assert after.position_error == pytest.approx(3 / 2.45)


def test_the_hour_of_a_location_is_the_nearest() -> None:
    full_hour = AT.replace(minute=0, second=1)
    (row,) = remote_id.Reader().hear(Heard("a", 0, location(3599.5)), full_hour).detections
    assert row.at == full_hour - timedelta(seconds=1.5)


def test_a_clock_that_is_far_off_or_stands_is_not_believed() -> None:
    reader = remote_id.Reader()
    (off,) = reader.hear(Heard("a", 0, location(0.0)), AT).detections
    assert off.at == AT
    stamps = [reader.hear(Heard("b", 0, location(600.0)), AT + timedelta(seconds=late)).detections[0].at for late in (0, 2, 9)]
    assert stamps == [AT, AT, AT + timedelta(seconds=9)]


def test_a_serial_number_is_kept_where_a_sender_tells_a_registration_too() -> None:
    reader = remote_id.Reader()
    registration = bytes([0x02, 0x22]) + b"PH-1234".ljust(20, b"\0") + bytes(3)
    (row,) = reader.hear(Heard("a", 0, bytes([0xF2, 25, 3]) + BASIC + registration + location()), AT).detections
    assert row.identity == "1ABCD0123456789"


def test_it_is_found_in_beacons_in_action_frames_and_in_bluetooth_advertisements() -> None:
    sender = bytes.fromhex("112233445566")
    header = bytes(8) + b"\xff\xff" + sender + bytes(8)
    element = b"\xfa\x0b\xbc\x0d\x07" + PACK
    beacon = b"\x80" + header[1:] + bytes(12) + b"\x00\x02hi" + bytes([221, len(element)]) + element
    attribute = bytes.fromhex("8869199d9209") + b"\x01\x01\x10" + bytes([len(PACK) + 1, 7]) + PACK
    action = b"\xd0" + header[1:] + bytes.fromhex("0409506f9a13") + b"\x03" + len(attribute).to_bytes(2, "little") + attribute
    service = bytes([len(PACK) + 5, 0x16]) + b"\xfa\xff\x0d\x07" + PACK
    extended = b"\x07" + bytes([1 + 7 + len(service)]) + b"\x07\x01" + sender[::-1] + service
    bluetooth = bytes(4) + extended + links.check(extended)
    for link, frame in ((links.WIFI, beacon), (links.WIFI, action), (links.BLUETOOTH, bluetooth)):
        assert list(heard(Packet(AT, link, frame))) == [Heard("11:22:33:44:55:66", 7, PACK)]
    assert list(heard(Packet(AT, links.RADIOTAP, b"\0\0\x08\0\0\0\0\0" + beacon))) == [Heard("11:22:33:44:55:66", 7, PACK)]


def test_no_more_senders_are_remembered_than_there_is_room_for() -> None:
    reader = remote_id.Reader()
    for sender in range(5000):
        reader.hear(Heard(str(sender), 0, BASIC), AT)
    assert len(reader._known) == 4096


def faultless(count: int) -> None:
    reader = remote_id.Reader()
    for message in mutated(SOUND, count):
        reader.take(message, AT)


def test_spoilt_messages_end_in_faults_and_nothing_else() -> None:
    faultless(SMALL)


@pytest.mark.soak
def test_a_hundred_thousand_spoilt_messages_end_in_faults_and_nothing_else() -> None:
    faultless(FULL)
