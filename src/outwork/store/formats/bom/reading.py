"""A file with a bill of material, by what it looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from outwork.store.formats.bom import kicad
from outwork.store.formats.bom.bill import Bill
from outwork.store.formats.bom.grid import looks as tabular
from outwork.store.formats.bom.grid import of_book, of_text
from outwork.store.formats.bom.lines import counted
from outwork.store.formats.opening import content, xml_of

BOOK: Final = b"PK\x03\x04"
HEAD: Final = 65536


def looks(head: bytes) -> bool:
    """Return whether the beginning of a file looks like a bill of material."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((b"(export", b"(kicad_sch")) or b"<export" in head or tabular(head)


def read(path: Path) -> Bill:
    """Return the bill of material in a file. Unreadable with every fault, or where it is none."""
    found = content(path)
    where = path.name
    if found.startswith(BOOK):
        grid = counted(of_book(path))
        return Bill(where, grid.lines, grid.stray, grid.counts)
    start = found[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"(kicad_sch"):
        return Bill(where, kicad.schematic(path))
    if start.startswith(b"(export"):
        return Bill(where, kicad.netlist(found, where))
    if start.startswith(b"<"):
        return Bill(where, kicad.export(xml_of(found, where), where))
    grid = counted(of_text(found, where))
    return Bill(where, grid.lines, grid.stray, grid.counts)
