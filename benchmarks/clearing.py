"""Clearing 200 rules x 1,000 items x 200 lanes with every step that was tried, against engines that answer yes or no.

    python -m benchmarks.clearing                            200 rules, 1,000 items, 200 lanes, five seeds
    python -m benchmarks.clearing --items 100 --seeds 1

Ours answers for every item on every lane what each jurisdiction says of it, with each provision that was tried, its truth,
its citation and the facts that it used; where facts are missing it would say which. Cedar (cedarpy) and a plain evaluator in
Python answer the same question with yes or no. The peers are asked about some of the lanes and counted up, since each decision
costs them the same; their answers are compared with ours one by one, and a difference ends the benchmark. Reading and parsing
the rules does not count for anybody.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from statistics import median
from typing import Final

from benchmarks.measure import Reading, job, machine, spread, table

SOME: Final = 10
"""Lanes of which the peers are asked."""
PEERS: Final = {"cedarpy": "peers.clearing_cedar", "plain Python": "peers.clearing_plain"}


def main(words: Sequence[str] | None = None) -> None:
    """Print what each takes for a decision, and the ratios."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.clearing")
    for name, most in (("rules", 200), ("items", 1000), ("lanes", 200), ("seeds", 5)):
        reader.add_argument(f"--{name}", type=int, default=most)
    given = reader.parse_args(words)
    size = (given.rules, given.items, given.lanes)
    some = min(SOME, given.lanes)
    print(machine("numpy", "cedarpy"), flush=True)
    ours: list[Reading] = []
    theirs: dict[str, list[Reading]] = {name: [] for name in PEERS}
    for seed in range(1000, 1000 + given.seeds):
        ours.append(job("clearing_ours", *size, seed))
        for name, module in PEERS.items():
            theirs[name].append(job(module, *size, seed, some))
            refuse_difference(ours[-1], theirs[name][-1], given.lanes, some)
    rows = [_row("outwork, with full traces", ours), *(_row(name, readings) for name, readings in theirs.items())]
    print(table(("", "decisions", "CPU s", "us for a decision", "may go", "peak MiB"), rows))
    told = median(each.said["steps"] for each in ours)
    print(f"\nOurs keeps {told:,.0f} steps that can be told, and reads the rules in {_reading(ours)} s.")
    for name, readings in theirs.items():
        ratios = [per_decision(their) / per_decision(our) for our, their in zip(ours, readings, strict=True)]
        print(f"A decision of {name} takes {spread(ratios, '.1f')} times as long.")


def refuse_difference(our: Reading, their: Reading, lanes: int, some: int) -> None:
    """End the benchmark where two answers differ. Args: lanes, how many ours holds for each item; some, how many theirs."""
    mine = "".join(our.said["answers"][at : at + some] for at in range(0, len(our.said["answers"]), lanes))
    if mine != their.said["answers"]:
        raise SystemExit("the answers differ, so that the times mean nothing")


def per_decision(reading: Reading) -> float:
    """Return the processor microseconds for one decision."""
    return float(reading.said["seconds"] / reading.said["asked"] * 1e6)


def _reading(ours: Sequence[Reading]) -> str:
    return spread([each.said["reading"] for each in ours], ".1f")


def _row(name: str, readings: Sequence[Reading]) -> tuple[str, ...]:
    return (
        name,
        f"{readings[0].said['asked']:,}",
        spread([each.said["seconds"] for each in readings], ".1f"),
        spread([per_decision(each) for each in readings], ".0f"),
        spread([each.said["allowed"] / each.said["asked"] for each in readings], ".1%"),
        f"{median(each.peak for each in readings):,.0f}",
    )


if __name__ == "__main__":
    main()
