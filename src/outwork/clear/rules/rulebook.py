"""What was read from the rule files: entries, authorisations, lists of paths, groups of nations, and the vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from outwork.clear.rules.conditions import ALWAYS, Condition, Listed, Value, above, leaves, under
from outwork.clear.rules.order import ordered, reflexive
from outwork.clear.rules.provision import Bound, ItemKind, Provision, Reading
from outwork.clear.rules.vocabulary import Vocabulary


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a provision, and the condition that it states."""

    path: str
    condition: Condition
    reading: Reading = "literal"
    quote: str = ""
    note: str = ""
    cite: str = ""
    line: int | None = None


class Control(Paragraph):
    """One path of an entry, and what makes a thing listed under it."""


@dataclass(frozen=True)
class Release:
    """A note that takes something out of an entry again. `of`: paths that it releases, with all below; empty: the entry."""

    path: str
    condition: Condition
    of: tuple[str, ...] = ()
    reading: Reading = "literal"
    quote: str = ""
    note: str = ""
    cite: str = ""
    line: int | None = None

    def frees(self, path: str) -> bool:
        """Return whether the note releases what is listed under the path."""
        return not self.of or any(under(path, each) for each in self.of)


@dataclass(frozen=True)
class Entry:
    """An entry of a control list: a thing is listed under a control of it where `scope` and the control hold and no release."""

    provision: Provision
    kind: ItemKind
    scope: Condition
    controls: tuple[Control, ...]
    releases: tuple[Release, ...] = ()

    @property
    def name(self) -> str:
        """The code of the entry, such as 9A012."""
        return self.provision.name

    @property
    def statements(self) -> tuple[Control | Release, ...]:
        """Everything in it that has a path: controls, then releases."""
        return (*self.controls, *self.releases)

    def asks_about(self, control: Control) -> tuple[str, ...]:
        """Return the paths about which a control asks, the scope and its releases included."""
        releases = (release.condition for release in self.releases if release.frees(control.path))
        asked = (leaf for condition in (self.scope, control.condition, *releases) for leaf in leaves(condition))
        return tuple(path for leaf in asked if isinstance(leaf, Listed) for path in leaf.paths)


@dataclass(frozen=True)
class Duty:
    """What using an authorisation asks of the exporter."""

    registration_days: int | None = None
    """Working days that a registration before first use takes. None: no registration."""
    notice_days: int | None = None
    """Days after first use within which it is notified. None: no notice."""
    report: str = ""
    """What is reported, and when."""
    years: float | None = None
    """Years for which it is given. None: while it is in force."""
    keep: tuple[str, ...] = ()
    """Further things to do, each in one sentence."""


class Requirement(Paragraph):
    """One condition of an authorisation: it must be true for the authorisation to be used."""


@dataclass(frozen=True)
class Authorisation:
    """A general authorisation: what it covers, where to, under which conditions, with which duties.

    `covers` are paths, all entries where it is None; `excepts` paths that it does not cover; `destinations` nations.
    """

    provision: Provision
    kinds: tuple[ItemKind, ...]
    covers: tuple[str, ...] | None
    excepts: tuple[str, ...]
    destinations: frozenset[str]
    conditions: tuple[Requirement, ...]
    duty: Duty

    @property
    def name(self) -> str:
        """Its name, such as EU001."""
        return self.provision.name

    def includes(self, path: str) -> bool:
        """Return whether what is listed under a path is covered, as far as paths tell."""
        if any(under(path, each) or under(each, path) for each in self.excepts):
            return False
        return self.covers is None or any(under(path, each) for each in self.covers)


@dataclass(frozen=True)
class PathList:
    """A named list of paths, such as Annex IV or section I of Annex II."""

    provision: Provision
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name, such as annex-iv."""
        return self.provision.name


@dataclass(frozen=True)
class NationGroup:
    """Nations of which rules speak together, such as the members of the Union."""

    name: str
    title: str
    nations: frozenset[str]
    cite: str
    file: str


@dataclass(frozen=True)
class Note:
    """A general note: it releases what stands in every entry of these kinds, except in some."""

    provision: Provision
    release: Release
    kinds: tuple[ItemKind, ...]
    excepts: tuple[str, ...]

    def concerns(self, entry: Entry) -> bool:
        """Return whether the note releases from the entry."""
        other = entry.provision.regime != self.provision.regime or entry.kind not in self.kinds
        return not other and not any(under(entry.name, each) for each in self.excepts)


@dataclass(frozen=True)
class Derivation:
    """How a fact follows from others.

    Of a quantity: it is at most, at least or equal to `factor` x the product of others, each to its power, all of them
    positive. Of any fact: it has this `value` where `when` holds.
    """

    fact: str
    bound: Bound = "equal"
    product: tuple[tuple[str, float], ...] = ()
    factor: float = 1.0
    """What turns the product of the facts, each in the vocabulary's unit, into the fact's; conversion of units included."""
    value: Value | None = None
    text: str = ""
    when: Condition = ALWAYS
    reading: Reading = "ours"
    note: str = ""
    file: str = ""
    line: int | None = None


class _Dated(Protocol):
    """Something that stands on a provision with dates."""

    @property
    def provision(self) -> Provision: ...


D = TypeVar("D", bound=_Dated)


@dataclass(frozen=True)
class Rulebook:
    """Everything that the rule files say, in the order of names; other files are kept as text for those who read them."""

    vocabulary: Vocabulary
    entries: tuple[Entry, ...]
    authorisations: tuple[Authorisation, ...]
    lists: tuple[PathList, ...]
    nations: Mapping[str, NationGroup]
    derivations: tuple[Derivation, ...]
    texts: Mapping[str, str]
    """Every file: path -> text."""

    def on(self, day: date) -> Rulebook:
        """Return what is law on a day: valid then, and adopted. A proposal is never law."""
        return replace(
            self,
            entries=_law(self.entries, day),
            authorisations=_law(self.authorisations, day),
            lists=_law(self.lists, day),
        )

    def entry(self, name: str) -> Entry | None:
        """Return the entry of that code; of several versions the last."""
        return next((each for each in reversed(self.entries) if each.name == name), None)

    def path_list(self, name: str) -> PathList | None:
        """Return the list of that name; of several versions the last."""
        return next((each for each in reversed(self.lists) if each.name == name), None)

    def members(self, group: str) -> frozenset[str]:
        """Return the nations of a group, none where there is no such group."""
        found = self.nations.get(group)
        return frozenset() if found is None else found.nations

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path under which something can be listed."""
        return frozenset(control.path for entry in self.entries for control in entry.controls)

    @cached_property
    def controls(self) -> tuple[tuple[Entry, Control], ...]:
        """Every control with its entry."""
        return tuple((entry, control) for entry in self.entries for control in entry.controls)

    @cached_property
    def order(self) -> tuple[tuple[Entry, Control], ...]:
        """Every control with its entry, each after those about which it asks. CycleError where there is no such order."""
        return tuple(self.controls[place] for place in ordered(self._asking))

    @cached_property
    def reflexive(self) -> frozenset[str]:
        """Paths that ask about themselves."""
        return reflexive(self._asking)

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """Every path at or below a text: 9A012.a -> 9A012.a.1, 9A012.a.2."""
        found: dict[str, dict[str, None]] = {}
        for _, control in self.controls:
            for text in above(control.path):
                found.setdefault(text, {})[control.path] = None
        return {text: tuple(paths) for text, paths in found.items()}

    @cached_property
    def _asking(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((control.path, entry.asks_about(control)) for entry, control in self.controls)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all files: the version of the rules, by which a determination names what it was made from."""
        total = hashlib.sha256()
        for path, text in sorted(self.texts.items()):
            total.update(f"{path}\0{text}\0".encode())
        return total.hexdigest()


def _law(dated: Iterable[D], day: date) -> tuple[D, ...]:
    return tuple(each for each in dated if each.provision.status != "proposed" and each.provision.holds_on(day))
