"""General authorisations: leave that is given to everybody for some items, some destinations and some conditions.

An authorisation may be used where all of these are true, and nowhere else: the kind of thing is one that it covers; the
destination is one of its own; every path under which the item is listed is covered and not excepted (an item listed twice
needs both covered); the item is not in Annex IV, which every one of them leaves out (Annex II Section I, or by its own list);
and each of its conditions holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from outwork.clear.authorise.book import AuthoriseBook
from outwork.clear.authorise.finding import Ask, Finding, Paths, sentence
from outwork.clear.authorise.membership import KEPT, annex_iv, lies_in
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, negated
from outwork.clear.opinion import Step
from outwork.clear.rules.conditions import Condition
from outwork.clear.rules.provision import ItemKind
from outwork.clear.rules.rulebook import Authorisation, Requirement

Told = tuple[Condition, Mapping[Truth, Step]]
"""A condition, and what is told of each truth that it can come to."""

SECTION_I: Final = "Regulation (EU) 2021/821 Annex II Section I, Annex IV"


def general(book: AuthoriseBook, paths: Paths, kind: ItemKind, destination: str, ask: Ask) -> tuple[Finding, ...]:
    """Return for each general authorisation whether it may be used for an item to a destination outside the Union.

    Conditions are asked only where items and destination do not rule the authorisation out already.
    """
    in_annex = annex_iv(book, paths, ask).truth
    reached = _reached(book, paths, kind, destination, in_annex)
    asked = zip(reached, _conditions(book), strict=True)
    return tuple(found if found.truth == FALSE else _asked(found, conditions, ask) for found, conditions in asked)


def covered(authorisation: Authorisation, path: str) -> Truth:
    """Return whether what is listed under a path is covered: not excepted, and in one of the covered paths.

    Unknown where the path is coarser than one that decides: an item of 5A001.b may be in the 5A001.b.5 that is excepted.
    """
    excepted = any_of(lies_in(path, each) for each in authorisation.excepts)
    held = TRUE if authorisation.covers is None else any_of(lies_in(path, each) for each in authorisation.covers)
    return all_of((negated(excepted), held))


@lru_cache(maxsize=KEPT)
def _reached(book: AuthoriseBook, paths: Paths, kind: ItemKind, destination: str, in_annex: Truth) -> tuple[Finding, ...]:
    """Return what each authorisation comes to before its conditions are asked."""
    return tuple(_before(each, paths, kind, destination, in_annex) for each in book.authorisations)


def _before(each: Authorisation, paths: Paths, kind: ItemKind, destination: str, in_annex: Truth) -> Finding:
    steps = (
        _kind(each, kind),
        _destination(each, destination),
        *_items(each, paths),
        Step(each.name, SECTION_I, negated(in_annex), f"{each.name}: the item is not in Annex IV"),
    )
    truth = all_of(step.truth for step in steps)
    return Finding(each.name, truth, each.provision.cite, steps, each.provision.source, each.duty)


def _asked(before: Finding, conditions: tuple[Told, ...], ask: Ask) -> Finding:
    """Return the finding with the conditions of the authorisation."""
    steps = (*before.steps, *(told[ask(condition)] for condition, told in conditions))
    return replace(before, truth=all_of(step.truth for step in steps), steps=steps)


@lru_cache(maxsize=KEPT)
def _conditions(book: AuthoriseBook) -> tuple[tuple[Told, ...], ...]:
    """Return the conditions of each authorisation, with the step for each truth that one can come to."""
    return tuple(
        tuple((asked.condition, {truth: _condition(each, asked, truth) for truth in Truth}) for asked in each.conditions)
        for each in book.authorisations
    )


def _condition(each: Authorisation, asked: Requirement, truth: Truth) -> Step:
    said = sentence(str(asked.condition), (asked.note,))
    cite = asked.cite or each.provision.cite
    return Step(asked.path, cite, truth, said, asked.condition, bool(each.provision.reviewer), asked.reading)


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
