"""What questions are worth, and in which order they are asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.made_up_fields import Size, field
from outwork.match.consortium.cheapest import cheapest
from outwork.match.consortium.draft import wanted
from outwork.match.consortium.enquiries import Worth, opened, worth
from outwork.match.consortium.field import Field, Questions
from outwork.match.consortium.wish import Wish

SIZE = Size(operations=5, sites=6, chance=0.6, repaired=0.2, asked=0.4)


def asked(own: Field) -> tuple[Worth, ...]:
    base, best = (cheapest(own, wanted(own, Wish(), level)) for level in ("repairs", "answers"))
    return worth(own, base, best, wanted(own, Wish(), "repairs"))


def waiting(own: Field, waits: list[tuple[int, int]], sites: list[int]) -> Field:
    """Return the field in which pairs wait for questions as told, and for no other."""
    count = len(sites)
    words = ("material",) * count
    pair, question = (np.array(each, np.int64) for each in zip(*waits, strict=True))
    names = tuple(f"question {k}" for k in range(count))
    return replace(own, questions=Questions(names, np.array(sites), np.full(count, -1), words, words, pair, question))


@pytest.mark.parametrize("seed", range(5))
def test_a_gain_is_what_solving_with_the_answers_brings(seed: int) -> None:
    own = field(seed, SIZE)
    ask = wanted(own, Wish(), "repairs")
    base = cheapest(own, ask)
    for each in asked(own):
        if each.best is None:
            continue
        other = cheapest(own, replace(ask, open=opened(own, ask, each.best.asked)))
        assert other is not None
        if base is None:
            assert each.best.opens
        else:
            assert each.best.gain == pytest.approx(base.cost - other.cost)


@pytest.mark.parametrize("seed", range(5))
def test_questions_come_by_the_gain_for_each_question(seed: int) -> None:
    gains = [0.0 if each.best is None else (each.best.gain or 0.0) / len(each.best.asked) for each in asked(field(seed, SIZE))]
    assert gains == pytest.approx(sorted(gains, reverse=True))


def test_a_pair_that_waits_for_two_answers_is_worth_asking_both() -> None:
    own = field(1, replace(SIZE, asked=0.0, repaired=0.0))
    first = cheapest(own, wanted(own, Wish(), "known"))
    assert first is not None
    pair = int(first.pairs[0])
    told = asked(waiting(own, [(pair, 0), (pair, 1)], [int(own.site[pair])] * 2))
    assert [each.best is not None and each.best.asked for each in told] == [{0, 1}, {0, 1}]


def test_a_question_without_whose_answer_there_is_no_consortium_opens_one() -> None:
    own = field(1, replace(SIZE, asked=0.0, repaired=0.0))
    blocked = np.flatnonzero(own.operation == 0)
    told = asked(waiting(own, [(int(pair), 0) for pair in blocked], [0]))
    assert told[0].best is not None
    assert told[0].best.opens
    assert told[0].best.gain is None


def test_what_only_the_designer_knows_comes_first_where_there_is_no_consortium() -> None:
    own = field(1, replace(SIZE, asked=0.0, repaired=0.0))
    first, second = np.flatnonzero(own.operation == 0), np.flatnonzero(own.operation == 1)
    waits = [(int(pair), 0) for pair in first] + [(int(pair), 1) for pair in second]
    told = asked(waiting(own, waits, [0, -1]))
    assert [each.question for each in told] == [1, 0]
    assert all(each.best is None and each.wanted for each in told)
