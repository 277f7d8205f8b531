"""Technical documents, and who may read them for what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from outwork.model.table import Key, Link, Ref, Row, Rule


class Document(Row):
    """A drawing, model, procedure or other document that tells how something is made or why it is as it is."""

    table_name: ClassVar[str] = "documents"
    links: ClassVar[tuple[Link, ...]] = (Link("revisions", ("item", "revision"), ("item", "revision")),)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("sha256 = '' OR (length(sha256) = 64 AND sha256 = lower(sha256))", "a SHA-256 has 64 digits, 0 to 9 and a to f"),
        Rule("level <> 'L0' OR entries = ''", "what is public stands under no entry of a control list"),
    )

    document: Annotated[str, Key()]
    """Short name by which it is called, such as its drawing number."""
    title: str
    """What it is."""
    item: Annotated[str, Ref("items")]
    """Item about which it tells."""
    revision: str | None = None
    """Revision about which it tells. Blank: all of them."""
    level: Literal["L0", "L1", "L2", "L3", "L4"]
    """How much it tells: L0 public, L1 interfaces and use, L2 how to make it, L3 how to test and tune it, L4 why it is so."""
    kind: Literal["technology", "software"] = "technology"
    """What it is to export control."""
    entries: str = ""
    """Entries of control lists under which it stands, separated by semicolons, for the record; clear determines by itself."""
    holder: Annotated[str, Ref("parties")]
    """Party that holds it."""
    nation: Annotated[str | None, Ref("nations")] = None
    """Nation in which it is kept. Blank: that of the holder."""
    file: str = ""
    """Path or address of the file."""
    sha256: str = ""
    """SHA-256 of the file, 64 hexadecimal digits in lower case."""


class Grant(Row):
    """A person's need to know, for a purpose and a time: one document, or all of an item up to a level."""

    table_name: ClassVar[str] = "grants"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("since <= until", "a grant cannot end before it begins"),
        Rule(
            "document IS NOT NULL OR (item IS NOT NULL AND level IS NOT NULL)",
            "a grant names a document, or an item and a level",
        ),
        Rule("document IS NULL OR item IS NULL", "a grant names a document or an item, not both"),
        Rule("length(trim(person)) > 0", "a grant names the person who may read"),
        Rule("length(trim(purpose)) > 0", "a grant states its purpose"),
        Rule("length(trim(granted_by)) > 0", "a grant names the person who gave it"),
        Rule("revoked IS NULL OR length(trim(revoked_by)) > 0", "who takes a grant back is named"),
        Rule("returned IS NULL OR length(trim(returned_by)) > 0", "who confirms the return is named"),
    )

    granting: Annotated[str, Key()]
    """Short name by which it is called."""
    person: str
    """Who may read."""
    party: Annotated[str, Ref("parties")]
    """Party for which the person works."""
    nation: Annotated[str, Ref("nations")]
    """Nation in which the person reads."""
    purpose: str
    """What it is needed for; nothing else is covered."""
    document: Annotated[str | None, Ref("documents")] = None
    """The document. Blank: those of an item up to a level."""
    item: Annotated[str | None, Ref("items")] = None
    """Item whose documents may be read. Blank: one document."""
    level: Literal["L1", "L2", "L3", "L4"] | None = None
    """Highest level of the item's documents that may be read."""
    since: date
    """First day."""
    until: date
    """Last day."""
    licence: str | None = None
    """Licence under which it crosses a border. Blank: none is needed."""
    granted_by: str
    """Person who gave it."""
    duty: Literal["none", "return and delete"] = "none"
    """What is owed when it ends, as general authorisation EU007 asks for."""
    revoked: date | None = None
    """First day on which it no longer holds. Blank: it was not taken back."""
    revoked_by: str = ""
    """Person who took it back."""
    returned: date | None = None
    """Day on which everything was returned and deleted. Blank: not yet."""
    returned_by: str = ""
    """Person who confirms that."""
