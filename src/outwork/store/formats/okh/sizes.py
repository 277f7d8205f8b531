"""Masses and outer dimensions as manifests write them, in kg and mm: 330.0, 1.2 kg, width and depth, cube(size = [1,2,3])."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from outwork.model.table import LARGEST
from outwork.store.formats.tree import Twig

GRAM: Final = 1e-3
MASSES: Final[Mapping[str, float]] = {"mg": 1e-6, "g": GRAM, "kg": 1.0, "t": 1e3, "lb": 0.45359237, "oz": 0.028349523125}
"""What one of each unit is [kg]; pound and ounce: international avoirdupois, exact."""
LENGTHS: Final[Mapping[str, float]] = {"um": 1e-3, "mm": 1.0, "cm": 10.0, "dm": 100.0, "m": 1000.0, "in": 25.4, "inch": 25.4}
"""What one of each unit is [mm]."""
DIGITS: Final = 9
"""Beyond which no manifest measures; cuts the noise of changing units."""

MEASURE: Final = re.compile(r"(\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)\s*([A-Za-z]*)\.?")
SHAPE: Final = re.compile(r"\s*(cube|cylinder|sphere)\s*\((.*)\)\s*;?\s*", re.DOTALL)
NAMED: Final = re.compile(r"(size|h|r1|r2|r|d1|d2|d)\s*=\s*(\[[^\]]*\]|[\d.eE+-]+)")
NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
EDGES: Final = (("width", "x", "length"), ("depth", "y"), ("height", "z", "thickness"))


class Envelope(NamedTuple):
    """Outer edges [mm]; None where one is not stated."""

    x: float | None = None
    y: float | None = None
    z: float | None = None


def mass(twig: Twig) -> float | None:
    """Return the mass of a module or part [kg]. A bare `mass` is in grams, as Open Know-How 2.4 has it."""
    for name, factor in (("mass-kg", 1.0), ("mass-g", GRAM), ("mass", GRAM), ("weight", GRAM)):
        if field := twig.at(name):
            return _measured(field, MASSES, factor)
    return None


def envelope(twig: Twig) -> Envelope:
    """Return the outer edges of a module or part; bare numbers are millimetres."""
    for name, unit in (("outer-dimensions", "mm"), *((f"outer-dimensions-{unit}", unit) for unit in LENGTHS)):
        if field := twig.at(name):
            return _edges(field, LENGTHS[unit])
    board, thick = twig.at("2d-size-mm"), twig.at("board-thickness-mm")
    if board:
        x, y = _list(board, ",".join(board.texts()), 1.0, 2) or (None, None)
        return Envelope(x, y, _measured(thick, LENGTHS, 1.0))
    return Envelope()


def _edges(field: Twig, factor: float) -> Envelope:
    if field.is_branch:
        return Envelope(*(_measured(field.at(*names), LENGTHS, factor) for names in EDGES))
    text = field.text()
    shape = SHAPE.fullmatch(text)
    if shape:
        found = _shape(shape[1], dict(NAMED.findall(shape[2])), shape[2])
        if found is None:
            field.fault(f"{text!r:.60} states no size; write it as cube(size = [400, 350, 150])")
        return Envelope(*(round(edge * factor, DIGITS) for edge in found or ()))
    edges = _list(field, text, factor, 3)
    return Envelope(*edges) if edges else Envelope()


def _shape(kind: str, named: Mapping[str, str], inner: str) -> tuple[float, ...] | None:
    """Return the edges of the box around an OpenSCAD primitive, None where it states no size."""
    numbers = {name: [float(each) for each in NUMBER.findall(written)] for name, written in named.items()}
    bare = [] if named else [float(each) for each in NUMBER.findall(inner)]
    wide = [*numbers.get("d", []), *numbers.get("d1", []), *numbers.get("d2", [])]
    wide += [2 * each for name in ("r", "r1", "r2") for each in numbers.get(name, [])]
    match kind:
        case "cube":
            edges = numbers.get("size", bare)
            found: tuple[float, ...] = tuple(edges * 3 if len(edges) == 1 else edges)
        case "cylinder":
            high = numbers.get("h", [])
            found = (max(wide), max(wide), high[0]) if wide and high else ()
        case _:
            found = (max(wide),) * 3 if wide else tuple(2 * each for each in bare[:1] * 3)
    return found if len(found) == len(EDGES) and all(0 < edge <= LARGEST for edge in found) else None


def _list(field: Twig, text: str, factor: float, count: int) -> tuple[float, ...]:
    """Return so many lengths of a text such as 400 x 350 x 150 mm; a fault where they are not so many."""
    found = MEASURE.findall(text)
    units = [unit.lower() for _, unit in found if unit.lower() in LENGTHS]
    scale = LENGTHS[units[-1]] if units else factor
    edges = tuple(round(float(number.replace(",", ".")) * scale, DIGITS) for number, _ in found)
    if len(edges) != count or not all(0 < edge <= LARGEST for edge in edges):
        field.fault(f"{text!r:.60} are not {count} lengths above 0")
        return ()
    return edges


def _measured(field: Twig, units: Mapping[str, float], factor: float) -> float | None:
    """Return a number with or without its unit; a fault where it is none, or the unit does not fit."""
    text = field.text()
    if not text:
        return None
    found = MEASURE.fullmatch(text)
    if not found:
        size = field.size()
        return None if size is None else round(size * factor, DIGITS)
    unit = found[2].lower()
    if unit and unit not in units:
        field.fault(f"{text!r:.60}: '{found[2]}' is no unit that fits; write one of {', '.join(units)}")
        return None
    value = round(float(found[1].replace(",", ".")) * (units[unit] if unit else factor), DIGITS)
    if not 0 < value <= LARGEST:
        field.fault(f"{text!r:.60} is not above 0, or larger than anything that is made")
        return None
    return value
