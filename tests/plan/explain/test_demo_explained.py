"""The first remedy of the example programme, made by hand, brings the days that it promises."""

from __future__ import annotations

import pytest

from outwork import plan
from outwork.cli.demo import example
from outwork.plan.answer.pegging import pegging
from outwork.plan.build import formulate
from outwork.plan.explain.demands import held_back
from outwork.plan.network import Network
from outwork.plan.run import unfold
from outwork.plan.search import search
from outwork.plan.search.board import Board
from outwork.plan.solved import Solved

pytestmark = pytest.mark.soak


def test_the_first_remedies_of_the_example_bring_what_they_promise() -> None:
    programme, options = example(), plan.Options(limit=300)
    formulation = formulate(Network.of(programme))
    board = Board(options.gap, options.limit)
    fine, x = unfold(formulation, search(formulation, options, board), options, board)
    solved = Solved.of(programme, fine, x)
    assert solved is not None
    helped = [each for each in held_back(solved, pegging(fine, x), options, 600) if each.helping and each.helping[0].steps > 0]
    assert helped
    first = max(helped, key=lambda each: each.helping[0].steps)
    remedy, name = first.helping[0], solved.network.wishes.names.names[first.demand]
    after = plan.run(remedy.edit.apply(programme), plan.Options(limit=300, explain=False)).tables["promises"]
    assert after.filter(demand=name)["complete"][0] <= solved.network.horizon.day(remedy.fate.last)
