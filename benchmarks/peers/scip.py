"""Job: SCIP, as OR-Tools brings it, on a handed-over problem, until the gap or the limit.

    python -m benchmarks.peers.scip problem.npz 0.01 120

highspy must not be loaded here: both bring a HiGHS, and the second one fails to load. OR-Tools is handed its model as the
message that its own Python classes would fill cell by cell.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from benchmarks.handover import Plain
from benchmarks.measure import Trace, cut_off


def main(path: str, gap: str, limit: str) -> None:
    """Report where cost and bound stand in the end; OR-Tools tells nothing of SCIP's way there."""
    model = mathopt.Model.from_model_proto(message(Plain.read(Path(path))))
    asked = mathopt.SolveParameters(relative_gap_tolerance=float(gap))
    trace = Trace()
    cut_off(float(limit))
    found = mathopt.solve(model, mathopt.SolverType.GSCIP, params=asked).termination.objective_bounds
    trace.note(found.primal_bound, found.dual_bound)


def message(plain: Plain) -> model_pb2.ModelProto:
    """Return the problem as OR-Tools' message, coefficients by row."""
    told = model_pb2.ModelProto()
    told.variables.ids.extend(range(len(plain.cost)))
    told.variables.lower_bounds.extend(plain.lower)
    told.variables.upper_bounds.extend(plain.upper)
    told.variables.integers.extend(plain.integer.tolist())
    priced = np.flatnonzero(plain.cost)
    told.objective.linear_coefficients.ids.extend(priced.tolist())
    told.objective.linear_coefficients.values.extend(plain.cost[priced])
    told.linear_constraints.ids.extend(range(len(plain.row_lower)))
    told.linear_constraints.lower_bounds.extend(plain.row_lower)
    told.linear_constraints.upper_bounds.extend(plain.row_upper)
    by_row = plain.matrix.tocsr()
    by_row.sort_indices()
    entries = by_row.tocoo()
    told.linear_constraint_matrix.row_ids.extend(entries.row.tolist())
    told.linear_constraint_matrix.column_ids.extend(entries.col.tolist())
    told.linear_constraint_matrix.coefficients.extend(entries.data)
    return told


if __name__ == "__main__":
    main(*sys.argv[1:])
