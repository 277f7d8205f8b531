"""The answer to one question: may this person read this document, today, for this purpose?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Rule(StrEnum):
    """The rule by which a decision was made."""

    PUBLIC = "public"
    """The document is of level L0, and anybody may read it."""
    GRANTED = "granted"
    """A grant in force covers it, and no border is crossed."""
    ACROSS = "granted across a border"
    """A grant in force covers it, and there is leave for every border that it crosses."""
    NO_GRANT = "no grant"
    """No grant of the person covers the document."""
    PURPOSE = "another purpose"
    """Grants cover the document, but none for this purpose."""
    NOT_YET = "not yet"
    """The grant begins later."""
    ENDED = "ended"
    """The grant has ended."""
    REVOKED = "revoked"
    """The grant was taken back."""
    UNDETERMINED = "not determined"
    """Nobody has determined whether it may cross a border."""
    EXPERT = "needs an expert"
    """An expert has to decide whether it may cross a border."""
    PROHIBITED = "prohibited"
    """It may not cross a border."""
    LICENCE = "needs a licence"
    """It crosses a border under a licence only, and the grant rests on none that is in force."""


NEARNESS: Final = (
    Rule.NO_GRANT, Rule.PURPOSE, Rule.ENDED, Rule.REVOKED, Rule.NOT_YET, Rule.PROHIBITED, Rule.EXPERT, Rule.UNDETERMINED,
    Rule.LICENCE,
)  # fmt: skip
"""Refusals, the one that is nearest to leave last: of several grants, the refusal of the nearest is told."""


@dataclass(frozen=True)
class Request:
    """Who wants to read what, for what, on which day."""

    person: str
    document: str
    purpose: str
    when: date


@dataclass(frozen=True)
class Decision:
    """Whether the person may, why in one sentence, by which rule, under which grant, and the last day on which it holds.

    `granting` is empty where no grant is concerned; `expires` is None where it is refused or does not end.
    """

    allowed: bool
    why: str
    rule: Rule
    granting: str = ""
    expires: date | None = None
