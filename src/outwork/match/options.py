"""How designs are matched with sites."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from outwork.match.consortium.run import FULL, Extent
from outwork.match.consortium.wish import NO_WISH, Wish


@dataclass(frozen=True)
class Options:
    """How designs are matched with sites, what is asked of a consortium, and how much is told."""

    design: str | None = None
    """Item for which consortia are sought. None: every item that a demand names and that is made."""
    day: date | None = None
    """Day before which no work can be done. None: the start of the programme."""
    near: int = 1
    """Needs that may fail for a site still to be told of as near [1]."""
    told: int = 20
    """Sites told of for each operation, the best first [1]."""
    wish: Wish = field(default=NO_WISH)
    """What is asked of a consortium beyond making the design in the quantity and time wanted."""
    extent: Extent = field(default=FULL)
    """How many consortia, trade-offs and questions are told."""
    qualification_days: float = 42.0
    """From a site's being able to its being qualified for an operation that it has never done [day]: first articles are made
    and looked at. Six weeks is an assumption."""
    qualification_cost: float = 15_000.0
    """What that costs [EUR]. An assumption, too."""

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if self.near < 0 or self.told < 1:
            raise ValueError(f"options: near is {self.near} and told {self.told}; give at least 0 and 1")
        if self.qualification_days < 0 or self.qualification_cost < 0:
            raise ValueError("options: a qualification takes 0 days and 0 EUR or more")
