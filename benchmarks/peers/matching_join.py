"""The same match as a straightforward join in polars: pairs by process, a column for each need, the nearest of each site.

python -m benchmarks.peers.matching_join 1000 10000 60000 1000
"""

from __future__ import annotations

import sys

import polars as pl

from benchmarks.measure import Lap, tell
from benchmarks.peers.matching_case import IMPLIED, START, Tree, World, answers, processes, world

BITS = {
    "process": 1, "material": 2, "envelope": 4, "tolerance": 8, "mass": 16, "class": 32, "batch": 64, "hours": 256,
}  # fmt: skip
MET, UNKNOWN, FAILED = 0, 1, 2


def main(words: list[str]) -> None:
    """Tell the seconds and the answers."""
    made = world(*map(int, words))
    matched(world(20, 50, 300, 0))
    lap = Lap()
    found = matched(made)
    tell(seconds=lap())
    tell(**answers(found.to_dict()))


def matched(made: World) -> pl.DataFrame:
    """Return the pairs that fail in at most one need."""
    operations, machines = _edges(made.operations, 0.0), made.machines
    machines = _edges(machines, 0.0, "sure").hstack(_edges(machines, float("inf"), "possible").select("^possible.*$"))
    pairs = operations.lazy().join(_kinds().lazy(), on="process").join(
        machines.lazy().rename({"process": "offered"}), on="offered", suffix="_held"
    )  # fmt: skip
    pairs = pairs.with_columns(**_states())
    failed = sum((pl.col(f"state_{need}") == FAILED).cast(pl.Int32) * bit for need, bit in BITS.items())
    unknown = sum((pl.col(f"state_{need}") == UNKNOWN).cast(pl.Int32) * bit for need, bit in BITS.items())
    pairs = pairs.select("operation", "site", "resource", "hours", failed=failed, unknown=unknown).with_columns(
        failures=pl.col("failed").bitwise_count_ones(), doubts=pl.col("unknown").bitwise_count_ones()
    )  # fmt: skip
    order = ["operation", "site", "failures", "doubts", "hours", "resource"]
    nearest = pairs.sort(order, descending=[False, False, False, False, True, False]).unique(
        ["operation", "site"], keep="first"
    )
    every = pl.concat([nearest.select("operation", "site", "failed", "unknown"), _bare(made, nearest)])
    papers = _papers(made)
    every = every.join(papers, on=["operation", "site"], how="left").with_columns(
        failed=pl.col("failed") + pl.when(pl.col("paper") == FAILED).then(128).otherwise(0),
        unknown=pl.col("unknown") + pl.when(pl.col("paper") == UNKNOWN).then(128).otherwise(0),
    )  # fmt: skip
    kept = every.filter(pl.col("failed").bitwise_count_ones() <= 1).select("operation", "site", "failed", "unknown")
    return kept.sort("operation", "site").collect()


def _kinds() -> pl.DataFrame:
    """How every offered process stands to every wanted one that it has to do with."""
    above = {code: set(Tree().ancestors(code)) for code in processes()}
    rows = [
        (want, offer, MET if want == offer or want in above[offer] else UNKNOWN)
        for want in above for offer in above if want == offer or want in above[offer] or offer in above[want]
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["process", "offered", "state_process"], orient="row")


def _edges(frame: pl.DataFrame, blank: float, name: str = "part") -> pl.DataFrame:
    edges = pl.concat_list([pl.col(f"envelope_{edge}").fill_null(blank) for edge in "xyz"]).list.sort(descending=True)
    return frame.with_columns(edges.list.get(place).alias(f"{name}_{place}") for place in range(3))


def _states() -> dict[str, pl.Expr]:
    """The state of every need that a machine meets."""
    sure, possible = (
        pl.all_horizontal(pl.col(f"part_{n}") <= pl.col(f"{box}_{n}") for n in range(3)) for box in ("sure", "possible")
    )
    other = pl.col("standard") != pl.col("standard_held")
    small, large = pl.col("batch") < pl.col("batch_least"), pl.col("batch") > pl.col("batch_most")
    over = small.fill_null(value=False) | large.fill_null(value=False)
    works, holds = pl.col("materials").list.contains(pl.col("material")), pl.col("tolerance_held") <= pl.col("tolerance")
    return {
        "state_material": _state("material", pl.col("materials").is_null(), works),
        "state_envelope": pl.when(sure).then(MET).when(possible).then(UNKNOWN).otherwise(FAILED),
        "state_tolerance": _state("tolerance", pl.col("tolerance_held").is_null(), holds),
        "state_mass": _state("mass", pl.col("mass_held").is_null(), pl.col("mass_held") >= pl.col("mass")),
        "state_class": _state("standard", pl.col("standard_held").is_null() | other, pl.col("rank_held") >= pl.col("rank")),
        "state_batch": pl.when(pl.col("batch").is_null()).then(MET).when(over).then(FAILED).when(
            pl.col("batch_least").is_null() | pl.col("batch_most").is_null()).then(UNKNOWN).otherwise(MET),
        "state_hours": pl.when(pl.col("hours") > 0).then(MET).otherwise(FAILED),
    }  # fmt: skip


def _state(asked: str, silent: pl.Expr, enough: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(asked).is_null()).then(MET).when(silent).then(UNKNOWN).when(enough).then(MET).otherwise(FAILED)


def _bare(made: World, nearest: pl.LazyFrame) -> pl.LazyFrame:
    """Sites with a record in part that offer nothing for the process; those with a complete one fail in two needs."""
    asked = {"material": "material", "tolerance": "tolerance", "mass": "mass", "class": "standard", "batch": "batch"}
    edges = pl.any_horizontal(pl.col(f"envelope_{edge}").is_not_null() for edge in "xyz")
    unknown = (
        sum(pl.col(column).is_not_null().cast(pl.Int32) * BITS[need] for need, column in asked.items()) + edges * 4 + 1 + 256
    )
    silent = made.sites.lazy().filter(~pl.col("complete")).select("site")
    every = made.operations.lazy().select("operation", unknown=unknown.cast(pl.Int32)).join(silent, how="cross")
    bare = every.join(nearest, on=["operation", "site"], how="anti")
    return bare.select("operation", "site", pl.lit(0, pl.Int32).alias("failed"), "unknown")


def _papers(made: World) -> pl.LazyFrame:
    """The state of the certificates of every operation at every site that it asks something of."""
    held = made.certificates.lazy()
    implied = held.with_columns(scheme=pl.col("scheme").replace_strict(IMPLIED, default=None)).drop_nulls("scheme")
    latest = pl.concat([held, implied]).group_by("site", "scheme").agg(pl.col("until").max())
    asks = made.operations.lazy().select("operation", "schemes").explode("schemes", empty_as_null=True).drop_nulls()
    every = (
        asks.rename({"schemes": "scheme"}).join(made.sites.lazy(), how="cross").join(latest, on=["site", "scheme"], how="left")
    )
    lacking = pl.when("complete").then(FAILED).otherwise(UNKNOWN)
    state = pl.when(pl.col("until").is_null()).then(lacking).when(pl.col("until") >= START).then(MET).otherwise(FAILED)
    return every.with_columns(state=state).group_by("operation", "site").agg(pl.col("state").max().alias("paper"))


if __name__ == "__main__":
    main(sys.argv[1:])
