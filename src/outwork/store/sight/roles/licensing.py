"""A licensing officer: what leaves or reaches their own nation, who is at its ends, and what is known of it."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, Writing, hides, sees, writes
from outwork.store.sight.roles.common import GROUND, NO_AIR
from outwork.store.sight.rules import NAMED, Blank, Rule, among, is_nation

EXPORTS: Final = is_nation("origin")
IMPORTS: Final = is_nation("destination")


def _in_all_four(column: str, theirs: str) -> Rule:
    """Return the rule that a column is found among what officers decide of lanes that touch their nation."""
    first, *rest = (among(column, table, theirs) for table in ("determinations", "clearances", "closures", "overrides"))
    return first | rest[0] | rest[1] | rest[2]


LINES: Final[tuple[Line, ...]] = (
    *GROUND,
    *NO_AIR,
    # What crosses the border of their nation
    *sees(
        "determinations closures",
        "Of lanes that leave or reach their nation.",
        exports=EXPORTS,
        imports=IMPORTS,
    ),
    *sees(
        "overrides",
        "Of lanes that leave or reach their nation, and those on which a determination of one rests.",
        exports=EXPORTS,
        imports=IMPORTS,
        named=NAMED,
    ),
    *sees(
        "clearances",
        "Of lanes that leave or reach their nation, with the value that they let out.",
        also="value_cap",
        exports=EXPORTS,
        imports=IMPORTS,
        named=NAMED,
    ),
    *sees(
        "licences",
        "Those on which these clearances rest; authorities state their fees and values.",
        also="fee value_cap",
        own=among("licence", "clearances"),
        named=NAMED,
    ),
    *sees(
        "applications", "When these are applied for; what that is worth is the applicant's.", own=among("licence", "licences")
    ),
    *sees("corridors", "Those that leave or reach their nation, without the cost.", own=EXPORTS | IMPORTS),
    *sees(
        "lanes ship",
        "What leaves or reaches a site in their nation; without the cost.",
        own=among("origin", "sites", "site") | among("destination", "sites", "site"),
    ),
    # What it is
    *sees("items", "What moves on these lanes, without what it is worth.", own=_in_all_four("item", "item"), named=NAMED),
    *sees("revisions facts questions", "What they must know of it to decide.", own=among("item", "items")),
    # Who is at the ends
    *sees("sites", "In their nation, and by name and place those at the other ends.", own=is_nation("nation"), named=NAMED),
    *sees(
        "parties",
        "Registered in their nation, and those who receive at the other end.",
        also="registrations",
        own=is_nation("nation"),
        receiving=_in_all_four("party", "consignee"),
        named=NAMED,
    ),
    *sees(
        "hits standings screenings affiliates",
        "Whether a party on these lanes is near a name on a list, and what there is to tell them apart.",
        own=among("party", "parties"),
    ),
    # What is not theirs
    *hides("signatories agreements shares", "What parties agreed is theirs."),
    *hides(
        "certificates resources calendar capabilities listings aliases work stocks stock",
        "What stands in factories and how busy it is, is theirs.",
    ),
    *hides(
        "operations components loads ramps ramp_shares qualifications make use qualify commitments",
        "How things are made does not decide whether they may move; what does is stated as facts.",
    ),
    *hides("supplies buy cash_events", "Prices are between who sells and who buys."),
    *hides("demands deliver promises pegging", "Who wants how much is between ministry and office."),
    *hides(
        "requirements evidence touches compliance documents grants",
        "Airworthiness and drawings are between owner and reviewer.",
    ),
    *hides(
        "candidates gaps enquiries consortia parts scarcities investments",
        "Drafts of who might make what are the office's.",
    ),
)

WRITES: Final[tuple[Writing, ...]] = (
    *writes(
        "clearances",
        "They let out what leaves their own nation, under no licence or one of their own.",
        EXPORTS & (Blank("licence") | among("licence", "clearances.exports")),
    ),
    *writes("overrides", "They decide about what leaves their own nation.", EXPORTS),
    *writes("licences", "Those under which something leaves their own nation.", among("licence", "clearances.exports")),
)
