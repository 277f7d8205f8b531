"""Recordings in: whole ones, and what is there of those that were cut off or spoilt. Nothing in a file is trusted."""

from __future__ import annotations

import io
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import polars as pl
import zstandard
from mcap.data_stream import ReadDataStream
from mcap.exceptions import McapError
from mcap.opcode import Opcode
from mcap.records import Channel, Chunk, Message
from mcap.writer import MCAP0_MAGIC
from pydantic import ValidationError

from outwork.model.errors import Unreadable
from outwork.model.frames import empty, from_rows
from outwork.model.table import FIRST_INSTANT, LAST_INSTANT, Row
from outwork.store.formats.instants import EPOCH
from outwork.store.formats.recording.writing import CHANNELS, ENCODING, NANOSECONDS

HEAD: Final = struct.Struct("<BQ")
"""Kind and length of a record."""
LARGEST: Final = 64 * 1024 * 1024
"""No record or chunk is larger, packed or unpacked [byte]; one that says so is broken."""
BATCH: Final = 65_536
"""Rows that are held as objects before they become columns."""
BROKEN: Final = (McapError, struct.error, UnicodeDecodeError, OverflowError, zstandard.ZstdError)
"""What reading a spoilt record may raise."""
LATEST: Final = (LAST_INSTANT - EPOCH) // timedelta(microseconds=1) * NANOSECONDS


class Arrival(NamedTuple):
    """A row of a table, and the instant at which it arrived."""

    table: str
    row: Row
    arrived: datetime


@dataclass(frozen=True, eq=False)
class Recording:
    """The tables of a recording, in the order in which their rows arrived, and the instant of each row's arrival [row].

    `faults` says, each once, what could not be read; a recording that was ended as it should be and is whole has none.
    """

    tables: Mapping[str, pl.DataFrame]
    arrived: Mapping[str, pl.Series]
    faults: tuple[str, ...] = ()


def read(path: Path) -> Recording:
    """Return a whole recording, or what can be read of it. Unreadable where it is none."""
    try:
        with path.open("rb") as stream:
            return gathered(arrivals(stream, str(path)))
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read: {error}; name a recording (.mcap)") from error


def gathered(rows: Iterable[Arrival | str]) -> Recording:
    """Return rows as tables."""
    frames: dict[str, list[pl.DataFrame]] = {name: [empty(each)] for name, each in CHANNELS.items()}
    waiting: dict[str, list[Row]] = {name: [] for name in CHANNELS}
    arrived: dict[str, list[datetime]] = {name: [] for name in CHANNELS}
    faults: Counter[str] = Counter()
    for each in rows:
        if isinstance(each, str):
            faults[each] += 1
            continue
        waiting[each.table].append(each.row)
        arrived[each.table].append(each.arrived)
        if len(waiting[each.table]) == BATCH:
            frames[each.table].append(from_rows(CHANNELS[each.table], waiting[each.table]))
            waiting[each.table] = []
    tables = {name: pl.concat([*frames[name], from_rows(CHANNELS[name], waiting[name])]) for name in CHANNELS}
    instants = {name: pl.Series("arrived", held, dtype=pl.Datetime("us", "UTC")) for name, held in arrived.items()}
    told = tuple(f"{count:,} x {fault}" if count > 1 else fault for fault, count in faults.items())
    return Recording(tables, instants, told)


def arrivals(stream: IO[bytes], where: str) -> Iterator[Arrival | str]:
    """Yield the rows of a recording as they arrived, and in words what cannot be read. Unreadable where it is none."""
    if stream.read(len(MCAP0_MAGIC)) != MCAP0_MAGIC:
        raise Unreadable(f"{where}: is no recording: it does not begin as MCAP does")
    channels: dict[int, str] = {}
    ended = False
    for record in _records(stream, where):
        if isinstance(record, str):
            yield record
            return
        kind, content = record
        ended = ended or kind == Opcode.DATA_END  # a summary follows, which repeats the channels
        if kind == Opcode.CHUNK:
            yield from _chunk(content, channels)
        elif not ended:
            yield from _record(kind, content, channels)


def _records(stream: IO[bytes], where: str) -> Iterator[tuple[int, bytes] | str]:
    """Yield kind and content of records up to the footer, or say where they break off."""
    while True:
        at = stream.tell()
        head = stream.read(HEAD.size)
        if len(head) < HEAD.size:
            yield f"{where} byte {at:,}: the recording breaks off: it was not ended, or cut off later; what came before is read"
            return
        kind, size = HEAD.unpack(head)
        if size > LARGEST:
            yield f"{where} byte {at:,}: a record counts {size:,} bytes, more than any has; what came before is read"
            return
        content = stream.read(size)
        if len(content) < size:
            yield f"{where} byte {at:,}: the recording breaks off within a record; what came before is read"
            return
        yield kind, content
        if kind == Opcode.FOOTER:
            return


def _chunk(content: bytes, channels: dict[int, str]) -> Iterator[Arrival | str]:
    try:
        chunk = Chunk.read(ReadDataStream(io.BytesIO(content)))
        held = _unpacked(chunk)
    except BROKEN as error:
        yield f"a chunk is spoilt and passed over: {error or 'it breaks off'}"
        return
    if isinstance(held, str):
        yield held
        return
    at = 0
    while at + HEAD.size <= len(held):
        kind, size = HEAD.unpack_from(held, at)
        at += HEAD.size
        if at + size > len(held):
            yield "a chunk breaks off within a record; what came before is read"
            return
        yield from _record(kind, held[at : at + size], channels)
        at += size


def _unpacked(chunk: Chunk) -> bytes | str:
    """Return what a chunk holds, or why it is passed over."""
    size = chunk.uncompressed_size
    if chunk.compression == ENCODING and chunk.data:
        size = max(size, zstandard.get_frame_parameters(chunk.data).content_size)
    # Where a frame does not tell its size, the library answers with the largest number there is.
    if size > LARGEST:
        return f"a chunk says that it unpacks to more than {LARGEST:,} bytes, as no recording does; passed over"
    if chunk.compression == ENCODING:
        held = zstandard.decompress(chunk.data, max_output_size=size)
    elif not chunk.compression:
        held = chunk.data
    else:
        return f"a chunk is packed by {chunk.compression!r:.20}, which is not read here; pack it anew with zstd"
    return (
        held if chunk.uncompressed_crc in {0, zlib.crc32(held)} else "a chunk is spoilt and passed over: its check does not fit"
    )


def _record(kind: int, content: bytes, channels: dict[int, str]) -> Iterator[Arrival | str]:
    """Yield the row that a record holds, or why it holds none; a channel is remembered."""
    try:
        if kind == Opcode.CHANNEL:
            channel = Channel.read(ReadDataStream(io.BytesIO(content)))
            if channel.topic in CHANNELS and channel.message_encoding == "json":
                channels[channel.id] = channel.topic
            else:
                yield f"a channel {channel.topic!r:.40}, which is no table of a recording; passed over"
        elif kind == Opcode.MESSAGE:
            message = Message.read(ReadDataStream(io.BytesIO(content)), len(content))
            if message.channel_id in channels:
                yield _arrival(channels[message.channel_id], message)
    except BROKEN as error:
        yield f"a record is spoilt and passed over: {error or 'it breaks off'}"


def _arrival(name: str, message: Message) -> Arrival | str:
    try:
        row = CHANNELS[name].row.model_validate_json(message.data)
    except ValidationError as error:
        first: Any = error.errors()[0]
        return f"a row of {name} is spoilt and passed over: {'.'.join(map(str, first['loc']))} {first['msg']}"
    for column, value in row:
        if isinstance(value, datetime) and (value.tzinfo is None or not FIRST_INSTANT <= value <= LAST_INSTANT):
            return f"a row of {name} is spoilt and passed over: {column} is no instant in UTC between 1970 and 2199"
    if message.log_time > LATEST:
        return f"a row of {name} arrived beyond 2199; passed over"
    return Arrival(name, row, EPOCH + timedelta(microseconds=message.log_time // NANOSECONDS))
