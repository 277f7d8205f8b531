"""Labels of properties by which a site of ours travels in the aspect and comes back; the unit stands in brackets.

The aspect lets everybody name properties. Others' properties are met too and are listed, as their meaning is in eCl@ss.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGE: Final = "en"
SITE: Final[Mapping[str, str]] = {
    "site": "name", "nation": "nation", "latitude [degree]": "latitude", "longitude [degree]": "longitude",
}  # fmt: skip
"""Properties of the product entry that stands for the site, and columns of `sites`."""
RESOURCE: Final[Mapping[str, str]] = {
    "spare hours [h/week]": "hours", "cost of an hour [EUR/h]": "cost", "overtime [h/week]": "overtime_hours",
    "cost of an overtime hour [EUR/h]": "overtime_cost",
}  # fmt: skip
"""Properties of a machine, and columns of `resources`. A machine with spare hours is a resource, any other a listing."""
LIMITS: Final[Mapping[str, str]] = {
    "envelope x [mm]": "envelope_x", "envelope y [mm]": "envelope_y", "envelope z [mm]": "envelope_z",
    "tolerance [mm]": "tolerance", "mass [kg]": "mass", "smallest order [unit]": "batch_least",
    "largest order [unit]": "batch_most",
}  # fmt: skip
"""Properties of a constraint, and columns of `capabilities` that are numbers."""
TOLD: Final[Mapping[str, str]] = {"class": "quality_class", "source": "source", "seen": "seen"}
"""Properties of a constraint, and columns of `capabilities` that are texts or days."""
PAPER: Final[Mapping[str, str]] = {
    "scope": "scope", "valid from": "since", "valid until": "until", "verified by": "verified_by", "verified on": "verified_on",
}  # fmt: skip
"""Properties of a certificate, and columns of `certificates`."""
