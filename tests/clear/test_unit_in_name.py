"""Names of facts that end in their unit."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from outwork.clear import unit_in_name
from outwork.clear.facts import Doubt, stated
from outwork.clear.rules.read import read
from outwork.clear.rules.rulebook import Rulebook
from outwork.store.rulebook import texts

NAMES = (
    ("endurance_min", "endurance", "min"),
    ("gust_m_s", "gust speed", "m/s"),
    ("gust_km_h", "gust speed", "km/h"),
    ("mtow_kg", "take-off mass", "kg"),
    ("mtow_g", "take-off mass", "g"),
    ("accel_range_g", "accelerometer range", "gn"),
    ("max_frame_hz", "max frame rate", "Hz"),
    ("tx_power_dbm", "transmit power", "dBm"),
    ("hfov_deg", "horizontal field of view", "deg"),
    ("in_run_bias_deg_h", "in-run gyro bias", "deg/h"),
    ("arw_deg_sqrt_h", "angle random walk", "deg/sqrt(h)"),
    ("noise_deg_s_sqrt_hz", "angular rate noise", "deg/s/sqrt(Hz)"),
    ("temp_min_c", "lowest temperature", "degC"),
    ("bvlos", "beyond natural vision", ""),
)


@cache
def book() -> Rulebook:
    return read(texts())


def said(name: str, value: str, unit: str = "") -> tuple[object, tuple[Doubt, ...]]:
    """What one row of facts says, and the doubts about it."""
    row = {"item": "x", "revision": "all", "fact": name, "value": value, "unit": unit, "source": ""}
    found = stated(pl.DataFrame([row]), [], book())
    return next((each.value for each in found.of("x", "all").values()), None), found.doubts


@pytest.mark.parametrize(("name", "fact", "unit"), NAMES)
def test_the_end_of_a_name_is_read_as_its_unit(name: str, fact: str, unit: str) -> None:
    term, text = unit_in_name.find(name, book().vocabulary)
    assert (term.name if term else "", text) == (fact, unit)


def test_a_quantity_is_taken_in_the_unit_of_its_name() -> None:
    assert said("gust_m_s", "10") == ((36.0, 36.0), ())


def test_a_row_may_repeat_the_unit_of_the_name() -> None:
    assert said("accel_range_g", "16", "g") == ((16.0, 16.0), ())


def test_a_row_that_contradicts_the_unit_of_its_name_counts_as_unknown() -> None:
    value, doubts = said("endurance_min", "90", "h")
    assert value is None
    assert [doubt.sentence for doubt in doubts] == [
        "endurance: the name says 'min' and the unit says 'h'; it counts as unknown",
    ]


def test_a_name_that_only_ends_like_a_unit_stays_unknown() -> None:
    value, doubts = said("wingspan_m", "2")
    assert value is None
    assert [doubt.grave for doubt in doubts] == ["unused"]


def test_a_name_of_ten_thousand_characters_is_no_fact() -> None:
    assert unit_in_name.find("a_" * 5_000, book().vocabulary) == (None, "")
