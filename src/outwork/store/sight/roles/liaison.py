"""A liaison: what units of their party or nation are to get and when, in which revision, and where the air is not seen."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, Writing, hides, sees
from outwork.store.sight.roles.common import GROUND, NO_SCREENING
from outwork.store.sight.rules import EVERYTHING, NAMED, among, is_nation, is_party

LINES: Final[tuple[Line, ...]] = (
    *GROUND,
    *NO_SCREENING,
    *sees("parties", "Their own, and by name those with whom it deals.", own=is_party("party"), named=NAMED),
    *sees(
        "sites",
        "Of their party or in their nation, and by name and place those from which a delivery comes.",
        own=is_party("party") | is_nation("nation"),
        named=NAMED,
    ),
    *sees("demands", "What is wanted at these sites; without what is paid.", own=among("site", "sites")),
    *sees("deliver promises", "When it comes.", own=among("demand", "demands")),
    *sees("items", "What is wanted, without what it is worth.", named=NAMED),
    *sees("revisions", "In which state of the design it comes.", own=among("item", "demands")),
    *sees(
        "coverage_gaps",
        "Where the air is not seen; a gap belongs to no nation, and units on both sides must know of it.",
        everyone=EVERYTHING,
    ),
    *hides(
        "sensors zones detections truth_states tasks tracks track_states alerts sensors_health placements",
        "What is seen of the air is for those who watch it.",
    ),
    *hides("signatories agreements shares", "What parties agreed is theirs."),
    *hides(
        "certificates resources calendar capabilities listings aliases work stocks stock",
        "What stands in factories and how busy it is, is theirs.",
    ),
    *hides(
        "operations components loads facts ramps ramp_shares qualifications make use qualify commitments pegging",
        "How and where things are made is between makers and office.",
    ),
    *hides("supplies buy cash_events", "Prices are between who sells and who buys."),
    *hides("lanes corridors ship", "How goods move is the makers'; promises say when they come."),
    *hides(
        "licences applications clearances closures overrides determinations questions",
        "Export control is decided by officers; promises say what comes of it.",
    ),
    *hides(
        "requirements evidence touches compliance documents grants",
        "Airworthiness and drawings are between owner and reviewer.",
    ),
    *hides(
        "candidates gaps enquiries consortia parts scarcities investments",
        "Drafts of who might make what are the office's.",
    ),
)

WRITES: Final[tuple[Writing, ...]] = ()
