"""A plan over steps, ready to be asked why it is as it is and what a change would do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.model.axis import Array
from outwork.model.programme import Programme
from outwork.plan.build import Formulation
from outwork.plan.network import Network
from outwork.plan.search.rounding import fixed_whole
from outwork.solve.again import Session
from outwork.solve.answer import Answer
from outwork.solve.blocks import Problem
from outwork.solve.options import Options


@dataclass(frozen=True, eq=False)
class Solved:
    """A plan with the prices of everything that holds it back.

    Args: formulation, over steps; x [variable], the plan; problem, linear, with everything that has to be whole fixed as
    the plan has it; answer, its best answer with duals; session, which holds it and solves it again after small changes.
    """

    programme: Programme
    formulation: Formulation
    x: Array
    problem: Problem
    answer: Answer
    session: Session

    @property
    def network(self) -> Network:
        """The programme in arrays."""
        return self.formulation.network

    @classmethod
    def of(
        cls, programme: Programme, formulation: Formulation, x: Array, limit: float | None = None, held: Session | None = None
    ) -> Solved | None:
        """Return the plan `x` with its prices; None where they were not found within `limit` seconds.

        Args: held, a session that has solved the like and that nobody else goes on with.
        """
        problem = _unbarred(fixed_whole(formulation.problem, x), x)
        session = (held or Session()).handed(Options(limit=limit))
        answer = session.run(problem)
        if answer.x is None or answer.dual is None:
            return None
        return cls(programme, formulation, x, problem, answer, session)


def _unbarred(problem: Problem, x: Array) -> Problem:
    """Return the problem without the rows that bar what rests on a licence, where the plan applies for it.

    All that such a row still says is said by caps and demands; beside them it would take part of their price.
    """
    rows, applied = problem.rows["covered"].slice, problem.variables["applied"].slice
    if not problem.rows["covered"].size:
        return problem
    barred = np.asarray(problem.matrix[rows][:, applied] @ np.round(x[applied])) >= 0
    upper = problem.row_upper.copy()
    upper[rows] = np.where(barred, upper[rows], np.inf)
    return problem.limited(problem.row_lower, upper)
