"""The model of a plan: named blocks of variables and one function for every family of constraints."""

from __future__ import annotations

from dataclasses import dataclass

from outwork.model.axis import Array
from outwork.plan.build import capacity, commitments, licensing, material, moving, qualification, wanted
from outwork.plan.build.aim import COST, Aim
from outwork.plan.build.draft import Draft
from outwork.plan.build.spans import Spans
from outwork.plan.network import Network
from outwork.solve.blocks import Problem

VARIABLES = (
    material.make, material.take, material.buy, material.ship, material.stock, wanted.deliver, wanted.direct, wanted.short,
    qualification.started, qualification.setup, capacity.work, moving.ordered, moving.trips, licensing.applied,
)  # fmt: skip
CONSTRAINTS = (
    material.balance, capacity.pools, capacity.capacity, qualification.ramp, qualification.starts, moving.lane_capacity,
    moving.licences, licensing.covered, licensing.taught, wanted.shares, commitments.fix,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Formulation:
    """A problem, and what its variables stand for."""

    problem: Problem
    draft: Draft
    aim: Aim
    money: Array
    """What a unit of every variable costs by the tables, whatever the aim. [variable] in EUR."""

    @property
    def network(self) -> Network:
        """The programme in arrays."""
        return self.draft.network

    @property
    def spans(self) -> dict[str, Spans]:
        """Where in time the variables of a block live."""
        return self.draft.spans


def formulate(network: Network, aim: Aim = COST) -> Formulation:
    """Build the model of the network over the buckets of its horizon, turned towards the aim."""
    draft = Draft(network)
    for part in (*VARIABLES, *CONSTRAINTS, *aim.parts):
        part(draft)
    problem = draft.model.freeze()
    money = problem.cost
    for turn in aim.turns:
        problem = turn(problem, draft)
    return Formulation(problem, draft, aim, money)
