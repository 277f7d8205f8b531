"""What one jurisdiction says of a movement, and what it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from outwork.clear.logic import Truth
from outwork.clear.rules.conditions import ALWAYS, Condition
from outwork.clear.rules.provision import Provision


class Outcome(IntEnum):
    """Whether something may move; the greater one is the stricter."""

    OPEN = 0
    """Nothing is asked."""
    GENERAL = 1
    """Under a general authorisation, whose conditions are kept."""
    LICENCE = 2
    """Under a licence that an authority has to grant."""
    NEEDS_EXPERT = 3
    """Not before a person has decided: a fact is missing, or the law leaves it open."""
    PROHIBITED = 4
    """Not at all."""

    @property
    def word(self) -> str:
        """Return the outcome as tables write it, such as needs_expert."""
        return self.name.lower()


class Gap(NamedTuple):
    """A fact that nobody has stated."""

    fact: str
    item: str = ""
    """The item about which it is asked. Empty: the one that moves."""


@dataclass(frozen=True)
class Step:
    """One provision that was tried: whether it holds, and what it asks. The facts that it used are found from the condition."""

    path: str
    """What was tried, such as 9A012.a.2, EU001 Part 3(1)(c) or article 11(2)."""
    cite: str
    truth: Truth
    sentence: str
    """What follows, in one sentence."""
    condition: Condition = ALWAYS
    reviewed: bool = False
    """True: a lawyer has reviewed it."""
    reading: str = "literal"


@dataclass(frozen=True)
class Opinion:
    """What one jurisdiction says of a movement."""

    jurisdiction: str
    """Such as: European Union (NL)."""
    outcome: Outcome
    sentence: str
    cite: tuple[str, ...]
    """Provisions on which the outcome stands; never empty."""
    authorisation: str = ""
    """General authorisation, or kind of licence to ask for."""
    conditions: tuple[str, ...] = ()
    """What the exporter has to do."""
    missing: tuple[Gap, ...] = ()
    """Facts that nobody has stated and that could change the outcome."""
    listed: tuple[str, ...] = ()
    """Paths of a control list on which the outcome stands."""
    trace: tuple[Step, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Refuse an outcome that stands on nothing."""
        if not any(each.strip() for each in self.cite):
            raise ValueError(f"{self.jurisdiction}: an outcome cites a provision, or says why none applies")


def strictest(opinions: Iterable[Opinion]) -> Opinion:
    """Return the strictest of several opinions, the first of those that are equally strict."""
    return max(opinions, key=lambda each: each.outcome)


def step(provision: Provision, path: str, truth: Truth, sentence: str, condition: Condition, cite: str = "") -> Step:
    """Return a provision of a rule file as it was tried."""
    return Step(path, cite or provision.cite, truth, sentence, condition, bool(provision.reviewer))
