"""The Ukrainian of what `match`, `clear` and `watch` say: all that the rulebook and the taxonomy ask and name is there."""

from __future__ import annotations

import csv
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import pytest

FORMS: Final = {"one", "few", "many", "other"}
SLOT: Final = re.compile(r"\{([a-z]+)(?::([a-z][a-z_0-9]*))?\}")
CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
LATIN: Final = re.compile("[A-Za-z]")
KINDS: Final = frozenset({"name", "names", "day", "number", "count", "money", "percent", "phrase", "phrases"})
HERE: Final = ("match.toml", "watch.toml", "clear")
RULEBOOK: Final = files("outwork.store") / "rulebook"
Entry = tuple[str, str, Mapping[str, str]]
"""Heading, the English, and each form of the text."""


def of(part: Traversable) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every file at a place."""
    if part.is_dir():
        for each in sorted(part.iterdir(), key=lambda each: each.name):
            yield from of(each)
    elif part.name.endswith(".toml"):
        yield part.name, part.read_text("utf-8")


def flat(table: Mapping[str, Any], heading: str = "") -> Iterator[Entry]:
    for english, value in table.items():
        if isinstance(value, str):
            yield heading, english, {"only": value}
        elif set(value) <= FORMS:
            yield heading, english, value
        else:
            yield from flat(value, english)


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry that is said here."""
    folder = files("outwork.web.texts") / "phrases" / "uk"
    return tuple(entry for name in HERE for _, text in of(folder / name) for entry in flat(tomllib.loads(text)))


@cache
def patterns(heading: str) -> tuple[re.Pattern[str], ...]:
    """The entries under a heading, as expressions."""
    return tuple(re.compile(expression(english) + r"\Z", re.DOTALL) for own, english, _ in entries() if own == heading)


def expression(english: str) -> str:
    """Return a pattern of the book as a regular expression, in which any text stands for a slot."""
    literals = SLOT.split(english)[::3]
    return "(.+?)".join(map(re.escape, literals))


def said(text: str, heading: str = "") -> bool:
    return any(each.match(text) for each in patterns(heading))


def toml(path: str) -> Mapping[str, Any]:
    return tomllib.loads((RULEBOOK / path).read_text("utf-8"))


def rows(place: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(place.read_text("utf-8").splitlines()))


def authorisations() -> list[Mapping[str, Any]]:
    return [tomllib.loads(text) for _, text in of(RULEBOOK / "eu" / "authorisations")]


@pytest.mark.parametrize("path", ["vocabulary.toml", "movement/vocabulary.toml"])
def test_every_question_of_the_rulebook_is_asked_in_ukrainian(path: str) -> None:
    whole = {english for heading, english, _ in entries() if not heading}
    assert [term["question"] for term in toml(path).values() if term["question"] not in whole] == []


def test_every_entry_that_an_expert_is_asked_about_has_its_title() -> None:
    titles = {english for heading, english, _ in entries() if heading == "entrytitle"}
    asked = [row["title"] for row in rows(RULEBOOK / "eu" / "dual_use" / "entries.csv") if not row["listed"]]
    assert [title for title in asked if title not in titles] == []


def test_what_authorisations_ask_of_the_exporter_is_said_whole_and_in_the_parts_of_the_page() -> None:
    duties = [each["duty"] for each in authorisations()]
    kept = [text for duty in duties for text in duty["keep"]]
    parts = [part.strip() for text in kept for part in text.split(";")]
    reports = [duty["report"] for duty in duties if "report" in duty]
    assert [text for text in [*kept, *parts] if not said(text)] == []
    assert [text for text in reports if not said(text, "report")] == []


def test_notes_of_provisions_that_sentences_repeat_are_said() -> None:
    conditions = [note for each in authorisations() for asked in each["condition"] if (note := asked.get("note"))]
    tables = [*rows(RULEBOOK / "eu" / "articles.csv"), *rows(RULEBOOK / "eu" / "annex_iv.csv")]
    tables += [row for row in rows(RULEBOOK / "eu" / "embargoes.csv") if row["kind"] != "arms"]
    notes = [part for row in tables for part in row["note"].split("; ") if part]
    assert [note for note in [*conditions, *notes] if not said(note, "note")] == []


def test_titles_of_the_cases_without_a_share_of_content_are_said() -> None:
    titles = [row["title"] for row in rows(RULEBOOK / "us" / "no_de_minimis.csv")]
    assert [title for title in titles if not said(title, "step")] == []


def test_every_repair_of_the_taxonomy_is_said() -> None:
    repairs = {row["repair"] for row in rows(files("outwork.store") / "taxonomy" / "repairs.csv")}
    assert [repair for repair in sorted(repairs) if not said(repair)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "lapwing A (goods) from PL to UA for watch-ua: licence; listed under 6A008.e; EU001 may be used to US.",
        "86 movements cross a border: 24 waiting for an expert or a fact, 2 needing a licence, 60 open.",
        "Cannot: holds no EN 9100, which is asked for; to get certified to EN 9100 takes 6 to 12 months and EUR 45,000.",
        "How many hours of board assembly has turku to spare?",
        "t6 will be in Railway yard in about 39 s (probability 0.57)",
    ],
)
def test_a_sentence_of_each_verb_is_said(sentence: str) -> None:
    assert said(sentence)


def test_both_sides_of_an_entry_have_the_same_slots_of_known_kinds() -> None:
    for _, english, texts in entries():
        slots = [(kind, name or kind) for kind, name in SLOT.findall(english)]
        names = [name for _, name in slots]
        assert {kind for kind, _ in slots} <= KINDS, english
        assert len(set(names)) == len(names), english
        for text in texts.values():
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name is not None} == set(names), english


def test_what_is_counted_has_every_form_and_a_count() -> None:
    for _, english, texts in entries():
        if set(texts) != {"only"}:
            assert set(texts) == FORMS, english
            assert "{count" in english


def test_nothing_is_said_in_two_ways_or_left_in_english() -> None:
    found: dict[tuple[str, str], Mapping[str, str]] = {}
    for heading, english, texts in entries():
        assert found.setdefault((heading, english), texts) == texts
        bare = [SLOT.sub("", text) for text in texts.values()]
        assert all(CYRILLIC.search(text) or not LATIN.search(text) for text in bare), english
