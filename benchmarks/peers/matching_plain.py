"""The same match as a plain loop in Python over rows, for some of the operations.

python -m benchmarks.peers.matching_plain 1000 10000 60000 1000 10
"""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.measure import Lap, tell
from benchmarks.peers.matching_case import IMPLIED, START, Tree, answers, world

Row = dict[str, Any]
BITS = (1, 2, 4, 8, 16, 32, 64, 256)
MET, UNKNOWN, FAILED = 0, 1, 2


def main(words: list[str]) -> None:
    """Tell the seconds for some of the operations, and the answers for them."""
    *size, some = map(int, words)
    made = world(*size)
    operations = made.operations.rows(named=True)
    wanted = operations[:: max(1, len(operations) // some)][:some]
    sites = {row["site"]: (row["complete"], [], {}) for row in made.sites.iter_rows(named=True)}
    for row in made.machines.rows(named=True):
        row["edges"] = [row[f"envelope_{edge}"] for edge in "xyz"]
        row["above"] = Tree().ancestors(row["process"])
        sites[row["site"]][1].append(row)
    for site, scheme, until in made.certificates.iter_rows():
        for name in filter(None, (scheme, IMPLIED.get(scheme))):
            held = sites[site][2]
            held[name] = max(until, held.get(name, until))
    lap = Lap()
    found = [(row["operation"], site, *bits) for row in wanted for site, own in sites.items() if (bits := pair(row, *own))]
    tell(seconds=lap(), asked=len(wanted) * len(sites))
    tell(**answers(dict(zip(("operation", "site", "failed", "unknown"), zip(*found, strict=True), strict=True))))


def pair(operation: Row, complete: bool, machines: list[Row], papers: Row) -> tuple[int, int] | None:  # noqa: FBT001 - a cell
    """Return the needs that failed and are unknown, as bits; None where more than one failed."""
    above = Tree().ancestors(operation["process"])
    best = None
    for machine in machines:
        process = related(operation["process"], above, machine)
        if process != FAILED:
            states = (process, *of_machine(operation, machine))
            rank = (states.count(FAILED), states.count(UNKNOWN), -machine["hours"], machine["resource"])
            if best is None or rank < best[0]:
                best = (rank, states)
    if best is None and complete:
        return None
    paper = max((of_paper(scheme, complete, papers) for scheme in operation["schemes"]), default=MET)
    states = bare(operation) if best is None else best[1]
    failed = sum(bit for bit, state in zip(BITS, states, strict=True) if state == FAILED) + 128 * (paper == FAILED)
    unknown = sum(bit for bit, state in zip(BITS, states, strict=True) if state == UNKNOWN) + 128 * (paper == UNKNOWN)
    return (failed, unknown) if failed.bit_count() <= 1 else None


def related(want: str, above: tuple[str, ...], machine: Row) -> int:
    """Return how a machine's process stands to the wanted one."""
    if machine["process"] == want or want in machine["above"]:
        return MET
    return UNKNOWN if machine["process"] in above else FAILED


def of_machine(operation: Row, machine: Row) -> tuple[int, ...]:
    """Return the states of material, envelope, tolerance, mass, class, batch and hours."""
    other = machine["standard"] != operation["standard"]
    return (
        state(operation["material"], machine["materials"], lambda wish, held: wish in held),
        envelope(operation, machine["edges"]),
        state(operation["tolerance"], machine["tolerance"], lambda wish, held: held <= wish),
        state(operation["mass"], machine["mass"], lambda wish, held: held >= wish),
        state(operation["standard"], None if other else machine["rank"], lambda _, held: held >= operation["rank"]),
        batch(operation["batch"], machine["batch_least"], machine["batch_most"]),
        MET if machine["hours"] > 0 else FAILED,
    )


def state(wish: Any, held: Any, enough: Any) -> int:
    """Return the state of one need."""
    if wish is None:
        return MET
    if held is None:
        return UNKNOWN
    return MET if enough(wish, held) else FAILED


def envelope(operation: Row, edges: list[float | None]) -> int:
    """Return whether the part fits, turned by right angles."""
    part = sorted((edge for name in "xyz" if (edge := operation[f"envelope_{name}"]) is not None), reverse=True)
    for blank, good in ((0.0, MET), (float("inf"), UNKNOWN)):
        box = sorted((blank if edge is None else edge for edge in edges), reverse=True)
        if all(length <= edge for length, edge in zip(part, box, strict=False)):
            return good
    return FAILED


def batch(wish: float | None, least: float | None, most: float | None) -> int:
    """Return whether an order is neither too small nor too large."""
    if wish is None:
        return MET
    if (least is not None and wish < least) or (most is not None and wish > most):
        return FAILED
    return UNKNOWN if least is None or most is None else MET


def of_paper(scheme: str, complete: bool, papers: Row) -> int:  # noqa: FBT001 - a cell
    """Return the state of one certificate."""
    if scheme not in papers:
        return FAILED if complete else UNKNOWN
    return MET if papers[scheme] >= START else FAILED


def bare(operation: Row) -> tuple[int, ...]:
    """Return the states at a site that offers nothing for the process and may have more than it says."""
    edges = [operation[f"envelope_{edge}"] for edge in "xyz"]
    asked = (operation["material"], next((edge for edge in edges if edge), None),
             *(operation[name] for name in ("tolerance", "mass", "standard", "batch")))  # fmt: skip
    return (UNKNOWN, *(MET if wish is None else UNKNOWN for wish in asked), UNKNOWN)


if __name__ == "__main__":
    main(sys.argv[1:])
