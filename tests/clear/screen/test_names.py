"""Names are read as what they say, whatever script, order, form or trick they are written with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outwork.clear.screen.letters import LONGEST, letters, shown
from outwork.clear.screen.names import Kind, Role, read
from outwork.clear.screen.nearness import nearness
from tests.examples import drawing

FIRM, PERSON = Kind.COMPANY, Kind.PERSON


def near(one: str, other: str, kind: Kind = PERSON) -> float:
    return nearness(read(one, kind), read(other, kind)).value


def words(text: str, kind: Kind) -> list[str]:
    return [each.text for each in read(text, kind).words]


@pytest.mark.parametrize(
    ("form", "same"),
    [
        ("Siemens Aktiengesellschaft", "Siemens AG"),
        ("Meadow Optics Sp. z o.o.", "Meadow Optics Spolka z ograniczona odpowiedzialnoscia"),
        ("ООО Ромашка", "Romashka LLC"),
        ("ТОВ «Ромашка»", "Romashka Limited Liability Company"),
        ("Dune Light S.A.", "Dune Light Societe Anonyme"),
        ("Volkswagen Bank G.m.b.H.", "Volkswagen Bank GmbH"),
        ("OAO Gazprom", "Gazprom JSC"),
    ],
)
def test_a_legal_form_is_the_same_however_it_is_written(form: str, same: str) -> None:
    assert read(form, FIRM).form == read(same, FIRM).form != ""
    assert near(form, same, FIRM) > 0.95


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Володимир Зеленський", "Volodymyr Zelenskyy"),
        ("Владимир Путин", "Vladimir Putin"),
        ("Κυριάκος Μητσοτάκης", "Kyriakos Mitsotakis"),
        ("محمد بن سلمان", "Mohammed bin Salman"),
        ("ბარაკ ობამა", "Barack Obama"),
        ("习近平", "Xi Jinping"),
        ("Putin, Vladimir Vladimirovich", "Vladimir Putin"),
        ("Dr. Rami Makhlouf", "Rami Makhlouf"),
        ("N. Nazarbayev", "Nursultan Nazarbayev"),
        ("SergeiLavrov", "Sergei Lavrov"),
        ("Usama ibn Ladin", "Osama bin Laden"),
        ("Sydorenko, I. P.", "Ivan Petrovych Sydorenko"),
    ],
)
def test_a_person_is_found_in_another_script_order_spelling_or_length(one: str, other: str) -> None:
    assert near(one, other) >= 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hafez Makhlouf", "Rami Makhlouf"),
        ("Barack Obama", "George Hussein Onyango Obama"),
        ("Sergey Ivanov", "Sergey Viktorovich Lavrov"),
        ("Maria Jansen", "Pieter de Vries"),
    ],
)
def test_a_shared_given_or_family_name_is_not_enough(one: str, other: str) -> None:
    assert near(one, other) < 0.5


def test_a_mark_that_turns_the_direction_of_writing_is_taken_out_and_told() -> None:
    found = letters("Vladimir \u202ePutin")
    assert found.latin == "vladimir putin"
    assert "U+202E" in found.notes[0]


def test_a_joiner_that_persian_needs_is_not_told_and_one_in_latin_letters_is() -> None:
    assert letters("مسعود پزشک\u200cفر").notes == ()
    assert "U+200C" in letters("Pu\u200ctin").notes[0]


def test_letters_that_pose_as_latin_ones_are_read_as_what_they_look_like_and_told() -> None:
    found = letters("Vl\u0430dimir Puti\u03bf")
    assert found.latin == "vladimir putio"
    assert "U+0430" in found.notes[0]


def test_a_word_that_is_cyrillic_as_a_whole_is_no_disguise() -> None:
    assert letters("Роман Сара").notes == ()


def test_a_name_of_ten_thousand_characters_is_cut_and_told() -> None:
    found = letters("a" * 10_000)
    assert len(found.latin) == LONGEST
    assert found.notes == ("10,000 characters, of which the first 500 are compared",)


@pytest.mark.parametrize("nothing", ["", "   ", "...", "\u202e\u200b", "«»"])
def test_a_name_without_letters_has_no_words_and_is_near_nothing(nothing: str) -> None:
    assert read(nothing).words == ()
    assert near(nothing, "Vladimir Putin") == 0.0


def test_a_name_that_cannot_be_seen_is_shown_by_its_codes() -> None:
    assert shown("a\u202eb") == "a<U+202E>b"
    assert shown("x" * 200).endswith("...")


def test_initials_of_a_person_are_words_and_those_of_a_firm_one_word() -> None:
    assert words("J.P. Morgan", PERSON) == ["j", "p", "morgan"]
    assert words("J.P. Morgan", FIRM) == ["jp", "morgan"]


def test_numbers_of_firms_are_figures() -> None:
    assert words("Brigade Forty-Four", FIRM) == ["brigade", "44"]
    assert words("Second Harvest Fund III", FIRM) == ["2", "harvest", "fund", "3"]
    assert read("Harvest Fund V", FIRM).words[-1].role is Role.NUMBER


def test_a_firm_whose_name_is_a_legal_form_keeps_it() -> None:
    assert words("AT&T", FIRM) == ["at", "and", "t"]
    assert words("Company", FIRM) == ["company"]


def test_the_features_add_up_to_the_nearness() -> None:
    found = nearness(read("Marsh Harrier Trading LLC", FIRM), read("March Harrier Kestrel GmbH", FIRM))
    assert found.value == pytest.approx(1 + sum(each.by for each in found.features))
    assert {each.name for each in found.features} >= {"word", "contrary words", "legal form"}


def test_a_name_read_from_its_end_is_told_as_such() -> None:
    found = nearness(read("nitup rimidalv", PERSON), read("Vladimir Putin", PERSON))
    assert [each.name for each in found.features] == ["backwards"]


def test_an_acronym_is_near_what_it_stands_for() -> None:
    assert near("PLA", "People's Liberation Army", FIRM) >= 0.7


name = st.text(st.characters(codec="utf-8"), max_size=60)


@drawing(0.2)
@given(name, name, st.sampled_from(Kind))
def test_nearness_is_a_share_and_the_same_from_both_sides(one: str, other: str, kind: Kind) -> None:
    assert 0 <= near(one, other, kind) <= 1
    assert near(one, other, kind) == pytest.approx(near(other, one, kind), abs=0.02)


@given(name)
def test_a_name_is_as_near_to_itself_as_can_be(one: str) -> None:
    assert not read(one).words or near(one, one) == 1.0
