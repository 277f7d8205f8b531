"""Job: HiGHS's own branch and bound on a handed-over problem, as HiGHS comes, until the gap or the limit.

python -m benchmarks.peers.highs_cold problem.npz 0.01 120
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from highspy import cb

from benchmarks.handover import Plain
from benchmarks.measure import Trace, cut_off

PHASES = (cb.HighsCallbackType.kCallbackMipImprovingSolution, cb.HighsCallbackType.kCallbackMipLogging)
"""When HiGHS tells how it stands."""


def main(path: str, gap: str, limit: str) -> None:
    """Report the trace of cost and bound over processor seconds."""
    plain = Plain.read(Path(path))
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, choice in (("output_flag", False), ("mip_rel_gap", float(gap))):
        highs.setOptionValue(name, choice)
    matrix = plain.matrix
    highs.passModel(
        len(plain.cost), len(plain.row_lower), matrix.nnz,
        int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), 0.0,
        plain.cost, plain.lower, plain.upper, plain.row_lower, plain.row_upper,
        matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data, plain.integer.astype(np.int32),
    )  # fmt: skip
    trace = Trace()

    def heard(_kind: Any, _text: str, told: Any, _reply: Any, _own: object) -> None:
        trace.note(told.mip_primal_bound, told.mip_dual_bound)

    highs.setCallback(heard, None)
    for kind in PHASES:
        highs.startCallback(kind)
    cut_off(float(limit))
    highs.run()
    told = highs.getInfo()
    trace.note(told.objective_function_value, told.mip_dual_bound)


if __name__ == "__main__":
    main(*sys.argv[1:])
