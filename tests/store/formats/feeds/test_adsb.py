"""ADS-B: the worked frames of J. Sun, The 1090 Megahertz Riddle (2021), chapters 4 to 6 and 8, and ICAO's own tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from outwork.model.errors import Unreadable
from outwork.store.formats import feeds
from outwork.store.formats.adsb import Identification, Position, Reader, Velocity, decoded
from outwork.store.formats.adsb.altitude import gillham
from outwork.store.formats.adsb.cpr import Coded, Place, beside, between, zones
from outwork.store.formats.adsb.frames import check
from outwork.store.formats.adsb.streams import Heard, frames
from tests.store.formats.feeds.mutated import FULL, SMALL, mutated

NAMED = bytes.fromhex("8D4840D6202CC371C32CE0576098")
EVEN, ODD = bytes.fromhex("8D40621D58C382D690C8AC2863A7"), bytes.fromhex("8D40621D58C386435CC412692AD6")
OVER_GROUND, THROUGH_AIR = bytes.fromhex("8D485020994409940838175B284F"), bytes.fromhex("8DA05F219B06B6AF189400CBC33F")
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def line(frame: bytes) -> bytes:
    return b"*" + frame.hex().upper().encode() + b";\n"


def test_a_call_sign_is_read() -> None:
    assert decoded(NAMED) == Identification("4840D6", "KLM1023", "A0")


def test_an_even_and_an_odd_position_give_the_place_of_the_newest() -> None:
    even, odd = decoded(EVEN), decoded(ODD)
    assert isinstance(even, Position)
    assert isinstance(odd, Position)
    assert even.altitude == pytest.approx(38_000 * 0.3048)
    pair = [Coded(each.odd, each.latitude, each.longitude) for each in (even, odd)]
    assert between(pair[0], pair[1], pair[0]) == pytest.approx((52.25720214843750, 3.91937255859375))
    assert between(pair[0], pair[1], pair[1]) == pytest.approx((52.26578, 3.93891), abs=1e-5)


def test_one_position_beside_a_known_place_gives_the_same() -> None:
    assert beside(Coded(odd=False, latitude=93000, longitude=51372), Place(52.258, 3.918)) == pytest.approx(
        (52.25720214843750, 3.91937255859375)
    )


def test_positions_in_bands_with_unlike_numbers_of_zones_give_no_place() -> None:
    assert between(Coded(False, 10_000, 0), Coded(True, 90_000, 0), Coded(False, 10_000, 0)) is None


@pytest.mark.parametrize(("latitude", "count"), [(0, 59), (10.5, 58), (45, 42), (59.9, 30), (60.1, 29), (87, 2), (-88, 1)])
def test_there_are_fewer_zones_of_longitude_towards_the_poles(latitude: float, count: int) -> None:
    assert zones(latitude) == count


@pytest.mark.parametrize("latitude", [-89.5, -60, -33.3, -0.01, 0, 12.3, 51.9, 86.9])
@pytest.mark.parametrize("longitude", [-179.9, -90, 0, 4.4, 120, 179.9])
def test_every_place_on_earth_comes_back_from_its_code(latitude: float, longitude: float) -> None:
    def coded(*, odd: bool) -> Coded:
        tall = 360 / (59 if odd else 60)
        y = round(latitude % tall / tall * 131_072)
        wide = 360 / max(zones(latitude) - odd, 1)
        return Coded(odd, y % 131_072, round(longitude % wide / wide * 131_072) % 131_072)

    even, odd = coded(odd=False), coded(odd=True)
    for newest in (even, odd):
        assert between(even, odd, newest) == pytest.approx((latitude, longitude), abs=3e-3 if abs(latitude) > 86 else 2e-4)
        assert beside(newest, Place(latitude + 0.3, longitude)) == pytest.approx((latitude, longitude), abs=3e-3)


def test_a_velocity_is_read_over_ground_or_through_the_air() -> None:
    ground = decoded(OVER_GROUND)
    assert isinstance(ground, Velocity)
    assert (ground.kind, ground.climb) == ("ground", -832)
    assert (ground.speed, ground.heading) == (pytest.approx(159.20, abs=0.01), pytest.approx(182.88, abs=0.01))
    assert decoded(THROUGH_AIR) == Velocity("A05F21", "air", 375.0, 243.984375, -2304.0)


def test_the_check_finds_every_single_turned_bit() -> None:
    assert check(NAMED) == 0
    for bit in range(112):
        damaged = (int.from_bytes(NAMED) ^ 1 << bit).to_bytes(14)
        assert check(damaged) != 0
        assert not isinstance(decoded(damaged), Identification)


def test_the_gillham_code_climbs_by_hundreds_of_feet_and_one_bit_at_a_time() -> None:
    steps = sorted((feet, code) for code in range(4096) if not code & 16 and (feet := gillham(code)) is not None)
    assert [feet for feet, _ in steps] == list(range(-1200, 126_800, 100))
    assert all((one ^ other).bit_count() == 1 for (_, one), (_, other) in pairwise(steps))
    assert steps[0] == (-1200, 0b000010000000)  # C4 alone


def test_a_position_becomes_a_self_report_with_the_velocity_told_a_moment_ago() -> None:
    reader = Reader("mast")
    moving = OVER_GROUND[:1] + EVEN[1:4] + OVER_GROUND[4:11]
    moving += check(moving + bytes(3)).to_bytes(3)
    assert reader.take(line(ODD), AT).detections == ()
    assert reader.take(line(moving), AT).detections == ()
    (row,) = reader.take(line(EVEN), AT + timedelta(seconds=1)).detections
    assert (row.sensor, row.identity) == ("mast", "40621D")
    assert (row.latitude, row.longitude) == pytest.approx((52.2572021484375, 3.91937255859375))
    assert (row.altitude, row.speed) == (pytest.approx(38_000 * 0.3048), pytest.approx(159.20 * 1852 / 3600, abs=0.01))
    (again,) = reader.take(line(ODD), AT + timedelta(seconds=2)).detections
    assert again.latitude == pytest.approx(52.26578, abs=1e-5)


def test_an_even_and_an_odd_position_far_apart_in_time_give_no_place() -> None:
    reader = Reader()
    reader.take(line(ODD), AT)
    assert reader.take(line(EVEN), AT + timedelta(seconds=11)).detections == ()


def test_a_position_that_no_aircraft_could_have_reached_is_left_out_and_the_next_are_resolved_anew() -> None:
    reader = Reader()
    reader.take(line(ODD) + line(EVEN), AT)
    far = bytearray(EVEN)
    far[8] ^= 0xFF
    far[11:] = check(bytes(far[:11]) + bytes(3)).to_bytes(3)
    jump = reader.take(line(bytes(far)), AT + timedelta(seconds=11)).detections
    assert jump == ()
    after = reader.take(line(EVEN) + line(ODD), AT + timedelta(seconds=30)).detections
    assert [row.latitude for row in after] == [pytest.approx(52.26578, abs=1e-5)]


def test_a_damaged_frame_is_told() -> None:
    told = Reader().take(line(NAMED[:-1] + b"\0"), AT)
    assert told.faults == ("a frame of ADS-B arrived damaged: its check does not fit; left out",)


def test_frames_are_read_from_lines_with_and_without_a_clock_and_from_beast() -> None:
    text = b"*8D4840D6202CC371C32CE0576098;\r\n@00000003A5BF8D4840D6202CC371C32CE0576098;\n8D4840D6202CC371C32CE0576098"
    assert list(frames(text)) == [Heard(NAMED), Heard(NAMED, ticks=0x3A5BF), Heard(NAMED)]
    assert list(frames(b"1457996402.5,8D4840D6202CC371C32CE0576098")) == [Heard(NAMED, 1457996402.5)]
    escaped = NAMED.replace(b"\x1a", b"\x1a\x1a")
    beast = b"\x1a3" + bytes(5) + b"\x1a\x1a" + b"\xff" + escaped + b"\x1a1" + bytes(9)
    assert [each.frame for each in frames(beast) if isinstance(each, Heard)] == [NAMED, bytes(2)]
    assert str(next(frames(b"no frame"))).startswith("a line is no frame of AVR")


def test_a_receivers_own_clock_tells_the_time_since_its_first_tick(tmp_path: Path) -> None:
    ticks = (2**48 - 6_000_000, 6_000_000)  # it goes round between the two, one second apart
    lines = [f"@{tick:012X}{frame.hex()};" for tick, frame in zip(ticks, (ODD, EVEN), strict=True)]
    path = tmp_path / "frames.avr"
    path.write_text("\n".join(lines))
    (row,) = feeds.read(path, feeds.Wishes(day=date(2026, 11, 22))).detections.to_dicts()
    assert row["at"] == datetime(2026, 11, 22, 0, 0, 1, tzinfo=UTC)
    with pytest.raises(Unreadable, match="its frames tell no day"):
        feeds.read(path)


def faultless(count: int) -> None:
    reader = Reader()
    for message in mutated([line(EVEN) + line(ODD), b"\x1a3" + bytes(7) + ODD, line(OVER_GROUND), line(NAMED)], count):
        reader.take(message, AT)
    for frame in mutated([EVEN, ODD, OVER_GROUND, THROUGH_AIR, NAMED], count):
        if len(frame) == 14:
            mended = frame[:11] + check(frame[:11] + bytes(3)).to_bytes(3)
            reader.take(line(mended), AT)


def test_spoilt_frames_end_in_faults_and_nothing_else() -> None:
    faultless(SMALL)


@pytest.mark.soak
def test_a_hundred_thousand_spoilt_frames_end_in_faults_and_nothing_else() -> None:
    faultless(FULL)
