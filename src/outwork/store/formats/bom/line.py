"""A line of a bill of material: which part, how many, where on the board."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from outwork.store.formats.gathering import neat

ABSENT: Final = re.compile(
    r"(?:^|[\s(\[/_,-])(dnp|dnf|dni|dnm|do not (?:populate|place|fit|install|mount)|not fitted|no ?pop)(?:$|[\s)\]/_,-])",
    re.IGNORECASE,
)
"""Words in a value that leave a part out."""


@dataclass(frozen=True)
class Line:
    """A line.

    Args: place, file and line; item, its short name where Outwork wrote it; number and maker of the part, name, value,
    footprint, description; designators, where on the board; quantity for one unit, None where it is not stated; unit; absent,
    why it is left out, if it is; more, other columns.
    """

    place: str
    item: str = ""
    number: str = ""
    maker: str = ""
    name: str = ""
    value: str = ""
    footprint: str = ""
    description: str = ""
    designators: tuple[str, ...] = ()
    quantity: float | None = None
    unit: str = ""
    absent: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def part(self) -> tuple[str, ...]:
        """What makes two lines of the same part: maker and number, or else all that is said of it."""
        if self.item:
            return (self.item,)
        if self.number:
            return (self.maker.casefold(), self.number.casefold())
        rest = sorted(f"{name}={text}" for name, text in self.more.items())
        return ("", "", self.name, self.value, self.footprint, self.description, *rest)

    @property
    def called(self) -> str:
        """What the part is called."""
        worth = " ".join(filter(None, (self.value, self.footprint.rpartition(":")[2])))
        return neat(self.item or self.number or self.name or worth or self.description)

    @property
    def tellers(self) -> tuple[str, ...]:
        """What tells the part from others that are called alike."""
        return (self.maker, *self.more.values(), self.description, self.value)

    def facts(self) -> dict[str, str]:
        """Return what is known of the part."""
        known = {
            "manufacturer's part number": self.number, "manufacturer": self.maker, "value": self.value,
            "footprint": self.footprint, "description": self.description,
        }  # fmt: skip
        return {name: text for name, text in {**known, **self.more}.items() if text}


def left_out(value: str) -> str:
    """Return why a value such as '10k DNP' says that its part is not fitted; empty where it does not."""
    return "its value says so" if ABSENT.search(value) else ""
