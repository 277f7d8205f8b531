"""What a plan can be asked for: least cost, all on time, most units by a date, the earliest surge.

Every objective is an edit of the programme and an aim of the model, so that each plan goes through the same search and is
replayed by the same checker, against the tables with what the objective added to them.
"""

from __future__ import annotations

from collections.abc import Callable

from outwork.model.programme import Programme
from outwork.plan.objectives import most, on_time, surge
from outwork.plan.options import Options
from outwork.plan.result import Result
from outwork.plan.run import DEFAULT, lengthened
from outwork.plan.run import run as least_cost
from outwork.solve.watch import Progress, Stop

Objective = Callable[[Programme, Options, Callable[[Progress], None] | None, Stop | None], Result]


def run(
    programme: Programme,
    options: Options = DEFAULT,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
) -> Result:
    """Return the best plan of a valid programme for the objective of the options, replayed by the independent checker.

    Args: progress is told how the search goes; stop ends it early with the best plan so far. Raises UnknownName where the
    objective counts an item that nobody wants, Unproven where the plan does not stand up to the replay.
    """
    of: dict[str, Objective] = {"cost": least_cost, "on time": on_time.run, "most": most.run, "surge": surge.run}
    return of[options.objective](lengthened(programme, options), options, progress, stop)
