"""How a sentence is looked up in a phrase book, with bounds on the work: a sentence can hold what people named their things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from outwork.web.texts import Text, Texts
from outwork.web.texts.phrases.pattern import Pattern, pattern
from outwork.web.texts.phrases.slots import AND, SLOT, Slot, counted, said
from outwork.web.texts.plural import RULES

SENTENCES: Final = re.compile(r"(?<=[.!?]) (?=\S)")
"""Where a sentence may end and the next begin."""
LISTED: Final = re.compile(r"; |, and |, | and ")
"""What may stand between several phrases."""
PARTS: Final = 60
"""Parts of a chain beyond which it is not taken apart."""
DEEPEST: Final = 5
"""Phrases within phrases."""
TEXTS: Final = 2_000
"""Parts of one sentence that are looked up."""


@dataclass(frozen=True, eq=False)
class Chapter:
    """The entries under one heading: whole texts, and patterns, those first that say most."""

    whole: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()

    @classmethod
    def of(cls, entries: Mapping[str, Text]) -> Chapter:
        """Return a chapter of entries by their English. TypeError where one says nothing clear."""
        whole = {english: text for english, text in entries.items() if isinstance(text, str) and not SLOT.search(english)}
        others = [pattern(english, text) for english, text in entries.items() if english not in whole]
        return cls(whole, tuple(sorted(others, key=lambda each: -each.weight)))


@dataclass(eq=False)
class Lookup:
    """Looks one sentence up. Args: t, the texts of the language; chapters by heading, whole sentences under ''."""

    t: Texts
    chapters: Mapping[str, Chapter]
    known: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """What each part was found to be, by heading."""

    def sentence(self, text: str) -> str | None:
        """Return a text of one or several sentences in the language, None where any of them is not in the book."""
        return self.chapters[""].whole.get(text) or self._chain(text, "", SENTENCES, 0)

    def part(self, text: str, heading: str) -> str | None:
        """Return a text that stands under a heading, or else among the sentences; None where it is not in the book."""
        return self._one(text, heading, 0)

    def _one(self, text: str, heading: str, depth: int) -> str | None:
        """Return a part, which is no chain."""
        key = heading, text
        if key not in self.known:
            if len(self.known) >= TEXTS or depth > DEEPEST:
                return None
            self.known[key] = None
            self.known[key] = self._found(text, heading, depth)
        return self.known[key]

    def _found(self, text: str, heading: str, depth: int) -> str | None:
        chapter = self.chapters[heading]
        if text in chapter.whole:
            return chapter.whole[text]
        for each in chapter.patterns:
            values = each.match(text)
            told = None if values is None else self._filled(each, values, depth)
            if told is not None:
                return told
        return self._one(text, "", depth) if heading else None

    def _filled(self, own: Pattern, values: Mapping[str, str], depth: int) -> str | None:
        """Return the text of a pattern with its values, None where one of them is not in the book or no such day or number."""
        text = own.text
        if not isinstance(text, str):
            text = text[RULES[self.t.language][0](counted(values[own.counts.name]))]
        told: dict[str, str] = {}
        for slot in own.slots:
            held = self._slot(slot, values[slot.name], depth + 1)
            if held is None:
                return None
            ends = slot.nested and f"{{{slot.name}}}." in text  # an abbreviation ends the sentence with its own point
            told[slot.name] = held.removesuffix(".") if ends else held
        return text.format_map(told)

    def _slot(self, slot: Slot, value: str, depth: int) -> str | None:
        heading = slot.heading if slot.heading in self.chapters else ""
        match slot.kind:
            case "phrase":
                return self._one(value, heading, depth)
            case "phrases":
                return self._chain(value, heading, LISTED, depth)
        try:
            return said(slot.kind, value, self.t)
        except ValueError:
            return None

    def _chain(self, text: str, heading: str, between: re.Pattern[str], depth: int) -> str | None:
        """Return a text part by part, the parts as short as can be: names may hold what stands between parts."""
        ends = [(found.start(), found.end()) for found in between.finditer(text)]
        ends = [*(ends if len(ends) < PARTS else []), (len(text), len(text))]
        rest: dict[int, str | None] = {len(text): ""}
        for begin in reversed([0, *(after for _, after in ends[:-1])]):
            told = (
                self._first(text[begin:end], text[end:after], rest.get(after), (heading, depth))
                for end, after in ends
                if end > begin
            )
            rest[begin] = next((each for each in told if each is not None), None)
        return rest[0]

    def _first(self, part: str, between: str, rest: str | None, where: tuple[str, int]) -> str | None:
        """Return the first part of a chain with the rest of it. Args: where, heading and depth."""
        own = None if rest is None else self._one(part, *where)
        return None if own is None or rest is None else own + between.replace(" and ", AND[self.t.language]) + rest
