"""Real products against the list of 2025: those of known facts, and those known by their kind alone.

The expected column is a stranger's. Nothing that it calls listed may come out as not listed; what it calls listed or not listed
may come out as unknown where its sheet leaves out a fact that a provision asks, for unknown is closed too.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from outwork.clear.facts import stated
from outwork.clear.listing import listings
from outwork.clear.logic import Truth
from outwork.clear.rules.read import read
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.things import Thing, things
from outwork.store.rulebook import texts

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "clear"
CASES = DATA / "eu_dualuse_fact_cases_half.json"
BENCHMARK = DATA / "eu_dualuse_benchmark_half.csv"
ANNEX = DATA / "eu_annex_i_20251115.json.gz"
CLASSES = {
    "uav": "unmanned aircraft",
    "thermal": "thermal camera",
    "lidar": "lidar",
    "gnss": "GNSS receiver",
    "imu": "inertial measurement unit",
    "radio": "radio",
}
"""What the sheets call a kind of product -> its class here. Technology has none: it is a kind."""
PAIRS = ("pixels", "resolution", "array", "array_size", "resolution_px", "pixels_px")
"""Names under which a sheet states pixels across and up."""
WORDS = {Truth.TRUE: "listed", Truth.UNKNOWN: "needs_expert", Truth.FALSE: "not_listed"}
SEEN = {"listed": {"listed", "needs_expert"}, "needs_expert": {"listed", "needs_expert"}, "not_listed": set(WORDS.values())}
"""Expected word -> words that are safe."""
KINDS = {
    "carbon-fibre": "fibre", "uhmwpe-fibre": "fibre", "glass-fibre": "fibre", "fpga": "FPGA", "hsm": "hardware security module",
    "thermal": "thermal camera", "rov": "underwater drone", "auv": "underwater drone", "heavy-water": "water or deuterium",
    "dual-edge-accelerator": "computing accelerator", "gpu-h100": "computing accelerator",
    "gpu-ai-server": "server", "amine": "solvent or amine", "lora": "wireless module", "single-board": "computer",
    "disk-encryption": "software", "robot": "industrial robot", "tungsten": "welding electrode",
    "mems-imu": "inertial measurement unit", "drone": "unmanned aircraft", "5g-module": "cellular module",
    "fibre-laser": "laser", "adc": "analogue-to-digital converter", "cmm": "measuring machine",
    "high-speed-camera": "high-speed camera",
    "wifi7": "network equipment", "flash-storage": "storage device", "radiography": "radiography source",
    "3d-printer": "additive manufacturing machine", "emccd": "scientific camera", "rebreather": "diving equipment",
    "scooter": "underwater scooter", "edge-ai": "computing accelerator", "usb-drive": "storage device", "gnss": "GNSS receiver",
    "signal-analyser": "signal analyser", "attitude-indicator": "attitude and heading reference",
    "multibeam": "multibeam echo sounder",
}  # fmt: skip
"""A word in the name of a benchmark case -> its class here; the first that fits."""

needs_cases = pytest.mark.skipif(not CASES.is_file(), reason=f"{CASES.name} is absent from ../shared/data/clear")
needs_benchmark = pytest.mark.skipif(not BENCHMARK.is_file(), reason=f"{BENCHMARK.name} is absent from ../shared/data/clear")
needs_annex = pytest.mark.skipif(not ANNEX.is_file(), reason=f"{ANNEX.name} is absent from ../shared/data/clear")


@cache
def book() -> Rulebook:
    return read(texts())


def cells(facts: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The facts of a sheet as names and cells; pairs of pixel counts as two, and nothing for what the sheet leaves open."""
    for name, value in facts.items():
        match value:
            case None | dict():
                continue
            case [across, up] if name in PAIRS:
                yield from (("horizontal pixels", f"{across}"), ("vertical pixels", f"{up}"))
            case bool():
                yield name, str(value).lower()
            case list():
                yield name, "; ".join(map(str, value))
            case _:
                yield name, f"{value}"


def outcomes(sheets: Mapping[str, tuple[str, Mapping[str, Any]]]) -> dict[str, tuple[str, list[str]]]:
    """Case -> whether it is listed, and where, from (kind of product, facts)."""
    rows, wanted = [], []
    for case, (kind, facts) in sheets.items():
        about = {"kind": "technology"} if kind in {"technology", "software"} else {}
        about |= {"class": CLASSES.get(kind, kind)} if kind not in {"technology", "software"} else {}
        rows += [(case, "all", name, value, "", "") for name, value in cells({**about, **facts})]
        wanted.append(Thing(case, "all", "goods"))
    table = pl.DataFrame(rows, ["item", "revision", "fact", "value", "unit", "source"], orient="row")
    known = things(wanted, stated(table, [(each.item, each.revision) for each in wanted], book()), book())
    found = listings(known, book())
    at = {thing.item: known.place[thing] for thing in wanted}
    return {case: (WORDS[Truth(int(found.states[p]))], list(found.paths(p, Truth.TRUE))) for case, p in at.items()}


@cache
def told() -> dict[str, tuple[str, str, list[str], list[str]]]:
    """Case -> expected word, found word, expected entries, found paths."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    found = outcomes({case["id"]: (case["kind"], case["facts"]) for case in cases})
    return {c["id"]: (c["expect"]["status"], found[c["id"]][0], c["expect"]["codes"], found[c["id"]][1]) for c in cases}


@cache
def by_kind() -> list[tuple[str, str, str]]:
    """Benchmark case, expected word, found word from its class alone."""
    with BENCHMARK.open(encoding="utf-8") as file:
        rows = [(row["case_id"], row["status"]) for row in csv.DictReader(file)]
    classes = {case: next((name for word, name in KINDS.items() if word in case), "") for case, _ in rows}
    found = outcomes({case: (classes[case], {}) for case, _ in rows if classes[case]})
    return [(case, expected, found[case][0] if case in found else "needs_expert") for case, expected in rows]


@needs_cases
def test_no_product_of_known_facts_that_is_listed_is_released() -> None:
    released = {case: pair for case, pair in told().items() if pair[1] not in SEEN[pair[0]]}
    assert released == {}


@needs_cases
def test_no_product_that_is_not_listed_is_called_listed() -> None:
    assert [case for case, (expected, found, *_) in told().items() if expected == "not_listed" and found == "listed"] == []


@needs_cases
def test_what_is_called_listed_stands_under_an_expected_entry() -> None:
    called = [(codes, paths) for _, found, codes, paths in told().values() if found == "listed" and codes]
    assert called
    for codes, paths in called:
        assert any(path.startswith(code) for path in paths for code in codes), (codes, paths)


@needs_cases
def test_half_of_the_products_of_known_facts_are_settled_as_expected() -> None:
    table = Counter((expected, found) for expected, found, *_ in told().values())
    assert sum(count for (expected, found), count in table.items() if expected == found) * 2 >= sum(table.values()), table


@needs_benchmark
def test_no_product_known_by_its_kind_alone_is_released_where_it_is_listed() -> None:
    assert [row for row in by_kind() if row[2] not in SEEN[row[1]]] == []


@needs_benchmark
def test_some_products_are_free_by_their_kind_alone() -> None:
    assert any(found == "not_listed" for _, _, found in by_kind())


@needs_annex
def test_every_entry_of_the_list_has_a_rule_but_those_not_used() -> None:
    with gzip.open(ANNEX, "rt", encoding="utf-8") as file:
        index = json.load(file)["index"]
    used = {each["code"] for each in index if "Not used" not in each["first_line"]}
    assert used == {entry.name for entry in book().entries if entry.provision.regime == "eu-dual-use"}


@needs_annex
def test_every_path_of_a_written_entry_is_a_paragraph_of_the_list() -> None:
    with gzip.open(ANNEX, "rt", encoding="utf-8") as file:
        paragraphs = {line.split(" ")[0] for each in json.load(file)["entries"] for line in each["verbatim_text"].splitlines()}
    paths = {control.path for entry in book().entries for control in entry.controls}
    strange = {path for path in paths if path.removesuffix(".components").removesuffix(".note") not in paragraphs}
    assert strange == set()
