from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.match.words.small import reader, shipped

CODES = st.sampled_from(shipped().codes())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CNC milling, turning and grinding", ("milling", "turning", "grinding")),
        ("Kabelbomen en kastenbouw", ("harness", "control cabinet building")),
        ("Piirilevyjen pintaladonta ja testaus", ("surface mount assembly", "test and inspection")),
        ("Schweißen, Biegen sowie Pulverbeschichten", ("welding", "bending", "powder coating")),
        ("strunjire, frezare și rectificare", ("turning", "milling", "grinding")),
        ("frezowanie i toczenie CNC", ("milling", "turning")),
        ("зварювання та порошкове фарбування", ("welding", "powder coating")),
        ("tournage / fraisage", ("turning", "milling")),
        ("• Laser cutting\n• Bending\n• Powder coating", ("laser cutting", "bending", "powder coating")),
    ],
)
def test_a_list_names_each_of_its_processes(text: str, codes: tuple[str, ...]) -> None:
    assert reader().listed(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Dreh- und Fräsarbeiten", ("turning", "milling")),
        ("plasma- tai laserleikkaus", ("plasma cutting", "laser cutting")),
    ],
)
def test_a_second_part_that_two_compounds_share_counts_for_both(text: str, codes: tuple[str, ...]) -> None:
    assert reader().listed(text) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [("cutting and creasing", "die cutting"), ("moulage en sable", "sand casting"), ("MIG/MAG", "mig-mag welding")],
)
def test_a_name_with_a_word_of_lists_in_it_stays_one(text: str, code: str) -> None:
    assert reader().listed(text) == (code,)


@pytest.mark.parametrize("text", ["no welding", "we do not weld, mill or turn", "kein Schweißen, Drehen", "", "24/7 service"])
def test_what_is_denied_or_no_process_lists_nothing(text: str) -> None:
    assert reader().listed(text) == ()


def test_what_is_denied_in_one_clause_is_no_less_named_in_another() -> None:
    assert reader().listed("Turning and milling; no welding") == ("turning", "milling")


def test_of_a_process_and_a_kind_of_it_a_list_names_the_kind() -> None:
    assert reader().listed("machining, milling, 5-axis milling") == ("5-axis milling",)


def test_a_word_of_another_trade_takes_its_part_of_the_list_with_it() -> None:
    assert reader().listed("furniture assembly and painting") == ()


@given(st.lists(CODES, min_size=1, max_size=5))
def test_codes_in_a_list_are_read_as_the_narrowest_of_them(codes: list[str]) -> None:
    narrower = shipped().narrower
    kept = {one for one in codes if not any(one != other and narrower(other, one) for other in codes)}
    assert set(reader().listed("; ".join(codes))) == kept
