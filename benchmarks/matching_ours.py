"""One reading of `match`: every operation against every site, and one edited site again.

python -m benchmarks.matching_ours 1000 10000 60000 1000
"""

from __future__ import annotations

import sys
import time

import numpy as np
import polars as pl

from benchmarks.measure import Lap, tell
from benchmarks.peers.matching_case import START, WEEKS, Tree, World, answers, world
from outwork.match.judging.judge import judge
from outwork.match.judging.matched import Matched, again, matched
from outwork.match.terms import terms
from outwork.model.frames import from_columns
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.places import Party
from outwork.store import taxonomy

EDITS = 20
"""Sites that are edited one after another."""


def main(words: list[str]) -> None:
    """Tell the seconds of reading and of judging, the pairs, and the milliseconds for one edited site."""
    made = world(*map(int, words))
    programme, known = tables(made), terms.read(taxonomy.texts(), Tree())
    matched(tables(world(20, 50, 300, 0)), known)
    lap = Lap()
    found = matched(programme, known)
    whole = lap()
    judge(found.needs, found.offers, known)
    judging = lap()
    edits, wall = edited(found, programme)
    near = int((found.judged.failed > 0).sum())
    tell(
        whole=whole,
        seconds=judging,
        edit=edits,
        edit_wall=wall,
        near=near,
        asked=found.needs.process.size * len(found.offers.sites),
    )
    names = (found.needs.operations.names, found.offers.sites.names)
    tell(**answers({
        "operation": np.array(names[0])[found.judged.operation], "site": np.array(names[1])[found.judged.site],
        "failed": found.judged.failed, "unknown": found.judged.unknown,
    }))  # fmt: skip


def edited(found: Matched, programme: Programme) -> tuple[float, float]:
    """Return the median milliseconds of processor and clock for an edited site; its answers are those of a full match."""
    lap, taken, clock = Lap(), [], []
    for place in range(EDITS):
        site = found.offers.sites.names[place * 7]
        changed = programme.replace(sites=programme["sites"].with_columns(
            pl.when(pl.col("site") == site).then(pl.lit("part")).otherwise("record").alias("record")
        ))  # fmt: skip
        lap()
        began = time.perf_counter()
        quick = again(found, changed, site)
        clock.append((time.perf_counter() - began) * 1000)
        taken.append(lap() * 1000)
    full = matched(changed, found.terms)
    if not np.array_equal(full.judged.bits, quick.judged.bits):
        raise SystemExit("an edited site matched again differs from a full match")
    return float(np.median(taken)), float(np.median(clock))


def tables(made: World) -> Programme:
    """Return the world in the public tables."""
    operations, machines = made.operations, made.machines
    quality = pl.when(pl.col("standard").is_not_null()).then(pl.format("{} class {}", "standard", "rank"))
    asked = operations.with_columns(
        quality_class=quality, certificates=pl.col("schemes").list.join("; ").replace("", None)
    ).drop("standard", "rank", "schemes", "due")  # fmt: skip
    able = machines.with_columns(quality_class=quality, materials=pl.col("materials").list.join("; "))
    sites = made.sites.select("site", pl.lit("p").alias("party"), pl.lit("NL").alias("nation"), pl.col("site").alias("name"),
        pl.when("complete").then(pl.lit("complete")).otherwise(pl.lit("part")).alias("record"))  # fmt: skip
    frames = {
        "items": operations.select("item", name="item"), "operations": asked, "sites": sites,
        "resources": machines.select("resource", "site", "process", "hours"),
        "capabilities": able.drop("site", "hours", "standard", "rank"), "certificates": made.certificates,
        "demands": operations.select("item", "due", demand="operation", site=pl.lit("s00000"), quantity=pl.lit(1.0)),
    }  # fmt: skip
    frame = Programme.of(
        Settings(name="made up", start=START, weeks=WEEKS), Nation(nation="NL", name="Netherlands"),
        Party(party="p", name="P", nation="NL", role="manufacturer"),
    )  # fmt: skip
    return frame.replace(**{name: from_columns(BY_NAME[name], rows.to_dict()) for name, rows in frames.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
