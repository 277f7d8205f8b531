"""Who stands behind a party, what a person decided about hits, and what screening answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Le, Ref, Row, Rule, Unit


class Affiliate(Row):
    """An owner or director of a party, or of a company above it.

    Where an owner is itself a party, its own owners need not be repeated: they are looked up under that party.
    """

    table_name: ClassVar[str] = "affiliates"
    rules: ClassVar[tuple[Rule, ...]] = (Rule("role = 'owner' OR share IS NULL", "only an owner has a share"),)

    party: Annotated[str, Key(), Ref("parties")]
    """Whose owner or director it is, or at the end of the chain of whose owners it stands."""
    name: Annotated[str, Key()]
    """Full name of the owner or director, or the short name of a party."""
    role: Annotated[Literal["owner", "director"], Key()]
    """What it is."""
    above: Annotated[str, Key()] = "-"
    """Full name of the owner of the party whose owner or director this is. `-`: of the party itself."""
    kind: Literal["person", "company"] = "company"
    """Person or company."""
    share: Annotated[float | None, Unit("1"), Ge(0), Le(1)] = None
    """Share that an owner holds. Blank: unknown."""
    nation: Annotated[str | None, Ref("nations")] = None
    """Nationality, or country in which it is registered."""
    identifier: str | None = None
    """Passport, tax or register numbers, separated by semicolons."""
    born: str | None = None
    """Date of birth, or year, such as 1970-03-31 or 1970."""


class Screening(Row):
    """What a person decided about a hit. It holds only while both records are what that person saw."""

    table_name: ClassVar[str] = "screenings"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("decided <= until", "a decision cannot end before it was taken"),
        Rule("length(trim(person)) > 0", "a decision names the person who took it"),
        Rule("length(trim(reason)) > 0", "a decision states its reason"),
    )

    party: Annotated[str, Key(), Ref("parties")]
    """The party."""
    subject: Annotated[str, Key()]
    """Name that was compared: the party's own, or that of its owner or director."""
    watchlist: Annotated[str, Key()]
    """Name of the list."""
    entry: Annotated[str, Key()]
    """Key of the entry in the list."""
    decision: Literal["clear", "block"]
    """Clear: not the one who is listed, or listed for what does not matter here. Block: it is the one."""
    person: str
    """Who decided."""
    decided: date
    """Day of the decision."""
    reason: str
    """Why."""
    record: str
    """Digest of the subject's record as the hit showed it."""
    listed: str
    """Digest of the list's record as the hit showed it."""
    until: date | None = None
    """Last day on which it holds. Blank: until a record changes."""


class Hit(Row):
    """A name of the programme that is near a name on a list."""

    table_name: ClassVar[str] = "hits"

    party: Annotated[str, Key()]
    """The party, or what was asked for."""
    subject: Annotated[str, Key()]
    """Name that was compared: the party's own, or that of its owner or director."""
    watchlist: Annotated[str, Key()]
    """Name of the list."""
    entry: Annotated[str, Key()]
    """Key of the entry in the list."""
    role: str
    """What the subject is to the party: itself, owner or director, and of whom."""
    listed_name: str
    """Name of the entry that was nearest."""
    score: Annotated[float, Unit("1"), Ge(0), Le(1)]
    """How near, from 0 to 1."""
    verdict: Literal["review", "block", "cleared"]
    """Review: a person must look. Block: closed until a person decides otherwise. Cleared: a person did."""
    programmes: str = ""
    """Under what it is listed."""
    why: str
    """What raised and lowered the score, in sentences."""
    decided: str = ""
    """Who decided what about it, or why that decision no longer holds."""
    record: Annotated[str, Key()]
    """Digest of the subject's record; a decision names it."""
    listed: str
    """Digest of the list's record; a decision names it."""


class Standing(Row):
    """What screening comes to for a party."""

    table_name: ClassVar[str] = "standings"

    party: Annotated[str, Key()]
    """The party, or what was asked for."""
    status: Literal["clear", "review", "block", "not screened"]
    """What it comes to; only clear opens anything."""
    reason: str
    """Why, in sentences."""
    screened: date
    """Day on which it was screened."""
    lists: str
    """Lists that it was screened against, with the day of their state."""
