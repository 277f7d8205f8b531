"""How the items of an ASTERIX record lie in its bytes: fixed, extended, repetitive, explicit and compound.

A category is a table of such layouts; reading is theirs alone, so a category holds no code. Bits count from the most
significant one, as the specifications count them, and an element without a name is spare.

    Item("040", Fixed(scaled("RHO", 16, 1 / 256, "NM"), scaled("THETA", 16, 360 / 65536, "degree")))

Source: EUROCONTROL-SPEC-0149, Part 1 (ASTERIX), sections 5.2 and 5.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol, TypeAlias

from outwork.store.formats.callsign import callsign

OCTET: Final = 8
EXTENDS: Final = 1
"""The last bit of an octet that says that one more follows."""

Scalar: TypeAlias = int | float | str
Fields: TypeAlias = Mapping[str, Scalar]
Value: TypeAlias = "Fields | tuple[Fields, ...] | bytes | Mapping[str, Value]"
"""Fixed and extended items answer with fields, repeated ones with a tuple of them, explicit ones with their bytes,
compound ones with a value for each part that is there."""


class Broken(ValueError):
    """The bytes do not hold what they announce; the text says which item and why."""


class Coding(Enum):
    """How the bits of an element are to be read."""

    UNSIGNED = "unsigned"
    SIGNED = "signed"
    """Two's complement."""
    OCTAL = "octal"
    """Reply codes: three bits a digit."""
    LETTERS = "letters"
    """ICAO Annex 10: six bits a letter."""
    ASCII = "ascii"
    """Eight bits a letter."""
    HEX = "hex"
    """Addresses and registers."""


NUMBERS: Final = (Coding.UNSIGNED, Coding.SIGNED)


@dataclass(frozen=True)
class Element:
    """Some bits with one meaning; its value is the number that they hold times `scale`, in `unit`."""

    name: str
    bits: int
    coding: Coding = Coding.UNSIGNED
    scale: float = 1
    unit: str = ""

    def value(self, held: int) -> Scalar:
        """Return what the bits mean."""
        if self.coding is Coding.SIGNED and held >> (self.bits - 1):
            held -= 1 << self.bits
        if self.coding in NUMBERS:
            return held if self.scale == 1 else held * self.scale
        if self.coding is Coding.OCTAL:
            return f"{held:0{self.bits // 3}o}"
        if self.coding is Coding.HEX:
            return f"{held:0{self.bits // 4}X}"
        if self.coding is Coding.LETTERS:
            return callsign(held, self.bits // 6)
        return held.to_bytes(self.bits // OCTET).decode("ascii", "replace").strip("\0 ")


def plain(name: str, bits: int) -> Element:
    """Return an element that is a code or a count."""
    return Element(name, bits)


def scaled(name: str, bits: int, scale: float, unit: str) -> Element:
    """Return an element that is a quantity of 0 or more."""
    return Element(name, bits, Coding.UNSIGNED, scale, unit)


def signed(name: str, bits: int, scale: float, unit: str) -> Element:
    """Return an element that is a quantity of either sign."""
    return Element(name, bits, Coding.SIGNED, scale, unit)


def spare(bits: int) -> Element:
    """Return bits without meaning."""
    return Element("", bits)


def fields(elements: tuple[Element, ...], held: int, bits: int) -> Fields:
    """Return the elements that lie in the upper end of so many bits."""
    found: dict[str, Scalar] = {}
    for element in elements:
        bits -= element.bits
        if element.name:
            found[element.name] = element.value((held >> bits) & ((1 << element.bits) - 1))
    return found


class Layout(Protocol):
    """How an item lies in its bytes."""

    def read(self, content: bytes, at: int) -> tuple[Value, int]:
        """Return the value that begins at a byte, and where the next thing begins. Broken where the bytes end too early."""
        ...


def taken(content: bytes, at: int, size: int) -> int:
    """Return so many bytes as one number. Broken where there are fewer."""
    if at + size > len(content):
        raise Broken(f"needs {size} bytes where {len(content) - at} are left")
    return int.from_bytes(content[at : at + size])


class Fixed:
    """Elements that always take the same bytes."""

    def __init__(self, *elements: Element) -> None:
        """Keep the elements. ValueError where they fill no whole number of bytes, which is a slip in a table of items."""
        self.elements = elements
        self.bits = sum(element.bits for element in elements)
        if self.bits % OCTET:
            raise ValueError(f"{elements[0].name}: {self.bits} bits are no whole bytes")

    def read(self, content: bytes, at: int) -> tuple[Fields, int]:
        """Return the fields and where the next thing begins."""
        size = self.bits // OCTET
        return fields(self.elements, taken(content, at, size), self.bits), at + size


class Extended:
    """Extents of seven bits, or eight times some less one, each followed by a bit that says whether one more follows.

    Extents beyond the known ones, which a newer edition may have added, are passed over.
    """

    def __init__(self, *extents: tuple[Element, ...]) -> None:
        """Keep the extents. ValueError where one does not end with room for its last bit."""
        self.extents = extents
        for extent in extents:
            if (sum(element.bits for element in extent) + 1) % OCTET:
                raise ValueError(f"{extent[0].name}: leaves no room for the bit that extends")

    def read(self, content: bytes, at: int) -> tuple[Fields, int]:
        """Return the fields of all extents that are there, and where the next thing begins."""
        found: dict[str, Scalar] = {}
        more, index = EXTENDS, 0
        while more:
            extent = self.extents[index] if index < len(self.extents) else (spare(OCTET - 1),)
            bits = sum(element.bits for element in extent) + 1
            held = taken(content, at, bits // OCTET)
            found.update(fields(extent, held, bits))
            more, index, at = held & EXTENDS, index + 1, at + bits // OCTET
        return found, at


class Repetitive:
    """One byte that counts, then so many times the same fields."""

    def __init__(self, *elements: Element) -> None:
        """Keep what is repeated."""
        self.each = Fixed(*elements)

    def read(self, content: bytes, at: int) -> tuple[tuple[Fields, ...], int]:
        """Return the repeated fields and where the next thing begins."""
        count = taken(content, at, 1)
        at += 1
        found = []
        for _ in range(count):
            value, at = self.each.read(content, at)
            found.append(value)
        return tuple(found), at


class Chained:
    """The same fields again and again, each time followed by a bit that says whether they come once more."""

    def __init__(self, *elements: Element) -> None:
        """Keep what is repeated."""
        self.each = Extended(elements)

    def read(self, content: bytes, at: int) -> tuple[tuple[Fields, ...], int]:
        """Return the repeated fields and where the next thing begins."""
        elements = self.each.extents[0]
        bits = sum(element.bits for element in elements) + 1
        found, more = [], EXTENDS
        while more:
            held = taken(content, at, bits // OCTET)
            found.append(fields(elements, held, bits))
            more, at = held & EXTENDS, at + bits // OCTET
        return tuple(found), at


class Explicit:
    """A byte that counts itself and the bytes after it, whose meaning is agreed elsewhere."""

    def read(self, content: bytes, at: int) -> tuple[bytes, int]:
        """Return the bytes and where the next thing begins."""
        size = taken(content, at, 1)
        if size == 0:
            raise Broken("counts no bytes, not even its own")
        taken(content, at, size)
        return content[at + 1 : at + size], at + size


@dataclass(frozen=True)
class Item:
    """An item of a category, or a part of a compound one: its number or name, and how it lies in the bytes."""

    name: str
    layout: Layout


class Compound:
    """Bits that say which parts follow, then these parts; None stands for a bit that announces nothing."""

    def __init__(self, *parts: Item | None) -> None:
        """Keep the parts in the order of their bits."""
        self.parts = parts

    def read(self, content: bytes, at: int) -> tuple[Mapping[str, Value], int]:
        """Return the parts that are there, and where the next thing begins."""
        present, at = announced(content, at)
        found: dict[str, Value] = {}
        for position in present:
            part = self.parts[position] if position < len(self.parts) else None
            if part is None:
                raise Broken(f"announces a part {position + 1}, which no edition known here has")
            found[part.name], at = part.layout.read(content, at)
        return found, at


def announced(content: bytes, at: int) -> tuple[list[int], int]:
    """Return which places, counted from 0, the bits of a field specification (FSPEC) announce, and where it ends."""
    found: list[int] = []
    more, first = EXTENDS, 0
    while more:
        held = taken(content, at, 1)
        found += [first + bit for bit in range(OCTET - 1) if held >> (OCTET - 1 - bit) & 1]
        more, first, at = held & EXTENDS, first + OCTET - 1, at + 1
    return found, at
