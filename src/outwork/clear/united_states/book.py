"""The rules of the United States that the rulebook holds: entries of the control list, the country chart, groups, exceptions.

They are read from `us/*.csv`, which say what the Export Administration Regulations (15 CFR 730 to 774) said on 23 July 2026
about unmanned aircraft, sensors, navigation, radio, and their software and technology.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

from outwork.clear.rules import condition_cell
from outwork.clear.rules.conditions import ALWAYS, Condition, Joined
from outwork.clear.rules.crossing import is_path
from outwork.clear.rules.parse_conditions import Parser
from outwork.clear.rules.provision import READINGS, Reading
from outwork.clear.rules.rulebook import Rulebook
from outwork.clear.united_states.places import Places
from outwork.clear.united_states.places import read as places
from outwork.model.errors import Fault, InvalidRules
from outwork.model.nearest import nearest
from outwork.model.sheet import Line, lines

HOME: Final = "US"
SOURCE: Final = "eCFR title 15, 2026-07-23"
COUNTRIES: Final = "us/countries.csv"
ENTRIES: Final = "us/entries.csv"
CONTROLS: Final = "us/controls.csv"
EXCEPTIONS: Final = "us/exceptions.csv"
NO_DE_MINIMIS: Final = "us/no_de_minimis.csv"

SERIES: Final = {"600 series": re.compile(r"\d[A-E]6\d\d"), "9x515": re.compile(r"9[A-E]515")}
"""Families of entries that rules name together, by the shape of their codes."""

COLUMNS: Final = (
    "CB 1", "CB 2", "CB 3", "NP 1", "NP 2", "NS 1", "NS 2", "MT 1", "RS 1", "RS 2", "FC 1", "CC 1", "CC 2", "CC 3",
    "AT 1", "AT 2",
)  # fmt: skip
"""Columns of the chart. No country has an X under AT: those that would are under the embargoes of part 746."""

Row = Literal["chart", "part 746", "home"]
ROWS: Final[tuple[Row, ...]] = ("chart", "part 746", "home")
ExceptionName = Literal["LVS", "GBS", "STA", "ENC"]
EXCEPTION_NAMES: Final[tuple[ExceptionName, ...]] = ("LVS", "GBS", "STA", "ENC")


@dataclass(frozen=True)
class Country:
    """A row of the Commerce Country Chart. `row`: whether the chart answers, or part 746 (embargoes); or it is home."""

    nation: str
    name: str
    row: Row
    marks: frozenset[str]
    """Columns with an X, such as NS 2."""
    groups: frozenset[str]
    """Country groups of Supplement No. 1 to part 740, such as A:5."""
    footnotes: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """An entry of the Commerce Control List."""

    eccn: str
    title: str
    reasons: tuple[str, ...]
    cite: str


@dataclass(frozen=True)
class Control:
    """One reason for control of an entry: for which paragraphs, under which condition, and where it asks for a licence."""

    eccn: str
    reason: str
    where: Places
    paths: tuple[str, ...]
    """Paragraphs to which it applies; empty: all."""
    but: tuple[str, ...]
    condition: Condition
    reading: Reading
    cite: str
    note: str


@dataclass(frozen=True)
class LicenceException:
    """What an entry says of a licence exception. `barred`: groups to which it may not be used for these paragraphs."""

    eccn: str
    name: ExceptionName
    paths: tuple[str, ...]
    but: tuple[str, ...]
    limit_usd: float | None
    barred: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class NoDeMinimis:
    """A case of 15 CFR 734.4(a): whatever its share of US content, the item is subject to the rules."""

    cite: str
    condition: Condition
    where: Places
    parts: tuple[str, ...]
    """Entries of which US content must be for the case to arise, `600 series` and `9x515` among them; empty: of any."""
    item: tuple[str, ...]
    """Entries of which the item itself must be; empty: of any."""
    title: str


@dataclass(frozen=True, eq=False)
class UnitedStates:
    """Everything that is looked up in these rules. One book is itself and no other: what follows from it alone can be kept."""

    countries: Mapping[str, Country]
    entries: Mapping[str, Listed]
    controls: tuple[Control, ...]
    exceptions: tuple[LicenceException, ...]
    no_de_minimis: tuple[NoDeMinimis, ...]

    @cached_property
    def controls_of(self) -> Mapping[str, tuple[Control, ...]]:
        """Controls by entry."""
        return {eccn: tuple(each for each in self.controls if each.eccn == eccn) for eccn in self.entries}

    def holds(self, where: Places, nation: str) -> bool:
        """Return whether a rule that speaks of some places speaks of a nation. KeyError for a nation without a row."""
        country = self.countries[nation]
        return where.hold(nation, country.marks | country.groups)


def read(rulebook: Rulebook) -> UnitedStates:
    """Return the tables of a rulebook. InvalidRules with every fault in them."""
    faults: list[Fault] = []
    parser = Parser(rulebook.vocabulary, rulebook.nations)
    texts = rulebook.texts
    countries = {each.nation: each for each in _countries(texts, faults)}
    entries = {each.eccn: each for each in _entries(texts, faults)}
    known = {*COLUMNS, *(name for each in countries.values() for name in (each.nation, *each.groups))}
    found = UnitedStates(
        MappingProxyType(countries),
        MappingProxyType(entries),
        tuple(_controls(texts, parser, known, entries, faults)),
        tuple(_exceptions(texts, known, entries, faults)),
        tuple(_no_de_minimis(texts, parser, known, faults)),
    )
    if faults:
        raise InvalidRules(tuple(faults))
    return found


def _countries(texts: Mapping[str, str], faults: list[Fault]) -> Iterator[Country]:
    seen: set[str] = set()
    for line in lines(COUNTRIES, texts, ("nation", "name", "row", "marks", "groups", "footnotes"), faults):
        nation = line.nation("nation")
        if nation in seen:
            line.fault("nation", f"{nation} has two rows")
        seen.add(nation)
        for each in sorted(set(line.names("marks")) - set(COLUMNS)):
            line.fault("marks", f"'{each}' is no column of the chart", nearest(each, COLUMNS))
        marks, groups = frozenset(line.names("marks")), frozenset(line.names("groups"))
        yield Country(nation, line.needed("name"), line.choice("row", ROWS), marks, groups, line.names("footnotes"))


def _entries(texts: Mapping[str, str], faults: list[Fault]) -> Iterator[Listed]:
    seen: set[str] = set()
    for line in lines(ENTRIES, texts, ("eccn", "title", "reasons", "cite"), faults):
        eccn = _path(line, "eccn", line.text("eccn"))
        if eccn in seen:
            line.fault("eccn", f"{eccn} has two rows")
        seen.add(eccn)
        yield Listed(eccn, line.needed("title"), line.names("reasons"), line.needed("cite"))


def _controls(
    texts: Mapping[str, str], parser: Parser, known: set[str], entries: Mapping[str, Listed], faults: list[Fault]
) -> Iterator[Control]:
    columns = ("eccn", "reason", "where", "paths", "but", "when", "unless", "reading", "cite", "note")
    for line in lines(CONTROLS, texts, columns, faults):
        eccn, reason = _entry(line, entries), line.needed("reason")
        if eccn in entries and reason not in entries[eccn].reasons:
            line.fault("reason", f"{eccn} is not controlled for '{reason}'", nearest(reason, entries[eccn].reasons))
        yield Control(
            eccn,
            reason,
            places(line, "where", known),
            _paths(line, "paths", eccn),
            _paths(line, "but", eccn),
            _condition(line, parser),
            line.choice("reading", READINGS),
            line.needed("cite"),
            line.text("note"),
        )


def _exceptions(
    texts: Mapping[str, str], known: set[str], entries: Mapping[str, Listed], faults: list[Fault]
) -> Iterator[LicenceException]:
    columns = ("eccn", "exception", "paths", "but", "limit_usd", "barred", "note")
    for line in lines(EXCEPTIONS, texts, columns, faults):
        eccn = _entry(line, entries)
        for each in set(line.names("barred")) - known:
            line.fault("barred", f"'{each}' is no country group", nearest(each, known))
        yield LicenceException(
            eccn,
            line.choice("exception", EXCEPTION_NAMES),
            _paths(line, "paths", eccn),
            _paths(line, "but", eccn),
            line.number_of("limit_usd") if line.text("limit_usd") else None,
            line.names("barred"),
            line.text("note"),
        )


def _no_de_minimis(texts: Mapping[str, str], parser: Parser, known: set[str], faults: list[Fault]) -> Iterator[NoDeMinimis]:
    for line in lines(NO_DE_MINIMIS, texts, ("cite", "when", "where", "parts", "item", "title"), faults):
        condition = condition_cell.condition(line, "when", parser)
        if condition is None:
            line.needed("when")
        parts, item = line.names("parts"), line.names("item")
        for column, names in (("parts", set(parts) - SERIES.keys()), ("item", set(item))):
            for each in sorted(names):
                _path(line, column, each)
        where, title = places(line, "where", known), line.needed("title")
        yield NoDeMinimis(line.needed("cite"), condition or ALWAYS, where, parts, item, title)


def _condition(line: Line, parser: Parser) -> Condition:
    when, unless = condition_cell.condition(line, "when", parser), condition_cell.condition(line, "unless", parser)
    parts = [when] if when is not None else []
    parts += [Joined("none", (unless,))] if unless is not None else []
    return Joined("all", tuple(parts)) if parts else ALWAYS


def _entry(line: Line, entries: Mapping[str, Listed]) -> str:
    eccn = line.text("eccn")
    if eccn not in entries:
        line.fault("eccn", f"'{eccn}' is not in {ENTRIES}", nearest(eccn, entries))
    return eccn


def _paths(line: Line, column: str, eccn: str) -> tuple[str, ...]:
    found = line.names(column)
    for each in found:
        if _path(line, column, each) and each != eccn and not each.startswith(f"{eccn}."):
            line.fault(column, f"'{each}' does not lie in {eccn}")
    return found


def _path(line: Line, column: str, text: str) -> str:
    if not is_path(text):
        line.fault(column, f"'{text}' is not a paragraph of the list, such as 9A012.a.1")
    return text
