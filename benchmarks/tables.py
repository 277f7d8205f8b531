"""Bulk: a million rows written, read back and checked, in each kind of place, beside plain peers.

The peers do less: `polars.read_csv` finds types but checks nothing and knows no lines; SQLAlchemy Core writes one table
of the same rows and constraints into SQLite by `insert`, row by row in C. So a ratio above 1 against the first is the price of
checking; one below 1 against the second is what loading in bulk gains. What is compared is first shown to hold the same.

Run: python -m benchmarks.tables [rows], from the root of the project.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import polars as pl
import sqlalchemy

from outwork import store
from outwork.model import ddl
from outwork.model.frames import from_columns
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME

ROUNDS = 5
ENDINGS = {"CSV": "csv", "Parquet": "bulk.parquet", "SQLite": "bulk.outwork"}


def programme(rows: int, seed: int) -> Programme:
    """A programme whose demands are so many rows, over a tenth as many items that are all bought at one site."""
    draw = np.random.default_rng(seed)
    items = [f"item-{number}" for number in range(max(1, rows // 10))]
    wanted = draw.integers(0, len(items), rows)
    columns = {
        "settings": {"name": ["Bulk"], "start": [date(2026, 1, 5)], "weeks": [104]},
        "nations": {"nation": ["NL"], "name": ["Netherlands"]},
        "parties": {"party": ["works"], "name": ["Works"], "nation": ["NL"], "role": ["supplier"]},
        "sites": {"site": ["delft"], "party": ["works"], "nation": ["NL"], "name": ["Delft"]},
        "items": {"item": items, "name": [f"Part {item}" for item in items], "value": draw.uniform(1, 900, len(items))},
        "supplies": {
            "item": items,
            "site": ["delft"] * len(items),
            "party": ["works"] * len(items),
            "price": draw.uniform(1, 900, len(items)),
        },
        "demands": {
            "demand": [f"D-{number}" for number in range(rows)],
            "item": pl.Series(items).gather(wanted),
            "site": ["delft"] * rows,
            "quantity": draw.uniform(1, 50, rows),
            "due": [date(2026, 5, 29)] * rows,
        },
    }  # fmt: skip
    return Programme({name: from_columns(BY_NAME[name], held) for name, held in columns.items()})


def read_csv(folder: Path) -> pl.DataFrame:
    """The peer: every file read by polars with types guessed, nothing checked."""
    return {path.stem: pl.read_csv(path, try_parse_dates=True) for path in folder.glob("*.csv")}["demands"]


def insert(held: Programme, place: Path) -> None:
    """The peer: the same tables with the same constraints, filled by SQLAlchemy Core."""
    engine = sqlalchemy.create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
        for name, frame in held.tables.items():
            connection.exec_driver_sql(ddl.create(BY_NAME[name], "sqlite"))
            table = sqlalchemy.Table(name, sqlalchemy.MetaData(), autoload_with=connection)
            plain = frame.with_columns(pl.col(pl.Date).cast(pl.String), pl.col(pl.Boolean).cast(pl.Int64))
            if frame.height:
                connection.execute(sqlalchemy.insert(table), plain.to_dicts())
    engine.dispose()


def same(found: object, expected: object, what: str) -> None:
    """Stop where two ways that are compared did not do the same work."""
    if found != expected:
        raise SystemExit(f"{what} does not hold what was written; nothing can be compared")


def seconds(work: Callable[[], object]) -> float:
    """How long it took, by the clock on the wall [s]."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def one_round(rows: int, seed: int, folder: Path) -> dict[str, float]:
    """Every measurement once, in turn, on a programme of its own."""
    held = programme(rows, seed)
    took: dict[str, float] = {}
    for kind, ending in ENDINGS.items():
        place = folder / ending
        took[f"{kind} write"] = seconds(lambda place=place: store.save(held, place))
        took[f"{kind} read and check"] = seconds(lambda place=place: store.load(place))
        same(store.load(place), held, kind)
    took["polars.read_csv, nothing checked"] = seconds(lambda: read_csv(folder / "csv"))
    same(read_csv(folder / "csv").height, rows, "polars.read_csv")
    took["SQLAlchemy insert"] = seconds(lambda: insert(held, folder / "peer.sqlite"))
    same(store.load(folder / "peer.sqlite"), held, "SQLAlchemy")
    return took


def main(arguments: Sequence[str] = ()) -> None:
    """Print medians and ranges, and each as a ratio of its peer in the same round. Args: how many demands, if not a million."""
    rows = int(arguments[0]) if arguments else 1_000_000
    rounds = []
    for seed in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(one_round(rows, seed, Path(folder)))
    print(f"{rows:,} demands, {ROUNDS} seeds; polars {version('polars')}, SQLAlchemy {version('sqlalchemy')}, "
          f"ADBC {version('adbc-driver-sqlite')}")  # fmt: skip
    print(f"{'':36} {'median s':>9} {'range s':>15}  ratio to its peer, median (range)")
    for name in rounds[0]:
        took = [each[name] for each in rounds]
        peer = "SQLAlchemy insert" if name.endswith("write") else "polars.read_csv, nothing checked"
        ratios = [each[name] / each[peer] for each in rounds]
        spread = f"{min(took):.2f} to {max(took):.2f}"
        print(f"{name:36} {statistics.median(took):9.2f} {spread:>15}  "
              f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
