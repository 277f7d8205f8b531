"""The independent checker: replays a plan from the tables and refuses one that makes from nothing.

It is written from `docs/reference/meaning.md` alone and shares nothing with what builds plans.

    replay = check(programme, plan)
    for breach in replay.breaches:
        print(breach)
"""

from outwork.plan.replay.breach import TOLERANCE, Breach, Code
from outwork.plan.replay.money import Cost
from outwork.plan.replay.replay import Replay, check

__all__ = ["TOLERANCE", "Breach", "Code", "Cost", "Replay", "check"]
