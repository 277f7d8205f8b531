"""Recordings out: rows are gathered into chunks, and a chunk that was flushed is read whatever happens after it.

Source of the layout: the MCAP format specification, version 0. The library's own writer cannot be told to flush, so the
chunks, which it would write the same, are put together here from its records.
"""

from __future__ import annotations

import io
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, Self

import polars as pl
import zstandard
from mcap.data_stream import RecordBuilder
from mcap.opcode import Opcode
from mcap.records import (
    Channel,
    Chunk,
    ChunkIndex,
    DataEnd,
    Footer,
    Header,
    McapRecord,
    Message,
    MessageIndex,
    Schema,
    Statistics,
    SummaryOffset,
)
from mcap.writer import MCAP0_MAGIC

from outwork.model import jsonschema
from outwork.model.table import Row, Table, table, written
from outwork.model.tables import watched, watching
from outwork.store.durable import replace_file
from outwork.store.formats.instants import EPOCH, MICROSECOND

CHANNELS: Final[Mapping[str, Table]] = {
    each.name: each
    for each in map(
        table,
        (
            watching.Sensor,
            watching.Zone,
            watching.Detection,
            watched.Track,
            watched.TrackState,
            watched.Alert,
            watched.SensorHealth,
            watching.Task,
        ),
    )
}
"""The tables that a recording holds, in the order of their channels."""
CHUNK: Final = 256 * 1024
"""A chunk is closed at this size, before it is compressed [byte]."""
LEVEL: Final = 3
"""How hard zstd compresses."""
NANOSECONDS: Final = 1000
"""In a microsecond."""
ENCODING: Final = "zstd"


class Recorder:
    """Writes a recording into a stream, row by row, for as long as rows come. Not to be shared between threads."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Begin: the header and a chunk that describes every channel are in the stream at once."""
        self._stream = stream
        self._at = 0
        self._pending = RecordBuilder()
        self._places: dict[int, list[tuple[int, int]]] = {}
        self._counts: Counter[int] = Counter()
        self._span: tuple[int, int] | None = None
        self._chunks: list[ChunkIndex] = []
        self._schemas = [
            Schema(id=at, data=_schema(each), encoding="jsonschema", name=f"outwork.{each.name}")
            for at, each in enumerate(CHANNELS.values(), 1)
        ]
        self._channels = {
            name: Channel(id=at, topic=name, message_encoding="json", metadata={}, schema_id=at)
            for at, name in enumerate(CHANNELS, 1)
        }
        self._emit(MCAP0_MAGIC)
        self._emit(_bytes(Header(profile="outwork", library="outwork")))
        for record in (*self._schemas, *self._channels.values()):
            record.write(self._pending)
        self.flush()

    def row(self, name: str, row: Row | Mapping[str, Any], arrived: datetime) -> None:
        """Take one row of a table in, with the instant at which it arrived or was made. KeyError on a table not in CHANNELS."""
        columns = row.model_dump() if isinstance(row, Row) else row
        channel = self._channels[name].id
        logged = _nanoseconds(arrived)
        at = columns.get("at")
        self._places.setdefault(channel, []).append((logged, self._pending.count))
        Message(
            channel_id=channel,
            log_time=logged,
            data=_json(columns),
            publish_time=_nanoseconds(at) if isinstance(at, datetime) else logged,
            sequence=self._counts[channel] & 0xFFFFFFFF,
        ).write(self._pending)
        self._counts[channel] += 1
        if self._pending.count >= CHUNK:
            self._close_chunk()

    def rows(self, name: str, frame: pl.DataFrame, arrived: datetime | pl.Series) -> None:
        """Take the rows of a table in, with one instant for all of them or one for each."""
        instants: Iterable[datetime] = [arrived] * frame.height if isinstance(arrived, datetime) else arrived
        for columns, instant in zip(frame.iter_rows(named=True), instants, strict=True):
            self.row(name, columns, instant)

    def flush(self) -> None:
        """Put everything that came so far into the stream: a reader finds it there even if nothing more is ever written."""
        if self._pending.count:
            self._close_chunk()
        self._stream.flush()

    def finish(self) -> None:
        """End the recording: flush, and write the summary by which tools find their way. The stream stays open."""
        self.flush()
        self._emit(_bytes(DataEnd(data_section_crc=0)))
        begins = self._at
        offsets: list[SummaryOffset] = []
        groups: tuple[tuple[Opcode, list[McapRecord]], ...] = (
            (Opcode.SCHEMA, [*self._schemas]),
            (Opcode.CHANNEL, [*self._channels.values()]),
            (Opcode.STATISTICS, [self._statistics()]),
            (Opcode.CHUNK_INDEX, [*self._chunks]),
        )
        summary = RecordBuilder()
        for code, records in groups:
            start = summary.count
            for record in records:
                record.write(summary)
            offsets.append(SummaryOffset(group_opcode=code, group_start=begins + start, group_length=summary.count - start))
        listed = begins + summary.count
        for offset in offsets:
            offset.write(summary)
        content = _ended(summary)
        footer = _bytes(Footer(summary_start=begins, summary_offset_start=listed, summary_crc=0))
        check = zlib.crc32(footer[:-4], zlib.crc32(content))
        self._emit(content + footer[:-4] + check.to_bytes(4, "little") + MCAP0_MAGIC)
        self._stream.flush()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the recording."""
        self.finish()

    def _close_chunk(self) -> None:
        content = _ended(self._pending)
        packed = zstandard.ZstdCompressor(level=LEVEL).compress(content)
        times = [logged for places in self._places.values() for logged, _ in places]
        first, last = (min(times), max(times)) if times else (0, 0)
        chunk = Chunk(
            compression=ENCODING,
            data=packed,
            message_start_time=first,
            message_end_time=last,
            uncompressed_crc=zlib.crc32(content),
            uncompressed_size=len(content),
        )
        start = self._at
        body, offsets = _bytes(chunk), {}
        indexes = b""
        for channel, places in sorted(self._places.items()):
            offsets[channel] = start + len(body) + len(indexes)
            indexes += _bytes(MessageIndex(channel_id=channel, records=places))
        self._chunks.append(
            ChunkIndex(
                chunk_length=len(body),
                chunk_start_offset=start,
                compression=ENCODING,
                compressed_size=len(packed),
                message_start_time=first,
                message_end_time=last,
                message_index_length=len(indexes),
                message_index_offsets=offsets,
                uncompressed_size=len(content),
            )
        )
        self._emit(body + indexes)
        self._places = {}
        if times:
            self._span = min(first, self._span[0] if self._span else first), max(last, self._span[1] if self._span else last)

    def _statistics(self) -> Statistics:
        first, last = self._span or (0, 0)
        return Statistics(
            attachment_count=0,
            channel_count=len(self._channels),
            channel_message_counts=dict(sorted(self._counts.items())),
            chunk_count=len(self._chunks),
            message_count=self._counts.total(),
            message_start_time=first,
            message_end_time=last,
            metadata_count=0,
            schema_count=len(self._schemas),
        )

    def _emit(self, content: bytes) -> None:
        self._stream.write(content)
        self._at += len(content)


def write(path: Path, tables: Mapping[str, pl.DataFrame], arrived: Mapping[str, pl.Series]) -> None:
    """Write a whole recording in one step. Unwritable where that fails; a file that was there before is then still there.

    Args: tables by name, rows in the order of their arrival; arrived, by table the instant [row] of each row's arrival.
    """
    held = io.BytesIO()
    with Recorder(held) as recorder:
        for name in CHANNELS:
            if name in tables:
                recorder.rows(name, tables[name], arrived[name])

    def whole(fresh: Path) -> None:
        fresh.write_bytes(held.getvalue())

    replace_file(path, whole)


def _bytes(record: McapRecord) -> bytes:
    builder = RecordBuilder()
    record.write(builder)
    return _ended(builder)


def _ended(builder: RecordBuilder) -> bytes:
    return bytes(builder.end())  # type: ignore[no-untyped-call]  # the library carries types elsewhere


def _schema(each: Table) -> bytes:
    return json.dumps(jsonschema.row(each), separators=(",", ":"), ensure_ascii=False).encode()


def _json(columns: Mapping[str, Any]) -> bytes:
    """Return a row as JSON without its blanks."""
    told = {
        name: written(value) if isinstance(value, datetime) else value for name, value in columns.items() if value is not None
    }
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _nanoseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND * NANOSECONDS
