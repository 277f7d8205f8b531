"""A ministry: its own demands and their prices, what serves them, and the papers that these wait for."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, Writing, hides, sees, writes
from outwork.store.sight.roles.common import GROUND, NO_AIR, NO_SCREENING, SIGNED
from outwork.store.sight.rules import EVERYTHING, NAMED, among, is_nation, is_party

AT_ITS_SITES = among("site", "sites")
OF_ITS_DEMANDS = among("demand", "demands")
WANTED_THERE = among("item", "demands") & is_nation("destination")

LINES: Final[tuple[Line, ...]] = (
    *GROUND,
    *SIGNED,
    *NO_SCREENING,
    *NO_AIR,
    # What it wants
    *sees("parties", "Itself, and by name those who serve it.", own=is_party("party"), named=NAMED),
    *sees("sites", "Its own, and by name and place those that serve them.", own=is_party("party"), named=NAMED),
    *sees("demands", "Wanted at its own sites; it states what it pays.", also="lateness shortage price", own=AT_ITS_SITES),
    *sees("items", "Those that its rows name, without what they are worth to others.", named=NAMED),
    *sees("revisions", "Of what it wants.", own=among("item", "demands")),
    # What serves it
    *sees("deliver promises pegging", "What serves its own demands.", own=OF_ITS_DEMANDS),
    *sees(
        "make",
        "Where and when what serves it is made; how much of that is for it is in pegging, the rest is for others.",
        only="operation site start item ready",
        own=among("operation site start", "pegging", "name site start"),
    ),
    *sees(
        "operations",
        "What is done for it, without how.",
        only="operation item revision process lead_days",
        named=NAMED,
    ),
    *sees("ship lanes", "What reaches its own sites, and how; without the cost.", own=among("destination", "sites", "site")),
    *sees("corridors", "How long it takes from nation to nation is no secret; what it costs is.", everyone=EVERYTHING),
    *sees("stocks stock", "What lies at its own sites.", own=AT_ITS_SITES),
    *sees(
        "commitments",
        "Decisions that bind its own sites.",
        own=AT_ITS_SITES | among("destination", "sites", "site"),
    ),
    *sees("cash_events", "What it pays itself.", also="amount", own=is_party("payer")),
    # Papers
    *sees("clearances", "Leave for what it wants to enter its nation, without values.", own=WANTED_THERE, named=NAMED),
    *sees("closures", "Why what it wants may not enter its nation.", own=WANTED_THERE),
    *sees(
        "licences",
        "Those for which its goods wait: how far they are, not what they cost.",
        own=among("licence", "clearances"),
        named=NAMED,
    ),
    *sees("applications", "When those are applied for.", own=among("licence", "licences")),
    # Of others
    *hides(
        "certificates resources calendar capabilities listings aliases work",
        "What stands in factories and how busy it is, is theirs.",
    ),
    *hides("components loads ramps ramp_shares use qualifications qualify", "How things are made is between maker and owner."),
    *hides("supplies buy", "What suppliers ask is between them and who buys."),
    *hides(
        "facts requirements evidence touches compliance documents grants",
        "What a design can do, and what shows it, is its owner's.",
    ),
    *hides("overrides determinations questions", "Export control is decided by officers; it sees what came of it: clearances."),
    *hides(
        "candidates gaps enquiries consortia parts scarcities investments",
        "Drafts of who might make it, and what that costs, are the office's.",
    ),
)

WRITES: Final[tuple[Writing, ...]] = (*writes("demands", "It decides what is wanted at its own sites.", AT_ITS_SITES),)
