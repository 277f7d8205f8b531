"""Whether what is listed under some paths is in Annex IV, the items that need leave even inside the Union."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from outwork.clear.authorise.book import AuthoriseBook, Member
from outwork.clear.authorise.finding import Ask, Finding, Paths, sentence
from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of
from outwork.clear.opinion import Step
from outwork.clear.rules.conditions import ALWAYS, under

CITE: Final = "Regulation (EU) 2021/821 Annex IV"
KEPT: Final = 100_000
"""Answers that are kept: a programme has far fewer listings, kinds and destinations, but thousands of movements."""


def lies_in(path: str, named: str) -> Truth:
    """Return whether a path lies under a named one; unknown where it is the coarser of the two."""
    return TRUE if under(path, named) else UNKNOWN if under(named, path) else FALSE


def annex_iv(book: AuthoriseBook, paths: Paths, ask: Ask) -> Finding:
    """Return whether an item that is listed under the paths is in Annex IV: under any path of it whose condition holds."""
    steps = tuple(step if step.condition == ALWAYS else _asked(step, ask) for step in near(book, paths))
    return Finding("Annex IV", any_of(step.truth for step in steps), CITE, steps)


@lru_cache(maxsize=KEPT)
def near(book: AuthoriseBook, paths: Paths) -> tuple[Step, ...]:
    """Return a step for each path of the annex near which it is listed, as if its condition held; else one that says no."""
    held = ((member, _held(member, paths)) for member in book.annex_iv)
    steps = tuple(_step(member, paths, truth) for member, truth in held if truth != FALSE)
    return steps or (Step("Annex IV", CITE, FALSE, f"Annex IV has {paths}"),)


def _held(member: Member, paths: Paths) -> Truth:
    own = any_of(lies_in(path, member.path) for path in paths.sure)
    return any_of((own, *(min(lies_in(path, member.path), UNKNOWN) for path in paths.maybe)))


def _step(member: Member, paths: Paths, truth: Truth) -> Step:
    said = sentence(f"{paths} is in Annex IV under {member.path}, {member.condition}", (member.note,))
    return Step(member.path, member.cite, truth, said, member.condition, reading=member.reading)


def _asked(step: Step, ask: Ask) -> Step:
    return replace(step, truth=all_of((step.truth, ask(step.condition))))
