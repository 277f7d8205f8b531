"""How many examples a test draws: a share of what the profile asks for, since some cost more than others."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def drawing(share: float, **more: Any) -> settings:
    """Return settings that draw that share of the profile's examples, at least one."""
    return settings(max_examples=max(round(settings.default.max_examples * share), 1), **more)
