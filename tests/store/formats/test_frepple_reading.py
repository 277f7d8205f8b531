"""frePPLe's files are read into one model, whichever form they have, and refused with a place where they are broken."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from outwork.model.errors import Unreadable
from outwork.store.formats.frepple import read
from outwork.store.formats.frepple.opening import parse
from outwork.store.formats.values import duration
from tests.store.formats.models import fixture, plan_xml, read_xml

OFFER = '<itemsuppliers><itemsupplier><supplier name="Oak"/><leadtime>P7D</leadtime></itemsupplier></itemsuppliers>'
OAK = f'<items><item name="mast" cost="7">{OFFER}</item></items>'


def test_a_record_inside_another_belongs_to_it() -> None:
    model, _ = read_xml(OAK)
    (offer,) = model.itemsuppliers
    assert (offer.item, offer.supplier, offer.leadtime) == ("mast", "Oak", timedelta(days=7))
    assert set(model.suppliers) == {"Oak"}


def test_a_record_that_comes_again_adds_to_what_was_said_before() -> None:
    model, _ = read_xml(
        '<items><item name="mast" cost="7"/></items><items><item name="mast"><owner name="all"/></item></items>'
    )
    assert (model.items["mast"].cost, model.items["mast"].owner) == (7, "all")


def test_members_belong_to_what_they_stand_in() -> None:
    model, _ = read_xml('<items><item name="all"><members><item name="mast"/></members></item></items>')
    assert model.items["mast"].owner == "all"


def test_python_blocks_are_not_read() -> None:
    model, losses = read_xml('<?python print("hello") ?><items><item name="mast"/></items>')
    assert list(model.items) == ["mast"]
    assert losses.listed() == ()


def test_the_engines_json_says_the_same_as_its_xml() -> None:
    as_json = {
        "name": "mast works", "current": "2026-01-05T00:00:00",
        "items": [{"name": "mast", "cost": 7, "itemsuppliers": [{"supplier": {"name": "Oak"}, "leadtime": "P7D"}]}],
    }  # fmt: skip
    assert parse(json.dumps(as_json).encode(), "masts.json")[0] == parse(plan_xml(OAK), "masts.xml")[0]


def test_a_fixture_says_the_same_as_the_engines_xml() -> None:
    rows = fixture(
        ("item", {"name": "mast", "cost": "7", "lft": 1}),
        ("supplier", {"name": "Oak"}),
        ("itemsupplier", {"item_id": "mast", "supplier_id": "Oak", "leadtime": "604800.0"}),
    )
    model, losses = parse(rows, "masts.json")
    assert model.itemsuppliers == read_xml(OAK)[0].itemsuppliers
    assert losses.listed() == ()


def test_a_fixture_may_name_a_row_by_its_key_and_refer_without_id() -> None:
    rows = [
        {"model": "input.operation", "pk": "saw", "fields": {"item": ["mast"], "duration_per": "60", "type": "time_per"}},
        {"model": "common.parameter", "pk": "currentdate", "fields": {"value": "2026-01-05 00:00:00"}},
    ]
    model, _ = parse(json.dumps(rows).encode(), "masts.json")
    assert model.operations["saw"].item == "mast"
    assert model.current == datetime(2026, 1, 5)  # noqa: DTZ001  # frePPLe's times have no zone


def test_the_seven_days_of_a_fixture_become_one_pattern_that_begins_on_sunday() -> None:
    days = {"monday": True, "tuesday": False, "wednesday": False, "thursday": False, "friday": False, "saturday": False,
            "sunday": True}  # fmt: skip
    model, _ = parse(fixture(("calendar", {"name": "c"}), ("calendarbucket", {"calendar": "c", "value": 1, **days})), "c.json")
    assert model.buckets[0].days == 0b11


def test_a_gzipped_file_is_read_as_a_plain_one(tmp_path: Path) -> None:
    (tmp_path / "masts.xml").write_bytes(plan_xml(OAK))
    (tmp_path / "masts.xml.gz").write_bytes(gzip.compress(plan_xml(OAK)))
    assert read(tmp_path / "masts.xml")[0] == read(tmp_path / "masts.xml.gz")[0]


def test_what_no_record_holds_is_listed_with_its_place() -> None:
    _, losses = read_xml('<items><item name="mast" volume="3" shade="green"/></items><spells><spell name="x"/></spells>')
    assert [(loss.what, loss.where) for loss in losses.listed()] == [
        ("element 'spells'", "the model"),
        ("field 'shade'", "item 'mast'"),
        ("volume", "item 'mast'"),
    ]


def test_a_field_at_its_default_loses_nothing() -> None:
    assert read_xml('<items><item name="mast" volume="0"/></items>')[1].listed() == ()


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("P7D", 604800), ("PT1H30M", 5400), ("-P1D", -86400), ("P1W", 604800), ("604800.0", 604800), (90, 90),
     ("1 02:00:00", 93600), ("02:30", 9000), ("00:00:10", 10)],
)  # fmt: skip
def test_a_duration_is_read_in_every_way_it_is_written(written: object, seconds: float) -> None:
    assert duration(written).total_seconds() == seconds


BROKEN = {
    "cut-off XML": (plan_xml(OAK)[:-20], "line 1"),
    "cut-off JSON": (b'[{"model": "input.item", "fields": {', "line 1"),
    "no model at all": (b"dear sir or madam", "no JSON"),
    "another XML": (b"<html><body/></html>", "'html'"),
    "nothing": (b"   ", "empty"),
    "a lone number": (b"12", "a list of rows or an object"),
    "a row that is none": (b'[{"model": "input.item"}]', "row 1"),
    "a row that is a number": (b"[12]", "row 1"),
    "no UTF-8": (b'[{"model": "input.item", "pk": "\xff", "fields": {}}]', "UTF-8"),
    "NaN": (b'[{"model": "input.item", "pk": "a", "fields": {"cost": NaN}}]', "NaN"),
    "a bomb of entities": (
        b'<?xml version="1.0"?><!DOCTYPE plan [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><plan><name>&b;</name></plan>',
        "entities",
    ),
    "an outside entity": (
        b'<!DOCTYPE plan [<!ENTITY a SYSTEM "file:///etc/hostname">]><plan><name>&a;</name></plan>',
        "entities",
    ),
    "deep JSON": (b"[" * 200_000, "nests too deep"),
    "deep JSON of objects": (b'{"items":[' * 100 + b"1" + b"]}" * 100, "nests too deep"),
    "deep XML": (b"<plan>" + b"<owner>" * 5000 + b"</owner>" * 5000 + b"</plan>", "nests too deep"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><plan/>', "no XML"),
    "a word for a number": (plan_xml('<items><item name="mast" cost="dear"/></items>'), "item 'mast', field 'cost': 'dear'"),
    "a list for a number": (fixture(("item", {"name": "mast", "cost": [1]})), "item 'mast', field 'cost'"),
    "an object for a name": (fixture(("item", {"name": "mast", "owner": {"a": 1}})), "item 'mast', field 'owner'"),
    "infinity": (plan_xml('<items><item name="mast" cost="1e999"/></items>'), "field 'cost'"),
    "an impossible date": (
        plan_xml("<demands><demand name='d'><due>2026-02-30T00:00:00</due></demand></demands>"),
        "field 'due'",
    ),
    "an impossible duration": (plan_xml('<operations><operation name="o" duration="P7X"/></operations>'), "field 'duration'"),
    "an impossible current date": (plan_xml("", current="soon"), "current date"),
    "a row without a name": (fixture(("item", {"cost": 1})), "neither a name nor a key"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    written, words = BROKEN[name]
    (tmp_path / "broken").write_bytes(written)
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "broken")
    assert "broken" in str(caught.value)
    assert words in str(caught.value)


def test_a_bomb_of_zeros_is_refused_before_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outwork.store.formats.opening.LARGEST_BYTES", 1_000_000)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b" " * 2_000_000))
    with pytest.raises(Unreadable, match="1,000,000 bytes"):
        read(tmp_path / "bomb.gz")


def test_a_torn_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "torn.gz").write_bytes(gzip.compress(plan_xml(OAK))[:40])
    with pytest.raises(Unreadable, match=r"torn\.gz"):
        read(tmp_path / "torn.gz")


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / "absent.xml")
