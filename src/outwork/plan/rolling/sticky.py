"""A price on change: what a plan does otherwise than the last one costs by the value that it moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from outwork.model.axis import Array, Mask
from outwork.plan.build.aim import Aim
from outwork.plan.build.draft import Draft
from outwork.plan.rolling.earlier import Earlier, Tables, begun, earlier
from outwork.solve.blocks import Problem

BLOCKS: Final = ("make", "buy", "deliver")
"""What is compared with the last plan, by site, supplier or demand and by time; what moves is missing here, and more there."""


@dataclass(frozen=True, eq=False)
class Change:
    """The price of moving away from the last plan.

    For make, buy and deliver (value of the item, or price of the offer, in EUR/unit), with L of the last plan:

        price / 2 * value * |x - L|  =  price / 2 * value * (x - L + 2 * less),   x + less >= L,  less >= 0     [EUR]

    For qualifications, price * fee for each that is begun and was not, and for each that is not begun on its date.
    """

    last: Tables
    price: float
    """EUR for each EUR of value moved [1]."""

    @property
    def aim(self) -> Aim:
        """The aim that prices change."""
        kept = "the last plan is kept, because change has its price"
        return Aim((self.rows,), (self.priced,), says={f"last {name}": kept for name in BLOCKS})

    def rows(self, draft: Draft) -> None:
        """less[x] >= 0: units that the plan makes or buys less than the last one; x + less >= L."""
        for name in BLOCKS:
            was = earlier(draft, self.last, name)
            member = draft.spans[name].member[was.variable]
            draft.plain(f"less {name}", "member", member)
            draft.limit(f"last {name}", {"member": member}, lower=was.quantity)
            own = np.arange(len(member))
            draft.add(f"last {name}", own, name, was.variable)
            draft.add(f"last {name}", own, f"less {name}", own)

    def priced(self, problem: Problem, draft: Draft) -> Problem:
        """Return the problem with the price of change on top of its cost."""
        cost, constant = problem.cost.copy(), problem.constant
        for name in BLOCKS:
            was = earlier(draft, self.last, name)
            member, half = draft.spans[name].member, self.price / 2 * _value(draft, name)
            cost[problem.variables[name].slice] += half[member]
            cost[problem.variables[f"less {name}"].slice] += 2 * half[member[was.variable]]
            constant += _constant(was, half, half[member[was.variable]])
        more, base = self._qualifying(draft)
        cost[problem.variables["started"].slice] += more
        return replace(problem, cost=cost, constant=constant + base)

    def _qualifying(self, draft: Draft) -> tuple[Array, float]:
        """Return the price of started, which is cumulative, and what the last plan's starts cost where nothing is begun."""
        making = draft.network.making
        kept = begun(draft.network, self.last)
        cost = np.zeros(len(making.start_pair))
        fee = self.price * making.fee[making.start_pair]
        cost[kept] -= fee[kept]
        follows = kept[(kept > 0)]
        follows = follows[making.start_pair[follows] == making.start_pair[follows - 1]]
        cost[follows - 1] += fee[follows]
        last = np.r_[making.start_pair[1:] != making.start_pair[:-1], True] if len(cost) else np.empty(0, bool)
        new = last & ~np.isin(making.start_pair, making.start_pair[kept]) & ~_history(draft)
        cost[new] += fee[new]
        return cost, float(fee[kept].sum())


def _history(draft: Draft) -> Mask:
    """Mark the starts of pairs whose qualification is decided. [start]."""
    making = draft.network.making
    return np.isin(making.start_pair, making.start_pair[making.start_fixed])


def _value(draft: Draft, name: str) -> Array:
    """Return the value of a unit of every member of a block. [member] in EUR/unit."""
    network = draft.network
    of = {
        "make": network.value[network.making.item],
        "buy": network.offers.price,
        "deliver": network.value[network.wishes.item],
    }
    return of[name]


def _constant(was: Earlier, half: Array, here: Array) -> float:
    """Return what is fixed: L counts against what is there, and in full for what can no longer be done."""
    return float((half[was.lost] * was.lost_quantity).sum() - (here * was.quantity).sum())
