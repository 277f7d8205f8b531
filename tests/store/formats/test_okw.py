"""Records of Open Know-Where become sites of which nothing is made up, and go out again as tables of version 1."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outwork.model.errors import Unreadable
from outwork.model.programme import Programme
from outwork.model.tables.capacity import Resource
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.matching import Listing
from outwork.model.tables.places import Certificate, Party, Site
from outwork.store.formats import door
from outwork.store.formats.export import Outward, export
from tests.store.formats.manifests_of import again, converted, sound

SHOP = """
title: Wagtail workshop
contact: Ann Reed, ann@example.org
supply-atoms: []
inventory-atoms:
  - {identifier: Q1, description: magnets}
tool-list-atoms:
  - identifier: Q49013
    description: Sewing machine
    link: https://example.org/Q49013
processes:
  - description: soldering of electronic components
"""
RECORD: dict[str, Any] = {
    "facility": {"name": "Fablab Wagtail", "url": "https://example.org/wagtail", "description": "fablab", "facility_id": "a"},
    "region": {"country": "NL", "city_town": "Delft"},
    "geocoding": {"latitude": 52.0, "longitude": 4.36},
    "address": None,
}


def listings(programme: Programme) -> set[tuple[str, str, str]]:
    return set(programme["listings"].select("text", "machine", "source").iter_rows())


def test_tools_and_processes_are_listings_in_their_own_words(tmp_path: Path) -> None:
    programme = converted(tmp_path, wagtail_okw_yml=SHOP).programme
    assert listings(programme) == {
        ("Sewing machine", "", "Open Know-Where, wagtail.okw.yml wikidata Q49013 https://example.org/Q49013"),
        ("soldering of electronic components", "", "Open Know-Where, wagtail.okw.yml"),
    }
    assert programme["sites"].select("site", "record").rows() == [("Wagtail workshop", "part")]
    assert sound(programme) == []


def test_goods_are_no_capability_and_are_listed_as_lost(tmp_path: Path) -> None:
    found = converted(tmp_path, wagtail_okw_yml=SHOP)
    assert not any("magnets" in text for text, _, _ in listings(found.programme))
    assert ("inventory-atoms description", "wagtail.okw.yml, inventory-atoms 1 description") in {
        (loss.what, loss.where) for loss in found.losses
    }


def test_no_record_becomes_a_resource_a_capability_or_a_qualification(tmp_path: Path) -> None:
    programme = converted(tmp_path, a_yml=SHOP, b_json=json.dumps([RECORD])).programme
    assert [programme[name].height for name in ("resources", "capabilities", "qualifications", "stocks", "supplies")] == [0] * 5


def test_a_register_gives_nation_and_place(tmp_path: Path) -> None:
    programme = converted(tmp_path, b_json=json.dumps([RECORD, RECORD])).programme
    assert programme["sites"].select("site", "nation", "latitude", "longitude").rows() == [
        ("Fablab Wagtail", "NL", 52.0, 4.36), ("Fablab Wagtail (NL)", "NL", 52.0, 4.36),
    ]  # fmt: skip


def test_equipment_with_a_model_names_a_machine_and_certifications_are_certificates(tmp_path: Path) -> None:
    record = {
        "name": "Heron Metals", "facility_status": "Active", "certifications": ["ISO 9001"],
        "location": {"address": {"country": "DE"}, "gps_coordinates": "48.1, 11.5"},
        "equipment": [{"equipment_type": "CNC mill", "make": "Haas", "model": "VF-2", "bed_size": 900}],
    }  # fmt: skip
    found = converted(tmp_path, heron_json=json.dumps(record))
    assert listings(found.programme) == {("CNC mill", "Haas VF-2", "Open Know-Where, heron.json")}
    assert found.programme["certificates"].select("scheme", "verified_by").rows() == [("ISO 9001", "")]
    assert found.programme["sites"].select("nation", "latitude").rows() == [("DE", 48.1)]
    assert "equipment bed_size" in {loss.what for loss in found.losses}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({**RECORD, "geocoding": {"latitude": 95, "longitude": 1}}, "95 is not between -90 and 90 degrees"),
        ({**RECORD, "geocoding": {"latitude": "north", "longitude": 1}}, "'north' is not a number"),
        ({**RECORD, "facility": {"url": "x"}}, "names no facility"),
    ],
)
def test_every_broken_record_of_a_register_is_named(tmp_path: Path, record: dict[str, Any], said: str) -> None:
    with pytest.raises(Unreadable, match=f"(?s)b.json: '2.*{said}.*b.json: '3.*{said}"):
        converted(tmp_path, b_json=json.dumps([RECORD, record, record]))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"facility": {"name": "X"}}', "b.json line 1 column .*no JSON"),
        ('[{"facility": {"name": "X", "name": "Y"}}]', "field 'name' is there twice in one object"),
        ('[{"facility": {"name": NaN}}]', "NaN is not a number"),
        ('{"facility": ' * 60 + "1" + "}" * 60, "nests deeper than 40 levels"),
        ('{"facility": ' + "[" * 200_000, "nests too deep|no JSON"),
        ('{"$schema": "x", "definitions": {"facility": 1}}', "is a schema|looks like none"),
        ('[{"facility": {"name": "X"}}, 7]', "'2' is no record of a facility"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        converted(tmp_path, b_json=text)


def test_a_resource_of_tables_that_is_nobodys_is_named(tmp_path: Path) -> None:
    tables = {"ManufacturingFacility": [{"facility_id": 1, "resource_id": 1, "name": "X"}],
              "ManufacturingEquipment": [{"equipment_id": 1, "resource_id": 2, "type": "mill"}]}  # fmt: skip
    with pytest.raises(Unreadable, match="'ManufacturingEquipment 1' belongs to the resource '2', which no facility"):
        converted(tmp_path, b_json=json.dumps(tables))


WORDS = st.text("abcdefgh ÄžЖ'=-1", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
LISTED = st.tuples(
    WORDS, st.one_of(st.just(""), WORDS), WORDS, st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
)


def shop(lines: list[tuple[str, str, str, date | None]], place: tuple[float, float] | None) -> Programme:
    latitude, longitude = place or (None, None)
    return Programme.of(
        Settings(name="shops", start=date(2026, 1, 5), weeks=52),
        Nation(nation="NL", name="NL"),
        Party(party="Wagtail", name="Wagtail", nation="NL", role="manufacturer"),
        Site(site="Wagtail", party="Wagtail", nation="NL", name="Wagtail", latitude=latitude, longitude=longitude),
        [
            Listing(listing=f"Wagtail {at}", site="Wagtail", text=text, machine=machine, source=source, seen=seen)
            for at, (text, machine, source, seen) in enumerate(lines, 1)
        ],
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(LISTED, max_size=5, unique_by=lambda line: line[:3]),
    st.one_of(st.none(), st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
    st.sampled_from([Outward.OKW, Outward.CATENAX]),
)
def test_a_site_known_by_listings_survives_the_way_out_and_in_again(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Any], place: tuple[float, float] | None, form: Outward
) -> None:
    before = shop(lines, place)
    after = again(before, form, tmp_path_factory.mktemp("law"))
    for name in ("nations", "parties", "sites"):
        assert after[name].rows() == before[name].rows()
    assert {row[2:] for row in after["listings"].rows()} == {row[2:] for row in before["listings"].rows()}


def test_what_version_1_cannot_carry_is_listed() -> None:
    programme = shop([], None)
    more = Programme.of(
        Resource(resource="mill", site="Wagtail", process="milling", hours=40), Certificate(site="Wagtail", scheme="EN 9100")
    )
    both = programme.replace(resources=more["resources"], certificates=more["certificates"])
    assert {loss.what for loss in export(both, Outward.OKW).losses} == {"resource", "certificate"}


def test_a_folder_of_records_becomes_one_programme(tmp_path: Path) -> None:
    programme = converted(tmp_path, a_yml=SHOP, b_json=json.dumps([RECORD])).programme
    assert sorted(programme["sites"]["site"]) == ["Fablab Wagtail", "Wagtail workshop"]
    assert door.recognised(tmp_path / "a.yml") is door.Format.OKW
