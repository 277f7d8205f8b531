"""How screening is done: where review and block begin, how old a list may be, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Options:
    """How parties are screened."""

    day: date
    """Day on which it is done; ages of lists and ends of decisions count from it."""
    review: float = 0.5
    """Score [1] from which a person must look; below it a name is taken for another's."""
    block: float = 0.7
    """Score [1] from which a party is closed until a person decides otherwise."""
    stale_days: int = 30
    """Days since its state after which a list clears nobody any more; what it names still counts."""
    owned: float = 0.5
    """Share [1] from which those who are listed, taken together, make a company count as listed."""
    noticed: float = 0.25
    """Share [1] from which an owner that is under review puts its company under review; a smaller one is only told."""
    most: int = 40
    """Listed names compared with each name; more, where all of these are near."""

    def __post_init__(self) -> None:
        """Refuse what nobody can be screened by."""
        if not 0 < self.review <= self.block <= 1:
            raise ValueError(f"options: review is {self.review}, block {self.block}; give shares, review not above block")
        if self.stale_days < 0 or self.most < 1:
            raise ValueError(f"options: stale_days is {self.stale_days}, most {self.most}; give at least 0 and 1")
        if not 0 < self.owned <= 1 or not 0 <= self.noticed <= 1:
            raise ValueError(f"options: owned is {self.owned}, noticed {self.noticed}; give shares from 0 to 1")
