"""Subjects: everybody whose name is to be compared, the parties of a programme and those behind them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import polars as pl

from outwork.clear.screen.letters import shown
from outwork.clear.screen.names import Kind, read
from outwork.clear.screen.ownership import Stake
from outwork.model.listed import digest
from outwork.model.programme import Programme

PARTS: Final = re.compile(r"\s*[;,|]\s*")
ITSELF: Final = "-"


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to be screened: name as written, kind, nations (ISO 3166 alpha-2), identifiers, date or year of birth."""

    name: str
    kind: Kind = Kind.UNKNOWN
    nations: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    born: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the record."""
        return digest({key: sorted(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()})

    @property
    def key(self) -> str:
        """What is the same for two records of one subject: its name in any case and spacing."""
        return key(self.name)


@dataclass(frozen=True)
class Circle:
    """The parties of a programme and those behind them.

    Args: subjects by key; parties, short name -> key of its subject; stakes, who owns or directs whom, by keys.
    """

    subjects: dict[str, Subject]
    parties: dict[str, str]
    stakes: tuple[Stake, ...]


def key(name: str) -> str:
    """Return a name in lower case with single spaces."""
    return " ".join(name.casefold().split())


def split(cell: str | None) -> tuple[str, ...]:
    """Return the parts of a cell that holds several values."""
    return tuple(part for part in PARTS.split(cell or "") if part)


def circle(programme: Programme) -> Circle:
    """Return everybody to be screened in a programme."""
    subjects: dict[str, Subject] = {}
    parties: dict[str, str] = {}
    for row in programme["parties"].iter_rows(named=True):
        parties[row["party"]] = _met(subjects, _party(row))
    called = {key(short): at for short, at in parties.items()}
    stakes = [_stake(row, subjects, parties, called) for row in programme["affiliates"].iter_rows(named=True)]
    return Circle(subjects, parties, tuple(stakes))


def unreadable(subject: Subject) -> str:
    """Say why a name cannot be compared; an empty text where it can be."""
    name = read(subject.name, subject.kind)
    if not name.words:
        return f"nothing in the name '{shown(subject.name)}' can be compared; write it in letters"
    return next((f"the name has {note}; write its real name" for note in name.notes if note[0].isdigit()), "")


def oddities(subject: Subject) -> tuple[str, ...]:
    """Say what in the way a name is written hides what it says."""
    return tuple(note for note in read(subject.name, subject.kind).notes if not note[0].isdigit())


def _party(row: dict[str, Any]) -> Subject:
    return Subject(row["name"], Kind.COMPANY, (row["nation"],), split(row["registrations"]))


def _stake(row: dict[str, Any], subjects: dict[str, Subject], parties: dict[str, str], called: dict[str, str]) -> Stake:
    """Return who holds what in whom, meeting the holder on the way; a party may be called by its short name."""
    nations = (row["nation"],) if row["nation"] else ()
    holder = Subject(row["name"], Kind(row["kind"]), nations, split(row["identifier"]), split(row["born"]))
    owner = called.get(holder.key) or _met(subjects, holder)
    above = key(row["above"])
    asset = parties[row["party"]] if row["above"] == ITSELF else called.get(above, above)
    subjects.setdefault(asset, Subject(row["above"], Kind.COMPANY))
    return Stake(owner, asset, row["role"], row["share"])


def _met(subjects: dict[str, Subject], found: Subject) -> str:
    """Add a subject, or what is new about one that is there, and return its key."""
    known = subjects.get(found.key)
    if known is not None:
        found = replace(
            known,
            nations=tuple(dict.fromkeys(known.nations + found.nations)),
            identifiers=tuple(dict.fromkeys(known.identifiers + found.identifiers)),
            born=tuple(dict.fromkeys(known.born + found.born)),
        )
    subjects[found.key] = found
    return found.key


def stakes_of(frame: pl.DataFrame) -> tuple[Stake, ...]:
    """Return the stakes that a list states."""
    return tuple(Stake(*row) for row in frame.select("owner", "asset", "role", "share").iter_rows())
