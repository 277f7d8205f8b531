"""What several roles see."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, hides, sees
from outwork.store.sight.rules import EVERYTHING, among, is_party

GROUND: Final[tuple[Line, ...]] = (
    *sees("settings", "Everybody counts time from the same start and money in the same currency.", everyone=EVERYTHING),
    *sees("nations nation_groups", "Who is allied with whom is public.", everyone=EVERYTHING),
)

SIGNED: Final[tuple[Line, ...]] = (
    *sees(
        "signatories",
        "Who signs an agreement knows who else signed it.",
        own=is_party("party"),
        partners=among("agreement", "agreements"),
    ),
    *sees("agreements", "Agreements that their party signed.", own=among("agreement", "signatories.own")),
    *sees("shares", "The terms of what their party signed.", own=among("agreement", "agreements")),
)

NO_SCREENING: Final[tuple[Line, ...]] = hides(
    "affiliates screenings hits standings", "Whoever is screened is not told; owners and directors are persons."
)

NO_AIR: Final[tuple[Line, ...]] = hides(
    "sensors zones detections truth_states tasks tracks track_states alerts sensors_health coverage_gaps placements",
    "What is seen of the air, and where it is not, is for those who watch it.",
)
