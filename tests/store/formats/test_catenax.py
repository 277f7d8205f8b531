"""The aspect ManufacturingCapability becomes listings without hours, or resources where it states them, and goes out again."""

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
from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.places import Certificate, Party, Site
from outwork.store.formats import door
from outwork.store.formats.export import Outward, export
from tests.store.formats.manifests_of import again, converted, sound

VOLTAGE = [
    {
        "semanticReferences": [{"semanticReferenceId": "urn:eclass:x"}],
        "propertyLabel": {"en": "nominal voltage"},
        "propertyValue": "220",
    }
]


def labelled(text: str, **more: Any) -> dict[str, Any]:
    return {"label": {"en": text}, "properties": VOLTAGE, **more}


def aspect(**more: Any) -> str:
    sawing = {
        "capabilityId": "urn:capability:42",
        "capabilityLabel": {"en": "sawing", "de": "Sägen"},
        "hierarchyElementId": "4",
    }
    shape = {
        "machineTools": [], "processes": [{"billOfProcessIdentification": "b"}], "products": [labelled("stool")],
        "machines": [labelled("Kasto 3", provides=[sawing], containsTools=[])], "capabilities": [sawing],
        "certificates": [labelled("ISO 9001")],
    }  # fmt: skip
    return json.dumps({**shape, **more})


def test_what_a_machine_provides_is_a_listing_without_hours(tmp_path: Path) -> None:
    found = converted(tmp_path, heron_json=aspect())
    assert door.recognised(tmp_path / "heron.json") is door.Format.CATENAX
    assert set(found.programme["listings"].select("text", "machine").iter_rows()) == {("sawing", "Kasto 3"), ("sawing", "")}
    assert found.programme["resources"].is_empty()
    assert found.programme["certificates"]["scheme"].to_list() == ["ISO 9001"]
    assert sound(found.programme) == []


def test_properties_whose_meaning_is_in_eclass_are_listed_as_lost(tmp_path: Path) -> None:
    losses = converted(tmp_path, heron_json=aspect()).losses
    assert any("nominal voltage" not in loss.what and "propertyValue" in loss.what for loss in losses)
    assert any(loss.why.startswith("an identifier of eCl@ss") for loss in losses)
    assert "processes billOfProcessIdentification" in {loss.what for loss in losses}


def test_a_label_in_another_language_is_read_where_there_is_no_english(tmp_path: Path) -> None:
    text = aspect(machines=[], capabilities=[{"capabilityLabel": {"de": "Fräsen"}}])
    assert converted(tmp_path, heron_json=text).programme["listings"]["text"].to_list() == ["Fräsen"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"capabilities": [{"capabilityLabel": {"en": ""}, "capabilityId": "x"}]}, "names no capability"),
        ({"certificates": [{"label": {"en": "ISO 9001"}, "properties": [
            {"propertyLabel": {"en": "valid from"}, "propertyValue": "2026-05-01"},
            {"propertyLabel": {"en": "valid until"}, "propertyValue": "2026-04-01"}]}]}, "ends on 2026-04-01"),
        ({"certificates": [{"label": {"en": "ISO 9001"}, "properties": [
            {"propertyLabel": {"en": "valid until"}, "propertyValue": "soon"}]}]}, "'soon' is not a day"),
    ],
)  # fmt: skip
def test_a_broken_aspect_is_refused_with_the_place(tmp_path: Path, more: dict[str, Any], said: str) -> None:
    with pytest.raises(Unreadable, match=f"heron.json: .*{said}"):
        converted(tmp_path, heron_json=aspect(**more))


LIMIT = st.one_of(st.none(), st.floats(0.001, 1e6))
WORDS = st.text("abcdefgh Äž", min_size=1, max_size=9).map(lambda text: " ".join(text.split())).filter(bool)
DAY = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))


SAID = st.one_of(st.just(""), WORDS)


@st.composite
def limits(draw: st.DrawFn, resource: str) -> Capability:
    numbers = {column: draw(LIMIT) for column in ("envelope_x", "envelope_y", "envelope_z", "tolerance", "mass", "batch_most")}
    materials = "; ".join(draw(st.lists(WORDS, max_size=2, unique=True))) or None
    return Capability(
        resource=resource, process=draw(WORDS), materials=materials, quality_class=draw(SAID) or None, seen=draw(DAY),
        source=draw(SAID), **numbers,
    )  # fmt: skip


@st.composite
def works(draw: st.DrawFn) -> Programme:
    rows: list[Any] = []
    for name in draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)):
        hours, cost, more = draw(st.floats(0, 168)), draw(st.floats(0, 500)), draw(LIMIT)
        rows.append(Resource(resource=name, site="Heron", process=draw(WORDS), hours=hours, cost=cost, overtime_cost=more))
        rows += draw(st.lists(limits(name), max_size=2, unique_by=lambda row: row.process))
    for scheme in draw(st.lists(WORDS, max_size=2, unique=True)):
        rows += [Certificate(site="Heron", scheme=scheme, scope=draw(WORDS), until=draw(DAY), verified_by=draw(SAID))]
    return Programme.of(
        Settings(name="out", start=date(2026, 1, 5), weeks=52), Nation(nation="DE", name="DE"),
        Party(party="Heron", name="Heron", nation="DE", role="manufacturer"),
        Site(site="Heron", party="Heron", nation="DE", name="Heron"), rows,
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(works())
def test_resources_capabilities_and_certificates_survive_the_way_out_and_in_again(
    tmp_path_factory: pytest.TempPathFactory, before: Programme
) -> None:
    after = again(before, Outward.CATENAX, tmp_path_factory.mktemp("law") / "out")
    for name in ("parties", "sites", "resources", "capabilities", "certificates"):
        assert sorted(map(repr, after[name].rows())) == sorted(map(repr, before[name].rows())), name


def test_every_element_that_is_written_has_the_fields_that_the_aspect_requires() -> None:
    programme = Programme.of(
        Settings(name="out", start=date(2026, 1, 5), weeks=52), Nation(nation="DE", name="DE"),
        Party(party="Heron", name="Heron", nation="DE", role="manufacturer"),
        Site(site="Heron", party="Heron", nation="DE", name="Heron"),
        Resource(resource="mill", site="Heron", process="milling", hours=40),
        Capability(resource="mill", process="milling", materials="steel; brass", tolerance=0.01),
    )  # fmt: skip
    (text,) = export(programme, Outward.CATENAX).files.values()
    written = json.loads(text)
    assert set(written) == {"machineTools", "processes", "machines", "capabilities", "certificates", "products"}
    (machine,) = written["machines"]
    (capability,) = machine["provides"]
    assert {"label", "capabilityLabel", "hierarchyElementId", "capabilityConstraintSet"} <= set(capability)
    assert [each["refersToMaterial"]["label"]["en"] for each in capability["capabilityConstraintSet"]] == ["steel", "brass"]
