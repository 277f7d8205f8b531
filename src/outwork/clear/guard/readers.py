"""Who could read what on a day: every decision that a grant leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from outwork.clear.guard.decide import may_read
from outwork.clear.guard.decision import Decision, Request, Rule
from outwork.clear.guard.passage import Determine
from outwork.clear.guard.register import Register, covers


@dataclass(frozen=True)
class Reader:
    """A person who may read a document for a purpose, and the decision that says so."""

    person: str
    document: str
    purpose: str
    decision: Decision

    def line(self) -> str:
        """Return one line for a person."""
        return (
            f"{self.document}: {self.person} for {self.purpose} until {self.decision.expires}, under {self.decision.granting}"
        )


def readers(register: Register, when: date, determine: Determine) -> Iterator[Reader]:
    """Yield who may read which document for which purpose on a day, by document; what is public is left out.

    Past days are judged by the grants as they stand, which keep their dates; what was really decided then stands in the log.
    """
    for name, document in sorted(register.documents.items()):
        asked = {(grant.person, grant.purpose) for grant in register.grants.values() if covers(grant, document)}
        for person, purpose in sorted(asked):
            decision = may_read(register, Request(person, name, purpose, when), determine)
            if decision.allowed and decision.rule is not Rule.PUBLIC:
                yield Reader(person, name, purpose, decision)
