"""What an item must be shown to meet, what shows it, and what a revision changes of that."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Ge, Key, Le, Link, Ref, Row, Rule, Unit


class Requirement(Row):
    """A checklist, or one requirement of it, that an item has to meet. That of one goes before that of its list."""

    table_name: ClassVar[str] = "requirements"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "applies OR (length(trim(reason)) > 0 AND length(trim(judged_by)) > 0)",
            "that a requirement does not apply is judged by a named person, with a reason",
        ),
    )

    item: Annotated[str, Key(), Ref("items")]
    """The item."""
    checklist: Annotated[str, Key()]
    """Name of the checklist, such as red."""
    requirement: Annotated[str, Key()] = "all"
    """One requirement of the checklist; all: every one of them."""
    applies: bool = True
    """False: somebody judged that the item need not meet it."""
    reason: str = ""
    """Why it does not apply."""
    judged_by: str = ""
    """Person who judged that it does not apply."""
    facts: str | None = None
    """Facts of the item on which it depends, separated by semicolons; none: on none. Blank: as the checklist says."""
    components: str | None = None
    """Components on which it depends, separated by semicolons; any: all of them; none: none. Blank: as the checklist says."""
    begins: date | None = None
    """First day on which the work for it can begin. Blank: at once."""
    work_days: Annotated[float | None, Unit("day"), Ge(0), Le(3660)] = None
    """From the beginning of the work to the evidence in calendar days. Blank: as the checklist states."""
    review_days: Annotated[float | None, Unit("day"), Ge(0), Le(3660)] = None
    """From the evidence to its acceptance in calendar days. Blank: as the checklist states."""


class Evidence(Row):
    """What shows that a revision of an item meets a requirement, or why it is let off."""

    table_name: ClassVar[str] = "evidence"
    links: ClassVar[tuple[Link, ...]] = (Link("revisions", ("item", "revision"), ("item", "revision")),)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("sha256 = '' OR (length(sha256) = 64 AND sha256 = lower(sha256))", "a SHA-256 has 64 digits, 0 to 9 and a to f"),
        Rule("made <= submitted", "evidence cannot be submitted before it was made"),
        Rule("submitted <= decided", "evidence cannot be decided upon before it was submitted"),
        Rule(
            "state <> 'submitted' OR (sha256 <> '' AND submitted IS NOT NULL)",
            "submitted evidence states the SHA-256 of its file and the day",
        ),
        Rule(
            "state <> 'accepted' OR (sha256 <> '' AND length(trim(reviewer)) > 0 AND decided IS NOT NULL)",
            "accepted evidence states the SHA-256 of its file, who accepted it, and the day",
        ),
        Rule(
            "state <> 'waived' OR (length(trim(reason)) > 0 AND length(trim(reviewer)) > 0 AND decided IS NOT NULL)",
            "a waiver states its reason, who gave it, and the day",
        ),
    )

    evidence: Annotated[str, Key()]
    """Short name by which it is called, such as the number of the report."""
    item: Annotated[str, Ref("items")]
    """The item."""
    revision: str
    """Revision that was tested or looked at."""
    requirement: str
    """Requirement of a checklist, such as red-3.2."""
    means: Literal["test", "analysis", "inspection", "similarity", "document"]
    """Means of compliance."""
    state: Literal["open", "submitted", "accepted", "waived"] = "open"
    """How far it has come."""
    file: str = ""
    """Path of the file, as the folder of evidence holds it."""
    sha256: str = ""
    """SHA-256 of the file, 64 hexadecimal digits in lower case."""
    laboratory: str = ""
    """Who tested, and where."""
    made: date | None = None
    """Day of the test, or of the document."""
    submitted: date | None = None
    """Day on which it was given to the reviewer."""
    reviewer: str = ""
    """Person who accepted or waived it."""
    decided: date | None = None
    """Day on which it was accepted or waived."""
    until: date | None = None
    """Last day on which it counts. Blank: it does not end by itself."""
    reason: str = ""
    """Why it was waived, or a remark."""


class Touch(Row):
    """What a revision changes beyond the differences that facts and components show."""

    table_name: ClassVar[str] = "touches"
    links: ClassVar[tuple[Link, ...]] = (Link("revisions", ("item", "revision"), ("item", "revision")),)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("(kind = 'nothing else') = (name = '')", "what is changed has a name, and 'nothing else' has none"),
        Rule(
            "kind <> 'nothing else' OR length(trim(stated_by)) > 0", "that nothing else is changed is stated by a named person"
        ),
    )

    item: Annotated[str, Key(), Ref("items")]
    """The item."""
    revision: Annotated[str, Key()]
    """Revision that changes something of the one that it supersedes."""
    kind: Annotated[Literal["fact", "component", "requirement", "nothing else"], Key()]
    """What is changed. Nothing else: facts and components that nobody has stated are as they were."""
    name: Annotated[str, Key()] = ""
    """Name of the fact, component or requirement."""
    reason: str = ""
    """What the change is."""
    stated_by: str = ""
    """Person who says so."""


class Compliance(Row):
    """How a revision of an item stands with one requirement."""

    table_name: ClassVar[str] = "compliance"

    item: Annotated[str, Key(), Ref("items")]
    """The item."""
    revision: Annotated[str, Key()]
    """Its revision."""
    checklist: Annotated[str, Key()]
    """The checklist."""
    requirement: Annotated[str, Key()]
    """The requirement."""
    status: Literal["met", "waived", "submitted", "expired", "invalidated", "open", "not applicable"]
    """How it stands. Invalidated: there is evidence of an earlier revision, and a later one touches it."""
    evidence: str = ""
    """Evidence on which the status rests."""
    tested: str = ""
    """Revision that the evidence shows."""
    sentence: str
    """Why, in one sentence."""
    ready: date | None = None
    """Earliest day on which it can be accepted. Blank: nobody has stated how long it takes."""
    grade: Literal["done", "stated", "assumed", "unknown"]
    """What that day rests on: nothing is left to do, or how the durations are known."""
    reviewed: bool = False
    """True: the checklist was reviewed by somebody competent."""
