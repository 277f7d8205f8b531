"""General authorisations: leave that is given to everybody for some items, some destinations and some conditions.

An authorisation may be used where all of these are true, and nowhere else: the kind of thing is one that it covers; the
destination is one of its own; every path under which the item is listed is covered and not excepted (an item listed twice
needs both covered); the item is not in Annex IV, which every one of them leaves out (Annex II Section I, or by its own list);
and each of its conditions holds.
"""

from __future__ import annotations

from typing import Final

from outwork.clear.authorise.book import AuthoriseBook
from outwork.clear.authorise.finding import Ask, Finding, Paths, sentence
from outwork.clear.authorise.membership import annex_iv, lies_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, negated
from outwork.clear.opinion import Step
from outwork.clear.rules.rulebook import Authorisation, ItemKind, Requirement

SECTION_I: Final = "Regulation (EU) 2021/821 Annex II Section I, Annex IV"


def general(book: AuthoriseBook, paths: Paths, kind: ItemKind, destination: str, ask: Ask) -> tuple[Finding, ...]:
    """Return for each general authorisation whether it may be used for an item to a destination outside the Union.

    Conditions are asked only where items and destination do not rule the authorisation out already.
    """
    listed = annex_iv(book, paths, ask)
    return tuple(_finding(each, paths, kind, destination, listed, ask) for each in book.authorisations)


def covered(authorisation: Authorisation, path: str) -> Truth:
    """Return whether what is listed under a path is covered: not excepted, and in one of the covered paths.

    Unknown where the path is coarser than one that decides: an item of 5A001.b may be in the 5A001.b.5 that is excepted.
    """
    excepted = any_of(lies_in(path, each) for each in authorisation.excepts)
    held = TRUE if authorisation.covers is None else any_of(lies_in(path, each) for each in authorisation.covers)
    return all_of((negated(excepted), held))


def _finding(each: Authorisation, paths: Paths, kind: ItemKind, destination: str, listed: Finding, ask: Ask) -> Finding:
    provision = each.provision
    steps = [_kind(each, kind), _destination(each, destination), *_items(each, paths)]
    steps.append(Step(each.name, SECTION_I, negated(listed.truth), f"{each.name}: the item is not in Annex IV"))
    if all_of(step.truth for step in steps) != FALSE:
        steps += [_condition(each, asked, ask) for asked in each.conditions]
    truth = all_of(step.truth for step in steps)
    return Finding(each.name, truth, provision.cite, tuple(steps), provision.source, each.duty)


def _condition(each: Authorisation, asked: Requirement, ask: Ask) -> Step:
    said = sentence(str(asked.condition), (asked.note,))
    cite = asked.cite or each.provision.cite
    reviewed = bool(each.provision.reviewer)
    return Step(asked.path, cite, ask(asked.condition), said, asked.condition, reviewed, asked.reading)


def _kind(each: Authorisation, kind: ItemKind) -> Step:
    return Step(each.name, each.provision.cite, TRUE if kind in each.kinds else FALSE, f"{each.name} covers {kind}")


def _destination(each: Authorisation, destination: str) -> Step:
    held = TRUE if destination in each.destinations else FALSE
    return Step(f"{each.name} Part 2", each.provision.cite, held, f"{destination} is one of the destinations of {each.name}")


def _items(each: Authorisation, paths: Paths) -> list[Step]:
    """Return one step for all sure paths, and one for those under which the item may be listed too."""
    name, cite = f"{each.name} Part 1", each.provision.cite
    sure = all_of(covered(each, path) for path in paths.sure) if paths.sure else FALSE
    steps = [Step(name, cite, sure, f"{each.name} covers {Paths(paths.sure)}")]
    if paths.maybe:
        perhaps = all_of(max(covered(each, path), UNKNOWN) for path in paths.maybe)
        steps.append(Step(name, cite, perhaps, f"{each.name} covers {Paths(paths.maybe)}, should it be listed there"))
    return steps
