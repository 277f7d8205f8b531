"""The questions worth asking next, ranked by what the best consortium could gain from the answers.

A pair waits for a set of questions, and only all of them together open it. So sets are valued, and a question is worth the
best of the sets to which it belongs, spread over the questions of the set. What a set could bring is bounded first by the
linear problem, solved again from its last basis; branch and bound then looks at those that could bring most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Final

import numpy as np

from outwork.match.consortium.build import build, usable
from outwork.match.consortium.cheapest import cheapest, possible
from outwork.match.consortium.draft import Ask
from outwork.match.consortium.field import Field
from outwork.match.consortium.found import Found
from outwork.model.axis import Mask
from outwork.solve.again import Session
from outwork.solve.options import Options

Asked = frozenset[int]
"""Questions that are asked together, by their positions."""

LEAST: Final = 0.5
"""EUR below which a gain is none."""

LOOKED_AT: Final = 24
"""Sets of questions that are valued by branch and bound, those that the linear problem promises most of."""


@dataclass(frozen=True)
class Value:
    """What the best answers to a set of questions would bring: EUR, or that there would be a consortium at all."""

    asked: Asked
    gain: float | None
    opens: bool = False

    @property
    def rank(self) -> tuple[bool, float, int, list[int]]:
        """What comes first: opening one, then the gain for each question, then few questions."""
        return (not self.opens, -round((self.gain or 0.0) / len(self.asked), 2), len(self.asked), sorted(self.asked))


@dataclass(frozen=True)
class Worth:
    """A question and what its answer could bring.

    Args: question, its position; candidates, pairs that wait for it; best, the best set to which it belongs, None where none
    of them brings anything or was looked at; wanted, whether the best consortium of all, with every answer at its best, waits
    for it.
    """

    question: int
    candidates: int
    best: Value | None
    wanted: bool


def worth(field: Field, base: Found | None, best: Found | None, ask: Ask, most: int = LOOKED_AT) -> tuple[Worth, ...]:
    """Return every question with what its answer could bring, the best first.

    Where there is no consortium as yet, what only the designer knows comes first: without it nobody can be asked. Then the
    questions by the best set to which they belong, then those for which the best consortium of all waits, then those for which
    most pairs wait, then by name.

    Args: base, the best consortium without answers, None where there is none; best, that with all answers at their best; ask,
    that of base; most, sets of questions that are looked at.
    """
    values, names = valued(field, base, ask, most), field.questions.names
    waiting = np.bincount(field.questions.question, minlength=len(names))
    wanted = set[int]() if best is None else set(field.questions.question[best.used[field.questions.pair]].tolist())

    def place(each: Worth) -> tuple[object, ...]:
        blocks = base is None and field.questions.site[each.question] < 0
        brings = (True,) if each.best is None else (False, *each.best.rank[:3])
        return (not blocks, brings, not each.wanted, -each.candidates, names[each.question])

    found = []
    for question in range(len(names)):
        sets = [value for value in values if question in value.asked]
        best_set = min(sets, key=lambda value: value.rank, default=None)
        found.append(Worth(question, int(waiting[question]), best_set, question in wanted))
    return tuple(sorted(found, key=place))


def valued(field: Field, base: Found | None, ask: Ask, most: int = LOOKED_AT) -> tuple[Value, ...]:
    """Return the sets of questions that bring something, of those that were looked at; see worth."""
    found = []
    for asked in _promising(field, ask)[:most]:
        other = cheapest(field, replace(ask, open=opened(field, ask, asked)))
        if other is None:
            continue
        if base is None:
            found.append(Value(asked, None, opens=True))
        elif base.cost - other.cost > LEAST:
            found.append(Value(asked, base.cost - other.cost))
    return tuple(found)


def opened(field: Field, ask: Ask, asked: Asked) -> Mask:
    """Return the pairs of an ask and those that wait for no question but those of a set. [pair]."""
    pairs = ask.open.copy()
    for questions, waiting in field.waiting.items():
        if questions <= asked:
            pairs[waiting] = True
    return pairs


def _promising(field: Field, ask: Ask) -> list[Asked]:
    """Return the sets of questions for which pairs wait and that could lead to a consortium, the most promising first."""
    sets = sorted(field.waiting, key=sorted)
    able = [each for each in sets if possible(field, replace(ask, open=opened(field, ask, each)))]
    bound = dict(zip(able, _bounds(field, ask, able), strict=True))
    return sorted(able, key=lambda each: (round(bound[each], 2), len(each), sorted(each)))


def _bounds(field: Field, ask: Ask, sets: list[Asked]) -> Iterator[float]:
    """Yield for each set a cost [EUR] below which no consortium comes with it: the linear problem, time left out."""
    free = replace(ask, days=inf)
    problem = build(field, free).relaxed()
    use = problem.variables["use"].slice
    session = Session(Options(method="simplex"))
    for asked in sets:
        upper = problem.upper.copy()
        upper[use] = usable(field, replace(free, open=opened(field, ask, asked)))
        answer = session.run(problem.bounded(problem.lower, upper))
        yield inf if answer.objective is None else answer.objective
