"""What the law of the European Union says of a movement of dual-use items out of a Member State.

within a Member State   nothing is asked (Regulation (EU) 2021/821 article 2(2): nothing is exported)
designed for military use, or not known   an expert decides: the Common Military List, Directive 2009/43/EC between Member
                        States, Common Position 2008/944/CFSP out of the Union
to a Member State       article 11: free unless Annex IV or a known onward journey without processing
out of the Union        banned; listed: a general authorisation or a licence; not listed: article 4
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from outwork.clear import authorise
from outwork.clear.authorise.article_11 import Onward
from outwork.clear.authorise.finding import Finding, Paths
from outwork.clear.case import Case
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, any_of, of
from outwork.clear.military import Military
from outwork.clear.opinion import Gap, Opinion, Outcome, Step
from outwork.clear.rules.conditions import ALWAYS
from outwork.clear.rules.rulebook import Duty

REGULATION: Final = "Regulation (EU) 2021/821"
EXPORT: Final = f"{REGULATION} article 3(1)"
ANNEX: Final = f"{REGULATION} Annex I"
MILITARY: Final = "designed for military use"
CLASS: Final = "class"
BETWEEN: Final = "Directive 2009/43/EC and the Common Military List of the European Union"
OUTWARD: Final = "Common Position 2008/944/CFSP and the Common Military List of the European Union"
INDIVIDUAL: Final = "individual"
"""Kind of licence that is asked for where none is named."""
NAMED: Final = 4
"""Paths or facts that a sentence names before `and n more`."""


def opinion(book: authorise.AuthoriseBook, case: Case) -> Opinion:
    """Return what the Union, and the Member State that it leaves, say of a movement."""
    movement = case.movement
    name = f"European Union ({movement.origin})"
    if movement.origin == movement.destination:
        said = f"stays within {movement.origin}, so nothing is exported"
        return Opinion(name, Outcome.OPEN, said, (f"{REGULATION} article 2(2): nothing leaves",))
    inward = movement.destination in book.union
    if case.flag(MILITARY) != FALSE:
        return _military(name, book.military, case, BETWEEN if inward else OUTWARD)
    return _inside(name, book, case) if inward else _outward(name, book, case)


def _military(name: str, book: Military, case: Case, cite: str) -> Opinion:
    """Return the opinion on what was, or may have been, designed for military use: a person decides."""
    truth = case.flag(MILITARY)
    step = Step("Common Military List", cite, truth, "it is designed for military use")
    if truth == UNKNOWN:
        said = "nobody has stated whether it is designed for military use"
        return Opinion(name, Outcome.NEEDS_EXPERT, said, (cite,), missing=(Gap(MILITARY),), trace=(step,))
    categories = book.concerning(case.names(CLASS), case.movement.kind)
    where = "within" if cite == BETWEEN else "out"
    licences = [each for each in book.licences if each.where == where]
    begin = f", beginning with {', '.join(each.name for each in categories)}" if categories else ""
    said = f"is designed for military use, on which an expert decides by the Common Military List{begin}"
    tried = [Step(each.name, each.cite, UNKNOWN, each.title) for each in categories]
    tried += [Step(each.name, each.cite, UNKNOWN, each.given) for each in licences]
    authorisation = "transfer" if cite == BETWEEN else INDIVIDUAL
    return Opinion(name, Outcome.NEEDS_EXPERT, said, (cite,), authorisation, trace=(step, *tried))


def _inside(name: str, book: authorise.AuthoriseBook, case: Case) -> Opinion:
    """Return the opinion on a transfer to another Member State."""
    if not case.covered:
        return _undetermined(name, case, ())
    onward = Onward(_beyond(book, case), of(case.movement.processed), _licensed(book, case))
    found = authorise.inside(book, _paths(case), onward, case.ask)
    outcome = {TRUE: Outcome.LICENCE, UNKNOWN: Outcome.NEEDS_EXPERT, FALSE: Outcome.OPEN}[found.truth]
    missing = (*_gaps(case, found.open_steps), *(case.missing if found.truth == UNKNOWN else ()))
    deciding = [step for step in found.steps if step.truth == found.truth] or list(found.steps)
    said = {
        TRUE: f"needs a licence even within the Union ({_joined(step.sentence for step in deciding[:1])})",
        UNKNOWN: "may need a licence even within the Union, and facts are missing",
        FALSE: "moves freely within the Union: it is not in Annex IV, nor goes on as it is to where it would need a licence",
    }[found.truth]
    kind = "transfer" if found.truth == TRUE else ""
    cites = (f"{found.cite}(1)", f"{found.cite}(2)") if found.truth == FALSE else _cites(deciding, found.cite)
    todo = _todo(found.duty) if case.state != FALSE else ()
    return Opinion(name, outcome, said, cites, kind, todo, missing, case.listed, found.steps)


def _outward(name: str, book: authorise.AuthoriseBook, case: Case) -> Opinion:
    """Return the opinion on an export out of the Union."""
    paths, destination = _paths(case), case.movement.destination
    banned = authorise.banned(book, paths, destination)
    if banned.truth == TRUE:
        said = f"listed under {_some(case.listed)}, which is banned from {destination}"
        return Opinion(name, Outcome.PROHIBITED, said, (banned.cite,), listed=case.listed, trace=banned.steps)
    if banned.truth == UNKNOWN:
        said = f"{destination} is under restrictive measures that name more than the control list; an expert decides"
        return Opinion(name, Outcome.NEEDS_EXPERT, said, (banned.cite,), listed=case.listed, trace=banned.steps)
    if case.state == TRUE:
        return _listed(name, book, case, paths, banned.steps)
    if case.state == UNKNOWN:
        return _undetermined(name, case, banned.steps)
    return _unlisted(name, authorise.catch_all(book, destination, case.ask), case, banned.steps)


def _listed(name: str, book: authorise.AuthoriseBook, case: Case, paths: Paths, before: tuple[Step, ...]) -> Opinion:
    """Return the opinion on the export of a listed item: under a general authorisation, or with a licence."""
    movement = case.movement
    tried = authorise.general(book, paths, movement.kind, movement.destination, case.ask)
    steps = (*before, *(step for found in tried for step in found.steps))
    usable = next((found for found in tried if found.truth == TRUE), None)
    if usable is not None:
        said = f"listed under {_some(case.listed)}; {usable.name} may be used to {movement.destination}"
        cites = (EXPORT, usable.cite)
        return Opinion(name, Outcome.GENERAL, said, cites, usable.name, _todo(usable.duty), (), case.listed, steps)
    maybe = [found for found in tried if found.truth == UNKNOWN]
    hope = f"; {_joined(found.name for found in maybe)} might be used if facts were stated" if maybe else ""
    said = (
        f"listed under {_some(case.listed)}, and no general authorisation is known to cover it to {movement.destination}{hope}"
    )
    missing = tuple(dict.fromkeys(gap for found in maybe for gap in _gaps(case, found.open_steps)))
    return Opinion(name, Outcome.LICENCE, said, (EXPORT,), INDIVIDUAL, (), missing, case.listed, steps)


def _undetermined(name: str, case: Case, steps: tuple[Step, ...]) -> Opinion:
    """Return the opinion on an item of which nobody can say whether it is listed."""
    if case.missing:
        facts = _some([gap.fact if not gap.item else f"{gap.fact} of {gap.item}" for gap in case.missing])
        where = f"; it may be listed under {_some(case.doubtful)}" if case.covered and case.doubtful else ""
        said = f"nobody has stated {facts}{where}"
    else:
        said = "the rules have no entry for things of its class, so that an expert has to say whether it is listed"
    return Opinion(name, Outcome.NEEDS_EXPERT, said, (EXPORT, ANNEX), missing=case.missing, listed=case.listed, trace=steps)


def _unlisted(name: str, found: Finding, case: Case, before: tuple[Step, ...]) -> Opinion:
    """Return the opinion on the export of an item that is surely not listed."""
    steps = (*before, *found.steps)
    if found.truth == TRUE:
        deciding = next(step for step in found.steps if step.truth == TRUE)
        said = f"not listed, but needs a licence by {deciding.path}: {deciding.sentence}"
        return Opinion(name, Outcome.LICENCE, said, (deciding.cite,), INDIVIDUAL, trace=steps)
    if found.truth == UNKNOWN:
        missing = _gaps(case, found.open_steps)
        said = f"not listed, and nobody has stated {_some([gap.fact for gap in missing])}, of which article 4 asks"
        return Opinion(name, Outcome.NEEDS_EXPERT, said, (found.cite,), missing=missing, trace=steps)
    said = "not listed, and nothing of which article 4 speaks is known of it"
    return Opinion(name, Outcome.OPEN, said, (f"{EXPORT}: not listed in Annex I", found.cite), trace=steps)


def _beyond(book: authorise.AuthoriseBook, case: Case) -> str | None:
    """Return a nation outside the Union in which the item ends, else one in which it ends, None where nobody knows one."""
    outside = sorted(case.movement.final - book.union)
    return next(iter([*outside, *sorted(case.movement.final)]), None)


def _licensed(book: authorise.AuthoriseBook, case: Case) -> Truth:
    """Return whether an export to where the item ends outside the Union needs a licence of its own."""
    if case.state != TRUE:
        return case.state
    paths, kind = _paths(case), case.movement.kind
    needed = [
        FALSE if any(found.truth == TRUE for found in authorise.general(book, paths, kind, nation, case.ask)) else TRUE
        for nation in sorted(case.movement.final - book.union)
    ]
    return any_of(needed)


def _paths(case: Case) -> Paths:
    return Paths(case.listed, case.doubtful)


def _gaps(case: Case, steps: Iterable[Step]) -> tuple[Gap, ...]:
    """Return the facts that could settle steps that are unknown."""
    return tuple(dict.fromkeys(gap for step in steps if step.condition != ALWAYS for gap in case.unknown(step.condition)))


def _todo(duty: Duty | None) -> tuple[str, ...]:
    """Return what an authorisation asks of the exporter, in sentences."""
    if duty is None:
        return ()
    found: list[str] = []
    if duty.registration_days is not None:
        found.append(f"Register before first use ({duty.registration_days} working days).")
    if duty.notice_days is not None:
        found.append(f"Notify first use within {duty.notice_days} days.")
    if duty.report:
        found.append(f"Report: {duty.report}.")
    return (*found, *duty.keep)


def _cites(steps: Iterable[Step], otherwise: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.cite for step in steps if step.cite)) or (otherwise,)


def _some(names: Iterable[str]) -> str:
    """Join the first names, and say how many more there are."""
    every = list(names)
    more = f" and {len(every) - NAMED} more" if len(every) > NAMED else ""
    return ", ".join(every[:NAMED]) + more


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)
