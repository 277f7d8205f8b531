"""How the air is watched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from outwork.watch.identify import classify
from outwork.watch.track.options import Options as Tracking
from outwork.watch.warn import alerts


@dataclass(frozen=True)
class Options:
    """How tracks are kept, classes judged and alerts raised, and how often the picture is written down."""

    every: float = 1.0
    """Time between two pictures that are written down, and in which zones are looked at [s]."""
    identities: Literal["used", "hidden"] = "used"
    """Hidden: what things say of who they are is left out, so that the picture can be scored by it."""
    tracking: Tracking | None = None
    """How tracks are made, kept and dropped. None: as suits what is heard."""
    classes: classify.Options = field(default_factory=classify.Options)
    """How it is judged what a track is."""
    alerts: alerts.Options = field(default_factory=alerts.Options)
    """When alerts are raised."""

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        if not self.every > 0:
            raise ValueError(f"options: every is {self.every} s; give a time above 0")
