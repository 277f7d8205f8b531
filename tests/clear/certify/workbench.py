"""A small programme in which a beacon has three revisions, and a checklist of three clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

from outwork.clear import certify
from outwork.clear.certify.checklist import Checklists
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.certification import Compliance, Evidence, Requirement
from outwork.model.tables.design import Component, Fact, Item, Operation, Revision
from outwork.model.tables.frame import Settings

TODAY = date(2027, 3, 1)
HASH = "5e" * 32
TEXT = """
checklist = "radio"
title = "Radio"
status = "in force"
since = 2016-06-13
cite = "An act"
source = "its text"
reviewer = ""

[facts]
power = "How much power does it transmit?"
voltage = "At which voltage is it supplied?"

[[clause]]
name = "radio-safety"
title = "Safety"
cite = "article 1"
means = ["test", "analysis"]
facts = ["voltage"]
components = "any"
work_days = 20
review_days = 10
grade = "assumed"

[[clause]]
name = "radio-spectrum"
title = "Spectrum"
cite = "article 2"
means = ["test"]
facts = ["power"]
components = "none"
work_days = 30
review_days = 10
grade = "stated"

[[clause]]
name = "radio-paper"
title = "Declaration"
cite = "article 3"
means = ["document"]
facts = []
components = "none"
"""


def checklists(text: str = TEXT) -> Checklists:
    """The checklist above, or another."""
    return certify.read({"checklists/radio.toml": text})


def beacon(*rows: Row, power: str = "2", cell: str = "cell-1", asks: bool = True) -> Programme:
    """A beacon of revisions A, B and C; `power` [W] is that of B, `cell` what B and C are made with; rows are added."""
    revisions = [
        Revision(item="beacon", revision="A"),
        Revision(item="beacon", revision="B", supersedes="A"),
        Revision(item="beacon", revision="C", supersedes="B"),
    ]
    facts = [("A", "power", "2", "W"), ("B", "power", power, "W"), ("C", "power", power, "W"), ("all", "voltage", "12", "V")]
    packs = {"A": "cell-1", "B": cell, "C": cell}
    return Programme.of(
        Settings(name="Beacon", start=date(2027, 1, 4), weeks=52),
        [Item(item=name, name=name) for name in ("beacon", "pack", "cell-1", "cell-2", "case")],
        revisions,
        [Operation(operation=f"make-{rev}", item="beacon", revision=rev, process="assembly") for rev in packs],
        [Component(operation=f"make-{rev}", item=name, quantity=1) for rev, own in packs.items() for name in (own, "case")],
        [Fact(item="beacon", revision=rev, fact=fact, value=value, unit=unit) for rev, fact, value, unit in facts],
        Requirement(item="beacon", checklist="radio") if asks else [],
        list(rows),
    )


def accepted(clause: str, revision: str = "A", **other: Any) -> Evidence:
    """Evidence of a clause that was accepted in February."""
    given: dict[str, Any] = {
        "evidence": f"report of {clause} {revision}",
        "item": "beacon",
        "revision": revision,
        "requirement": clause,
        "means": "document" if clause == "radio-paper" else "test",
        "state": "accepted",
        "sha256": HASH,
        "submitted": date(2027, 2, 1),
        "reviewer": "M. Okoye",
        "decided": date(2027, 2, 8),
    }
    return Evidence(**{**given, **other})


def rows(programme: Programme, revision: str = "B", **options: Any) -> dict[str, Compliance]:
    """How a revision stands with each clause."""
    chosen = certify.Options(**{"today": TODAY, "item": "beacon", "revision": revision, **options})
    frame = certify.run(programme, chosen, checklists()).tables["compliance"]
    return {row["requirement"]: Compliance(**row) for row in frame.iter_rows(named=True)}
