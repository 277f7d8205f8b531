"""Files of messages, judged: JSON (one message, or a list of them) or frames as they were sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from outwork.model.errors import Unreadable
from outwork.store.formats.sapient import reading, wire
from outwork.store.formats.sapient.finding import Judged, fault
from outwork.store.formats.sapient.validate import judge_json, judge_packet, judge_plain


def judged(path: Path) -> Iterator[Judged]:
    """Yield every message of a file with what is wrong with it. Unreadable where the file cannot be opened."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error})") from error
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head == b"[":
        yield from _list(content)
    elif head == b"{" or path.suffix == ".json":
        yield judge_json(content)
    else:
        yield from _frames(content)


def _list(content: bytes) -> Iterator[Judged]:
    try:
        values = reading.parsed(content)
    except reading.Unfit as unfit:
        yield Judged(None, (fault("", str(unfit)),))
        return
    yield from map(judge_plain, values)


def _frames(content: bytes) -> Iterator[Judged]:
    frames = wire.Frames()
    try:
        for packet in frames.packets(content):
            yield judge_packet(packet)
    except wire.Unreadable as unreadable:
        yield Judged(None, (fault("", str(unreadable)),))
        return
    if frames.waiting:
        yield Judged(None, (fault("", f"is cut off: {frames.waiting:,} bytes of a frame are all that is left"),))
