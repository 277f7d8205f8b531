"""How a field says that the translation leaves it out, and why."""

from __future__ import annotations

from dataclasses import field
from datetime import timedelta
from typing import Any, Final

ZERO: Final = timedelta(0)
NOTE: Final = "words for people have no column"
WISH: Final = "a wish of frePPLe's solver, not a rule of the plan"
CHANGE_OVER: Final = "change-overs that depend on the order of jobs are not planned"


def lost(default: Any, why: str) -> Any:
    """Return a field that the translation leaves out, and why."""
    return field(default=default, metadata={"lost": why})
