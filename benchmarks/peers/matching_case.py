"""The same made-up operations, sites, machines and certificates for everybody who matches, drawn from one seed.

Processes form a tree of three levels; a machine is for one of them, an operation wants one, mostly of the middle level. Sites
hold certificates, some of which have run out, and one in ten sites has a record that is complete only in part. Every kind of
cell of a machine is blank for some. Materials and classes are chosen so that they need no lattice, which the peers have not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import polars as pl

START: Final = date(2027, 1, 4)
WEEKS: Final = 104
MATERIALS: Final = (
    "steel",
    "titanium",
    "brass",
    "zinc",
    "ABS",
    "PEEK",
    "silicone",
    "FR4",
    "alumina",
    "glass",
    "plywood",
    "aramid",
)
SCHEMES: Final = ("ISO 9001", "EN 9100", "IATF 16949", "ISO 14001", "ISO/IEC 17025", "AQAP-2110", "ISO 45001", "ISO 13485")
IMPLIED: Final = {"EN 9100": "ISO 9001", "IATF 16949": "ISO 9001"}
STANDARDS: Final = ("IPC-A-610", "J-STD-001")
GROUPS, KINDS, SORTS = 10, 7, 3


@dataclass(frozen=True, eq=False)
class World:
    """Tables of the case. Blanks are nulls; days are dates; a batch, mass or length is in the unit of the public tables."""

    operations: pl.DataFrame
    sites: pl.DataFrame
    machines: pl.DataFrame
    certificates: pl.DataFrame


@dataclass(frozen=True)
class Tree:
    """Processes by their codes: g3 is above g3.2, and that above g3.2.1."""

    def resolve(self, texts: Sequence[str]) -> list[str | None]:
        return list(texts)

    def ancestors(self, code: str) -> tuple[str, ...]:
        parts = code.split(".")
        return tuple(".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))

    def listed(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        return [() for _ in texts]

    def machine(self, text: str) -> None:
        del text

    def nearest(self, text: str) -> str:
        del text
        return ""


def world(operations: int, sites: int, machines: int, seed: int) -> World:
    """Draw a world."""
    dice = np.random.default_rng(seed)
    return World(_operations(dice, operations), _sites(dice, sites), _machines(dice, machines, sites), _papers(dice, sites))


def processes() -> list[str]:
    """Return every code."""
    kinds = [f"g{group}.{kind}" for group in range(GROUPS) for kind in range(KINDS)]
    return [*(f"g{group}" for group in range(GROUPS)), *kinds, *(f"{kind}.{sort}" for kind in kinds for sort in range(SORTS))]


def _process(dice: np.random.Generator, number: int, shares: tuple[float, float, float]) -> list[str]:
    """Return processes: shares of the three levels, the broadest first."""
    level = dice.choice(3, number, p=shares)
    group, kind, sort = (dice.integers(0, most, number) for most in (GROUPS, KINDS, SORTS))
    return [
        f"g{g}" + (f".{k}" if one else "") + (f".{s}" if one > 1 else "")
        for g, k, s, one in zip(group, kind, sort, level, strict=True)
    ]


def _some(dice: np.random.Generator, number: int, values: Sequence[Any], given: float) -> list[Any]:
    """Return values, so many of them given and the others blank."""
    drawn, blank = dice.integers(0, len(values), number), dice.random(number) > given
    return [None if none else values[place] for place, none in zip(drawn, blank, strict=True)]


def _operations(dice: np.random.Generator, number: int) -> pl.DataFrame:
    schemes = [sorted(dice.choice(SCHEMES, dice.choice(3, p=(0.3, 0.5, 0.2)), replace=False).tolist()) for _ in range(number)]
    return pl.DataFrame({
        "operation": [f"o{place:05}" for place in range(number)], "item": [f"i{place:05}" for place in range(number)],
        "process": _process(dice, number, (0.05, 0.75, 0.2)), "material": _some(dice, number, MATERIALS, 0.6),
        **{f"envelope_{edge}": _some(dice, number, (80.0, 160.0, 320.0, 640.0), 0.7) for edge in "xyz"},
        "tolerance": _some(dice, number, (0.01, 0.02, 0.05, 0.1), 0.5), "mass": _some(dice, number, (1.0, 10.0, 100.0), 0.3),
        "standard": _some(dice, number, STANDARDS, 0.3), "rank": dice.integers(1, 4, number),
        "batch": _some(dice, number, (10.0, 100.0, 1000.0), 0.4), "schemes": schemes,
        "due": [START + timedelta(days=91 * int(quarter)) for quarter in dice.integers(1, 8, number)],
    })  # fmt: skip


def _sites(dice: np.random.Generator, number: int) -> pl.DataFrame:
    return pl.DataFrame({"site": [f"s{place:05}" for place in range(number)], "complete": dice.random(number) < 0.9})


def _machines(dice: np.random.Generator, number: int, sites: int) -> pl.DataFrame:
    drawn = [dice.choice(MATERIALS, 1 + dice.integers(0, 4), replace=False).tolist() for _ in range(400)]
    return pl.DataFrame({
        "resource": [f"r{place:06}" for place in range(number)],
        "site": [f"s{place:05}" for place in dice.integers(0, sites, number)],
        "process": _process(dice, number, (0.05, 0.45, 0.5)), "hours": dice.choice((0.0, 5.0, 10.0, 20.0, 40.0), number),
        "materials": _some(dice, number, drawn, 0.8),
        **{f"envelope_{edge}": _some(dice, number, (100.0, 200.0, 400.0, 800.0), 0.9) for edge in "xyz"},
        "tolerance": _some(dice, number, (0.005, 0.01, 0.03, 0.1), 0.8), "mass": _some(dice, number, (5.0, 50.0, 500.0), 0.8),
        "standard": _some(dice, number, STANDARDS, 0.6), "rank": dice.integers(1, 4, number),
        "batch_least": _some(dice, number, (0.0, 1.0, 50.0), 0.8),
        "batch_most": _some(dice, number, (200.0, 500.0, 5000.0), 0.8),
    }, schema_overrides={"materials": pl.List(pl.String())})  # fmt: skip


def _papers(dice: np.random.Generator, sites: int) -> pl.DataFrame:
    rows = [
        (f"s{site:05}", scheme, START + timedelta(days=int(dice.integers(-200, 1200))))
        for site in range(sites) for scheme in sorted(dice.choice(SCHEMES, dice.integers(0, 5), replace=False))
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={"site": pl.String(), "scheme": pl.String(), "until": pl.Date()}, orient="row")


def answers(rows: Mapping[str, Any]) -> dict[str, object]:
    """Return what is compared: number of pairs and a digest of operation, site, failed and unknown needs, in this order."""
    frame = pl.DataFrame(rows).select(
        pl.col("operation", "site").cast(pl.String), pl.col("failed", "unknown").cast(pl.Int64)
    ).sort("operation", "site")  # fmt: skip
    by_operation = frame.group_by("operation", maintain_order=True).agg(
        pl.len(), (pl.struct("site", "failed", "unknown").hash(7) // 4096).sum().alias("hash")
    )  # fmt: skip
    return {"pairs": frame.height, "answers": {name: [count, total] for name, count, total in by_operation.iter_rows()}}
