"""Who asks: a person's account, in one role, for one party of one nation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does in a programme, from which follows what they may see and decide."""

    OFFICE = "office"
    """Plans the whole programme: a ministry's or joint venture's programme office."""
    MINISTRY = "ministry"
    """Wants and pays for what is made, and approves it."""
    MANUFACTURER = "manufacturer"
    """Runs sites that make things."""
    INNOVATOR = "innovator"
    """Owns designs."""
    FINANCIER = "financier"
    """Lends, guarantees or invests."""
    LICENSING = "licensing officer"
    """Grants or refuses what a nation lets out."""
    LIAISON = "liaison"
    """Speaks for units in the field."""
    OPERATOR = "operator"
    """Watches the air picture."""
    AUDITOR = "auditor"
    """Reads everything that was decided, and changes nothing."""


@dataclass(frozen=True)
class Asker:
    """A person as every decision about sight and writing knows them.

    `account` is the key of their account and `name` how people know them; `party` is a key of `parties`, `nation` an ISO 3166
    alpha-2 code.
    """

    account: str
    name: str
    role: Role
    party: str
    nation: str
