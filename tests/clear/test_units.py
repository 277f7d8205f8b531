from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.clear.units import NoUnit, convert, fitting, unit

SAME = [
    (25, "kn", 46.3, "km/h"),  # 9A012.a.1.b writes both
    (1, "h", 60, "min"),
    (50_000, "ft", 15_240, "m"),  # 9A012.b.4 writes both
    (5, "deg/h", 5, "°/h"),
    (0.1, "deg/sqrt(h)", 0.1, "deg/√h"),
    (30, "dBm", 1, "W"),
    (20, "degC", 293.15, "K"),
    (3, "mW/cm2", 30, "W/m^2"),
    (2, "µm", 0.002, "mm"),
    (1, "W/Hz", 1, "J"),
    (5, "%", 0.05, "1"),
    (20, "litres", 0.02, "m3"),
]


@pytest.mark.parametrize(("value", "given_in", "same", "wanted"), SAME)
def test_a_quantity_is_the_same_in_both_units(value: float, given_in: str, same: float, wanted: str) -> None:
    assert convert(value, given_in, wanted) == pytest.approx(same, rel=1e-11)


def test_a_limit_in_knots_is_met_by_exactly_the_same_speed_in_kilometres() -> None:
    assert convert(25, "kn", "km/h") == 46.3


def test_g_is_a_gram_or_standard_gravity_as_the_dimension_asks() -> None:
    assert convert(10, "g", "kg") == 0.01
    assert convert(10, "g", "m/s2") == 98.0665


@pytest.mark.parametrize("text", ["furlong", "5O", "km//h", "sqrt(h", "m\u202e", "", "10"])
def test_what_is_no_unit_or_another_dimension_is_refused(text: str) -> None:
    with pytest.raises(NoUnit):
        convert(1.0, text, "min")


def test_a_unit_of_another_dimension_does_not_fit() -> None:
    assert fitting("km", unit("min").powers) is None


@given(st.text(max_size=40))
def test_any_text_is_a_unit_or_is_refused_by_name(text: str) -> None:
    try:
        unit(text)
    except NoUnit as error:
        assert text in str(error)  # noqa: PT017 - the message is the fact


@given(st.floats(1e-6, 1e6), st.sampled_from([("h", "min"), ("km/h", "m/s"), ("deg", "mrad"), ("dB/km", "dB/m")]))
def test_there_and_back_is_the_same_number(value: float, pair: tuple[str, str]) -> None:
    assert convert(convert(value, *pair), pair[1], pair[0]) == pytest.approx(value, rel=1e-10)
