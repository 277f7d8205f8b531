"""One door for every list: look at a file, and read it as what it is. What cannot be trusted is refused whole."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import polars as pl

from outwork.model.errors import Unreadable
from outwork.model.listed import STAKES, WatchList, watch_list
from outwork.store.formats.opening import GZIP_MARK, content, json_of
from outwork.store.formats.watchlists import eu, ftm, plain, us
from outwork.store.formats.watchlists.drawn import Drawn
from outwork.store.formats.watchlists.grid import grid

HEAD: Final = 65536
LONGEST_LINE: Final = 64 * 1024 * 1024
"""No entity is longer [byte]; a longer line is no list."""


class Format(StrEnum):
    """What a list is written as."""

    FTM = "ftm"
    """Entities of FollowTheMoney, one JSON object a line (OpenSanctions)."""
    US_JSON = "us-json"
    """US Consolidated Screening List, JSON."""
    US_CSV = "us-csv"
    """US Consolidated Screening List, CSV."""
    EU_CSV = "eu-csv"
    """EU consolidated list of financial sanctions, CSV."""
    PLAIN = "plain"
    """A CSV file of one's own, with a column `name`."""


def read(path: Path, name: str, fetched: date) -> WatchList:
    """Return the list in a file, taken in on a day. Unreadable where it is empty, cut off, or not what it says that it is."""
    form = recognised(path)
    drawn = _read(path, form)
    if not drawn.entries:
        raise Unreadable(f"{path}: names nobody; an empty list clears nobody, so it is refused; fetch it again")
    if drawn.faulty > len(drawn.entries):
        raise Unreadable(f"{path}: most of its entries cannot be used, the first because {drawn.faults[0]}; fetch it again")
    stakes = pl.DataFrame(drawn.stakes, schema=STAKES, orient="row")
    more = {"stakes": stakes, "published": drawn.published, "faults": drawn.told()}
    return watch_list(name, drawn.entries, fetched=fetched, digest=_digest(path), **more)


def recognised(path: Path) -> Format:
    """Return what a list is written as. Unreadable where it is nothing known, saying what it looks like instead."""
    head = next(_chunks(path, HEAD), b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise Unreadable(f"{path}: is empty; an empty list clears nobody; fetch it again")
    if head[:1] == b"<":
        raise Unreadable(f"{path}: is a web page or XML, not a list; the server answered something else; fetch it again")
    if head[:1] == b"{":
        first = head.split(b"\n", 1)[0]
        whole = b'"schema"' in first and b'"properties"' in first
        return Format.FTM if whole or b'"results"' not in head else Format.US_JSON
    return _tabular(head, path)


def _tabular(head: bytes, path: Path) -> Format:
    """Return what a CSV file is, by the columns of its header."""
    header = set(grid(head, str(path)).header)
    if sum(each.startswith(("Entity_", "NameAlias_")) for each in header) > 1:
        return Format.EU_CSV
    if {"source", "entity_number"} <= header or {"alt_names", "source_list_url"} <= header:
        return Format.US_CSV
    if header & set(plain.COLUMNS):
        return Format.PLAIN
    shown = ", ".join(sorted(header))[:80]
    raise Unreadable(f"{path} line 1: the columns ({shown}) are those of no list that is known; a list of your own has 'name'")


def _read(path: Path, form: Format) -> Drawn:
    where = str(path)
    match form:
        case Format.FTM:
            return ftm.read(_lines(path), where)
        case Format.US_JSON:
            return us.read_json(json_of(content(path), where), where)
        case Format.US_CSV:
            return us.read_csv(grid(content(path), where))
        case Format.EU_CSV:
            return eu.read(grid(content(path), where))
        case Format.PLAIN:
            return plain.read(grid(content(path), where))


def _lines(path: Path) -> Iterator[bytes]:
    """Yield lines, unpacked, without holding the whole file; a last line without its end is a file that is cut off."""
    rest = b""
    for chunk in _chunks(path, 1 << 20):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        if len(rest) > LONGEST_LINE:
            raise Unreadable(f"{path}: has a line of more than {LONGEST_LINE:,} bytes; it is no list")
    if rest:
        yield rest


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked where it is gzipped."""
    try:
        with path.open("rb") as packed:
            gzipped = packed.read(2) == GZIP_MARK
            packed.seek(0)
            stream = gzip.GzipFile(fileobj=packed) if gzipped else packed
            while chunk := stream.read(size):
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{path}: cannot be read: {error}; fetch it again") from error


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, unpacked."""
    total = hashlib.sha256()
    for chunk in _chunks(path, 1 << 20):
        total.update(chunk)
    return total.hexdigest()
