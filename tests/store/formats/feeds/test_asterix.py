"""ASTERIX: records written by hand after the specifications, and what is told of those that break."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from outwork.store.formats import asterix
from outwork.store.formats.asterix.decode import PROFILES, Misread, Record, decoded, fits
from outwork.store.formats.asterix.layout import Chained, Extended, Fixed, Repetitive, plain, signed
from outwork.store.formats.asterix.registers import told
from tests.store.formats.feeds.mutated import FULL, SMALL, mutated

REPORT = bytes.fromhex("FDF70219C9356D4DA0C5AFF1E0020005283C660C10C236D4182001C0780031BC0000400DEB07B9582E410020F5")
"""A report of an aircraft at flight level 330, 197.7 nautical miles away."""
# 010, 070, 105 | 185, 080 | 220, each octet but the last with the bit that extends it
TRACK = bytes([0b10011011, 0b00000101, 0b00000100]) + bytes.fromhex("0102 2A3000 00800000 FF800000 00C80064 00 0010")
"""A system track at 06:00, 45 degrees north and west, 50 m/s east, 25 m/s north, climbing 100 feet a minute."""
AT_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def block(category: int, *records: bytes) -> bytes:
    content = b"".join(records)
    return bytes([category]) + (len(content) + 3).to_bytes(2) + content


def one(content: bytes) -> Record:
    (found,) = decoded(content)
    assert isinstance(found, Record)
    return found


def test_every_item_of_a_profile_has_a_name_of_its_own() -> None:
    for profile in PROFILES.values():
        names = [item.name for item in profile if item is not None]
        assert len(names) == len(set(names))


def test_a_signed_element_counts_down_from_its_upper_half() -> None:
    assert Fixed(signed("height", 16, 25, "ft")).read(b"\xff\xfe", 0) == ({"height": -50}, 2)


def test_an_item_is_extended_while_the_last_bit_says_so_beyond_the_known_extents_too() -> None:
    layout = Extended((plain("first", 7),), (plain("second", 7),))
    assert layout.read(bytes([0b00000011, 0b00000101, 0b11111111, 0b11111110, 9]), 0) == ({"first": 1, "second": 2}, 4)


def test_a_repeated_item_counts_and_a_chained_one_goes_on_while_the_last_bit_says_so() -> None:
    assert Repetitive(plain("code", 8)).read(b"\x02\x07\x08\x09", 0) == (({"code": 7}, {"code": 8}), 3)
    assert Chained(plain("code", 7)).read(bytes([0b00001111, 0b00010000]), 0) == (({"code": 7}, {"code": 8}), 2)


def test_elements_that_fill_no_whole_bytes_are_refused_where_they_are_declared() -> None:
    with pytest.raises(ValueError, match="7 bits are no whole bytes"):
        Fixed(plain("code", 7))


def test_a_report_becomes_range_azimuth_and_height_in_metres_and_degrees() -> None:
    (row,) = asterix.Reader().take(block(48, REPORT), datetime(2016, 5, 5, 7, 35, 56, tzinfo=UTC)).detections
    assert (row.sensor, row.identity) == ("25-201", "3C660C")
    assert row.slant_range == pytest.approx(197.6835938 * 1852, abs=0.1)
    assert row.azimuth == pytest.approx(340.1367188, abs=1e-6)
    assert row.altitude == pytest.approx(33_000 * 0.3048)
    assert row.at == datetime(2016, 5, 5, 7, 35, 54, 601562, tzinfo=UTC)


def test_the_same_report_twice_has_the_same_name_and_another_time_gives_another() -> None:
    reader = asterix.Reader()
    first, again = reader.take(block(48, REPORT, REPORT), AT_NOON).detections
    (later,) = reader.take(block(48, REPORT), AT_NOON.replace(day=23)).detections
    assert first == again
    assert later.detection != first.detection


def test_a_report_just_before_midnight_that_arrives_after_it_is_of_the_day_before() -> None:
    late = REPORT[:5] + (86_399 * 128).to_bytes(3) + REPORT[8:]
    (row,) = asterix.Reader().take(block(48, late), datetime(2026, 11, 22, 0, 0, 1, tzinfo=UTC)).detections
    assert row.at == datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)


def test_a_recording_that_runs_over_midnight_goes_on_into_the_next_day() -> None:
    def at(seconds: int) -> bytes:
        return block(48, REPORT[:5] + (seconds * 128).to_bytes(3) + REPORT[8:])

    reader = asterix.Reader(date(2026, 11, 22))
    rows = [reader.take(at(seconds), AT_NOON).detections[0].at for seconds in (10, 40_000, 80_000, 86_390, 5, 40_000)]
    assert [row.day for row in rows] == [22, 22, 22, 22, 23, 23]
    assert rows == sorted(rows)


def test_a_time_of_day_beyond_the_day_is_told_and_the_report_left_out() -> None:
    late = REPORT[:5] + b"\xff\xff\xff" + REPORT[8:]
    told = asterix.Reader().take(block(48, late), AT_NOON)
    assert told.detections == ()
    assert told.faults == ("a record of category 048 has no time of day (item 140)",)


def test_a_report_that_is_only_extrapolated_or_only_a_test_is_left_out_and_told() -> None:
    for descriptor, why in ((b"\x00", "extrapolated"), (b"\xb0", "simulated"), (b"\xa2", "field monitor")):
        told = asterix.Reader().take(block(48, REPORT[:8] + descriptor + REPORT[9:]), AT_NOON)
        assert told.detections == ()
        assert why in told.faults[0]


def test_a_track_becomes_a_self_report() -> None:
    (row,) = asterix.Reader().take(block(62, TRACK), datetime(2026, 11, 22, 6, tzinfo=UTC)).detections
    assert (row.sensor, row.latitude, row.longitude) == ("1-2", 45.0, -45.0)
    assert row.speed == pytest.approx(55.9017, abs=1e-4)
    assert row.heading == pytest.approx(63.4349, abs=1e-4)
    assert row.climb == pytest.approx(100 * 0.3048 / 60)
    assert row.at == datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def test_a_radar_that_tells_where_it_stands_becomes_a_sensor() -> None:
    record = bytes([0b11001001, 0b00010000]) + bytes.fromhex("0102" "01" "04F2" "0064" "400000" "200000")  # fmt: skip
    (sensor,) = asterix.Reader().take(block(34, record), AT_NOON).sensors
    assert (sensor.sensor, sensor.latitude, sensor.longitude, sensor.altitude) == ("1-2", 90.0, 45.0, 100.0)
    assert sensor.period == pytest.approx(0x04F2 / 128)


def test_a_record_that_breaks_off_costs_its_block_and_not_the_next() -> None:
    short = block(48, REPORT[:20])
    found = list(decoded(short + block(48, REPORT)))
    assert [type(each) for each in found] == [Misread, Record]
    assert str(found[0]) == (
        "byte 3: a record of category 048 breaks off: item 240 needs 6 bytes where 0 are left; the rest of its block is lost"
    )


def test_a_block_of_another_category_is_told_and_passed_over() -> None:
    found = list(decoded(block(21, b"\x80\x00\x00") + block(48, REPORT)))
    assert str(found[0]) == "byte 0: a block of category 021, which is not read here; 034, 048, 062 are"
    assert isinstance(found[1], Record)


def test_blocks_are_known_by_their_lengths_whatever_category_comes_first() -> None:
    other = block(65, b"\x80\x01\x02")
    assert fits(other + block(62, TRACK))
    assert not fits(other)
    assert not fits(block(62, TRACK)[:-1])
    assert not fits(b"Time,MMSI,Latitude")
    assert not fits(b"")


def test_an_item_that_no_edition_has_is_told() -> None:
    (found,) = decoded(block(62, b"\x40\x00\x00"))
    assert "place 2, where no edition known here has one" in str(found)


@pytest.mark.parametrize("size", [b"\x00\x00", b"\x00\x02", b""])
def test_bytes_that_count_no_block_end_the_reading(size: bytes) -> None:
    (found,) = decoded(b"\x30" + size)
    assert isinstance(found, Misread)


def test_a_register_tells_only_what_its_status_bits_let_count() -> None:
    assert told("40", "C0780031BC0000") == {"mcp_altitude": 33_008.0, "pressure": 1027.0}
    assert told("10", "00000000000000") == {}


def faultless(count: int) -> None:
    reader = asterix.Reader()
    for message in mutated([block(48, REPORT), block(62, TRACK), block(34, bytes.fromhex("F6190D0135 6DEE60019440"))], count):
        reader.take(message, AT_NOON)


def test_spoilt_blocks_end_in_faults_and_nothing_else() -> None:
    faultless(SMALL)


@pytest.mark.soak
def test_a_hundred_thousand_spoilt_blocks_end_in_faults_and_nothing_else() -> None:
    faultless(FULL)
