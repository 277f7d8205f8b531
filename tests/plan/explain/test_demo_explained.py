"""What the example programme's reasons promise is what planning the changed tables again brings."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from outwork import plan
from outwork.cli.demo import example
from outwork.plan.answer.pegging import pegging
from outwork.plan.build import formulate
from outwork.plan.carry import carry
from outwork.plan.explain.demands import held_back
from outwork.plan.network import Network
from outwork.plan.search import search
from outwork.plan.search.board import Board
from outwork.plan.solved import Solved
from outwork.solve.watch import Stop

pytestmark = pytest.mark.soak


def test_the_first_remedies_of_the_example_bring_what_they_promise() -> None:
    programme, options = example(), plan.Options(limit=300)
    formulation = formulate(Network.of(programme))
    board = Board(options.gap, options.limit)
    decided = search(formulation, options, board).x
    assert decided is not None
    carried = carry(programme, formulation, decided, options, Stop())
    fine, x = carried.formulation, carried.x
    solved = Solved.of(programme, fine, x)
    assert solved is not None
    helped = [each for each in held_back(solved, pegging(fine, x), options, 600) if each.helping and each.helping[0].steps > 0]
    assert helped
    first = max(helped, key=lambda each: each.helping[0].steps)
    remedy, name = first.helping[0], solved.network.wishes.names.names[first.demand]
    after = plan.run(remedy.edit.apply(programme), plan.Options(limit=300, explain=False)).tables["promises"]
    assert after.filter(demand=name)["complete"][0] <= solved.network.horizon.day(remedy.fate.last)


def test_the_licence_of_the_example_delays_its_demand_by_no_more_than_is_told() -> None:
    programme, options = example(), plan.Options(limit=300, remedies=0)
    before = plan.run(programme, options)
    row = before.tables["applications"].filter(licence="PL-E-117").row(0, named=True)
    month = pl.when(pl.col("licence") == "PL-E-117").then(pl.lit(row["apply_on"] + timedelta(days=28))).otherwise("apply_from")
    later = programme.replace(licences=programme["licences"].with_columns(apply_from=month))
    after = plan.run(later, plan.Options(limit=300, explain=False))
    ends = [each.tables["promises"].filter(demand="ua-lapwing")["complete"][0] for each in (before, after)]
    costs = [each.outcome.cost for each in (before, after)]
    assert ends[0] < ends[1]
    assert costs[0] is not None
    assert costs[1] is not None
    # Each plan is within a hundredth of the best in its own buckets; the worth is found around the first one's decisions.
    assert 0 < costs[1] - costs[0] <= row["month_later"] + options.gap * costs[0]
    (told,) = [each for each in before.why if each.code == "licence" and "PL-E-117" in each.sentence]
    assert "ua-lapwing is complete" in told.sentence
