"""The consolidated list of the European Union's financial sanctions, CSV version 1.1: semicolons, and several rows an entity.

Each row repeats its entity's columns and adds a name, an address, a birth, a document or a citizenship. The file states the day
on which it was made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from outwork.model.listed import Bearer, Entry
from outwork.store.formats.watchlists.cells import birth, day, nations, once
from outwork.store.formats.watchlists.drawn import Drawn
from outwork.store.formats.watchlists.grid import Grid

KEY: Final = "Entity_LogicalId"
NEEDED: Final = (KEY, "Entity_SubjectType", "NameAlias_WholeName", "fileGenerationDate")
"""Columns without which it is not this list."""
PARTED: Final = ("NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_LastName")
NATIONS: Final = ("Citizenship_CountryIso2Code", "Address_CountryIso2Code", "Identification_CountryIso2Code")
BEARERS: Final[dict[str, Bearer]] = {"P": "person", "PERSON": "person", "E": "company", "ENTERPRISE": "company"}
STRONG: Final = ("", "TRUE", "1")


def read(grid: Grid) -> Drawn:
    """Return what the file holds."""
    grid.needs(NEEDED)
    drawn = Drawn()
    rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for line, row in grid.rows():
        drawn.published = drawn.published or day(row["fileGenerationDate"])
        if row[KEY]:
            rows[row[KEY]].append(row)
        else:
            drawn.note(f"{grid.where} line {line}: has no {KEY}")
    for key, found in rows.items():
        drawn.take(_entry(key, found), grid.where)
    return drawn


def _entry(key: str, rows: list[dict[str, str]]) -> Entry:
    weak = once(_name(row) for row in rows if row.get("NameAlias_Strong", "").upper() not in STRONG)
    return Entry(
        entry=next((row["Entity_EU_ReferenceNumber"] for row in rows if row.get("Entity_EU_ReferenceNumber")), key),
        bearer=_bearer(rows),
        names=tuple(each for each in once(map(_name, rows)) if each not in weak),
        weak=weak,
        nations=nations(row.get(name) for name in NATIONS for row in rows),
        identifiers=once(row.get("Identification_Number") for row in rows),
        born=once(birth(row.get("BirthDate_BirthDate") or row.get("BirthDate_Year") or "") for row in rows),
        programmes=once(row.get("Entity_Regulation_Programme") for row in rows),
    )


def _name(row: dict[str, str]) -> str:
    return row["NameAlias_WholeName"] or " ".join(filter(None, (row.get(part) for part in PARTED)))


def _bearer(rows: list[dict[str, str]]) -> Bearer:
    code = rows[0].get("Entity_SubjectType_ClassificationCode") or rows[0]["Entity_SubjectType"]
    return BEARERS.get(code.strip().upper(), "unknown")
