"""What tables and columns mean, in every language: the phrase book follows the declarations."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

from outwork.model.tables import BY_NAME
from outwork.web.texts import LANGUAGES

OTHERS = sorted(set(LANGUAGES) - {"en"})


def of_columns(language: str) -> Traversable:
    return files("outwork.web.texts") / "phrases" / language / "columns"


def told(language: str) -> list[tuple[str, str]]:
    """English texts and those of the language, in all files of the folder."""
    every = sorted((file for file in of_columns(language).iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return [pair for file in every for pair in tomllib.loads(file.read_text("utf-8")).items()]


def escaped(text: str) -> str:
    """The text as a pattern without slots."""
    return text.replace("{", "{{").replace("}", "}}")


DOCS = {escaped(doc) for table in BY_NAME.values() for doc in (table.doc, *(column.doc for column in table.columns))}
UNITS = {column.unit for table in BY_NAME.values() for column in table.columns if column.unit}


@pytest.mark.parametrize("language", OTHERS)
def test_what_every_table_and_column_means_is_said_in_every_language(language: str) -> None:
    assert sorted(DOCS - {english for english, _ in told(language)}) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_unit_of_a_column_is_said_in_every_language(language: str) -> None:
    assert sorted(UNITS - {english for english, _ in told(language)}) == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_said_of_tables_and_columns_that_are_gone(language: str) -> None:
    assert sorted({english for english, _ in told(language)} - DOCS - UNITS) == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_several_columns_share_is_said_once(language: str) -> None:
    counted = Counter(english for english, _ in told(language))
    assert [english for english, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_blank_or_left_with_spaces_around_it(language: str) -> None:
    assert [english for english, own in told(language) if not own or own != own.strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_as_many_paragraphs_as_the_english(language: str) -> None:
    assert [english for english, own in told(language) if own.count("\n\n") != english.count("\n\n")] == []
