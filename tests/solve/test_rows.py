from dataclasses import dataclass

import numpy as np
import pytest

from outwork.model.errors import UnknownName
from outwork.solve.blocks import Block, Model
from outwork.solve.rows import Added, Blocks, Rows, Terms, add, published
from outwork.solve.run import run


@dataclass(frozen=True)
class Budget:
    """Whatever is bought in a period is paid from that period's money. A verb that knows nothing of the plan but names."""

    money: float
    name: str = "budget"

    def over(self, blocks: Blocks) -> Added:
        buy = published(blocks, "buy")
        return Added({"bucket": [0, 1]}, (Terms(buy.keys["bucket"], buy, np.arange(buy.size), 10.0),), upper=self.money)


def plan(*also: Rows) -> tuple[float, tuple[Block, ...]]:
    """Buy as much as can be, in two periods, at most 5 of each of two things."""
    model = Model()
    buy = model.variables("buy", {"item": [0, 0, 1, 1], "bucket": [0, 1, 0, 1]}, cost=-1, upper=5)
    added = add(model, also, {"buy": buy})
    return run(model.freeze()).objective, added


def test_rows_that_another_verb_offers_hold_in_the_plan() -> None:
    assert plan()[0] == pytest.approx(-20)
    cost, added = plan(Budget(30.0))
    assert cost == pytest.approx(-6)
    assert [(block.name, block.size) for block in added] == [("budget", 2)]


def test_two_offers_stand_side_by_side() -> None:
    assert plan(Budget(30.0), Budget(20.0, "other budget"))[0] == pytest.approx(-4)


def test_a_block_that_is_not_published_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match="no variables 'buy' are published; there are make, ship"):
        Budget(1.0).over({"ship": Block("ship", 0, 0, {}), "make": Block("make", 0, 0, {})})
