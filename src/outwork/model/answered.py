"""The shape that the answers of all verbs have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import polars as pl

from outwork.model.outcome import Outcome, Reason


class Answered(Protocol):
    """What a verb answered, as far as every summary tells it."""

    @property
    def name(self) -> str:
        """Name of the programme."""

    @property
    def outcome(self) -> Outcome:
        """How it ended."""

    @property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """Output tables."""

    @property
    def why(self) -> tuple[Reason, ...]:
        """Reasons."""
