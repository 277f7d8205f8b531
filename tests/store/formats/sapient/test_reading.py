"""JSON goes in and out without loss, and what is no message is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict

from outwork.store.formats.sapient import plain, reading, validate, wire
from tests.store.formats.sapient import messages
from tests.store.formats.sapient.messages import altered

UNREAD = {
    b"": "is not JSON",
    b"[1]": "is a list, not an object",
    b"null": "is null, not an object",
    b'{"node_id": NaN}': "holds NaN, which is no number of JSON",
    b'{"a": 1, "a": 2}': "says 'a' twice in one object",
    b"\xff\xfe": "is not UTF-8 at byte 0",
    b'{"timestamp": ' + b"9" * 5000 + b"}": "holds a whole number of 5,000 digits",
    b"[" * 100_000: "is nested too deeply",
    b" " * (reading.LARGEST + 1): "is 1,048,577 bytes long; the limit is 1,048,576",
}


@pytest.mark.parametrize("whole", messages.whole())
def test_a_message_comes_back_from_json_and_from_protobuf_as_it_was(whole: dict[str, Any]) -> None:
    message = validate.judge_plain(whole).message
    assert message is not None
    assert plain.to_plain(message) == whole
    assert plain.to_plain(wire.parse(wire.packed(message))) == whole
    again, findings = reading.read(plain.to_json(message).encode())
    assert (again, findings) == (message, ())


@pytest.mark.parametrize("whole", messages.whole())
def test_plain_values_are_those_that_protobuf_itself_gives(whole: dict[str, Any]) -> None:
    message = validate.judge_plain(whole).message
    assert message is not None
    assert plain.to_plain(message) == MessageToDict(message, preserving_proto_field_name=True)


@pytest.mark.parametrize(("text", "reason"), UNREAD.items(), ids=UNREAD.values())
def test_what_is_no_json_object_is_refused_with_its_reason(text: bytes, reason: str) -> None:
    message, (finding,) = reading.read(text)
    assert message is None
    assert reason in str(finding)


def test_both_spellings_and_numbers_as_texts_are_read() -> None:
    whole = messages.detection_report()
    report = whole["detection_report"]
    report["rangeBearing"] = report.pop("range_bearing") | {"range": "2500"}
    message = validate.judge_plain(whole).message
    assert message is not None
    assert plain.to_plain(message) == messages.detection_report()


def test_a_byte_order_mark_is_no_part_of_a_message() -> None:
    text = b"\xef\xbb\xbf" + json.dumps(messages.alert()).encode()
    assert validate.judge_json(text).valid


def test_messages_within_messages_are_read_to_a_limit() -> None:
    inner: dict[str, Any] = {"type": "x", "level": 99}
    for level in range(98, 0, -1):
        inner = {"type": "x", "level": level, "sub_class": [inner]}
    deep = altered(messages.detection_report(), "detection_report.classification[0].sub_class", [inner])
    assert any("is nested more than 32 deep" in str(each) for each in validate.judge_plain(deep).faults)


def test_numbers_that_are_no_numbers_keep_their_names() -> None:
    for value in ("NaN", "Infinity", "-Infinity"):
        whole = altered(messages.detection_report(), "detection_report.range_bearing.range", value)
        message = validate.judge_plain(whole).message
        assert message is not None
        assert plain.to_plain(message)["detection_report"]["range_bearing"]["range"] == value


def test_half_a_character_is_no_text() -> None:
    judged = validate.judge_json(json.dumps(altered(messages.alert(), "alert.description", "\ud800")).encode())
    assert [str(each) for each in judged.faults] == ["alert.description holds half a character (a lone surrogate)"]
