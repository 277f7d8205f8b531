"""Score: how near somebody is to an entry of a list, and what of it raised or lowered the number.

The nearness of the nearest names; then what else is known. A birth date, a nation or a kind that differs is a doubt: lists are
wrong about these often enough, so doubts can turn a block into a review, and never into a clearance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from outwork.clear.screen.names import Kind, read
from outwork.clear.screen.nearness import NOTHING, Feature, Nearness, nearness
from outwork.clear.screen.subjects import Subject
from outwork.model.listed import Entry

WEAK: Final = 0.05
"""Loss where the nearest name is one that the publisher calls weak [1]."""
OTHER_KIND: Final = 0.08
"""Loss where one is a person and the other is not [1]."""
OTHER_NATION: Final = 0.08
"""Loss where the nations of both are known and have none in common [1]."""
OTHER_BIRTH: Final = 0.3
"""Loss where both dates or years of birth are known and do not fit [1]."""
SAME_BIRTH: Final = 0.05
"""Gain by the same full date of birth [1]."""
DOUBTFUL: Final = 0.1
"""Below review less this [1], no reason is given for a nearness: nothing can raise it to review but an identifier."""
SAME_NUMBER: Final = 0.95
"""Score, at least, where an identifier is the same [1]."""
SHORTEST_NUMBER: Final = 5
"""Characters of an identifier from which it tells anything."""
LATER: Final = 1
"""Years by which two birth years may differ and still fit."""
DATE: Final = len("1970-03-31")
"""Characters of a full date of birth."""
KINDS: Final = {"person": Kind.PERSON, "company": Kind.COMPANY, "vessel": Kind.COMPANY, "unknown": Kind.UNKNOWN}
NOT_IN_NUMBER: Final = re.compile(r"[\W_]+")
YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Score:
    """How near a subject is to an entry [1], the entry's name that was nearest, and why; value = 1 + sum of the features."""

    value: float
    listed_name: str
    features: tuple[Feature, ...]

    def sentences(self) -> str:
        """Say what raised and lowered the score, the largest part first."""
        if not self.features:
            return "the names are the same"
        return "; ".join(f"{each.by:+.2f} {each.sentence}" for each in self.features)


def score(subject: Subject, entry: Entry, review: float) -> Score:
    """Return how near a subject is to an entry; `review` [1] is where doubts stop, as long as the names come so far."""
    least = review - DOUBTFUL
    named = [(_near(subject, entry, each, least), each) for each in (*entry.names, *entry.weak)]
    near, name = max(named, key=lambda each: each[0].value, default=(NOTHING, ""))
    doubts = list(_doubts(subject, entry))
    least = -max(near.value - review, 0.0)
    over = least - sum(each.by for each in doubts)
    if over > 0 and doubts:
        doubts.append(Feature("held", over, "doubts alone never take a name that is near out of review"))
    features = [*near.features, *doubts, *_agreements(subject, entry)]
    value = 1 + sum(each.by for each in features)
    value, features = _numbered(subject, entry, value, features)
    if value > 1:
        features.append(Feature("ceiling", 1 - value, "a score is never above one"))
    ordered = sorted(features, key=lambda each: -abs(each.by))
    return Score(min(max(value, 0.0), 1.0), name, tuple(ordered))


def number(identifier: str) -> str:
    """Return an identifier as it is compared: letters and digits, in upper case."""
    return NOT_IN_NUMBER.sub("", identifier).upper()


def _near(subject: Subject, entry: Entry, name: str, least: float) -> Nearness:
    """Return how near a subject's name is to one of an entry's, each read as what it is, or as what makes them nearer."""
    kinds = _readings(subject, entry, name)
    best = max(
        (nearness(read(subject.name, one), read(name, other), least) for one, other in kinds), key=lambda each: each.value
    )
    if name not in entry.weak:
        return best
    feature = Feature("weak alias", -min(WEAK, best.value), f"the list itself calls '{name}' a weak alias")
    return Nearness(best.value + feature.by, (*best.features, feature))


def _readings(subject: Subject, entry: Entry, name: str) -> list[tuple[Kind, Kind]]:
    """Return as what both names are read: as what bears them; where nobody knows, as a firm's, or as both if no form tells."""
    theirs = KINDS[entry.bearer]
    ours = subject.kind if subject.kind is not Kind.UNKNOWN else theirs
    if ours is not Kind.UNKNOWN:
        return [(ours, theirs if theirs is not Kind.UNKNOWN else ours)]
    firm = read(subject.name).form or read(name).form
    return [(Kind.COMPANY, Kind.COMPANY), *([] if firm else [(Kind.PERSON, Kind.PERSON)])]


def _doubts(subject: Subject, entry: Entry) -> Iterator[Feature]:
    theirs = KINDS[entry.bearer]
    if Kind.UNKNOWN not in (subject.kind, theirs) and subject.kind is not theirs:
        yield Feature("kind", -OTHER_KIND, f"one is a {subject.kind}, the other a {entry.bearer}")
    if subject.nations and entry.nations and not set(subject.nations) & set(entry.nations):
        ours, listed = "/".join(subject.nations), "/".join(entry.nations)
        yield Feature("nation", -OTHER_NATION, f"the nations differ: {ours}, {listed}")
    if subject.born and entry.born and not _fits(subject.born, entry.born):
        yield Feature("birth", -OTHER_BIRTH, f"the births differ: {'/'.join(subject.born)}, {'/'.join(entry.born)}")


def _agreements(subject: Subject, entry: Entry) -> Iterator[Feature]:
    same = {each for each in subject.born if len(each) == DATE} & set(entry.born)
    if same:
        yield Feature("birth", SAME_BIRTH, f"both were born on {min(same)}")


def _numbered(subject: Subject, entry: Entry, value: float, features: list[Feature]) -> tuple[float, list[Feature]]:
    """Raise the score where an identifier is the same."""
    same = numbers(subject.identifiers) & numbers(entry.identifiers)
    if not same or value >= SAME_NUMBER:
        return value, features
    return SAME_NUMBER, [*features, Feature("identifier", SAME_NUMBER - value, f"both have the number {min(same)}")]


def numbers(identifiers: tuple[str, ...]) -> set[str]:
    """Return identifiers that are long enough to tell anything, as they are compared."""
    return {found for each in identifiers if len(found := number(each)) >= SHORTEST_NUMBER and any(map(str.isdigit, found))}


def _fits(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether any two births can be the same: equal dates, day and month taken for each other, or years that nearly agree."""
    return any(_same_birth(one, other) for one in ours for other in theirs)


def _same_birth(one: str, other: str) -> bool:
    if len(one) == len(other) == DATE:
        return one == other or one == f"{other[:4]}-{other[8:]}-{other[5:7]}"
    years = [[int(year) for year in YEAR.findall(each)] for each in (one, other)]
    if not all(years):
        return True
    return any(abs(left - right) <= LATER for left in years[0] for right in years[1])
