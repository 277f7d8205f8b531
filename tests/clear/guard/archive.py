"""A small programme with a radar's documents and people of three nations who want to read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from outwork.clear.guard import Decision, Leave, Passage, Register, Request, may_read, of_table
from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables import BY_NAME
from outwork.model.tables.design import Item, Revision
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.guarding import Document, Grant
from outwork.model.tables.moving import Clearance
from outwork.model.tables.permits import Determination
from outwork.model.tables.places import Party

TODAY = date(2027, 3, 1)
LEVELS = ("L0", "L1", "L2", "L3", "L4")


def archive(*rows: Row) -> Programme:
    """A radar with a document D0 to D4 of each level, kept in the Netherlands; rows are added."""
    return Programme.of(
        Settings(name="Archive", start=date(2027, 1, 4), weeks=52),
        [Nation(nation=code, name=code) for code in ("NL", "DE", "UA")],
        [
            Party(party="plas", name="Plas", nation="NL", role="innovator"),
            Party(party="elster", name="Elster", nation="DE", role="manufacturer"),
            Party(party="sych", name="Sych", nation="UA", role="manufacturer"),
        ],
        [Item(item="radar", name="Radar"), Item(item="mast", name="Mast")],
        [Revision(item="radar", revision="A"), Revision(item="radar", revision="B", supersedes="A")],
        [
            Document(document=f"D{level[1]}", title=level, item="radar", revision="A", level=level, holder="plas")  # type: ignore[arg-type]
            for level in LEVELS
        ],
        list(rows),
    )


def grant(name: str = "g", **other: Any) -> Grant:
    """A grant to Anna of Plas, who reads D2 at home to assemble the radar."""
    given: dict[str, Any] = {
        "granting": name,
        "person": "anna",
        "party": "plas",
        "nation": "NL",
        "purpose": "assembly",
        "document": "D2",
        "since": date(2027, 2, 1),
        "until": date(2027, 3, 31),
        "granted_by": "J. Plas",
    }
    return Grant(**{**given, **other})


def abroad(name: str = "g", **other: Any) -> Grant:
    """A grant to Olena of Sych, who reads D2 in Ukraine."""
    return grant(name, **{"person": "olena", "party": "sych", "nation": "UA", **other})


def licensed(**other: Any) -> Clearance:
    """A licence L1 for the radar's technology to Ukraine, in force in March."""
    given: dict[str, Any] = {
        "clearance": "c",
        "item": "radar",
        "origin": "NL",
        "destination": "UA",
        "kind": "technology",
        "opens": date(2027, 3, 1),
        "expires": date(2027, 3, 15),
        "licence": "L1",
    }
    return Clearance(**{**given, **other})


def determined(*outcomes: str, revision: str = "A", **other: Any) -> pl.DataFrame:
    """Determinations of the radar's technology to Ukraine and Germany, of as many revisions as there are outcomes."""
    parties = {"UA": "sych", "DE": "elster"}
    rows = [
        Determination(
            **{
                "item": "radar",
                "revision": revision if number == 0 else f"{revision}{number}",
                "origin": "NL",
                "destination": nation,
                "consignee": party,
                "kind": "technology",
                "outcome": outcome,
                "jurisdiction": "eu",
                "cite": "Regulation (EU) 2021/821",
                "sentence": f"it is {outcome}",
                "version": "0",
                **other,
            }
        )
        for number, outcome in enumerate(outcomes)
        for nation, party in parties.items()
    ]
    return from_rows(BY_NAME["determinations"], rows)


def undetermined(_passage: Passage) -> Leave | None:
    """Nothing is determined."""
    return None


def decide(
    rows: Iterable[Row],
    document: str = "D2",
    person: str = "anna",
    *outcomes: str,
    purpose: str = "assembly",
    when: date = TODAY,
) -> Decision:
    """The decision on a request, with the outcome that was determined of the border."""
    determine = of_table(determined(*outcomes)) if outcomes else undetermined
    return may_read(Register.of(archive(*rows)), Request(person, document, purpose, when), determine)
