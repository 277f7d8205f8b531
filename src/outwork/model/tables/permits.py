"""What `clear` answers, and what a named person decides in its stead."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Ref, Row, Rule, Unit


class Override(Row):
    """What a named person decided where the rules leave it to an expert. Nothing else opens such a lane."""

    table_name: ClassVar[str] = "overrides"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("decided <= until", "a decision cannot end before it was taken"),
        Rule("length(trim(person)) > 0", "a decision names the person who took it"),
        Rule("length(trim(reason)) > 0", "a decision states its reason"),
    )

    override: Annotated[str, Key()]
    """Short name by which it is called."""
    item: Annotated[str, Ref("items")]
    """What may move, or what the technology, software or tooling is for."""
    revision: str | None = None
    """Revision for which it holds. Blank: any."""
    origin: Annotated[str, Ref("nations")]
    """Nation that it leaves."""
    destination: Annotated[str, Ref("nations")]
    """Nation that it enters."""
    consignee: Annotated[str | None, Ref("parties")] = None
    """Only party for which it holds. Blank: any there."""
    kind: Literal["goods", "technology", "software", "tooling"] = "goods"
    """What moves."""
    outcome: Literal["prohibited", "licence", "general", "open"]
    """What was decided."""
    authorisation: str = ""
    """General authorisation or kind of licence under which it moves."""
    person: str
    """Who decided."""
    reason: str
    """Why."""
    decided: date
    """Day of the decision."""
    until: date | None = None
    """Last day on which it holds. Blank: until it is taken back."""


class Determination(Row):
    """Whether something may move from one nation to another, under what, and why."""

    table_name: ClassVar[str] = "determinations"

    item: Annotated[str, Key(), Ref("items")]
    """What moves, or what the technology, software or tooling is for."""
    revision: Annotated[str, Key()] = "all"
    """Its revision; all where the item has none."""
    origin: Annotated[str, Key(), Ref("nations")]
    """Nation that it leaves."""
    destination: Annotated[str, Key(), Ref("nations")]
    """Nation that it enters."""
    consignee: Annotated[str, Key(), Ref("parties")]
    """Party that receives it."""
    kind: Annotated[Literal["goods", "technology", "software", "tooling"], Key()]
    """What moves."""
    outcome: Literal["prohibited", "needs_expert", "licence", "general", "open"]
    """Whether it may, the strictest of all jurisdictions."""
    jurisdiction: str
    """Jurisdictions that were asked, separated by semicolons; the first decides the outcome."""
    listed: str = ""
    """Paths of control lists under which it stands, separated by semicolons."""
    authorisation: str = ""
    """General authorisation, or kind of licence to ask for."""
    cite: str
    """Provisions on which the outcome stands, separated by semicolons."""
    sentence: str
    """The outcome in one sentence, with what would change it."""
    missing: str = ""
    """Facts that nobody has stated and that could change the outcome, separated by semicolons."""
    conditions: str = ""
    """What using the authorisation asks of the exporter, separated by semicolons."""
    override: str = ""
    """Decision of a named person on which the outcome rests. Blank: none."""
    reviewed: bool = False
    """True: every provision on which it stands was reviewed by a lawyer."""
    version: str
    """Version of the rules: the first 12 characters of their SHA-256."""


class Question(Row):
    """A fact that nobody has stated, with what it decides: the question to ask first is the one with the lowest rank."""

    table_name: ClassVar[str] = "questions"

    item: Annotated[str, Key(), Ref("items")]
    """The item about which is asked."""
    revision: Annotated[str, Key()] = "all"
    """Its revision; all where the answer serves all of them."""
    fact: Annotated[str, Key()]
    """Name of the fact, as facts calls it."""
    rank: Annotated[int, Unit("1"), Ge(1)]
    """Place in the order in which to ask."""
    question: str
    """What a person is asked."""
    unit: str = ""
    """Unit in which the answer is kept. Blank: it is not a quantity."""
    choices: str = ""
    """Answers that are possible, separated by semicolons. Blank: any."""
    lanes: Annotated[int, Unit("1"), Ge(0)]
    """Determinations that wait for it."""
    units: Annotated[float, Unit("unit"), Ge(0)]
    """Demanded units that wait for those."""
    alone: Annotated[int, Unit("1"), Ge(0)] = 0
    """Determinations among these that wait for nothing else."""
    reason: str = ""
    """Provisions that ask for it, separated by semicolons."""
