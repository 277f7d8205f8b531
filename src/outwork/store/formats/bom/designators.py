"""Designators as boards and their lists write them: R1, R2; R1-R4 R7; C1..C3; U3."""

from __future__ import annotations

import re
from typing import Final

DASHES: Final = "-\u2013\u2014"
PARTED: Final = re.compile(rf"\s*[,;\n]\s*|(?<![{DASHES}.:\s])(?<!\bto)\s+(?![{DASHES}.:\s]|to\b)")
SPAN: Final = re.compile(rf"([A-Za-z_]+)(\d+)\s*(?:[{DASHES}:]|\.{{2,3}}|\u2026|\bto\b)\s*([A-Za-z_]*)(\d+)")
LONGEST: Final = 5_000
"""No span of designators is longer."""


def spread(cell: str, quantity: float | None) -> tuple[str, ...]:
    """Return the designators of a cell, spans written out.

    R1-R4 is a span. R1-4 might be a pin of R1 and is one only where the quantity says so.
    """
    names = [name for name in PARTED.split(cell.strip()) if name]
    sure = tuple(each for name in names for each in _span(name, bare=False))
    if quantity is not None and len(sure) != quantity:
        likely = tuple(each for name in names for each in _span(name, bare=True))
        if len(likely) == quantity:
            return likely
    return sure


def _span(name: str, *, bare: bool) -> tuple[str, ...]:
    """Return what a span stands for, or the name itself where it is none; `bare`: also R1-4, without the letters again."""
    found = SPAN.fullmatch(name)
    if not found:
        return (name,)
    letters, first, again, last = found.groups()
    if (again != letters and not (bare and not again)) or not 0 <= int(last) - int(first) < LONGEST:
        return (name,)
    return tuple(
        f"{letters}{number:0{len(first) if first.startswith('0') else 1}}" for number in range(int(first), int(last) + 1)
    )


def short(names: tuple[str, ...]) -> str:
    """Return designators as one text, in their order."""
    return ", ".join(names)
