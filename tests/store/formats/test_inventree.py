"""InvenTree's catalogue becomes items, assembly operations, offers, stock and demands of ours."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from outwork.model.errors import UnknownName, Unreadable
from outwork.store import check
from outwork.store.door import of_frames
from outwork.store.formats.converted import Converted
from outwork.store.formats.inventree import Options, convert
from outwork.store.formats.inventree.catalogue import parse
from outwork.store.sense import nonsense

Row = tuple[str, int, dict[str, Any]]

BASE: tuple[Row, ...] = (
    ("part.part", 1, {"name": "mast", "assembly": True, "creation_date": "2026-01-01", "minimum_stock": "2"}),
    ("part.part", 2, {"name": "log", "purchaseable": True, "description": "straight", "units": "m"}),
    ("part.part", 3, {"name": "oak log", "variant_of": 2, "purchaseable": True}),
    ("part.part", 4, {"name": "glue", "purchaseable": True}),
    ("part.bomitem", 10, {"part": 1, "sub_part": 2, "quantity": "2.5"}),
    ("company.company", 1, {"name": "Oak & Sons", "is_supplier": True}),
    ("company.company", 2, {"name": "Navy", "is_customer": True}),
    ("company.supplierpart", 5, {"part": 2, "supplier": 1, "SKU": "L-1", "pack_quantity_native": "1"}),
    ("company.supplierpricebreak", 6, {"part": 5, "quantity": "1", "price": "9", "price_currency": "USD"}),
    ("stock.stocklocation", 1, {"name": "Works", "pathstring": "Works", "parent": None}),
    ("stock.stocklocation", 2, {"name": "Shelf", "pathstring": "Works/Shelf", "parent": 1}),
    ("stock.stockitem", 1, {"part": 2, "location": 2, "quantity": "7", "status": 10}),
)


def catalogue(*more: Row) -> bytes:
    return json.dumps([{"model": model, "pk": key, "fields": fields} for model, key, fields in (*BASE, *more)]).encode()


def converted(*more: Row, options: Options | None = None) -> Converted:
    return convert(parse(catalogue(*more), "works.json"), options)


def rows(found: Converted, table: str) -> list[dict[str, Any]]:
    return found.programme[table].to_dicts()


def lost(found: Converted) -> set[str]:
    return {loss.what for loss in found.losses}


def test_the_result_breaks_no_rule() -> None:
    sheets = of_frames(converted().programme.tables)
    assert check.faults(sheets) == ()
    assert nonsense(sheets, set()) == ()


def test_a_part_with_lines_is_assembled_of_them_at_the_main_site() -> None:
    found = converted()
    assert [(each["operation"], each["item"], each["quantity"]) for each in rows(found, "components")] == [
        ("assemble mast", "log", 2.5)
    ]
    assert [(each["operation"], each["site"]) for each in rows(found, "qualifications")] == [("assemble mast", "Works")]


def test_substitutes_and_allowed_variants_are_alternatives() -> None:
    line = ("part.bomitem", 11, {"part": 1, "sub_part": 2, "quantity": 1, "allow_variants": True})
    substitute = ("part.bomitemsubstitute", 1, {"bom_item": 11, "part": 4})
    only = [row for row in BASE if row[0] != "part.bomitem"]
    raw = json.dumps([{"model": m, "pk": k, "fields": f} for m, k, f in (*only, line, substitute)]).encode()
    found = convert(parse(raw, "works.json"))
    assert {(each["item"], each["choice"]) for each in rows(found, "components")} == {
        ("log", "line 11"), ("oak log", "line 11"), ("glue", "line 11"),
    }  # fmt: skip


def test_a_variant_has_the_inherited_lines_of_its_template() -> None:
    found = converted(
        ("part.part", 5, {"name": "tall mast", "variant_of": 1}),
        ("part.bomitem", 12, {"part": 1, "sub_part": 4, "quantity": 1, "inherited": True}),
    )
    assert [each["item"] for each in rows(found, "components") if each["operation"] == "assemble tall mast"] == ["glue"]


def test_a_share_of_overage_adds_to_the_quantity() -> None:
    found = converted(("part.bomitem", 12, {"part": 1, "sub_part": 4, "quantity": 10, "overage": "5%"}))
    assert next(each["quantity"] for each in rows(found, "components") if each["item"] == "glue") == pytest.approx(10.5)


@pytest.mark.parametrize(("at", "price", "minimum"), [(1, 9, 0), (100, 6, 0), (99, 9, 0), (5000, 4, 0), (0.5, 9, 1)])
def test_the_price_is_that_of_the_break_for_the_quantity_asked_for(at: float, price: float, minimum: float) -> None:
    more = [("company.supplierpricebreak", 10 + n, {"part": 5, "quantity": q, "price": p, "price_currency": "USD"})
            for n, (q, p) in enumerate([(100, 6), (1000, 4)])]  # fmt: skip
    found = converted(*more, options=Options(at=at))
    (supply,) = rows(found, "supplies")
    assert (supply["price"], supply["minimum"]) == (price, minimum)
    assert sum(loss.what == "price break" for loss in found.losses) == 2


def test_a_price_for_a_pack_is_shared_by_its_units() -> None:
    found = converted(
        ("company.supplierpart", 7, {"part": 4, "supplier": 1, "SKU": "G", "pack_quantity_native": "20"}),
        ("company.supplierpricebreak", 8, {"part": 7, "quantity": 1, "price": 10, "price_currency": "USD"}),
    )
    assert next(each["price"] for each in rows(found, "supplies") if each["item"] == "glue") == 0.5


def test_money_without_a_rate_is_listed_and_with_one_is_changed() -> None:
    more: tuple[Row, ...] = (
        ("company.supplierpart", 7, {"part": 4, "supplier": 1}),
        ("company.supplierpricebreak", 8, {"part": 7, "quantity": 1, "price": 10, "price_currency": "CAD"}),
    )
    assert "price" in lost(converted(*more))
    found = converted(*more, options=Options(rates={"CAD": 0.75}))
    assert next(each["price"] for each in rows(found, "supplies") if each["item"] == "glue") == 7.5
    assert found.programme.settings.currency == "USD"


def test_with_a_rate_for_its_own_currency_a_catalogue_is_told_in_euro() -> None:
    worth = ("part.partpricing", 20, {"part": 2, "overall_max": "10", "overall_max_currency": "USD"})
    found = converted(worth, options=Options(rates={"USD": 0.9}))
    assert found.programme.settings.currency == "EUR"
    assert [each["price"] for each in rows(found, "supplies")] == [pytest.approx(9 * 0.9)]
    assert next(each["value"] for each in rows(found, "items") if each["item"] == "log") == pytest.approx(9)


def test_of_two_offers_of_a_supplier_the_cheapest_is_kept_and_the_other_listed() -> None:
    found = converted(
        ("company.supplierpart", 7, {"part": 2, "supplier": 1, "SKU": "L-2"}),
        ("company.supplierpricebreak", 8, {"part": 7, "quantity": 1, "price": 8, "price_currency": "USD"}),
    )
    assert [each["price"] for each in rows(found, "supplies")] == [8]
    assert any(loss.what == "second offer of a supplier" and "L-1" in loss.where for loss in found.losses)


def test_stock_lies_where_it_is_and_the_least_stock_is_wanted_at_the_main_site() -> None:
    found = converted()
    assert {(each["item"], each["site"], each["on_hand"], each["safety"]) for each in rows(found, "stocks")} == {
        ("log", "Works/Shelf", 7, 0), ("mast", "Works", 0, 2),
    }  # fmt: skip
    assert {(each["origin"], each["destination"]) for each in rows(found, "lanes")} == {
        ("Works", "Works/Shelf"), ("Works/Shelf", "Works"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [{"status": 55}, {"status": 10, "belongs_to": 3}, {"status": 10, "customer": 2}, {"status": 10, "is_building": True}],
)
def test_stock_that_cannot_be_used_is_left_out_and_listed(fields: dict[str, Any]) -> None:
    found = converted(("stock.stockitem", 9, {"part": 4, "location": 1, "quantity": 3, **fields}))
    assert "glue" not in {each["item"] for each in rows(found, "stocks")}
    assert "stock" in lost(found)


def test_what_is_left_of_an_open_sales_order_is_a_demand_and_of_a_placed_purchase_a_commitment() -> None:
    found = converted(
        ("order.salesorder", 1, {"reference": "SO1", "status": 10, "customer": 2, "target_date": "2026-03-01"}),
        ("order.salesorderlineitem", 1, {"order": 1, "part": 1, "quantity": 5, "shipped": 2}),
        ("order.salesorderlineitem", 2, {"order": 1, "part": 1, "quantity": 5, "shipped": 5}),
        ("order.purchaseorder", 1, {"reference": "PO1", "status": 20, "supplier": 1, "target_date": "2026-02-04"}),
        ("order.purchaseorderlineitem", 1, {"order": 1, "part": 5, "quantity": 50, "received": 10}),
    )
    (demand,) = rows(found, "demands")
    assert (demand["item"], demand["quantity"], demand["due"]) == ("mast", 3, date(2026, 3, 1))
    (commitment,) = rows(found, "commitments")
    assert (commitment["item"], commitment["quantity"], commitment["start"]) == ("log", 40, date(2026, 2, 2))


def test_what_no_column_holds_is_kept_as_a_fact() -> None:
    made = ("company.manufacturerpart", 1, {"part": 2, "manufacturer": 1, "MPN": "X-9"})
    facts = {(each["item"], each["fact"]): each["value"] for each in rows(converted(made), "facts")}
    assert facts["log", "description"] == "straight"
    assert facts["log", "manufacturer's part number"] == "Oak & Sons X-9"


def test_parts_of_one_name_are_told_apart() -> None:
    found = converted(("part.part", 6, {"name": "log", "revision": "B"}), ("part.part", 7, {"name": "log"}))
    assert {"log", "log (B)", "log #7"} <= {each["item"] for each in rows(found, "items")}
    assert [(each["item"], each["revision"]) for each in rows(found, "revisions")] == [("log (B)", "B")]


def test_a_table_that_is_not_translated_is_listed_row_by_row() -> None:
    found = converted(("build.buildline", 1, {}), ("build.buildline", 2, {}))
    assert [loss.where for loss in found.losses if loss.what == "table build.buildline"] == [
        "build.buildline 1",
        "build.buildline 2",
    ]


def test_a_location_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'Works'"):
        converted(options=Options(site="Work"))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{}", "a list of rows"),
        (b"[1]", "row 1"),
        (b'[{"model": "part.part", "fields": {}}]', "no pk"),
        (b'[{"model": "auth.user", "pk": 1, "fields": {}}]', "has no parts"),
        (catalogue(("part.bomitem", 12, {"part": 1, "sub_part": 2, "quantity": "lots"})), "part.bomitem 12, field 'quantity'"),
        (catalogue(("part.part", 9, {"name": "x", "creation_date": "yesterday"})), "part.part 9 'x', field 'creation_date'"),
    ],
)
def test_a_broken_export_is_refused_with_its_place(raw: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=r"works\.json") as caught:
        convert(parse(raw, "works.json"))
    assert words in str(caught.value)
