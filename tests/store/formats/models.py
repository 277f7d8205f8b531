"""frePPLe models of our own making, small enough to see through, and how to convert them."""

from __future__ import annotations

import json
from typing import Any

from outwork.store.formats.converted import Losses
from outwork.store.formats.frepple import Options, Translated, convert
from outwork.store.formats.frepple.neutral import Model
from outwork.store.formats.frepple.opening import parse

MONDAY = "2026-01-05T00:00:00"


def plan_xml(inside: str, current: str = MONDAY) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?><plan xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    return f"{head}<name>mast works</name><current>{current}</current>{inside}</plan>".encode()


def read_xml(inside: str, current: str = MONDAY) -> tuple[Model, Losses]:
    return parse(plan_xml(inside, current), "masts.xml")


def translated(inside: str, options: Options | None = None, current: str = MONDAY) -> Translated:
    return convert(*read_xml(inside, current), options)


def fixture(*rows: tuple[str, dict[str, Any]]) -> bytes:
    return json.dumps([{"model": f"input.{model}", "fields": fields} for model, fields in rows]).encode()


def rows(converted: Translated, table: str) -> list[dict[str, Any]]:
    return converted.programme[table].to_dicts()


def row(converted: Translated, table: str, **key: object) -> dict[str, Any]:
    """The only row with that key."""
    found = [each for each in rows(converted, table) if all(each[column] == value for column, value in key.items())]
    assert len(found) == 1, found
    return found[0]


def lost(converted: Translated) -> set[str]:
    return {loss.what for loss in converted.losses}


def wish(item: str, site: str = "yard", quantity: float = 10, due: str = "2026-02-02T00:00:00", more: str = "") -> str:
    return (
        f'<demands><demand name="order for {item}"><item name="{item}"/><location name="{site}"/>'
        f"<quantity>{quantity}</quantity><due>{due}</due>{more}</demand></demands>"
    )


def make(name: str, item: str, inside: str = "", kind: str = "fixed_time", attributes: str = 'duration="P1D"') -> str:
    return (
        f'<operations><operation name="{name}" xsi:type="operation_{kind}" {attributes}>'
        f'<item name="{item}"/><location name="yard"/>{inside}</operation></operations>'
    )


def takes(item: str, quantity: float = 1, inside: str = "") -> str:
    return f'<flow xsi:type="flow_start"><item name="{item}"/><quantity>{-quantity}</quantity>{inside}</flow>'
