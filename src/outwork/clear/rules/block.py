"""One table of a rule file, read field by field; whatever is wrong with it is noted, and nothing is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar, cast

from outwork.model.errors import Fault
from outwork.model.nearest import nearest

C = TypeVar("C", bound=str)


@dataclass
class Block:
    """A table of a rule file while it is being read.

    Args: file, its path; text, the whole file, to find lines in; where, the entry or path that the table is about; table, what
    TOML makes of it; faults, to which every fault is added; begins, the line at which it begins; seen, fields asked for so far.
    """

    file: str
    text: str
    where: str
    table: dict[str, Any]
    faults: list[Fault]
    begins: int = 1
    seen: set[str] = field(default_factory=set)

    def fault(self, name: str, reason: str, value: object = "", near: str = "") -> None:
        """Note that a field is wrong."""
        where = f"{self.where}: " if self.where else ""
        self.faults.append(Fault(self.file, f"{where}{reason}", self.line(name, value), name, str(value), near, self.file))

    def line(self, name: str, value: object = "") -> int:
        """Return the line of a field: the first from the beginning of the block that names it with its value, or names it."""
        lines = self.text.splitlines()[self.begins - 1 :]
        named = re.compile(rf"""(?:^|[\s{{,\["']){re.escape(name)}["']?\s*=""") if name else None
        for wanted in (str(value), ""):
            for offset, line in enumerate(lines):
                if named is not None and named.search(line) and wanted in line:
                    return self.begins + offset
        return self.begins

    def inner(self, where: str, table: dict[str, Any], begins: int | None = None) -> Block:
        """Return a table within this one."""
        return Block(self.file, self.text, where, table, self.faults, begins or self.begins)

    def has(self, name: str) -> bool:
        """Return whether the field is there."""
        return name in self.table

    def take(self, name: str) -> Any:
        """Return the field as it stands, None where it is not there."""
        self.seen.add(name)
        return self.table.get(name)

    def text_of(self, name: str, missing: Literal["is wrong", "is fine"] = "is fine") -> str:
        """Return a text; a fault where it is missing though needed, empty though needed, or no text."""
        value = self.take(name)
        if isinstance(value, str) and (value.strip() or missing == "is fine"):
            return value.strip()
        if value is not None and not isinstance(value, str):
            self.fault(name, f"{name} is a text, not {value!r}", value)
        elif missing == "is wrong":
            self.fault(name, f"{name} is missing or empty; every rule states it", value or "")
        return ""

    def choice(self, name: str, choices: Sequence[C], default: C | None = None) -> C:
        """Return one of the values that the field may have."""
        value = self.take(name)
        if value in choices:
            return cast("C", value)
        if value is None and default is not None:
            return default
        said = "is missing" if value is None else f"is {value!r}"
        self.fault(name, f"{name} {said}; it is one of {', '.join(choices)}", value or "", nearest(str(value), choices))
        return default or choices[0]

    def day(self, name: str, missing: Literal["is wrong", "is fine"] = "is fine") -> date | None:
        """Return a date, written without quotes."""
        value = self.take(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None or missing == "is wrong":
            said = "is missing" if value is None else f"is {value!r}"
            self.fault(name, f"{name} {said}; write a date without quotes, such as 2025-11-15", value or "")
        return None

    def number(self, name: str, least: float = 0.0) -> float | None:
        """Return a number that is not below the least, None where it is not there."""
        value = self.take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < float("inf"):
            self.fault(name, f"{name} is a number of at least {least:g}, not {value!r}", value)
            return None
        return float(value)

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, which one text may stand for."""
        value = self.take(name)
        if value is None:
            return ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(each, str) and each.strip() for each in listed):
            self.fault(name, f"{name} is a text or a list of texts, not {value!r}", value)
            return ()
        if len(set(listed)) < len(listed):
            self.fault(name, f"{name} names something twice: {', '.join(listed)}")
        return tuple(each.strip() for each in listed)

    def tables(self, name: str) -> list[dict[str, Any]]:
        """Return a list of tables, such as those that [[control]] heads."""
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.fault(name, f"{name} is a list of tables, each headed [[{name}]]")
            return []
        return value

    def close(self) -> None:
        """Note every field that nobody asked for."""
        for name in self.table:
            if name not in self.seen:
                near = nearest(name, self.seen)
                self.fault(name, f"unknown field '{name}'; known here: {', '.join(sorted(self.seen))}", near=near)
