"""An innovator: designs of which it holds documents, who could make them and what is still asked, and no factory's costs."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, Writing, hides, sees, writes
from outwork.store.sight.roles.common import GROUND, NO_AIR, NO_SCREENING, SIGNED
from outwork.store.sight.rules import NAMED, Blank, among, is_party

ITS_DESIGNS = among("item", "items")
ITS_OPERATIONS = among("operation", "operations")

LINES: Final[tuple[Line, ...]] = (
    *GROUND,
    *SIGNED,
    *NO_SCREENING,
    *NO_AIR,
    # Its designs
    *sees(
        "documents",
        "Those that it holds, and those that somebody let it read; whether a person may open one is asked again each time.",
        own=is_party("holder"),
        granted=among("document", "grants.own"),
    ),
    *sees(
        "grants",
        "What its people may read, and who may read about its designs.",
        own=is_party("party"),
        given=among("document", "documents.own") | ITS_DESIGNS & Blank("document"),
    ),
    *sees(
        "items",
        "Its designs, which are those of which it holds a document, and by name what they are made of.",
        own=among("item", "documents.own"),
        named=NAMED,
    ),
    *sees("revisions", "Of its designs, and those that a document names.", own=ITS_DESIGNS, named=NAMED),
    *sees("operations", "How its designs are made; what a set-up costs is the factories'.", own=ITS_DESIGNS),
    *sees("components loads", "What those operations take.", own=ITS_OPERATIONS),
    *sees("facts", "What is known of its designs.", own=ITS_DESIGNS),
    *sees("requirements evidence touches compliance", "What its designs must be shown to meet.", own=ITS_DESIGNS),
    *sees("questions", "What officers have to know of its designs.", own=ITS_DESIGNS),
    # Who could make them
    *sees(
        "candidates",
        "Who could make its designs; not on which machine, nor what mending costs.",
        also="place",
        own=ITS_OPERATIONS,
    ),
    *sees("gaps", "What a site lacks for them, and how long that takes; not what it costs.", own=ITS_OPERATIONS),
    *sees(
        "enquiries",
        "What nobody has said about them.",
        also="operation place candidates together opens",
        own=ITS_OPERATIONS,
    ),
    *sees("consortia", "Who together could make them, and by when; not for how much.", own=ITS_DESIGNS),
    *sees(
        "parts",
        "Who would do what of its operations; not for how much.",
        own=among("consortium", "consortia") & ITS_OPERATIONS,
    ),
    *sees("scarcities", "What is short for them; not what it is worth.", own=ITS_DESIGNS),
    *sees("sites", "Its own, and by name and place those that could make its designs.", own=is_party("party"), named=NAMED),
    *sees("parties", "Itself, and by name those with whom it deals.", own=is_party("party"), named=NAMED),
    # Of others
    *hides(
        "certificates resources calendar capabilities listings aliases investments work stocks stock",
        "What stands in factories and how busy it is, is theirs; candidates and gaps say what follows for its designs.",
    ),
    *hides(
        "qualifications ramps ramp_shares make use qualify commitments",
        "What is made where, and how much, is between makers and office.",
    ),
    *hides("supplies buy cash_events", "Prices are between who sells and who buys."),
    *hides("demands deliver promises pegging", "Who wants how much is between ministry and office."),
    *hides("lanes corridors ship", "How goods move is the makers'."),
    *hides(
        "licences applications clearances closures overrides determinations",
        "What may cross a border tells who buys; it is asked what officers have to know.",
    ),
)

WRITES: Final[tuple[Writing, ...]] = (
    *writes("items revisions operations", "It states its own designs; a new one is entered by the office.", ITS_DESIGNS),
    *writes("components loads", "It states how its own designs are made.", ITS_OPERATIONS),
    *writes("facts touches", "It knows its own designs.", ITS_DESIGNS),
    *writes("requirements", "Of its own designs; nobody judges in their own case.", ITS_DESIGNS & Blank("judged_by")),
    *writes("evidence", "Of its own designs, until somebody has reviewed it.", ITS_DESIGNS & Blank("reviewer")),
    *writes("documents", "Documents that it holds of its own designs.", ITS_DESIGNS & is_party("holder")),
)
