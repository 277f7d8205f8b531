"""Is a file a workbook that can be opened without harm, and which of its cells are errors?

A workbook is a ZIP archive, and a small archive can unfold to more than any memory holds. So it is unfolded here first,
piece by piece, counted and thrown away: what the archive says of its own sizes is not believed. A single cell far from all
others does the same harm, since a sheet is read as a rectangle.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from defusedxml import ElementTree

from outwork.model.errors import Unreadable

LARGEST: Final = 1 << 30
"""Most that all parts of a workbook may unfold to [byte]."""
RATIO: Final = 200
"""Most by which a workbook may grow on unfolding, where it grows beyond `SMALL` [1]."""
SMALL: Final = 64 << 20
PARTS: Final = 2_000
"""Most parts in a workbook."""
PIECE: Final = 1 << 20
SEAM: Final = 512
"""What is looked at again with the next piece, so that no cell is cut in two; longer than the tag of a cell [byte]."""
HEADER: Final = 30
"""Length of an entry's own header before its name (PKWARE APPNOTE 4.3.7) [byte]."""
FAR: Final = re.compile(rb"""\br\s*=\s*["']\s*(?:[B-Z][A-Z]|[A-Z]{3,})\d+|\br\s*=\s*["'][A-Z]{0,3}\d{8,}""")
"""A cell to the right of column AZ, or below any row that a sheet can have."""
ERROR: Final = re.compile(
    rb"""<c\s(?=[^<>]{0,200}\bt\s{0,9}=\s{0,9}["']e["'])[^<>]{0,200}\br\s{0,9}=\s{0,9}["']([A-Z]{1,3})(\d{1,7})["'][^<>]{0,200}>"""
    rb"""(?:<f[^<>]{0,200}/>|<f[^<]*</f>)?<v>([^<]{0,40})</v>"""
)
"""A cell that shows an error. Each part has an end in sight, or a sheet made for it would be searched for hours."""
NAMES: Final = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "link": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

Errors = dict[str, dict[tuple[int, int], str]]
"""By name of the sheet and place (row, column) from 0, what the cell shows."""


def inspected(path: Path, largest: int = LARGEST) -> Errors:
    """Return the cells that are errors. Unreadable where a file is no workbook, or unfolds to more than one would.

    Args: largest, most that all parts may unfold to [byte].
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            parts = archive.infolist()
            if len(parts) > PARTS:
                raise Unreadable(f"{path}: has {len(parts):,} parts, more than a workbook has; it was not opened")
            by_part = _looked_through(path, parts, file, largest)
            return {name: by_part.get(part, {}) for name, part in _sheets(archive).items()}
    except (zipfile.BadZipFile, zlib.error, OSError, KeyError, SyntaxError, ValueError) as error:
        raise Unreadable(f"{path}: is not a workbook ({error})") from error


def files(path: Path, suffix: str, largest: int = LARGEST) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file with that ending in an archive, in whichever folder of it.

    Unreadable where it is no archive, is damaged or cut off, or unfolds to more than files of its size do.
    """
    most = min(largest, max(SMALL, RATIO * path.stat().st_size))
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > PARTS:
                raise Unreadable(f"{path}: has {len(archive.infolist()):,} files, more than a programme has; it was not opened")
            for part in archive.infolist():
                name = part.filename.rpartition("/")[2]
                if name.lower().endswith(suffix) and name[0] not in ".~" and "__MACOSX" not in part.filename:
                    content = b"".join(_pieces(path, archive, part, most))
                    most -= len(content)
                    yield name, content
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(
            f"{path}: is not a ZIP archive that can be read ({error}); is it whole, and without a password?"
        ) from error


def _pieces(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Yield the pieces of a file in an archive, and stop as soon as there is too much."""
    total = 0
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            total += len(piece)
            if total > most:
                raise Unreadable(f"{path}: unfolds to more than its tables could hold; it was not opened")
            yield piece


def _looked_through(path: Path, parts: list[zipfile.ZipInfo], file: IO[bytes], largest: int) -> Errors:
    """Unfold every part piece by piece, and stop as soon as there is too much."""
    most = min(largest, max(SMALL, RATIO * path.stat().st_size))
    total = 0
    errors: Errors = {}
    for part in parts:
        seam = b""
        for piece in _unfolded(part, file):
            total += len(piece)
            if total > most:
                raise Unreadable(f"{path}: unfolds to more than {most >> 20:,} MiB, as no workbook does; it was not opened")
            if "worksheets/" in part.filename:
                seam = _looked_at(path, seam + piece, errors.setdefault(part.filename, {}))
    return errors


def _looked_at(path: Path, text: bytes, errors: dict[tuple[int, int], str]) -> bytes:
    """Note the error cells in a piece of a sheet and return its end. Unreadable where a cell stands far from any table."""
    if FAR.search(text):
        raise Unreadable(
            f"{path}: has a cell to the right of column AZ or below the last row; clear what lies outside the tables"
        )
    for column, row, shows in ERROR.findall(text):
        errors[int(row) - 1, _position(column.decode())] = shows.decode()
    return text[-SEAM:]


def _position(letters: str) -> int:
    """Return the position of a column from 0: A is 0, Z is 25, AA is 26."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part in which each sheet lies, by the name of the sheet."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {sheet.get("name"): targets[sheet.get(f"{{{NAMES['link']}}}id")] for sheet in book.iterfind(".//main:sheet", NAMES)}
    return {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in parts.items()}


def _unfolded(part: zipfile.ZipInfo, file: IO[bytes]) -> Iterator[bytes]:
    """Yield the pieces into which a part unfolds."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"part {part.filename} is packed in a way that workbooks are not")
    file.seek(part.header_offset)
    header = file.read(HEADER)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    unfold = zlib.decompressobj(-zlib.MAX_WBITS)
    left = part.compress_size
    while left > 0 and (packed := file.read(min(PIECE, left))):
        left -= len(packed)
        if part.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while packed and not unfold.eof:
            yield unfold.decompress(packed, PIECE)
            packed = unfold.unconsumed_tail
