"""An operator: the shared air picture, and the sensors of their own nation or party."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, Writing, hides, sees, writes
from outwork.store.sight.roles.common import GROUND, NO_SCREENING
from outwork.store.sight.rules import EVERYTHING, NAMED, among, is_nation, is_party

OF_ITS_SENSORS = among("sensor", "sensors")

LINES: Final[tuple[Line, ...]] = (
    *GROUND,
    *NO_SCREENING,
    *sees(
        "sensors",
        "Run by their nation, or standing at a site of their party.",
        own=is_nation("nation") | among("site", "sites"),
    ),
    *sees("detections sensors_health placements", "Of these sensors.", own=OF_ITS_SENSORS),
    *sees("sites", "Of their party, and by name and place where a sensor stands.", own=is_party("party"), named=NAMED),
    *sees("parties", "Their own, and by name who runs such a site.", own=is_party("party"), named=NAMED),
    *sees(
        "tracks track_states zones alerts coverage_gaps",
        "The air picture is one, and shared: what flies, whom it nears and where it would not be seen belong to no nation.",
        everyone=EVERYTHING,
    ),
    *sees("tasks", "A task is asked by one and approved by another.", everyone=EVERYTHING),
    *hides("truth_states", "Where test flights really were is for scoring the picture, not for watching it."),
    *hides("signatories agreements shares", "What parties agreed is theirs."),
    *hides(
        "certificates resources calendar capabilities listings aliases items revisions operations components loads facts ramps "
        "ramp_shares qualifications supplies lanes corridors stocks licences clearances closures demands commitments overrides "
        "requirements evidence touches documents grants",
        "What is made, by whom and under which leave, does not help to watch.",
    ),
    *hides(
        "candidates gaps enquiries consortia parts scarcities investments make use buy ship stock deliver promises qualify "
        "applications work pegging cash_events determinations questions compliance",
        "What is planned and decided about making does not help to watch.",
    ),
)

WRITES: Final[tuple[Writing, ...]] = (
    *writes("sensors", "They know the sensors of their nation.", is_nation("nation")),
    *writes("tasks", "They ask for a look, and approve what another asked.", EVERYTHING),
)
