"""A financier: the money of the parties with whom it signed an agreement, and nothing of what is made or who is screened."""

from __future__ import annotations

from typing import Final

from outwork.store.sight.policy import Line, Writing, hides, sees
from outwork.store.sight.roles.common import GROUND, NO_AIR, NO_SCREENING, SIGNED
from outwork.store.sight.rules import NAMED, among, is_party

LINES: Final[tuple[Line, ...]] = (
    *GROUND,
    *SIGNED,
    *NO_SCREENING,
    *NO_AIR,
    *sees(
        "parties",
        "Itself, those with whom it signed, and by name those with whom these deal.",
        own=is_party("party"),
        partners=among("party", "signatories"),
        named=NAMED,
    ),
    *sees(
        "sites",
        "Those of the parties with whom it signed, and by name and place those with which these deal.",
        own=among("party", "signatories"),
        named=NAMED,
    ),
    *sees(
        "cash_events",
        "What the parties with whom it signed pay and when: this is what it finances.",
        also="amount",
        own=among("payer", "signatories", "party"),
    ),
    *sees(
        "commitments",
        "What these parties are bound to already; not how it is made.",
        only="commitment kind site start item party destination quantity",
        own=among("site", "sites"),
    ),
    *sees(
        "items",
        "What these commitments and agreements are about, and what one is worth as security.",
        only="item name unit",
        also="value",
        named=NAMED,
    ),
    *hides(
        "certificates resources calendar capabilities listings aliases work make use stocks stock",
        "What stands in factories and how busy it is, is theirs.",
    ),
    *hides(
        "revisions operations components loads facts ramps ramp_shares requirements evidence touches compliance "
        "documents grants",
        "It finances; technology is not for it.",
    ),
    *hides(
        "qualifications qualify supplies buy",
        "What single works and offers cost is between who sells and who buys; it sees the sums.",
    ),
    *hides("demands deliver promises pegging", "Who wants how much is between ministry and office."),
    *hides("lanes corridors ship", "How goods move is the makers'."),
    *hides(
        "licences applications clearances closures overrides determinations questions",
        "Export control is decided by officers.",
    ),
    *hides(
        "candidates gaps enquiries consortia parts scarcities investments",
        "Drafts of who might make what are the office's.",
    ),
)

WRITES: Final[tuple[Writing, ...]] = ()
