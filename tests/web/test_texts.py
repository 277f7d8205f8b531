from __future__ import annotations

import re
import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outwork.model.asker import Role
from outwork.web import pages, problems
from outwork.web.navigation import ACCOUNT, ADMINISTERING, ENTRIES, PLAN, TABLES
from outwork.web.problems import Problem
from outwork.web.texts import LANGUAGES, Text, chosen, texts
from outwork.web.texts.plural import RULES, english, ukrainian

WEB = Path(pages.__file__).parents[1]
CALLED = re.compile(r"""\bt\(\s*["']([a-z_]+\.[a-zA-Z_.-]+)["']\s*[,)]""")
"""A key that a template or a page names in full, as in t("late.title")."""


def fields(text: Text) -> set[str]:
    """The values that a text shows, in any of its forms."""
    every = [text] if isinstance(text, str) else list(text.values())
    return {name for each in every for _, name, _, _ in string.Formatter().parse(each) if name}


def test_every_language_has_the_same_texts_with_the_same_values() -> None:
    catalogues = {language: texts(language).texts for language in LANGUAGES}
    english_texts = catalogues.pop("en")
    for language, own in catalogues.items():
        assert set(own) == set(english_texts), language
        for key, text in own.items():
            assert fields(text) == fields(english_texts[key]), (language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_text_has_every_form_of_its_language(language: str) -> None:
    for key, text in texts(language).texts.items():
        if not isinstance(text, str):
            assert set(text) == RULES[language][1], key


def test_every_text_that_a_page_names_is_there() -> None:
    there = texts("en").texts
    named = {
        key: file.name for file in WEB.rglob("*") if file.suffix in {".html", ".py"} for key in CALLED.findall(file.read_text())
    }
    assert {key: file for key, file in named.items() if key not in there} == {
        "late.title": "__init__.py",  # an example in a docstring
        "late.count": "__init__.py",
    }
    assert len(named) > 80


def test_every_text_that_a_value_names_is_there() -> None:
    there = texts("en").texts
    assert {f"role.{role.name.lower()}" for role in Role} <= set(there)
    assert {entry.key for entry in (*ENTRIES, *PLAN, *TABLES, *ACCOUNT, *ADMINISTERING)} <= set(there)
    told = {value.key for value in vars(problems).values() if isinstance(value, Problem)}
    assert told | {each.key for each in problems.BY_STATUS.values()} | {each.key for _, each in problems.BY_ERROR} <= set(there)
    said = {key for file in (WEB / "pages").glob("*.py") for key in re.findall(r'\.go\([^)]*, "(\w+)"\)', file.read_text())}
    assert {f"said.{key}" for key in said} <= set(there)
    assert {"signed_out", "password_changed"} <= said


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts("en")("nothing.of-the-kind")


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (0, "many"),
        (1, "one"),
        (2, "few"),
        (4, "few"),
        (5, "many"),
        (11, "many"),
        (12, "many"),
        (21, "one"),
        (22, "few"),
        (25, "many"),
        (111, "many"),
        (101, "one"),
        (1.5, "other"),
    ],
)
def test_ukrainian_counts_by_the_last_digits(count: float, form: str) -> None:
    assert ukrainian(count) == form


def test_english_counts_one_and_others() -> None:
    assert [english(count) for count in (0, 1, 2, 1.5, 21)] == ["other", "one", "other", "other", "other"]


def test_numbers_days_and_moments_are_written_as_the_language_writes_them() -> None:
    en, uk = texts("en"), texts("uk")
    assert (en.number(1234567.5, 1), uk.number(1234567.5, 1)) == ("1,234,567.5", "1\u00a0234\u00a0567,5")
    assert (en.euros(1234.4), uk.euros(1234.4)) == ("EUR\u00a01,234", "1\u00a0234\u00a0EUR")
    assert (en.day(date(2026, 11, 22)), uk.day(date(2026, 11, 22))) == ("2026-11-22", "22.11.2026")
    assert [en.units(value) for value in (12, 2.5, 0.125, 99.996, 2526.61)] == ["12", "2.5", "0.12", "100", "2,527"]
    assert en.moment("2026-11-22T08:05:00.000000Z") == "2026-11-22 08:05\u00a0UTC"
    assert uk.moment(datetime(2026, 11, 22, 8, 5, tzinfo=UTC)) == "22.11.2026 08:05\u00a0UTC"
    assert uk("account.days", count=1021) == "1\u00a0021 день"
    assert uk("account.days", count=30) == "30 днів"
    assert uk("account.days", count=1.5) == "1,5 дня"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("uk", "uk"),
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("fr", "en"),
        ("", "en"),
        ("en;q=0.2,uk;q=0.7", "uk"),
        ("uk;q=0", "en"),
        ("uk;q=much", "en"),
        (";;;", "en"),
    ],
)
def test_a_browser_says_which_language_it_prefers(accepted: str, language: str) -> None:
    assert chosen(accepted) == language


def test_a_language_that_is_not_ours_is_english() -> None:
    assert texts("../en").language == "en"
