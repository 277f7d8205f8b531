"""The phrase book: what the verbs say in English, in another language.

English stays the record: reasons, faults and the docs of columns are composed and kept in it, and a page reads them in its
own language by looking each sentence up. A book is a folder of TOML files with entries `"English" = "in the language"`, where
both sides may have slots (see `slots`), and for what is counted a table of forms, as in the catalogues:

    "{name:resource} at {name:site} is full until {day}" = "{resource} на майданчику {site} завантажено до {day}"

    ["{count:days} days"]
    one = "{days} день"

Under a heading stand texts that are only parts of others: `{phrase:way}` is looked up under `[way]`, then among the sentences.
A sentence is looked up as it stands, then as a chain of sentences, each of which must be in the book, then with the patterns.
What is not in the book stays English as a whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final

from outwork.web.texts import FORMS, Text, Texts, texts
from outwork.web.texts.phrases.lookup import Chapter, Lookup

LONGEST: Final = 8_000
"""Characters of a sentence that is looked up."""
KEPT: Final = 4_096
"""Sentences that are kept with what they were found to be."""
HEADING: Final = re.compile(r"[a-z][a-z_]*\Z")
ENGLISH: Final = "en"


@dataclass(frozen=True)
class Said:
    """A sentence as a page shows it, and the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True, eq=False)
class Phrases:
    """The phrase book of a language. Args: chapters by heading; whole sentences stand under ''."""

    t: Texts
    chapters: Mapping[str, Chapter]

    def said(self, sentence: str, heading: str = "") -> Said:
        """Return a sentence in the language, or as it is where it is not in the book. Args: heading under which it stands."""
        if self.t.language == ENGLISH or not sentence or len(sentence) > LONGEST:
            return Said(sentence, ENGLISH)
        return _said(self.t.language, sentence, heading)


@cache
def phrases(language: str) -> Phrases:
    """Return the phrase book of a language, that of English, which is empty, where it is none of ours."""
    t = texts(language)
    folder = files(__name__) / t.language
    found: dict[str, dict[str, Text]] = {"": {}}
    for heading, english, text in _every(folder) if folder.is_dir() else ():
        held = found.setdefault(heading, {})
        if held.setdefault(english, text) != text:
            raise TypeError(f"{t.language}: '{english}' is said in two ways")
    return Phrases(t, MappingProxyType({heading: Chapter.of(held) for heading, held in found.items()}))


@lru_cache(KEPT)
def _said(language: str, sentence: str, heading: str) -> Said:
    book = phrases(language)
    lookup = Lookup(book.t, book.chapters)
    text = lookup.part(sentence, heading) if heading else lookup.sentence(sentence)
    return Said(sentence, ENGLISH) if text is None else Said(text, language)


def _every(folder: Traversable) -> Iterator[tuple[str, str, Text]]:
    """Yield heading, English and text of every entry of a folder and of the folders in it."""
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.is_dir():
            yield from _every(file)
        elif file.name.endswith(".toml"):
            yield from _entries(tomllib.loads(file.read_text("utf-8")))


def _entries(table: Mapping[str, Any], heading: str = "") -> Iterator[tuple[str, str, Text]]:
    for english, value in table.items():
        if isinstance(value, str):
            yield heading, english, value
        elif set(value) <= FORMS:
            yield heading, english, MappingProxyType(value)
        elif not heading and HEADING.match(english):
            yield from _entries(value, english)
        else:
            raise TypeError(f"'{english}' is neither a text nor a table of forms")
