"""Job: HiGHS's own branch and bound on a handed-over problem, as HiGHS comes, until the gap or the limit.

    python -m benchmarks.peers.highs_cold problem.npz 0.01 120
"""

from __future__ import annotations

import sys
from pathlib import Path

import highspy
import numpy as np

from benchmarks.handover import Plain
from benchmarks.measure import Lap, report


def main(path: str, gap: str, limit: str) -> None:
    """Report processor seconds of the solve, cost and bound."""
    plain = Plain.read(Path(path))
    highs = highspy.Highs()
    for name, choice in (("output_flag", False), ("mip_rel_gap", float(gap)), ("time_limit", float(limit))):
        highs.setOptionValue(name, choice)
    matrix = plain.matrix
    highs.passModel(
        len(plain.cost), len(plain.row_lower), matrix.nnz,
        int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), 0.0,
        plain.cost, plain.lower, plain.upper, plain.row_lower, plain.row_upper,
        matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data, plain.integer.astype(np.int32),
    )  # fmt: skip
    lap = Lap()
    highs.run()
    told = highs.getInfo()
    report(seconds=lap(), cost=told.objective_function_value, bound=told.mip_dual_bound)


if __name__ == "__main__":
    main(*sys.argv[1:])
