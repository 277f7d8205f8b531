"""What each revision of an item changes of the one before, and which requirements that touches.

Three cases are told apart, because unknown is not unchanged: something is known to differ; something is known to be the same;
nobody has said. The last counts as a change until a named person states that the revision changes nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from outwork.clear.certify.bill import Bill, Bills, changed
from outwork.clear.rules.vocabulary import spelt
from outwork.model.errors import Fault, InvalidProgramme
from outwork.model.programme import Programme

EVERY_REVISION: Final = "all"
Values = frozenset[tuple[str, str]]
"""What is stated of a fact: values with their units."""


@dataclass(frozen=True)
class Dependence:
    """On what of a design a requirement depends: facts by name; components by name, None for every one of them."""

    requirement: str
    facts: tuple[str, ...]
    components: tuple[str, ...] | None


@dataclass(frozen=True)
class Step:
    """From one revision to the next.

    Args: facts_before, facts_after, by spelt name; bill_before, bill_after, None where nobody says what it is made of; stated,
    kind and name of what `touches` says is changed -> why; complete, somebody stated that nothing else is changed.
    """

    before: str
    after: str
    facts_before: Mapping[str, Values]
    facts_after: Mapping[str, Values]
    bill_before: Bill | None
    bill_after: Bill | None
    stated: Mapping[tuple[str, str], str]
    complete: bool

    def touches(self, dependence: Dependence) -> str:
        """Return in words how the step touches a requirement, an empty text where it does not."""
        return next(self._changes(dependence), "")

    @cached_property
    def _differing(self) -> frozenset[str]:
        """Components that are known to differ."""
        if self.bill_before is None or self.bill_after is None:
            return frozenset()
        return changed(self.bill_before, self.bill_after)

    def _changes(self, dependence: Dependence) -> Iterator[str]:
        said = self.stated.get(("requirement", dependence.requirement))
        if said is not None:
            yield f"revision {self.after} is stated to touch {dependence.requirement}{said}"
        for name in dependence.facts:
            yield from self._fact(name)
        yield from self._components(dependence.components)

    def _fact(self, name: str) -> Iterator[str]:
        key = spelt(name)
        said = self.stated.get(("fact", key))
        before, after = self.facts_before.get(key), self.facts_after.get(key)
        if said is not None:
            yield f"revision {self.after} is stated to change {name}{said}"
        elif before is not None and after is not None:
            if before != after:
                yield f"revision {self.after} changes {name} from {_words(before)} to {_words(after)}"
        elif not self.complete:
            lacking = [rev for rev, known in ((self.before, before), (self.after, after)) if known is None]
            yield f"nobody has stated {name} of revision {' and '.join(lacking)}, so revision {self.after} may change it"

    def _components(self, wanted: tuple[str, ...] | None) -> Iterator[str]:
        stated = {name for kind, name in self.stated if kind == "component"}
        for name in sorted(stated if wanted is None else stated & set(wanted)):
            yield f"revision {self.after} is stated to change {name}{self.stated['component', name]}"
        if wanted == ():
            return
        if self.bill_before is None or self.bill_after is None:
            if not self.complete:
                yield f"no operation says of what revision {self.before} or {self.after} is made, so the parts may have changed"
            return
        hit = self._differing if wanted is None else self._differing & set(wanted)
        if hit:
            yield f"revision {self.after} changes {', '.join(sorted(hit))}"
        absent = set(wanted or ()) - self.bill_before.components - self.bill_after.components
        if absent and not self.complete:
            yield f"{', '.join(sorted(absent))} is in the bill of neither revision, so nobody knows whether it changed"


@dataclass(frozen=True)
class History:
    """The revisions of one item from the first to the one that is looked at, with the steps between them."""

    item: str
    revisions: tuple[str, ...]
    steps: tuple[Step, ...]

    def touched_since(self, revision: str, dependence: Dependence) -> str:
        """Return how the first change after a revision touches a requirement, an empty text where none does."""
        later = self.steps[self.revisions.index(revision) :]
        return next((said for step in later if (said := step.touches(dependence))), "")


@dataclass(frozen=True)
class Archive:
    """What a programme says of revisions, from which histories are drawn."""

    supersedes: Mapping[tuple[str, str], str | None]
    facts: Mapping[tuple[str, str], Mapping[str, Values]]
    touches: Mapping[tuple[str, str], Mapping[tuple[str, str], str]]
    bills: Bills

    @classmethod
    def of(cls, programme: Programme) -> Archive:
        """Read revisions, facts, touches and bills of a programme."""
        revisions = programme["revisions"].select("item", "revision", "supersedes")
        touches: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
        rows = programme["touches"].select("item", "revision", "kind", "name", "reason").iter_rows()
        for item, revision, kind, name, reason in rows:
            touches[item, revision][kind, spelt(name) if kind == "fact" else name] = f": {reason}" if reason else ""
        supersedes = {(item, revision): before for item, revision, before in revisions.iter_rows()}
        return cls(supersedes, _facts(programme), touches, Bills.of(programme))

    def history(self, item: str, revision: str) -> History:
        """Return the line of revisions that ends in one. InvalidProgramme where they supersede each other in a circle."""
        line = [revision]
        while (before := self.supersedes.get((item, line[0]))) is not None:
            if before in line:
                said = (
                    f"revisions of item '{item}' supersede each other in a circle: {' supersedes '.join([*line[::-1], before])}"
                )
                raise InvalidProgramme((Fault("revisions", said, None, "supersedes", before),))
            line.insert(0, before)
        return History(item, tuple(line), tuple(self._step(item, before, after) for before, after in pairwise(line)))

    def _step(self, item: str, before: str, after: str) -> Step:
        stated = self.touches.get((item, after), {})
        return Step(
            before,
            after,
            self._facts_of(item, before),
            self._facts_of(item, after),
            self.bills.bill(item, before),
            self.bills.bill(item, after),
            {key: said for key, said in stated.items() if key[0] != "nothing else"},
            any(kind == "nothing else" for kind, _ in stated),
        )

    def _facts_of(self, item: str, revision: str) -> dict[str, Values]:
        """Return what is stated of a revision: its own facts, and for the others those that hold for every revision."""
        return {**self.facts.get((item, EVERY_REVISION), {}), **self.facts.get((item, revision), {})}


def _facts(programme: Programme) -> dict[tuple[str, str], dict[str, Values]]:
    found: dict[tuple[str, str], dict[str, Values]] = defaultdict(dict)
    for item, revision, fact, value, unit in programme["facts"].select("item", "revision", "fact", "value", "unit").iter_rows():
        held = found[item, revision]
        held[spelt(fact)] = held.get(spelt(fact), frozenset()) | {(value.strip().casefold(), unit.strip())}
    return found


def _words(values: Values) -> str:
    return " or ".join(f"{value} {unit}".strip() for value, unit in sorted(values))
