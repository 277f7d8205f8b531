"""Recordings: the same bytes for the same rows, and whatever can be read of files that were cut off or spoilt."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
import zstandard
from mcap.data_stream import RecordBuilder
from mcap.reader import make_reader
from mcap.records import Chunk
from mcap.writer import MCAP0_MAGIC, CompressionType, Writer

from outwork.model.errors import Unreadable
from outwork.model.frames import from_rows
from outwork.model.tables.watched import Alert
from outwork.model.tables.watching import Detection, Sensor, Zone
from outwork.store.formats.recording import CHANNELS, Arrival, Recorder, arrivals, read, write
from tests.store.formats.feeds.mutated import FULL, SMALL, mutated

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SENSOR = Sensor(sensor="mast", kind="direction", latitude=51.9, longitude=4.4, azimuth_error=1.0, elevation_error=2.0)
ZONE = Zone(zone="pier", latitude=51.9, longitude=4.4, radius=500.0)
ALERT = Alert(alert="a1", zone="pier", track="t1", at=AT, kind="inside", probability=0.9, sentence="Track t1 is inside pier.")


def detection(number: int, late: float = 0.0) -> Detection:
    at = AT + timedelta(seconds=number - late)
    return Detection(detection=f"d{number}", sensor="mast", at=at, azimuth=0.1 * number, elevation=1 / 3, identity="Zoë\n\0")


def recorded(count: int = 20) -> bytes:
    stream = io.BytesIO()
    with Recorder(stream) as recorder:
        recorder.row("sensors", SENSOR, AT)
        recorder.row("zones", ZONE, AT)
        for number in range(count):
            recorder.row("detections", detection(number, 5.0 * (number % 3)), AT + timedelta(seconds=number))
            if number % 7 == 6:
                recorder.flush()
        recorder.row("alerts", ALERT, AT)
    return stream.getvalue()


def rows(content: bytes) -> list[Arrival]:
    return [each for each in arrivals(io.BytesIO(content), "made") if isinstance(each, Arrival)]


def faults(content: bytes) -> list[str]:
    return [each for each in arrivals(io.BytesIO(content), "made") if isinstance(each, str)]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert recorded() == recorded()


def test_rows_come_back_in_the_order_in_which_they_arrived_with_their_arrival() -> None:
    found = rows(recorded())
    assert [each.row for each in found[2:-1]] == [detection(number, 5.0 * (number % 3)) for number in range(20)]
    assert [each.arrived for each in found[2:-1]] == [AT + timedelta(seconds=number) for number in range(20)]
    assert [each.row for each in (*found[:2], found[-1])] == [SENSOR, ZONE, ALERT]
    assert faults(recorded()) == []


def test_a_whole_table_comes_back_as_it_was(tmp_path: Path) -> None:
    frame = from_rows(CHANNELS["detections"], [detection(number) for number in range(5)])
    arrived = pl.Series("arrived", [AT] * 5, dtype=pl.Datetime("us", "UTC"))
    path = tmp_path / "watch.mcap"
    write(path, {"detections": frame}, {"detections": arrived})
    found = read(path)
    assert found.tables["detections"].equals(frame)
    assert found.arrived["detections"].equals(arrived)
    assert found.faults == ()
    assert set(found.tables) == set(CHANNELS)
    assert all(not len(found.tables[name]) for name in CHANNELS if name != "detections")


def test_tools_of_others_find_their_way_by_the_summary() -> None:
    reader = make_reader(io.BytesIO(recorded()), validate_crcs=True)
    summary = reader.get_summary()
    assert summary is not None
    assert summary.statistics is not None
    assert summary.statistics.message_count == 23
    assert {channel.topic for channel in summary.channels.values()} == set(CHANNELS)
    found = list(reader.iter_messages(topics=["detections"]))
    assert [message.log_time for _, _, message in found] == sorted(message.log_time for _, _, message in found)
    assert len(found) == 20


def test_a_recording_cut_off_anywhere_gives_the_rows_of_the_chunks_before_and_says_so() -> None:
    whole = recorded()
    every = rows(whole)
    last = -1
    for size in range(len(MCAP0_MAGIC), len(whole) - len(MCAP0_MAGIC) - 1, 113):
        found = rows(whole[:size])
        assert found == every[: len(found)]
        assert len(found) >= last
        last = len(found)
        assert "breaks off" in faults(whole[:size])[-1]
    assert last == len(every)


def test_what_was_flushed_survives_the_killing_of_whoever_records(tmp_path: Path) -> None:
    path = tmp_path / "live.mcap"
    program = f"""
import os, signal
from tests.store.formats.feeds.test_recording import AT, Recorder, detection
stream = open({str(path)!r}, "wb")
recorder = Recorder(stream)
for number in range(30):
    recorder.row("detections", detection(number), AT)
    if number == 19:
        recorder.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
    folders = [str(Path(__file__).parents[4]), str(Path(__file__).parents[4] / "src")]
    done = subprocess.run([sys.executable, "-c", program], check=False, env={"PYTHONPATH": ":".join(folders)})
    assert done.returncode == -9
    found = read(path)
    assert found.tables["detections"]["detection"].to_list() == [f"d{number}" for number in range(20)]
    (fault,) = found.faults
    assert "was not ended, or cut off later; what came before is read" in fault


def test_a_spoilt_chunk_is_told_and_the_others_are_read() -> None:
    content = bytearray(recorded())
    begins = content.find(b"\x28\xb5\x2f\xfd", content.find(b"\x28\xb5\x2f\xfd") + 1)  # the second packed chunk
    content[begins + 30] ^= 0xFF
    (fault,) = faults(bytes(content))
    assert "a chunk is spoilt and passed over" in fault
    assert 0 < len(rows(bytes(content))) < 23


def test_a_chunk_that_would_unpack_without_end_is_passed_over() -> None:
    packed = zstandard.ZstdCompressor().compress(bytes(80 * 1024 * 1024))
    builder = RecordBuilder()
    for claimed in (80 * 1024 * 1024, 10):
        Chunk("zstd", packed, 0, 0, 0, claimed).write(builder)
    Chunk("lz4", packed, 0, 0, 0, 10).write(builder)
    told = faults(MCAP0_MAGIC + builder.end())
    assert ["unpacks to more than 67,108,864 bytes" in each for each in told] == [True, True, False, False]
    assert "packed by 'lz4'" in told[2]


def test_rows_and_channels_of_others_are_told_and_passed_over() -> None:
    stream = io.BytesIO()
    writer = Writer(stream, compression=CompressionType.NONE)
    writer.start()
    schema = writer.register_schema("odd", "jsonschema", b"{}")
    camera = writer.register_channel("camera", "json", schema)
    own = writer.register_channel("detections", "json", schema)
    writer.add_message(camera, 0, b"{}", 0)
    for content in (
        b"{",
        b'{"detection":"d","sensor":"s","at":"2026-11-22T12:00:00Z","mood":1}',
        b'{"detection":"d","sensor":"s","at":"2026-11-22T12:00:00"}',
        b'{"detection":"d","sensor":"s","at":"2026-11-22T12:00:00Z","azimuth":NaN}',
        b'{"detection":"d","sensor":"s","at":"2026-11-22T12:00:00Z","azimuth":4}',
    ):
        writer.add_message(own, 1_000, content, 0)
    writer.finish()
    told = faults(stream.getvalue())
    assert told[0] == "a channel 'camera', which is no table of a recording; passed over"
    assert [each.split("passed over: ")[1].split(" ")[0] for each in told[1:]] == ["", "mood", "at", "azimuth"]
    assert [each.row.azimuth for each in rows(stream.getvalue()) if isinstance(each.row, Detection)] == [4.0]


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "not.mcap"
    path.write_bytes(b"Time,MMSI")
    with pytest.raises(Unreadable, match="is no recording"):
        read(path)
    with pytest.raises(Unreadable, match="name a recording"):
        read(tmp_path / "absent.mcap")


def faultless(count: int) -> None:
    sound = recorded(8)
    plain = io.BytesIO()
    writer = Writer(plain, use_chunking=False)
    writer.start()
    own = writer.register_channel("detections", "json", writer.register_schema("odd", "jsonschema", b"{}"))
    writer.add_message(own, 1_000, b'{"detection":"d","sensor":"s","at":"2026-11-22T12:00:00Z","azimuth":4}', 0)
    writer.finish()
    for content in mutated([sound[8:], plain.getvalue()[8:]], count):
        list(arrivals(io.BytesIO(MCAP0_MAGIC + content), "made"))


def test_spoilt_recordings_end_in_words_and_nothing_else() -> None:
    faultless(SMALL // 10)


@pytest.mark.soak
def test_a_hundred_thousand_spoilt_recordings_end_in_words_and_nothing_else() -> None:
    faultless(FULL)
