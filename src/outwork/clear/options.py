"""How a programme is cleared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Options:
    """How a programme is cleared."""

    day: date | None = None
    """Day whose law is asked. None: the start of the programme."""
    declared: Mapping[str, str] = field(default_factory=dict)
    """Facts that hold for every item that does not state them itself, such as {"us origin": "no"}; each is said in the answer.
    Nothing is declared unless somebody does."""
    fee: float = 0.0
    """Cost of an application for a licence [EUR]: fees, advice, the work on the file."""
    flips: int = 3
    """Changes of one fact told for each listed item [1]."""
