"""A log that shows whether it was altered: each record carries the digest of the one before it.

    digest of record n  =  SHA-256 of the JSON text of all of its fields, among them the digest of record n - 1

So a field that is changed, a record that is taken out, put in or moved breaks the chain at a record that can be named. The
chain does not show that its last records were cut off, or that somebody wrote all of it anew; for that its head, the number and
digest of the last record, is noted where the writer cannot reach it, and compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Generic, Literal, TypeVar

import polars as pl

FORMAT: Final = 1
"""Number of the fields' order and meaning below; a change of either is a new number."""
GENESIS: Final = "0" * 64
"""What stands for the digest of a record before the first."""

Kind = Literal["share", "revoke", "return"]
Content = TypeVar("Content")
"""What a log is of: a dataclass of texts, numbers and flags, such as `Entry`."""


@dataclass(frozen=True)
class Entry:
    """What happened: who was let read which document for what, or was not, by which rule; or what was taken or given back.

    `at` is the moment in UTC, ISO 8601; `granting` and `expires` are empty where there is none; `by` is the person who approved
    it, `sha256` that of the document's file.
    """

    at: str
    kind: Kind
    person: str
    document: str
    sha256: str
    purpose: str
    allowed: bool
    rule: str
    why: str
    granting: str
    expires: str
    by: str


@dataclass(frozen=True)
class Deed:
    """What is to be logged, and the tables of the programme that change with it."""

    entry: Entry
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Record(Generic[Content]):
    """An entry in its place: its number from 1, the digest of the record before it, and its own."""

    number: int
    entry: Content
    previous: str
    digest: str

    @property
    def flat(self) -> dict[str, Any]:
        """Return the record as the row of a table."""
        return {"number": self.number, **_plain(self.entry), "previous": self.previous, "digest": self.digest}


@dataclass(frozen=True)
class Head:
    """The end of a log: how many records it has, and the digest of the last."""

    records: int
    digest: str


EMPTY: Final = Head(0, GENESIS)
COLUMNS: Final = ("number", *(each.name for each in fields(Entry)), "previous", "digest")


@dataclass(frozen=True)
class Broken:
    """The first record that is not as it was written, and how that shows."""

    number: int
    why: str


def seal(entry: Content, head: Head) -> Record[Content]:
    """Return the record that an entry becomes at the end of a log."""
    number = head.records + 1
    return Record(number, entry, head.digest, _digest(number, entry, head.digest))


def verify(records: Iterable[Record[Any]], end: Head, noted: Head | None = None) -> Broken | None:
    """Return the first record that is not as it was written, None where all are.

    Args: records, in the order of their numbers; end, where their file says that they end; noted, where they ended at some
    time, as was noted elsewhere.
    """
    head = EMPTY
    for record in records:
        if why := _wrong(record, head, noted):
            return Broken(head.records + 1, why)
        head = Head(record.number, record.digest)
    if head != end:
        return Broken(min(head.records, end.records) + 1, f"the file says that the log ends with record {end.records:,}")
    if noted is not None and head.records < noted.records:
        return Broken(head.records + 1, f"it is missing: the log had {noted.records:,} records when its end was noted")
    return None


def _wrong(record: Record[Any], head: Head, noted: Head | None) -> str:
    if record.number != head.records + 1:
        return f"it is missing: the next record is number {record.number}"
    if record.previous != head.digest:
        return "it does not carry the digest of the record before it"
    if record.digest != _digest(record.number, record.entry, record.previous):
        return "its digest is not that of its content"
    if noted is not None and record.number == noted.records and record.digest != noted.digest:
        return "its digest is not the one that was noted"
    return ""


def _plain(entry: Any) -> dict[str, Any]:
    return asdict(entry)


def _digest(number: int, entry: object, previous: str) -> str:
    """Return the SHA-256 of a record; JSON keeps apart what plain joining would run together."""
    text = json.dumps([FORMAT, number, *_plain(entry).values(), previous], separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
