"""A cause in words: what every finding consists of."""

from __future__ import annotations

from dataclasses import dataclass

from outwork.model.outcome import Pointer
from outwork.plan.explain.edits import Edit


@dataclass(frozen=True)
class Finding:
    """A cause in words.

    Args: code, see docs/reference/reasons.md; text, a clause; rows, behind it; edits that could help, boldest first.
    """

    code: str
    text: str
    rows: tuple[Pointer, ...]
    edits: tuple[Edit, ...] = ()
