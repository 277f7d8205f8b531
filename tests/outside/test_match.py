"""Records and designs that others wrote, matched: what they do not say is not known, and never a no."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from outwork import match
from outwork.model.programme import Programme
from outwork.store import taxonomy
from outwork.store.formats import door
from outwork.store.formats.manifests import Broken

MATCH = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "match"
pytestmark = pytest.mark.skipif(not MATCH.exists(), reason="outside data ../shared/data/match is absent")
DESIGNS = ("boxfarm.okh.yml", "jpl_rover.okh.toml", "koruza.okh.toml", "qarve.okh.toml")
STATED = {"jpl_rover.okh.toml", "koruza.okh.toml"}


@cache
def vocabulary() -> match.Vocabulary:
    return match.Vocabulary.read(taxonomy.texts())


@cache
def facilities() -> Programme:
    return door.convert(MATCH / "okw_fablabs_2237.json.gz").programme


def among(design: Programme) -> Programme:
    """The design with the first hundred of all facilities as its sites."""
    sites = facilities()["sites"].head(100)
    rows = {name: facilities()[name] for name in ("nations", "parties")}
    listings = facilities()["listings"].filter(pl.col("site").is_in(sites["site"].implode()))
    return design.replace(sites=sites, listings=listings, **rows)


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_without_a_process_is_asked_about_and_no_site_is_told_that_it_cannot(name: str) -> None:
    result = match.run(among(door.convert(MATCH / "okh" / name).programme), match.Options(), vocabulary())
    assert set(result.tables["candidates"]["verdict"]) == {"unknown"}
    asked = set(result.tables["enquiries"]["ask"])
    assert ("designer" in asked) is (name not in STATED)
    assert ("requirement" in {reason.code for reason in result.why}) is (name not in STATED)


def test_no_facility_of_a_register_that_names_no_machine_is_told_that_it_cannot() -> None:
    design = door.convert(MATCH / "okh" / "koruza.okh.toml").programme
    everywhere = design.replace(**{name: facilities()[name] for name in ("nations", "parties", "sites", "listings")})
    result = match.run(everywhere, match.Options(told=5000), vocabulary())
    verdicts = result.tables["candidates"].filter(pl.col("site").is_in(facilities()["sites"]["site"].implode()))["verdict"]
    assert verdicts.value_counts().rows() == [("unknown", 2237)]


def test_manifests_and_records_of_one_library_are_matched_with_each_other() -> None:
    asked = door.Wishes(broken=Broken.LEAVE)
    result = match.run(door.convert(MATCH / "okh_okw_library", None, asked).programme, match.Options(), vocabulary())
    assert "cannot" not in set(result.tables["candidates"]["verdict"])
    assert result.tables["enquiries"].height > 10
