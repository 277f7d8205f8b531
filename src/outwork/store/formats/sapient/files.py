"""Files of messages: JSON (one message, or a list of them), or frames as they were sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from outwork.model.errors import Unreadable
from outwork.store.formats import detected
from outwork.store.formats.detected import Feed, Told
from outwork.store.formats.sapient import reading, wire
from outwork.store.formats.sapient.finding import Judged, fault
from outwork.store.formats.sapient.located import Known
from outwork.store.formats.sapient.plain import to_plain
from outwork.store.formats.sapient.rows import Reader
from outwork.store.formats.sapient.validate import judge_json, judge_packet, judge_plain

BEFORE: Final = b"\xef\xbb\xbf \t\r\n"
"""Bytes that may stand before JSON."""
HEAD: Final = 4096
"""Bytes of a text in which a message names its node."""
LARGEST: Final = 1 << 28
"""Bytes of a list of messages."""
NODE: Final = (b'"nodeId"', b'"node_id"')


def judged(path: Path) -> Iterator[Judged]:
    """Yield every message of a file with what is wrong with it. Unreadable where the file cannot be opened."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error})") from error
    if path.suffix == ".json" and _first(content) not in {b"[", b"{"}:
        yield judge_json(content)
    else:
        yield from each(content)


def each(content: bytes) -> Iterator[Judged]:
    """Yield every message of the content of a file with what is wrong with it."""
    match _first(content):
        case b"[":
            yield from _list(content)
        case b"{":
            yield judge_json(content)
        case _:
            yield from _frames(content)


def looks(content: bytes) -> bool:
    """Whether the content of a file looks like messages of SAPIENT: texts that name a node, or a frame that holds a message."""
    if _first(content) in {b"[", b"{"}:
        return any(name in content[:HEAD] for name in NODE)
    length = int.from_bytes(content[: wire.HEAD], "little")
    packet = content[wire.HEAD : wire.HEAD + length]
    if not 0 < length == len(packet) <= reading.LARGEST:
        return False
    message = judge_packet(packet).message
    return message is not None and message.HasField("node_id")


def feed(content: bytes, known: Known | None = None) -> Feed:
    """Return the sensors and detections that messages tell, in their order, and every fault of them."""
    reader = Reader(known or Known())
    return detected.feed(_told(reader, message) for message in each(content))


def _first(content: bytes) -> bytes:
    return content.lstrip(BEFORE)[:1]


def _told(reader: Reader, message: Judged) -> Told:
    if message.message is None or not message.valid:
        return Told(faults=tuple(map(str, message.faults)))
    return reader.message(to_plain(message.message))


def _list(content: bytes) -> Iterator[Judged]:
    try:
        values = reading.parsed(content, LARGEST)
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
