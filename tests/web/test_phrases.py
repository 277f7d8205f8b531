"""The phrase book: what stands in slots, how texts within texts and chains are taken apart, and what stays English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outwork.web import pages
from outwork.web.texts import LANGUAGES, Text, texts
from outwork.web.texts.phrases import LONGEST, Said, phrases
from outwork.web.texts.phrases.lookup import TEXTS, Chapter, Lookup
from outwork.web.texts.phrases.pattern import fields, pattern
from outwork.web.texts.phrases.slots import LOOSE, SHAPES
from outwork.web.texts.plural import RULES

DAYS: dict[str, str] = {"one": "{days} день.", "few": "{days} дні.", "many": "{days} днів.", "other": "{days} дня."}
WEB = Path(pages.__file__).parents[1]
ASKED = re.compile(r"""\b(?:told|plainly)\([^()]*(?:\([^()]*\))?[^()]*"([a-z]+)"\)""")
"""A heading that a template or a page names, as in `told(t, "fault")`."""
BOOK: dict[str, dict[str, Text]] = {
    "": {
        "It rains.": "Дощить.",
        "{name:resource} at {name:site} is full until {day}.": "{resource}, {site}: повно до {day}.",
        "{name} costs {money}, {percent:more} more for {number} kg.": "{name} коштує {money}, на {more} більше за {number} кг.",
        "It takes {count:days} days.": DAYS,
        "{name} is late: {phrase:cause}.": "{name} спізнюється: {cause}.",
        "By this way: {phrases:way}.": "Шлях: {way}.",
        "Closed between {names:ends}.": "Закрито: {ends}.",
        "Under {text:law}.": "За {law}.",
    },
    "cause": {"the {name} is full": "{name} зайнято", "see: {phrase:cause2}": "див. {cause2}", "3 units": "3 од."},
    "way": {"{name:what} at {name:site}": "{what}, {site}", "{name:what} from {name:a} to {name:b}": "{what}: {a} – {b}"},
}  # fmt: skip


def told(sentence: str) -> str | None:
    chapters = {heading: Chapter.of(entries) for heading, entries in BOOK.items()}
    return Lookup(texts("uk"), chapters).sentence(sentence)


@pytest.mark.parametrize(
    ("english", "ukrainian"),
    [
        ("It rains.", "Дощить."),
        ("oven 2 at old mill is full until 2027-05-03.", "oven 2, old mill: повно до 03.05.2027."),
        ("oven at mill at lund is full until 2027-05-03.", "oven, mill at lund: повно до 03.05.2027."),
        ("x costs 1,500 EUR, 2.5% more for 1,234.50 kg.",
         "x коштує 1\u00a0500\u00a0EUR, на 2,5\u00a0% більше за 1\u00a0234,50 кг."),
        ("mast costs -0.50 EUR, 3% more for 12 kg.", "mast коштує -0,50\u00a0EUR, на 3\u00a0% більше за 12 кг."),
        ("Closed between SE, FI and NO.", "Закрито: SE, FI і NO."),
        ("Under Act 5; section 2: goods.", "За Act 5; section 2: goods."),
    ],
)  # fmt: skip
def test_what_a_sentence_inserts_is_written_as_the_language_writes_it(english: str, ukrainian: str) -> None:
    assert told(english) == ukrainian


@pytest.mark.parametrize(("days", "form"), [("1", "день"), ("22", "дні"), ("1,011", "днів"), ("2.5", "дня")])
def test_a_count_chooses_the_form(days: str, form: str) -> None:
    assert told(f"It takes {days} days.") == f"{days.replace(',', chr(160)).replace('.', ',')} {form}."


def test_a_phrase_within_a_sentence_is_looked_up_under_its_heading_and_then_among_sentences() -> None:
    assert told("d1 is late: the oven is full.") == "d1 спізнюється: oven зайнято."
    assert told("d1 is late: see: the oven is full.") == "d1 спізнюється: див. oven зайнято."
    assert told("d1 is late: it cannot be said.") is None
    assert told("the oven is full") is None  # only a part of sentences
    assert told("d1 is late: It rains..") == "d1 спізнюється: Дощить."


def test_a_part_that_ends_with_a_point_ends_the_sentence_with_it() -> None:
    assert told("d1 is late: 3 units.") == "d1 спізнюється: 3 од."


def test_a_list_is_taken_apart_though_names_hold_what_stands_between() -> None:
    assert told("By this way: mast from a to b, cast at c and pour at d.") == "Шлях: mast: a – b, cast, c і pour, d."
    assert told("By this way: nuts, bolts at the Smith and Sons yard.") == "Шлях: nuts, bolts, the Smith and Sons yard."
    assert told("By this way: mast from a to b, by air.") == "Шлях: mast: a – b, by air."
    assert told("By this way: by air, by sea.") is None


def test_several_sentences_are_looked_up_one_by_one() -> None:
    assert told("It rains. d1 is late: the oven is full. It rains.") == "Дощить. d1 спізнюється: oven зайнято. Дощить."
    assert told("It rains. It snows.") is None


def test_a_name_takes_no_words_of_the_sentence_with_it() -> None:
    assert told("d1 is late: the oven is late. the mill is full.") is None
    assert told("oven: a new one at lund is full until 2027-05-03.") is None


def test_a_day_that_is_none_stays_english() -> None:
    assert told("oven at mill is full until 2027-02-30.") is None


def test_what_is_not_in_the_book_stays_english_and_says_so() -> None:
    assert phrases("uk").said("Nobody has said this.") == Said("Nobody has said this.", "en")
    assert phrases("uk").said("") == Said("", "en")
    assert phrases("en").said("No plan can keep every rule of the programme.").language == "en"
    assert phrases("nowhere").said("It rains.") == Said("It rains.", "en")
    assert phrases("uk").said("No plan can keep every rule of the programme.").language == "uk"


@pytest.mark.parametrize(
    "hostile",
    [
        "a at b from c to d by e; " * 4_000,
        "x is complete on 2027-01-01, 1 week late: " * 2_500,
        "1,111,111" * 10_000,
        "({[" * 30_000,
        "a at b. " * 990,
        ", ".join(["mast at lund"] * 600),
        "It comes by this way: " + " from a to b by c" * 400 + ".",
        "These 2 cannot be kept together: " + " and at a, b; c" * 500,
        "1" * 7_999,
        "2027-01-0" * 880,
    ],
)
def test_a_sentence_made_to_be_slow_is_given_up_early(hostile: str) -> None:
    book = phrases("uk")
    assert book.said(hostile) == Said(hostile, "en")
    lookup = Lookup(book.t, book.chapters)
    assert lookup.sentence(hostile[:LONGEST]) is None
    assert len(lookup.known) <= TEXTS


@pytest.mark.parametrize(
    ("english", "text", "fault"),
    [
        ("{name} and {name}", "{name}", "one name"),
        ("{name:a} is late", "{b}", "different slots"),
        ("{name:a}{name:b}", "{a}{b}", "nothing between"),
        ("{colour} paint", "{colour}", "no slot of kind"),
        ("{name} days", {"one": "{name}", "few": "{name}", "many": "{name}", "other": "{name}"}, "no count"),
    ],
)
def test_an_entry_that_says_nothing_clear_is_refused(english: str, text: Text, fault: str) -> None:
    with pytest.raises(TypeError, match=fault):
        pattern(english, text)


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_both_sides_of_every_entry_have_the_same_slots_and_every_form(language: str) -> None:
    book = phrases(language)
    every = [each for chapter in book.chapters.values() for each in chapter.patterns]
    assert len(every) > 100
    for each in every:
        forms = [each.text] if isinstance(each.text, str) else list(each.text.values())
        assert all(set(fields(form)) == {slot.name for slot in each.slots} for form in forms), each.english
        assert isinstance(each.text, str) or set(each.text) == RULES[language][1], each.english
        assert all(slot.kind in LOOSE | SHAPES.keys() for slot in each.slots)


def test_every_heading_is_named_by_a_slot_a_template_or_a_page() -> None:
    book = phrases("uk")
    patterns = [each for chapter in book.chapters.values() for each in chapter.patterns]
    nested = {slot.heading for each in patterns for slot in each.slots if slot.nested}
    sources = [each.read_text("utf-8") for kind in ("*.html", "*.py") for each in WEB.rglob(kind)]
    asked = {heading for each in sources for heading in ASKED.findall(each)}
    assert asked <= set(book.chapters)
    assert set(book.chapters) - {""} <= nested | asked
