"""How fast `plan` builds and searches, beside peers that do the same work in the same run.

    python -m benchmarks.plan                                  XS and S, five seeds, 60 CPU seconds for each search
    python -m benchmarks.plan --sizes M --seeds 1 --limit 600
    python -m benchmarks.plan --parts building

What each table measures, and why it is equal work: docs/why/benchmarks.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import ladder
from benchmarks.measure import Reading, job, machine, spread, table

BUILDERS = {"Outwork": "ours", "linopy, sparse": "linopy compact", "linopy": "linopy"}
SEARCHERS = {"Outwork": "", "HiGHS alone": "peers.highs_cold", "SCIP": "peers.scip"}
PARTS = ("building", "searching", "planning")
FIRST_GAP = 0.10
"""A plan counts as the first one once it is this close [1] to the best bound that any peer found; to leave everything
undelivered is a plan too, and takes no time."""
FIRST_SEED = 1000
"""Seeds from here on: nobody has tuned anything on them."""


@dataclass(frozen=True)
class Asked:
    """What to measure."""

    sizes: tuple[str, ...]
    seeds: tuple[int, ...]
    gap: float
    limit: float


@dataclass
class Runs:
    """The readings of one way on one size, seed by seed."""

    readings: list[Reading] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    proven: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked, parts = _asked(words)
    if not ladder.GENERATOR.exists():
        print(f"left out: the generator {ladder.GENERATOR.name} of ../shared/bench is absent")
        return
    print(machine("highspy", "linopy", "ortools", "numpy", "scipy"), flush=True)
    if "building" in parts:
        print("\nBuilding, CPU seconds from finished coefficients to a model in HiGHS (whole: from the tables)\n")
        print(building(asked), flush=True)
    if "searching" in parts:
        print(f"\nSearching, CPU seconds, each run cut off at {asked.limit:g} and then counted as that\n")
        print(searching(asked), flush=True)
    if "planning" in parts:
        print("\nPlanning, from tables to the checked plan by weeks\n")
        print(planning(asked), flush=True)


def building(asked: Asked) -> str:
    """Return the table of building."""
    rows: list[list[str]] = []
    for size in asked.sizes:
        found: dict[str, list[Reading]] = {name: [] for name in (*BUILDERS, "whole")}
        for seed in asked.seeds:
            for name, way in (*BUILDERS.items(), ("whole", "whole")):
                found[name].append(job("building", size, seed, way))
            _same([each[-1] for each in found.values()])
        rows.extend(_built(size, name, found) for name in found)
    return table(("size", "way", "variables", "rows", "coefficients", "CPU s", "times Outwork", "peak MiB"), rows)


def _built(size: str, name: str, found: dict[str, list[Reading]]) -> list[str]:
    own = [median(each.said["seconds"]) for each in found[name]]
    base = [median(each.said["seconds"]) for each in found["Outwork"]]
    counts = zip(*(each.said["counts"] for each in found[name]), strict=True)
    ratio = [mine / theirs for mine, theirs in zip(own, base, strict=True)]
    sizes = [f"{median(each):,.0f}" for each in counts]
    return [size, name, *sizes, spread(own, ".3f"), spread(ratio, ".1f"), spread([each.peak for each in found[name]], ".0f")]


def _same(readings: Sequence[Reading]) -> None:
    """Raise ValueError where two ways did not build the same model."""
    for each in readings[1:]:
        if each.said["counts"] != readings[0].said["counts"]:
            raise ValueError(
                f"unequal work: {each.said['counts']} and {readings[0].said['counts']} variables, rows, coefficients"
            )
        for mine, theirs in zip(each.said["sums"], readings[0].said["sums"], strict=True):
            if abs(mine - theirs) > 1e-6 * max(1.0, abs(theirs)):
                raise ValueError(f"unequal work: the models' sums are {mine} and {theirs}")


def searching(asked: Asked) -> str:
    """Return the table of searches."""
    rows: list[list[str]] = []
    with TemporaryDirectory() as folder:
        for size in asked.sizes:
            runs = {name: Runs() for name in SEARCHERS}
            for seed in asked.seeds:
                _race(asked, size, seed, Path(folder) / "problem.npz", runs)
            rows.extend(_searched(size, name, own, asked) for name, own in runs.items())
    head = (
        "size",
        "way",
        f"first plan ({FIRST_GAP:.0%})",
        f"proven {asked.gap:.1%}",
        "proven of",
        "gap in the end",
        "peak MiB",
    )
    return table(head, rows)


def _race(asked: Asked, size: str, seed: int, path: Path, runs: dict[str, Runs]) -> None:
    """Let every peer search the same model, and take down when each was where."""
    found = {"Outwork": job("searching", size, seed, asked.gap, asked.limit, path)}
    found |= {name: job(module, path, asked.gap, asked.limit) for name, module in SEARCHERS.items() if module}
    bounds = [each.trace[-1][3] for each in found.values() if each.trace]
    bound = max((each for each in bounds if each is not None), default=None)
    for name, reading in found.items():
        own = runs[name]
        own.readings.append(reading)
        own.first.append(_when(reading, bound, FIRST_GAP, asked.limit))
        own.proven.append(_proven(reading, asked))
        gap = _gap(*reading.trace[-1][2:]) if reading.trace else None
        own.gaps.append(float("inf") if gap is None else gap)


def _when(reading: Reading, bound: float | None, gap: float, limit: float) -> float:
    """Processor seconds at which a plan was so close to the bound; the limit where none was."""
    for seconds, _, cost, _ in reading.trace:
        reached = _gap(cost, bound)
        if seconds is not None and reached is not None and reached <= gap:
            return min(seconds, limit)
    return limit


def _proven(reading: Reading, asked: Asked) -> float:
    """Processor seconds at which a way had itself proven the gap asked for; the limit where it never did."""
    for seconds, _, cost, bound in reading.trace:
        reached = _gap(cost, bound)
        if seconds is not None and reached is not None and reached <= asked.gap * (1 + 1e-6):
            return min(seconds, asked.limit)
    return asked.limit


def _gap(cost: float | None, bound: float | None) -> float | None:
    """|cost - bound| / |cost| [1], as in Outwork's own outcome."""
    return None if cost is None or bound is None else abs(cost - bound) / max(abs(cost), 1e-9)


def _searched(size: str, name: str, own: Runs, asked: Asked) -> list[str]:
    done = sum(each < asked.limit for each in own.proven)
    known = [each for each in own.gaps if each < float("inf")]
    gaps = f"{median(known):.2%} (worst {max(known):.2%})" if known else "no bound"
    if known and len(known) < len(own.gaps):
        gaps += f", {len(own.gaps) - len(known)} without"
    peak = spread([each.peak for each in own.readings], ".0f")
    return [size, name, spread(own.first, ".1f"), spread(own.proven, ".1f"), f"{done} of {len(own.proven)}", gaps, peak]


def planning(asked: Asked) -> str:
    """Return the table of whole plans beside the greedy planner's."""
    rows = []
    for size in asked.sizes:
        found = [job("planning", size, seed, asked.gap, asked.limit) for seed in asked.seeds]
        said = [each.said for each in found]
        rows.append(
            [
                size,
                spread([each["seconds"] for each in said], ".1f"),
                spread([100 * gap for each in said if (gap := _gap(each["bucketed"], each["bound"])) is not None]),
                spread([100 * (each["cost"] / each["bucketed"] - 1) for each in said if each["cost"] is not None]),
                spread([each["greedy"] / each["cost"] for each in said if each["greedy"] is not None]),
                spread([each.peak for each in found], ".0f"),
            ]
        )
    head = ("size", "CPU s", "gap, %", "by weeks dearer than in buckets, %", "greedy costs times", "peak MiB")
    return table(head, rows)


def _asked(words: Sequence[str] | None) -> tuple[Asked, list[str]]:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.plan", description=__doc__.splitlines()[0])
    reader.add_argument("--sizes", nargs="+", choices=ladder.SIZES, default=["XS", "S"])
    reader.add_argument("--seeds", type=int, default=5, help="how many")
    reader.add_argument("--gap", type=float, default=0.01, help="to be proven")
    reader.add_argument("--limit", type=float, default=60.0, help="CPU seconds of one search")
    reader.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    given = reader.parse_args(words)
    seeds = tuple(range(FIRST_SEED, FIRST_SEED + given.seeds))
    return Asked(tuple(given.sizes), seeds, given.gap, given.limit), given.parts


if __name__ == "__main__":
    main()
