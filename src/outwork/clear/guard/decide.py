"""The one function that says who may read what. What it does not allow is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outwork.clear.guard.decision import NEARNESS, Decision, Request, Rule
from outwork.clear.guard.passage import Determine, Passage
from outwork.clear.guard.register import Register, covers
from outwork.clear.rules.vocabulary import spelt
from outwork.model.tables.guarding import Document, Grant

PUBLIC = "L0"
REFUSED = {"prohibited": Rule.PROHIBITED, "needs_expert": Rule.EXPERT}


def may_read(register: Register, request: Request, determine: Determine) -> Decision:
    """Decide whether a person may read a document for a purpose on a day.

    Allowed is what is public, and what a grant of this person covers, for this purpose, on this day, if for every nation that
    it reaches from the one in which it is kept there is leave: it is open, a general authorisation covers it, or a licence that
    the grant names is in force. It reaches the nation in which the person reads and, read by us more strictly than the
    regulation, that of the party for which the person works. UnknownName where there is no such document.
    """
    document = register.document(request.document)
    if document.level == PUBLIC:
        return Decision(True, f"{document.document} is public", Rule.PUBLIC)
    found = [_under(grant, document, request, register, determine) for grant in register.by_person.get(request.person, ())]
    allowed = [each for each in found if each.allowed]
    if allowed:
        return max(allowed, key=lambda each: (each.expires or date.max, each.granting))
    nothing = Decision(False, f"no grant lets {request.person} read {document.document}", Rule.NO_GRANT)
    return max(found, key=lambda each: (NEARNESS.index(each.rule), each.granting), default=nothing)


def _under(grant: Grant, document: Document, request: Request, register: Register, determine: Determine) -> Decision:
    """Decide under one grant."""
    name, when = grant.granting, request.when
    if not covers(grant, document):
        return Decision(False, f"no grant lets {request.person} read {document.document}", Rule.NO_GRANT)
    if spelt(grant.purpose) != spelt(request.purpose):
        return _no(grant, Rule.PURPOSE, f"grant {name} is for {grant.purpose}, not for {request.purpose}")
    if grant.revoked is not None and grant.revoked <= when:
        return _no(grant, Rule.REVOKED, f"grant {name} was taken back on {grant.revoked} by {grant.revoked_by}")
    if grant.until < when:
        return _no(grant, Rule.ENDED, f"grant {name} ended on {grant.until}")
    if when < grant.since:
        return _no(grant, Rule.NOT_YET, f"grant {name} begins on {grant.since}")
    return _across(grant, document, when, register, determine)


def _across(grant: Grant, document: Document, when: date, register: Register, determine: Determine) -> Decision:
    """Decide under a grant in force, for every border that the document crosses."""
    reached = passages(grant, document, register)
    why, expires = [f"grant {grant.granting} by {grant.granted_by} for {grant.purpose}"], grant.until
    for passage in reached:
        step = _leave(grant, passage, when, register, determine)
        if not step.allowed:
            return step
        why.append(step.why)
        expires = min(expires, step.expires or expires)
    return Decision(True, "; ".join(why), Rule.ACROSS if reached else Rule.GRANTED, grant.granting, expires)


def passages(grant: Grant, document: Document, register: Register) -> list[Passage]:
    """Return the borders that a document crosses under a grant, by nation that it reaches."""
    origin = register.origin(document)
    reached = sorted({grant.nation, register.nations[grant.party]} - {origin})
    return [Passage(document.item, document.revision, document.kind, origin, nation, grant.party) for nation in reached]


def asked(register: Register, person: str | None = None, document: str | None = None) -> Iterator[Passage]:
    """Yield every border that a grant leads a document across, which is what has to be determined to decide on them.

    Args: person, document, the only ones that are looked at; None: all of them.
    """
    grants = register.grants.values() if person is None else register.by_person.get(person, ())
    for each in register.documents.values() if document is None else [register.document(document)]:
        for grant in grants:
            if each.level != PUBLIC and covers(grant, each):
                yield from passages(grant, each, register)


def _leave(grant: Grant, passage: Passage, when: date, register: Register, determine: Determine) -> Decision:
    """Decide for one border."""
    way = f"{passage.kind} of {passage.item} from {passage.origin} to {passage.destination} for {passage.consignee}"
    found = determine(passage)
    if found is None:
        return _no(grant, Rule.UNDETERMINED, f"nobody has determined whether {way} may move; run outwork clear")
    under = f", under {found.authorisation}" if found.authorisation else ""
    said = f"{way}: {found.sentence}{under}" + (f" ({found.cite})" if found.cite else "")
    if found.outcome in REFUSED:
        return _no(grant, REFUSED[found.outcome], said)
    if found.outcome != "licence":
        return Decision(True, said, Rule.ACROSS, grant.granting)
    cleared = register.cleared(passage, grant.licence, when) if grant.licence else None
    if cleared is None:
        lacks = (
            f"licence {grant.licence} is not in force for it" if grant.licence else f"grant {grant.granting} names no licence"
        )
        return _no(grant, Rule.LICENCE, f"{said}; {lacks}")
    return Decision(True, f"{said}; licence {cleared.licence} is in force", Rule.ACROSS, grant.granting, cleared.expires)


def _no(grant: Grant, rule: Rule, why: str) -> Decision:
    return Decision(False, why, rule, grant.granting)
