"""Longer buckets, in which a large programme shows quickly which qualifications are worth their fee."""

from __future__ import annotations

from dataclasses import replace

from outwork.model.horizon import Horizon

BLOCKS = 13
"""Buckets of the coarse model that are aimed at."""


def coarse(horizon: Horizon) -> Horizon:
    """Return the same steps in about a dozen buckets of equal length."""
    weeks = horizon.steps * horizon.weeks_per_step
    return replace(horizon, fine_steps=0, block_weeks=max(4, round(weeks / BLOCKS)))
