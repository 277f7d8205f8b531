"""From rule files to a rulebook; every fault of every file is named, and a book with a fault is not used at all."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final, TypeVar

from outwork.clear.rules import crossing, parse_bulk, parse_derived, parse_files, parse_words
from outwork.clear.rules.block import Block
from outwork.clear.rules.crossing import is_path
from outwork.clear.rules.parse_conditions import Parser
from outwork.clear.rules.rulebook import Authorisation, Entry, NationGroup, Note, PathList, Rulebook
from outwork.clear.rules.vocabulary import Term, Vocabulary, spelt
from outwork.model.errors import Fault, InvalidRules
from outwork.model.nearest import nearest

WORDS: Final = ("vocabulary.toml", "nations.toml", parse_derived.NAME)
"""Files of words, known by their names in whichever folder."""
LARGEST: Final = 1_000_000
"""Characters of a rule file; no provision is longer."""

T = TypeVar("T")


def read(texts: Mapping[str, str]) -> Rulebook:
    """Return the rulebook that files state, path -> text. InvalidRules with every fault in them."""
    faults: list[Fault] = []
    pages = {path: page for path in sorted(texts) if (page := _page(path, texts[path], faults)) is not None}
    vocabulary = _vocabulary(_called(pages, "vocabulary.toml"), parse_bulk.terms(texts), faults)
    nations = _nations(_called(pages, "nations.toml"), faults)
    parser = Parser(vocabulary, nations)
    rules = [page for page in pages.values() if PurePosixPath(page.file).name not in WORDS]
    notes = [note for found in _of_kind(rules, "notes", lambda page: parse_files.notes(page, parser)) for note in found]
    entries = _of_kind(rules, "entry", lambda page: parse_files.entry(page, parser))
    entries = [_noted(entry, notes) for entry in [*entries, *parse_bulk.entries(texts, vocabulary, faults)]]
    authorisations = _of_kind(rules, "authorisation", lambda page: parse_files.authorisation(page, parser))
    lists = _of_kind(rules, "list", parse_files.path_list)
    faults += [_headless(page) for page in rules if not set(parse_files.HEADS) & set(page.table)]
    derived = [made for page in _called(pages, parse_derived.NAME) for made in parse_derived.derivations(page, parser)]
    book = Rulebook(
        vocabulary,
        tuple(sorted(entries, key=_by_name)),
        _expanded(authorisations, lists),
        tuple(sorted(lists, key=_by_name)),
        nations,
        tuple(derived),
        dict(texts),
    )
    faults += crossing.faults(book)
    if faults:
        raise InvalidRules(tuple(sorted(faults, key=lambda each: (each.table, each.line or 0))))
    return book


def _noted(entry: Entry, notes: Iterable[Note]) -> Entry:
    """Return an entry with the general notes that release from it among its own."""
    return replace(entry, releases=(*entry.releases, *(note.release for note in notes if note.concerns(entry))))


def _by_name(rule: Entry | Authorisation | PathList) -> tuple[str, object, str]:
    return rule.name, rule.provision.since, rule.provision.file


def _page(path: str, text: str, faults: list[Fault]) -> Block | None:
    """Return a TOML file as a block; None for a file of another format, and for one that is damaged."""
    if not path.endswith(".toml") or path.startswith(parse_bulk.OTHERS):
        return None
    if len(text) > LARGEST:
        faults.append(Fault(path, f"is longer than {LARGEST:,} characters; no rule file is", place=path))
        return None
    try:
        return Block(path, text, "", tomllib.loads(text), faults)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        faults.append(Fault(path, f"is not TOML: {error}", line, place=path))
        return None


def _called(pages: Mapping[str, Block], name: str) -> list[Block]:
    """Return the files of that name, in whichever folder."""
    return [page for path, page in pages.items() if PurePosixPath(path).name == name]


def _of_kind(pages: Iterable[Block], head: str, parse: Callable[[Block], T]) -> list[T]:
    return [parse(page) for page in pages if head in page.table]


def _headless(page: Block) -> Fault:
    names = list(page.table)
    near = next((found for name in names if (found := nearest(name, parse_files.HEADS))), "")
    reason = f"is none of the rule files; it states one of {', '.join(parse_files.HEADS)} at its top"
    return Fault(page.file, reason, 1, place=page.file, nearest=near)


def _vocabulary(pages: list[Block], further: Iterable[Term], faults: list[Fault]) -> Vocabulary:
    found: dict[str, Term] = {}
    claimed: dict[str, Term] = {}
    for term in [*(each for page in pages for each in parse_words.terms(page)), *further]:
        for name in {spelt(term.name), *map(spelt, term.also)}:
            if name in claimed:
                reason = f"{term.name}: the name '{name}' already stands for '{claimed[name].name}' in {claimed[name].file}"
                faults.append(Fault(term.file, reason, None, "also", name, place=term.file))
            claimed.setdefault(name, term)
        found.setdefault(term.name, term)
    return Vocabulary.of(found.values())


def _nations(pages: list[Block], faults: list[Fault]) -> Mapping[str, NationGroup]:
    found: dict[str, NationGroup] = {}
    for group in (each for page in pages for each in parse_words.groups(page)):
        if group.name in found:
            reason = f"{group.name}: the group is named already in {found[group.name].file}"
            faults.append(Fault(group.file, reason, None, "", group.name, place=group.file))
        found.setdefault(group.name, group)
    return MappingProxyType(found)


def _expanded(authorisations: Iterable[Authorisation], lists: Iterable[PathList]) -> tuple[Authorisation, ...]:
    """Return the authorisations with the paths of the lists that they name in place of the names."""
    paths: dict[str, set[str]] = {}
    for each in lists:
        paths.setdefault(each.name, set()).update(each.paths)

    def full(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({path for name in names for path in (paths.get(name, {name}) if not is_path(name) else {name})}))

    return tuple(
        replace(each, covers=None if each.covers is None else full(each.covers), excepts=full(each.excepts))
        for each in sorted(authorisations, key=_by_name)
    )
