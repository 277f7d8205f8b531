"""Streams cut into messages, however the bytes are handed over."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.watch.live.framing import Escaped, Lines, Prefixed, Unframed
from outwork.watch.live.heard import Splitter


def fed(splitter: Splitter, stream: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    return [message for since, until in pairwise(places) for message in splitter.feed(stream[since:until])]


CUTS = st.lists(st.integers(0, 200), max_size=20)


@given(st.lists(st.binary(min_size=1, max_size=20).filter(lambda each: not set(each) & set(b"\r\n") and each.strip())), CUTS)
def test_lines_come_whole_however_they_are_cut(lines: list[bytes], cuts: list[int]) -> None:
    assert fed(Lines(), b"".join(line + b"\r\n" for line in lines), cuts) == lines


@given(st.lists(st.binary(max_size=20)), CUTS)
def test_messages_with_their_length_come_whole_however_they_are_cut(bodies: list[bytes], cuts: list[int]) -> None:
    blocks = [b"\x30" + (len(body) + 3).to_bytes(2) + body for body in bodies]
    assert fed(Prefixed(), b"".join(blocks), cuts) == blocks


@given(st.lists(st.binary(max_size=20).filter(lambda each: not each.startswith(b"\x1a"))), CUTS)
def test_messages_that_a_byte_begins_come_whole_however_they_are_cut(bodies: list[bytes], cuts: list[int]) -> None:
    messages = [b"\x1a" + b"3" + body.replace(b"\x1a", b"\x1a\x1a") for body in bodies]
    found = fed(Escaped(), b"".join(messages) + b"\x1a3", cuts)
    assert found == messages


def test_a_line_that_is_too_long_is_passed_over_and_the_next_is_read() -> None:
    lines = Lines(most=10)
    assert fed(lines, b"x" * 25 + b"\nshort\n" + b"y" * 11 + b"\nagain\n", list(range(0, 60, 4))) == [b"short", b"again"]
    assert lines.passed == 2


def test_a_length_that_no_message_has_ends_the_stream() -> None:
    for length in (0, 2, 60_000):
        with pytest.raises(Unframed, match="which none has"):
            list(Prefixed(most=50_000).feed(b"\x30" + length.to_bytes(2) + bytes(10)))


def test_a_stream_without_any_beginning_holds_no_more_than_a_message() -> None:
    escaped = Escaped(most=1000)
    for _ in range(100):
        assert list(escaped.feed(b"x" * 100)) == []
    assert len(escaped._held) <= 1000
