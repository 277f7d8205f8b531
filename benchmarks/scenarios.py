"""Sixteen scenarios of one programme, one after another and side by side on two processes: the same bounds in less time.

    python -m benchmarks.scenarios                XS, sixteen scenarios, five rounds
    python -m benchmarks.scenarios --rounds 1

A scenario takes some of the spare hours of every week away, and asks what the best plan could cost at least: the model is
built, relaxed, and its bound certified. Both ways take the very same programmes, take turns round by round, and must give
equal bounds. The processes are started anew in every round and their start-up counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import polars as pl

from benchmarks import ladder
from benchmarks.measure import machine, spread
from outwork.model.programme import Programme
from outwork.plan.bound import certify
from outwork.plan.build import formulate
from outwork.plan.network import Network
from outwork.solve.options import Options
from outwork.solve.run import run

SCENARIOS = 16
PROCESSES = 2
SEED = 1000


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print the wall time of both ways, and their ratio."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.scenarios")
    reader.add_argument("--size", default="XS")
    reader.add_argument("--rounds", type=int, default=5)
    given = reader.parse_args(words)
    if not ladder.GENERATOR.exists():
        print(f"left out: the generator {ladder.GENERATOR.name} of ../shared/bench is absent")
        return
    print(machine("highspy"), flush=True)
    shocked = [scenario(given.size, number) for number in range(SCENARIOS)]
    ratios = []
    for _ in range(given.rounds):
        alone, bounds = one_by_one(shocked)
        together, again = side_by_side(shocked)
        if bounds != again:
            raise SystemExit("the two ways do not agree")
        ratios.append(alone / together)
        print(f"one by one {alone:.1f} s, {PROCESSES} processes {together:.1f} s", flush=True)
    print(f"{SCENARIOS} scenarios of {given.size} on {PROCESSES} processes: {spread(ratios)} times as fast")


def scenario(size: str, number: int) -> Programme:
    """Return the programme of a size in which every week has lost some of its hours. Args: number of the scenario."""
    base = ladder.programme(size, SEED)
    left = 1.0 - 0.01 * number
    return base.replace(calendar=base["calendar"].with_columns(pl.col("hours") * left))


def least(programme: Programme) -> float:
    """Return what the programme's plan in buckets costs at least [EUR], as the certificate has it."""
    formulation = formulate(Network.of(programme))
    answer = run(formulation.problem.relaxed(), Options(method="ipm"))
    if answer.dual is None:
        raise SystemExit(f"a scenario was not solved: {answer.status}")
    return certify(formulation, answer.dual).bound


def one_by_one(programmes: Sequence[Programme]) -> tuple[float, list[float]]:
    """Return wall seconds and bounds [EUR], planned one after another in this process."""
    began = time.perf_counter()
    bounds = [least(each) for each in programmes]
    return time.perf_counter() - began, bounds


def side_by_side(programmes: Sequence[Programme]) -> tuple[float, list[float]]:
    """Return wall seconds and bounds [EUR], planned by fresh processes side by side."""
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        bounds = list(pool.map(least, programmes))
    return time.perf_counter() - began, bounds


if __name__ == "__main__":
    main()
