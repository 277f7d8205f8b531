"""InvenTree's demo catalogue converts without loss of its parts and its bills of material."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from outwork.store import check
from outwork.store.door import of_frames
from outwork.store.formats.inventree import convert, read
from outwork.store.sense import nonsense

EXPORT = Path(__file__).resolve().parents[3] / "shared" / "data" / "plan" / "inventree" / "inventree_demo_subset.json.gz"

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason="the folder ../shared/data/plan/inventree is absent")


def test_all_414_parts_are_items() -> None:
    assert convert(read(EXPORT)).programme["items"].height == 414


def test_all_228_lines_are_components_of_the_operation_that_makes_their_part() -> None:
    catalogue = read(EXPORT)
    programme = convert(catalogue).programme
    made = dict(programme["operations"].select("operation", "item").iter_rows())
    held = {(made[operation], item): quantity for operation, item, quantity in
            programme["components"].select("operation", "item", "quantity").iter_rows()}  # fmt: skip
    lines = list(catalogue.rows("part.bomitem"))
    names = {part.key: part.text("name") for part in catalogue.rows("part.part")}
    assert len(lines) == 228
    for line in lines:
        part, taken = names[line.key_of("part") or -1], names[line.key_of("sub_part") or -1]
        assert held[part, taken] == line.number("quantity")


def test_every_offer_is_kept_or_listed() -> None:
    catalogue = read(EXPORT)
    found = convert(catalogue)
    left = {loss.where for loss in found.losses if loss.what in ("offer", "second offer of a supplier")}
    sellers = {row.text("name") for row in catalogue.rows("company.company")}
    kept = found.programme["supplies"].filter(pl.col("party").is_in(sellers)).height
    assert kept == len(catalogue["company.supplierpart"]) - len(left)


def test_every_price_break_is_used_or_listed() -> None:
    catalogue = read(EXPORT)
    listed = sum(loss.what == "price break" for loss in convert(catalogue).losses)
    priced = len(catalogue["company.supplierpart"]) - sum(loss.what == "price" for loss in convert(catalogue).losses)
    assert listed + priced == len(catalogue["company.supplierpricebreak"])


def test_the_result_breaks_no_rule() -> None:
    sheets = of_frames(convert(read(EXPORT)).programme.tables)
    assert [str(fault) for fault in check.faults(sheets)] == []
    assert [str(fault) for fault in nonsense(sheets, set())] == []
