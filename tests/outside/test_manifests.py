"""Real manifests, records of facilities and bills of material that others wrote go in, and nothing of them is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from outwork.model.errors import Unreadable
from outwork.store.formats import door
from outwork.store.formats.door import Broken, Wishes
from outwork.store.formats.export import Outward
from tests.store.formats.manifests_of import again, sound

OUTSIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
MATCH, BILLS = OUTSIDE / "match", OUTSIDE / "evolve" / "bom"
NO_YAML = "okh-seat-helpful.yml"
"""A description of two lines holds a colon at the end of a line, which no reader of YAML takes."""

matched = pytest.mark.skipif(not MATCH.exists(), reason="the folder ../shared/data/match is absent")
billed = pytest.mark.skipif(not BILLS.exists(), reason="the folder ../shared/data/evolve/bom is absent")
LIBRARY = sorted((MATCH / "okh_okw_library").rglob("*.yml")) if MATCH.exists() else []


@matched
def test_of_four_manifests_only_two_say_how_they_are_made() -> None:
    programme = door.convert(MATCH / "okh").programme
    processes = dict(programme["operations"].select("item", "process").iter_rows())
    assert {item for item, process in processes.items() if process != "unknown"} == {"JPL Open Source Rover Project", "KORUZA"}
    assert processes["KORUZA"] == "assembly"
    assert sound(programme) == []


@matched
def test_the_library_holds_13_designs_that_can_be_read_and_8_sites() -> None:
    forms = [door.recognised(path) for path in LIBRARY if path.name != NO_YAML]
    assert (len(LIBRARY), forms.count(door.Format.OKH), forms.count(door.Format.OKW)) == (22, 13, 8)


@matched
@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_a_file_of_the_library_becomes_a_sound_programme_or_is_named_with_its_line(path: Path) -> None:
    if path.name == NO_YAML:
        with pytest.raises(Unreadable, match=r"okh-seat-helpful\.yml line 3 column 43: no YAML: mapping values"):
            door.convert(path)
        return
    programme = door.convert(path).programme
    assert sound(programme) == []
    assert programme["resources"].is_empty()
    assert programme["capabilities"].is_empty()


@matched
def test_the_library_becomes_one_programme_that_goes_out_as_designs_and_sites(tmp_path: Path) -> None:
    programme = door.convert(MATCH / "okh_okw_library", wishes=Wishes(broken=Broken.LEAVE)).programme
    assert sound(programme) == []
    assert (programme["sites"].height, programme["operations"].height) == (8, 13)
    once = again(programme, Outward.OKH, tmp_path / "once")
    assert sorted(once["items"]["name"]) == sorted(programme["items"]["name"])
    assert sorted(once["components"]["quantity"]) == sorted(programme["components"]["quantity"])
    sites = again(programme, Outward.OKW, tmp_path / "sites")
    assert sorted(sites["listings"].select("text", "machine", "source").rows()) == sorted(
        programme["listings"].select("text", "machine", "source").rows()
    )


@matched
def test_2237_facilities_become_sites_of_which_no_capability_is_known() -> None:
    programme = door.convert(MATCH / "okw_fablabs_2237.json.gz").programme
    assert (programme["sites"].height, programme["listings"]["text"].unique().to_list()) == (2237, ["fablab"])
    assert programme["sites"]["latitude"].drop_nulls().len() == 2036
    assert programme["sites"]["record"].unique().to_list() == ["part"]
    assert all(programme[name].is_empty() for name in ("resources", "capabilities", "certificates"))
    assert sound(programme) == []


@matched
def test_a_schema_is_no_programme() -> None:
    with pytest.raises(Unreadable, match=r"okw_v1_schema\.json: is a schema"):
        door.convert(MATCH / "okw_v1_schema.json", door.Format.OKW)


@billed
@pytest.mark.parametrize(
    ("name", "designators"),
    [("jawbreaker-bom_bc950640", 366), ("jawbreaker-bom_15959b02", 367), ("hackrf-one-bom_934303d3", 406),
     ("hackrf-one-bom_453998d7", 414)],
)  # fmt: skip
def test_every_designator_of_a_real_board_is_fitted_or_listed(name: str, designators: int, tmp_path: Path) -> None:
    found = door.convert(BILLS / f"{name}.csv")
    absent = sum(loss.what == "part that is not fitted" for loss in found.losses)
    assert found.programme["components"]["quantity"].sum() + absent == designators
    assert sound(found.programme) == []
    assert sorted(again(found.programme, Outward.BOM, tmp_path)["components"].rows()) == sorted(
        found.programme["components"].rows()
    )


@billed
def test_a_database_of_parts_is_no_assembly() -> None:
    found = door.convert(BILLS / "px4_parts_database.csv")
    assert found.programme["items"].height > 200
    assert found.programme["operations"].is_empty()
    assert sound(found.programme) == []
