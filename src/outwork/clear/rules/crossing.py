"""What can only be seen across rule files: two of a name, versions that overlap, references that lead nowhere, circles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from graphlib import CycleError
from itertools import combinations

from outwork.clear.rules.conditions import Condition, Listed, above, leaves, under
from outwork.clear.rules.provision import Provision
from outwork.clear.rules.rulebook import Authorisation, Entry, PathList, Rulebook
from outwork.model.errors import Fault
from outwork.model.nearest import nearest


def faults(book: Rulebook) -> Iterator[Fault]:
    """Yield everything that is wrong among the files of a rulebook."""
    for rules in (book.entries, book.authorisations, book.lists):
        yield from overlapping([rule.provision for rule in rules])
    known = {text for path in book.paths for text in above(path)}
    for entry in book.entries:
        yield from _twice(entry)
        yield from _loose_releases(entry)
        yield from _loose_references(entry, known)
    for authorisation in book.authorisations:
        yield from _loose_paths(authorisation, book)
    for each in book.lists:
        yield from _foreign_paths(each)
    yield from _circles(book)


def overlapping(provisions: Sequence[Provision]) -> Iterator[Fault]:
    """Yield a fault for each two versions of one rule that hold on the same day; a proposal may lie beside what is law."""
    law = [each for each in provisions if each.status != "proposed"]
    for one, other in combinations(sorted(law, key=lambda each: (each.name, each.since)), 2):
        if one.name == other.name and other.since <= (one.until or date.max):
            end = "has no end" if one.until is None else f"ends on {one.until}"
            yield Fault(
                other.file,
                f"{other.name}: holds from {other.since}, while the version in {one.file} {end}; state its until",
                None,
                "since",
                str(other.since),
                place=other.file,
            )


def _twice(entry: Entry) -> Iterator[Fault]:
    seen: set[str] = set()
    for each in entry.statements:
        if each.path in seen:
            yield _fault(entry, each.line, "path", f"{each.path}: the path is named twice in this entry", each.path)
        seen.add(each.path)
    for control in entry.controls:
        if control.path and not under(control.path, entry.name):
            yield _fault(entry, control.line, "path", f"{control.path}: the path does not lie in {entry.name}", control.path)


def _loose_releases(entry: Entry) -> Iterator[Fault]:
    paths = [control.path for control in entry.controls]
    for release in entry.releases:
        for each in release.of:
            if not any(under(path, each) for path in paths):
                reason = f"{release.path}: releases '{each}', under which {entry.name} has no control"
                yield _fault(entry, release.line, "of", reason, each, nearest(each, paths))


def _loose_references(entry: Entry, known: set[str]) -> Iterator[Fault]:
    """Yield a fault for each path about which an entry asks and which none has. Args: known, all paths and what lies above."""
    asked: list[tuple[int | None, str, Condition]] = [(None, entry.name, entry.scope)]
    asked += [(each.line, each.path, each.condition) for each in entry.statements]
    for line, path, condition in asked:
        for leaf in leaves(condition):
            for each in leaf.paths if isinstance(leaf, Listed) else ():
                if each not in known:
                    reason = f"{path}: refers to '{each}', which no entry of the rulebook has"
                    yield _fault(entry, line, "listed", reason, each, nearest(each, known))


def _loose_paths(authorisation: Authorisation, book: Rulebook) -> Iterator[Fault]:
    """Yield a fault for each covered path that is neither shaped like one nor a named list."""
    known = [each.name for each in book.lists]
    for column, paths in (("covers", authorisation.covers or ()), ("except", authorisation.excepts)):
        for each in paths:
            if not is_path(each):
                reason = f"{authorisation.name}: {column} names '{each}', which is neither a path nor a list of the rulebook"
                yield Fault(
                    authorisation.provision.file, reason, None, column, each, nearest(each, known), authorisation.provision.file
                )


def _foreign_paths(each: PathList) -> Iterator[Fault]:
    for path in each.paths:
        if not is_path(path):
            reason = f"{each.name}: '{path}' is not a path, such as 9A012.a"
            yield Fault(each.provision.file, reason, None, "paths", path, place=each.provision.file)


def is_path(text: str) -> bool:
    """Return whether a text is shaped like a path of a control list: 9A012, 5A001.b.2 or ML10.c."""
    head = text.split(".", maxsplit=1)[0]
    return head.isalnum() and head[:1].isascii() and any(each.isdigit() for each in head) and not head.islower()


def _circles(book: Rulebook) -> Iterator[Fault]:
    """Yield a fault where paths ask about each other in a circle."""
    try:
        assert book.order is not None  # noqa: S101 - found when it is first asked for
    except CycleError as error:
        pairs = [book.controls[place] for place in error.args[1]]
        entry, control = pairs[0]
        way = " asks about ".join(dict.fromkeys(each.path for _, each in pairs))
        yield _fault(
            entry, control.line, "listed", f"{control.path}: paths ask about each other in a circle: {way}", control.path
        )


def _fault(entry: Entry, line: int | None, column: str, reason: str, value: str, near: str = "") -> Fault:
    return Fault(entry.provision.file, reason, line, column, value, near, entry.provision.file)
