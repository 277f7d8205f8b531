"""Frames: four bytes of length, the lowest first, and a packet."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.model.errors import Unreadable as NoFile
from outwork.store.formats import feeds
from outwork.store.formats.sapient import files, plain, validate, wire
from outwork.store.formats.sapient.codec import Codec, Unsendable
from tests.store.formats.sapient import messages
from tests.store.formats.sapient.messages import ABSENT, altered

PACKETS = [wire.packed(judged.message) for judged in map(validate.judge_plain, messages.whole()) if judged.message]
STREAM = b"".join(map(wire.framed, PACKETS))


def test_the_length_is_written_with_the_lowest_byte_first() -> None:
    assert wire.framed(b"x" * 258)[:5] == b"\x02\x01\x00\x00x"


@given(st.lists(st.integers(0, len(STREAM)), max_size=40))
def test_packets_are_the_same_in_whatever_pieces_they_come(cuts: list[int]) -> None:
    frames = wire.Frames()
    at = [0, *sorted(cuts), len(STREAM)]
    pieces = (STREAM[since:until] for since, until in pairwise(at))
    assert [packet for piece in pieces for packet in frames.packets(piece)] == PACKETS
    assert frames.waiting == 0


def test_a_length_that_no_message_has_is_refused_at_once() -> None:
    for head, reason in (
        (b"\0\0\0\0", "0 bytes"),
        (b"\0\0\1\1", "highest byte first?"),
        (b"\xff\xff\xff\xff", "4,294,967,295 bytes"),
    ):
        with pytest.raises(wire.Unreadable, match=reason):
            list(wire.Frames().packets(head))
    with pytest.raises(wire.Unreadable, match="at most 1,048,576"):
        wire.framed(b"x" * (wire.LARGEST + 1))


def test_bytes_that_are_no_message_are_refused() -> None:
    assert [str(each) for each in validate.judge_packet(b"\xff\xff").faults] == [
        "the message is not a protobuf message, or is nested too deeply"
    ]
    assert not validate.judge_packet(b"\x00" * (wire.LARGEST + 1)).valid


def test_the_codec_sends_only_what_is_valid() -> None:
    codec = Codec()
    (packet,) = codec.frames().packets(codec.encode(messages.alert()))
    decoded = codec.decode(packet)
    assert (decoded.message, decoded.faults, decoded.cautions) == (messages.alert(), (), ())
    with pytest.raises(Unsendable, match=r"alert\.alert_id is missing"):
        codec.encode(altered(messages.alert(), "alert.alert_id", ABSENT))
    assert codec.decode(b"\xff").message is None


def test_files_hold_json_lists_or_frames(tmp_path: Path) -> None:
    one, several, framed, cut, bad = (
        tmp_path / name for name in ("one.json", "several.json", "frames.bin", "cut.bin", "bad.bin")
    )
    message = validate.judge_plain(messages.alert()).message
    assert message is not None
    one.write_text(plain.to_json(message), encoding="utf-8")
    several.write_text(f"[{plain.to_json(message)}, 3]", encoding="utf-8")
    framed.write_bytes(STREAM)
    cut.write_bytes(STREAM[:-3])
    bad.write_bytes(b"\xff" * 9)
    assert [each.valid for each in files.judged(one)] == [True]
    assert [each.valid for each in files.judged(several)] == [True, False]
    assert [each.valid for each in files.judged(framed)] == [True] * len(PACKETS)
    assert "is cut off" in str(list(files.judged(cut))[-1].faults[0])
    assert "announces a message" in str(next(files.judged(bad)).faults[0])
    with pytest.raises(NoFile, match="cannot be read"):
        list(files.judged(tmp_path / "absent"))
    several.write_text("[1,", encoding="utf-8")
    assert "is not JSON" in str(next(files.judged(several)).faults[0])


def test_a_file_of_frames_tells_sensors_and_detections_and_the_faults_of_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "frames.bin"
    path.write_bytes(STREAM + wire.framed(b"\xff\xff") + STREAM)
    found = feeds.read(path)
    assert found.detections["detection"].to_list() == [messages.REPORT]
    assert found.sensors["sensor"].to_list() == [messages.NODE]
    assert "1 x told more than once; each is taken once" in found.faults
    assert "1 x the message is not a protobuf message, or is nested too deeply" in found.faults


def test_messages_are_known_by_the_node_that_they_name() -> None:
    assert files.looks(STREAM)
    assert files.looks(b"\xef\xbb\xbf" + json.dumps(messages.alert()).encode())
    assert files.looks(json.dumps([messages.alert()]).encode())
    assert not any(
        files.looks(each) for each in (b"", b"{}", STREAM[:20], b"\x02\0\0\0\xff\xff", b"\x30\x00\x10" + b"\x01" * 13)
    )
