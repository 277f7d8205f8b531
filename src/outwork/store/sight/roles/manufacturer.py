"""A manufacturer: its own sites, their slice of the plan, and no price or cost but those that it states itself."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, Writing, hides, sees, writes
from outwork.store.sight.roles.common import GROUND, NO_AIR, NO_SCREENING, SIGNED
from outwork.store.sight.rules import EVERYTHING, NAMED, Blank, among, is_nation, is_party

AT_ITS_SITES = among("site", "sites")
ENDS = among("origin", "sites", "site") | among("destination", "sites", "site")
ITS_BORDER = is_nation("origin") | is_nation("destination")

LINES: Final[tuple[Line, ...]] = (
    *GROUND,
    *SIGNED,
    *NO_SCREENING,
    *NO_AIR,
    # Its own sites
    *sees("parties", "Itself, and by name those with whom it deals.", own=is_party("party"), named=NAMED),
    *sees("sites", "Its own, and by name and place those to and from which goods move.", own=is_party("party"), named=NAMED),
    *sees("certificates listings", "What is on record of its own sites.", own=AT_ITS_SITES),
    *sees("resources", "Its own machines; it states what their hours cost.", also="cost overtime_cost", own=AT_ITS_SITES),
    *sees("calendar capabilities", "Of its own machines.", own=among("resource", "resources")),
    *sees("stocks stock", "What lies at its own sites.", own=AT_ITS_SITES),
    # What it makes
    *sees(
        "qualifications",
        "What its own sites make or could make; it states what that costs there.",
        also="unit_cost cost",
        own=AT_ITS_SITES,
    ),
    *sees(
        "operations",
        "What its own sites make or could be qualified to make; without the cost of a set-up, which the office assumes.",
        own=among("operation", "qualifications"),
        named=NAMED,
    ),
    *sees("components loads", "What those operations take.", own=among("operation", "operations")),
    *sees("revisions", "Of the items that it makes or could make.", own=among("item", "operations"), named=NAMED),
    *sees("items", "Those that its rows name, without what they are worth.", named=NAMED),
    *sees("ramps", "By which its own sites get up to speed.", own=among("ramp", "qualifications")),
    *sees("ramp_shares", "Of those ramps.", own=among("ramp", "ramps")),
    # Its slice of the plan
    *sees("make use", "At its own sites; the cost is the plan's.", own=AT_ITS_SITES),
    *sees(
        "work",
        "Of its own machines, without the worth of one more hour, which is what the programme would pay.",
        own=among("resource", "resources"),
    ),
    *sees("buy", "Ordered for its own sites or of itself, without the price.", own=AT_ITS_SITES | is_party("party")),
    *sees("ship lanes", "What leaves or reaches its own sites, and how; without the cost.", own=ENDS),
    *sees("corridors", "How long it takes from nation to nation is no secret; what it costs is.", everyone=EVERYTHING),
    *sees("qualify", "Qualifications of its own sites that the plan starts.", own=AT_ITS_SITES),
    *sees(
        "commitments",
        "Decisions that bind its own sites, or it as the seller.",
        own=AT_ITS_SITES | among("destination", "sites", "site") | is_party("party"),
    ),
    *sees("supplies", "Its own offers with its own prices, and nobody else's.", also="price", own=is_party("party")),
    # Papers
    *sees(
        "clearances",
        "Those of its goods, those for what it makes that touch its nation, and those made out to it; without values.",
        receiving=is_party("consignee"),
        making=among("item", "operations") & ITS_BORDER,
        named=NAMED,
    ),
    *sees("closures", "Why what it makes may not leave or enter its nation.", own=among("item", "operations") & ITS_BORDER),
    *sees("licences", "Those on which its clearances rest: how far they are, not what they cost.", named=NAMED),
    *sees("applications", "Licences that its own sites need first.", own=AT_ITS_SITES),
    *sees(
        "documents",
        "Those that it holds, and those that somebody let it read; whether a person may open one is asked again each time.",
        own=is_party("holder"),
        granted=among("document", "grants.own"),
    ),
    *sees(
        "grants",
        "What its people may read, and who may read its documents.",
        own=is_party("party"),
        given=among("document", "documents.own"),
    ),
    # What could be made at its sites
    *sees(
        "candidates gaps",
        "How its own sites stand with operations that it knows; designs of others stay with their owners.",
        own=AT_ITS_SITES & among("operation", "operations"),
    ),
    *sees("enquiries", "What its own sites are asked; not what the answer is worth.", own=AT_ITS_SITES),
    *sees("investments", "What its own sites could get; not for whose designs.", own=AT_ITS_SITES),
    *hides("consortia parts scarcities", "Drafts of who might work with whom, and what that costs, are the office's."),
    # Of others
    *hides(
        "demands deliver promises pegging",
        "Who wants how much, and for what, is between ministry and office; its own slice says how much to make and when.",
    ),
    *hides("cash_events", "What is paid for purchases tells the sellers' prices."),
    *hides(
        "facts requirements evidence touches compliance",
        "What a design can do, and what shows it, is its owner's; who needs a document to make it is granted that.",
    ),
    *hides("overrides determinations questions", "Export control is decided by officers; it sees what came of it: clearances."),
    *hides("aliases", "How the office reads words in listings."),
)

WRITES: Final[tuple[Writing, ...]] = (
    *writes("resources stocks", "It knows its own machines and stores.", AT_ITS_SITES),
    *writes("calendar capabilities", "It knows its own machines.", among("resource", "resources")),
    *writes(
        "certificates",
        "It states its own certificates; one that somebody has verified is changed by the office.",
        AT_ITS_SITES & Blank("verified_by"),
    ),
    *writes("supplies", "It makes its own offers.", is_party("party")),
)
