"""The taxonomy: processes in a tree of ten groups, what they are called in each language, and what does not belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from outwork.match.words.gazetteer import Machine
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Process:
    """One process: `code` is its name everywhere, `parent` the process that it is a kind of, blank for a group."""

    code: str
    parent: str
    group: str
    label: str
    description: str


@dataclass(frozen=True)
class Alias:
    """What a process is called in a language."""

    text: str
    process: str
    language: str


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """Processes sorted by code, aliases sorted by language and text, machines by make and model.

    `others` are words of trades that are none of the processes: a text that holds one is not read as a process.
    `plain` are words that say nothing of the process: materials, parts, sizes, praise.
    """

    version: str
    day: date
    processes: tuple[Process, ...]
    aliases: tuple[Alias, ...]
    machines: tuple[Machine, ...]
    others: tuple[str, ...]
    plain: tuple[str, ...]
    position: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Number the codes."""
        object.__setattr__(self, "position", {each.code: number for number, each in enumerate(self.processes)})

    def __contains__(self, code: str) -> bool:
        """Return whether there is a process of that code."""
        return code in self.position

    def __getitem__(self, code: str) -> Process:
        """Return the process of a code. UnknownName with the nearest code where there is none."""
        if code not in self.position:
            near = nearest(code, self.position)
            raise UnknownName(f"there is no process '{code}'" + (f"; did you mean '{near}'?" if near else ""))
        return self.processes[self.position[code]]

    @cached_property
    def parents(self) -> npt.NDArray[np.int64]:
        """Position of the parent [process], -1 for a group."""
        return np.array([self.position.get(each.parent, -1) for each in self.processes], np.int64)

    @cached_property
    def within(self) -> Flags:
        """Whether the one process is the other or a kind of it [process, process]."""
        found = np.eye(len(self.processes), dtype=bool)
        climbing = self.parents.copy()
        while (climbing >= 0).any():
            rows = np.flatnonzero(climbing >= 0)
            found[rows, climbing[rows]] = True
            climbing[rows] = self.parents[climbing[rows]]
        return found

    def narrower(self, code: str, wanted: str) -> bool:
        """Return whether a process is the one that is wanted or a kind of it. A code that is not there is only itself."""
        if code not in self.position or wanted not in self.position:
            return code == wanted
        return bool(self.within[self.position[code], self.position[wanted]])

    def related(self, one: str, other: str) -> bool:
        """Return whether one of two processes is a kind of the other."""
        return self.narrower(one, other) or self.narrower(other, one)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return what a process is a kind of, the nearest first, its group last."""
        found: list[str] = []
        parent = self[code].parent
        while parent:
            found.append(parent)
            parent = self[parent].parent
        return tuple(found)

    def shared(self, one: str, other: str) -> str:
        """Return the narrowest process that both are kinds of and that is no group; blank where there is none."""
        both = (each for each in (one, *self.ancestors(one)) if self.narrower(other, each))
        return next((each for each in both if self[each].parent), "")

    def codes(self) -> tuple[str, ...]:
        """Return every code, sorted."""
        return tuple(each.code for each in self.processes)

    def as_row(self, code: str) -> Mapping[str, Any]:
        """Return a process as a person reads it."""
        found = self[code]
        return {"code": found.code, "kind of": found.parent, "group": found.group, "what": found.description}
