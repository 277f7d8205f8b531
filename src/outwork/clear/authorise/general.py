"""General authorisations: leave that is given to everybody for some items, some destinations and some conditions.

An authorisation may be used where all of these are true, and nowhere else: the kind of thing is one that it covers; the
destination is one of its own; every path under which the item is listed is covered and not excepted (an item listed twice needs
both covered); the item is not in Annex IV, which every one of them leaves out (Annex II Section I, or by its own list); and each
of its conditions holds.
"""

from __future__ import annotations

from outwork.clear.authorise.book import AuthoriseBook
from outwork.clear.authorise.finding import Ask, Finding, Paths, Step, answered, listed_in
from outwork.clear.authorise.membership import annex_iv, lies_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, negated
from outwork.clear.rules.rulebook import Authorisation, ItemKind

SECTION_I = "Regulation (EU) 2021/821 Annex II Section I, Annex IV"


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
    steps = [_kind(each, kind), _destination(each, destination), *_items(each, paths)]
    steps.append(Step(each.name, "the item is not in Annex IV", negated(listed.truth), SECTION_I))
    if all_of(step.truth for step in steps) != FALSE:
        cite = each.provision.cite
        for asked in each.conditions:
            steps.append(answered(ask, asked.path, asked.condition, asked.cite or cite, asked.reading, asked.note))
    truth = all_of(step.truth for step in steps)
    provision = each.provision
    return Finding(each.name, truth, provision.cite, tuple(steps), provision.source, provision.reviewer, each.duty)


def _kind(each: Authorisation, kind: ItemKind) -> Step:
    return Step(each.name, f"it covers {kind}", TRUE if kind in each.kinds else FALSE, each.provision.cite)


def _destination(each: Authorisation, destination: str) -> Step:
    held = TRUE if destination in each.destinations else FALSE
    return Step(each.name, f"{destination} is one of its destinations", held, f"{each.provision.cite} Part 2")


def _items(each: Authorisation, paths: Paths) -> list[Step]:
    """Return one step for all sure paths, and one for those under which the item may be listed too."""
    cite = f"{each.provision.cite} Part 1"
    sure = all_of(covered(each, path) for path in paths.sure) if paths.sure else FALSE
    steps = [Step(each.name, f"it covers {listed_in(paths.sure)}", sure, cite)]
    if paths.maybe:
        perhaps = all_of(max(covered(each, path), UNKNOWN) for path in paths.maybe)
        steps.append(Step(each.name, f"it covers {listed_in(paths.maybe)}, should it be listed there", perhaps, cite))
    return steps
