"""Manifests of Open Know-How become designs whose unknown processes stay unknown, and go out again as version 2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from outwork.model.errors import Unreadable
from outwork.model.programme import Programme
from outwork.store.formats import door
from outwork.store.formats.export import Outward, export
from tests.store.formats.manifests_of import again, converted, sound

CLAMP = """
okhv = "2.4"
name = "Mast clamp"
repo = "https://example.org/clamp"
version = "1.2.0"
license = "CERN-OHL-S-2.0"
licensor = ["Reed Bunting Optics <post@example.org>"]
function = "Holds a camera to a mast."
standard-compliance = "EN 1335"
tsdc = ["3DP", "ASM"]
mass = 330.0
[outer-dimensions]
width = 120
depth = 100
height = 3.5
[[part]]
name = "Jaw"
tsdc = "CNC"
material = "EN AW-6082"
mass = 50
source = ["jaw.FCStd"]
[part.outer-dimensions]
width = 40
depth = 30
height = 20
[[part]]
name = "Screw M5"
tsdc = "COT"
[[Software]]
release = "https://example.org/fw/1.3"
"""
OLD = """
title: Mast clamp
description: Holds a camera to a mast.
okh-manifest-version: 1.0.0
version: 1.10
development-stage: prototype
license:
  hardware: CERN-OHL-S-2.0
licensor:
  name: Ann Reed
  email: ann@example.org
bom-atoms:
  - identifier: Q1
    description: jaw
  - description: screw
    quantity: 4
tool-list: Sewing machine
making-instructions:
  - path: https://example.org/how
    title: How
"""


def operations(programme: Programme) -> dict[str, str]:
    return dict(programme["operations"].select("item", "process").iter_rows())


def test_codes_of_a_manifest_name_the_processes_of_a_design_and_its_parts(tmp_path: Path) -> None:
    programme = converted(tmp_path, clamp_okh_toml=CLAMP).programme
    assert operations(programme) == {
        "Mast clamp": "assembly", "Jaw": "CNC machining", "Mast clamp: 3D printing": "3D printing",
    }  # fmt: skip
    assert sound(programme) == []


def test_grams_become_kilograms_and_outer_dimensions_the_envelope(tmp_path: Path) -> None:
    programme = converted(tmp_path, clamp_okh_toml=CLAMP).programme
    made = programme["operations"].filter(item="Mast clamp").row(0, named=True)
    assert (made["mass"], made["envelope_x"], made["envelope_y"], made["envelope_z"]) == (0.33, 120, 100, 3.5)
    assert dict(programme["items"].select("item", "mass").iter_rows())["Jaw"] == 0.05
    assert programme["operations"].filter(item="Jaw")["material"].to_list() == ["EN AW-6082"]


def test_a_part_off_the_shelf_is_bought(tmp_path: Path) -> None:
    programme = converted(tmp_path, clamp_okh_toml=CLAMP).programme
    assert programme["items"].filter(item="Screw M5")["sourcing"].to_list() == ["buy"]
    assert programme["operations"].filter(item="Screw M5").is_empty()


def test_a_design_of_which_nobody_says_how_it_is_made_has_an_unknown_process(tmp_path: Path) -> None:
    programme = converted(tmp_path, clamp_okh_toml='okhv = "2.4"\nname = "Mast clamp"\n').programme
    assert operations(programme) == {"Mast clamp": "unknown"}


def test_every_text_of_a_manifest_is_kept_as_a_fact_or_listed(tmp_path: Path) -> None:
    found = converted(tmp_path, clamp_okh_yml=OLD)
    facts = dict(found.programme["facts"].filter(item="Mast clamp").select("fact", "value").iter_rows())
    assert facts["function"] == "Holds a camera to a mast."
    assert facts["license hardware"] == "CERN-OHL-S-2.0"
    assert facts["tool-list"] == "Sewing machine"
    assert not any("ann@example.org" in value for value in facts.values())
    assert {loss.what for loss in found.losses} == {"quantity", "where to reach a person"}


def test_a_version_is_the_text_that_stands_there(tmp_path: Path) -> None:
    revision = converted(tmp_path, clamp_okh_yml=OLD).programme["revisions"].row(0, named=True)
    assert (revision["revision"], revision["status"]) == ("1.10", "draft")


def test_parts_in_words_are_bought_with_their_identifier_and_count(tmp_path: Path) -> None:
    programme = converted(tmp_path, clamp_okh_yml=OLD).programme
    assert dict(programme["components"].select("item", "quantity").iter_rows()) == {"jaw": 1, "screw": 4}
    assert programme["facts"].filter(item="jaw", fact="wikidata")["value"].to_list() == ["Q1"]
    assert operations(programme) == {"Mast clamp": "Sewing machine"}


def test_the_same_part_of_two_manifests_is_one_item_where_its_identifier_is_the_same(tmp_path: Path) -> None:
    other = OLD.replace("Mast clamp", "Mast foot").replace("description: screw", "description: bolt")
    programme = converted(tmp_path, a_okh_yml=OLD, b_okh_yml=other).programme
    assert sorted(programme["items"]["item"]) == ["Mast clamp", "Mast foot", "bolt", "jaw", "screw"]


def test_two_designs_of_one_name_are_told_apart_by_their_file(tmp_path: Path) -> None:
    programme = converted(tmp_path, a_okh_toml=CLAMP, b_okh_toml=CLAMP).programme
    assert {"Mast clamp", "Mast clamp (b.okh.toml)"} <= set(programme["items"]["item"])
    assert sound(programme) == []


def test_a_bill_of_material_beside_a_manifest_counts_its_parts(tmp_path: Path) -> None:
    programme = converted(
        tmp_path, clamp_okh_toml=f'bom = "bill.csv"\n{CLAMP}', bill_csv="Part,Qty\nJaw,2\nWasher,4\n"
    ).programme
    taken = dict(programme["components"].select("item", "quantity").iter_rows())
    assert taken == {"Jaw": 2, "Screw M5": 1, "Washer": 4, "Mast clamp: 3D printing": 1}
    assert set(operations(programme)) == {"Mast clamp", "Jaw", "Mast clamp: 3D printing"}


def test_a_bill_of_material_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("Part,Qty\nPlan,1\n")
    found = converted(tmp_path / "in", clamp_okh_toml=f'bom = "../secret.csv"\n{CLAMP}')
    assert "Plan" not in found.programme["items"]["item"]
    assert "bill of material" in {loss.what for loss in found.losses}


@pytest.mark.parametrize(
    ("written", "edges"),
    [
        ('outer-dimensions = "cube(size = [400,350,150])"', (400, 350, 150)),
        ('outer-dimensions = "cylinder(h = 20, d = 5)"', (5, 5, 20)),
        ('outer-dimensions = "sphere(r = 5)"', (10, 10, 10)),
        ('outer-dimensions-cm = "40 x 35 x 15"', (400, 350, 150)),
        ('outer-dimensions = "4 x 3 x 1 in"', (101.6, 76.2, 25.4)),
        ('outer-dimensions = {width = "0.4 m", depth = 3, height = "2 cm"}', (400, 3, 20)),
        ("outer-dimensions = {width = 4}", (4, None, None)),
        ('2d-size-mm = "42 , 40"\nboard-thickness-mm = 1.5', (42, 40, 1.5)),
    ],
)
def test_dimensions_are_read_in_many_writings(tmp_path: Path, written: str, edges: tuple[float | None, ...]) -> None:
    made = converted(tmp_path, x_toml=f'okhv = "2.4"\nname = "X"\n{written}\n').programme["operations"].row(0, named=True)
    assert (made["envelope_x"], made["envelope_y"], made["envelope_z"]) == edges


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("x_toml", 'okhv = "2.4"\nname = "X"\nmass = "heavy"\n', "x.toml line 3: 'mass' 'heavy' is not a number"),
        ("x_toml", 'okhv = "2.4"\nname = "X"\nmass = "3 miles"\n', "line 3: 'mass' '3 miles': 'miles' is no unit that fits"),
        ("x_toml", 'okhv = "2.4"\nname = "X"\nmass = -3\n', "x.toml line 3: 'mass' -3 is not above 0"),
        ("x_toml", f'okhv = "2.4"\nname = "X"\nmass = "{"1" * 400}"\n', "x.toml line 3: 'mass' '1+.* larger than anything"),
        ("x_toml", 'okhv = "2.4"\nname = "X"\nmass = nan\n', "x.toml line 3: 'mass' 'nan' is not a number"),
        ("x_toml", 'okhv = "2.4"\nname = "X"\n[outer-dimensions]\nwidth = 0\n', "x.toml line 4: .* is not above 0"),
        ("x_toml", 'okhv = "2.4"\nname = "X"\nname = "Y"\n', "x.toml line 3 column .*: no TOML: Cannot overwrite a value"),
        ("x_toml", 'okhv = "2.4"\nname = "X"\nName = "Y"\n', "x.toml line 3: field 'Name' says again what 'name' says"),
        ("x_toml", 'okhv = "2.4"\nname = "X"\n[[part]]\nname = "Y"\n[[part]]\nmass = 3\n', "line 5: 'part 2' names no part"),
        ("x_toml", 'okhv = "2.4"\nname = {en = "X"}\n', "x.toml line 2: 'name' holds further fields where one text is wanted"),
        ("x_toml", 'okhv = "2.4"\n', "x.toml: names no design"),
        ("x_toml", 'okhv = "2.4\n', "x.toml line 1 column .*: no TOML"),
        ("x_yml", "title: X\ntsdc: ASM\ntitle: Y\n", "x.yml line 3: field 'title' says again what 'title' says"),
        ("x_yml", "title: X\n\ttsdc: ASM\n", "x.yml line 2 column 1: no YAML: found a tab character"),
        ("x_yml", "title: X: Y\n", "x.yml line 1 column 9: no YAML: mapping values are not allowed"),
        ("x_yml", "title: X\n---\ntitle: Y\n", "x.yml line 2: a second document begins"),
        ("x_yml", "title: !!python/object/apply:os.system [ls]\n", "x.yml line 1: carries the tag"),
        ("x_yml", "title: !local X\n", "x.yml line 1: carries the tag !local"),
        ("x_yml", "- title: X\n", "x.yml line 1: no manifest of a design"),
        ("x_yml", "", "is empty"),
        ("x_yml", "# nothing but a remark\n", "x.yml line 1: no manifest of a design"),
        ("x_yml", "title:\ntsdc: ASM\n", "x.yml line 1: names no design"),
        ("x_yml", "a: " + "[" * 500 + "]" * 500, "nests deeper than 40 levels"),
        ("x_yml", "\n".join(f"{'  ' * depth}a:" for depth in range(60)), "nests deeper than 40 levels"),
        ("x_yml", "title: *x\n", "'\\*x' stands for a field that is not there"),
        ("x_yml", "title: &x [*x]\n", "'\\*x' stands for a field that is not there"),
    ],
)  # fmt: skip
def test_a_broken_manifest_is_refused_with_file_and_line(tmp_path: Path, file: str, text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        converted(tmp_path, **{file: text})


def test_aliases_are_understood_and_a_bomb_of_them_is_refused(tmp_path: Path) -> None:
    programme = converted(tmp_path, x_yml="title: X\ntsdc: ASM\nlicensor: &me {name: Ann}\ncontact: *me\n").programme
    assert programme["parties"]["party"].to_list() == ["Ann"]
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    with pytest.raises(Unreadable, match=r"x\.yml line \d+: stands for more than 30,000 fields"):
        converted(tmp_path, x_yml=bomb)


@pytest.mark.parametrize("name", ["x.yml", "x.toml", "x.json", "x.csv"])
@pytest.mark.parametrize("found", [b"\x00\xff\xfe\x81" * 300, b"\xff\xfe", b"\x1f\x8b\x08", bytes(range(256)), b"PK\x03\x04"])
def test_what_is_no_text_is_refused(tmp_path: Path, name: str, found: bytes) -> None:
    (tmp_path / name).write_bytes(found)
    with pytest.raises(Unreadable, match="x"):
        door.convert(tmp_path / name)


def test_a_manifest_of_megabytes_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"title: X\n" * 2_000_000)
    with pytest.raises(Unreadable, match="a manifest has at most 16,777,216"):
        door.convert(tmp_path / "x.yml")


def test_every_cut_of_a_manifest_is_a_design_or_a_message(tmp_path: Path) -> None:
    for name, text in (("x.yml", OLD), ("x.toml", CLAMP)):
        for end in range(0, len(text), 17):
            (tmp_path / name).write_text(text[:end])
            try:
                programme = door.convert(tmp_path / name).programme
            except Unreadable as error:
                assert "x." in str(error)  # noqa: PT017  most cuts are refused, some are whole
            else:
                assert sound(programme) == []


def test_a_folder_with_a_broken_manifest_is_refused_unless_it_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "good.okh.toml").write_text(CLAMP)
    (tmp_path / "bad.okh.yml").write_text("title: X: Y\n")
    (tmp_path / "worse.okh.yml").write_text("title: X\n\ttsdc: ASM\n")
    with pytest.raises(Unreadable, match=r"(?s)bad\.okh\.yml line 1.*worse\.okh\.yml line 2.*--broken leave"):
        door.convert(tmp_path)
    left = door.convert(tmp_path, wishes=door.Wishes(broken=door.Broken.LEAVE))
    assert "Mast clamp" in left.programme["items"]["item"]
    assert [loss.where for loss in left.losses if loss.what == "file that breaks its format"] == [
        "bad.okh.yml",
        "worse.okh.yml",
    ]


NAMES = st.text("abcdefgh ÄžЖ'\"=-1", min_size=1, max_size=9).map(lambda text: " ".join(text.split())).filter(bool)
SIZES = st.integers(1, 10**6).map(lambda number: number / 1000)
PART = st.fixed_dictionaries(
    {"name": NAMES},
    optional={
        "tsdc": st.sampled_from(["3DP", "CNC", "WEL", "XYZ"]), "material": NAMES, "mass": SIZES,
        "source": st.lists(NAMES, min_size=1),
        "outer-dimensions": st.fixed_dictionaries({"width": SIZES, "depth": SIZES, "height": SIZES}),
    },
)  # fmt: skip
MANIFEST = st.fixed_dictionaries(
    {"okhv": st.just("2.4"), "name": NAMES.map(lambda name: f"design {name}")},
    optional={
        "version": NAMES, "license": NAMES, "licensor": st.lists(NAMES, min_size=1, max_size=3), "function": NAMES,
        "mass": SIZES,
        "tsdc": st.sampled_from(["ASM", "MEC", "PCB"]), "documentation-language": NAMES, "repo": NAMES, "organization": NAMES,
        "outer-dimensions": st.fixed_dictionaries({"width": SIZES, "depth": SIZES, "height": SIZES}),
        "part": st.lists(PART, max_size=4, unique_by=lambda part: part["name"]),
        "software": st.lists(st.fixed_dictionaries({"release": NAMES}), min_size=1, max_size=2),
    },
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(MANIFEST)
def test_a_manifest_of_version_2_survives_the_way_out_and_in_again(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    (folder / "in").mkdir()
    (folder / "in" / "x.okh.toml").write_text(tomli_w.dumps(fields), encoding="utf-8")
    first = door.convert(folder / "in").programme
    second = again(first, Outward.OKH, folder / "out")
    for name in ("items", "operations", "components", "facts", "parties", "revisions"):
        assert sorted(map(repr, second[name].rows())) == sorted(map(repr, first[name].rows())), name


def test_a_manifest_of_version_1_goes_out_as_version_2_which_then_stays_as_it_is(tmp_path: Path) -> None:
    programme = converted(tmp_path / "in", clamp_okh_yml=OLD).programme
    once = again(programme, Outward.OKH, tmp_path / "once")
    assert export(once, Outward.OKH).files == export(again(once, Outward.OKH, tmp_path / "twice"), Outward.OKH).files
    assert dict(once["components"].select("item", "quantity").iter_rows()) == {"jaw": 1, "screw": 4}


def test_what_a_manifest_cannot_carry_is_listed(tmp_path: Path) -> None:
    programme = converted(tmp_path, clamp_okh_yml=OLD).programme
    losses = {(loss.what, loss.where) for loss in export(programme, Outward.OKH).losses}
    assert ("fact tool-list", "'Mast clamp'") in losses
    assert ("fact wikidata", "'jaw'") in losses
