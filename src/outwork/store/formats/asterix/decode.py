"""ASTERIX bytes to records: data blocks, one after another, each of one category and some records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from outwork.store.formats.asterix import cat034, cat048, cat062
from outwork.store.formats.asterix.layout import Broken, Item, Scalar, Value, announced

HEADER: Final = 3
"""Bytes of a block's header: one of category, two of length, which counts the header too."""
PROFILES: Final[Mapping[int, tuple[Item | None, ...]]] = {34: cat034.UAP, 48: cat048.UAP, 62: cat062.UAP}


@dataclass(frozen=True, eq=False)
class Record:
    """One record: its category, its items by number, and the bytes that it was."""

    category: int
    items: Mapping[str, Value]
    content: bytes

    def get(self, item: str, *path: str) -> Scalar | None:
        """Return one value of a fixed, extended or compound item; None where the record does not tell it."""
        value: object = self.items.get(item)
        for name in path:
            if not isinstance(value, Mapping):
                return None
            value = value.get(name)
        return value if isinstance(value, int | float | str) else None

    def number(self, item: str, *path: str) -> float | None:
        """Return one value that is a number; None where the record does not tell it."""
        value = self.get(item, *path)
        return None if value is None or isinstance(value, str) else float(value)


@dataclass(frozen=True)
class Misread:
    """Bytes that could not be read: where they begin, and why."""

    byte: int
    why: str

    def __str__(self) -> str:
        """Return for example: byte 120: block of category 48: item 040 needs 4 bytes where 2 are left."""
        return f"byte {self.byte}: {self.why}"


def decoded(content: bytes) -> Iterator[Record | Misread]:
    """Yield the records of all blocks, and where a block cannot be read, where and why.

    A block that breaks off costs the rest of itself, since only reading a record tells where the next one begins; the
    blocks after it are read. A block of a category that is not known here is told once and passed over.
    """
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at + 1 : at + HEADER])
        if len(content) - at < HEADER or size < HEADER:
            yield Misread(at, "no block of ASTERIX begins here; what follows is passed over")
            return
        block = content[at : at + size]
        yield from _block(block, at)
        if len(block) < size:
            yield Misread(at, f"the block counts {size} bytes and {len(block)} are there; the rest was cut off")
        at += size


def fits(content: bytes) -> bool:
    """Whether bytes are blocks one after another to the last byte, at least one of a category that is read here."""
    at, known = 0, False
    while at < len(content):
        size = int.from_bytes(content[at + 1 : at + HEADER])
        if size < HEADER or at + size > len(content):
            return False
        known = known or content[at] in PROFILES
        at += size
    return known


def _block(block: bytes, where: int) -> Iterator[Record | Misread]:
    profile = PROFILES.get(block[0])
    if profile is None:
        known = ", ".join(f"{each:03d}" for each in PROFILES)
        yield Misread(where, f"a block of category {block[0]:03d}, which is not read here; {known} are")
        return
    at = HEADER
    while at < len(block):
        try:
            items, after = _record(profile, block, at)
        except Broken as error:
            yield Misread(where + at, f"a record of category {block[0]:03d} breaks off: {error}; the rest of its block is lost")
            return
        yield Record(block[0], items, block[at:after])
        at = after


def _record(profile: tuple[Item | None, ...], block: bytes, at: int) -> tuple[Mapping[str, Value], int]:
    """Return the items of the record that begins at a byte, and where the next record begins."""
    present, at = announced(block, at)
    found: dict[str, Value] = {}
    for position in present:
        item = profile[position] if position < len(profile) else None
        if item is None:
            raise Broken(f"announces an item at place {position + 1}, where no edition known here has one")
        try:
            found[item.name], at = item.layout.read(block, at)
        except Broken as error:
            raise Broken(f"item {item.name} {error}") from error
    return found, at
