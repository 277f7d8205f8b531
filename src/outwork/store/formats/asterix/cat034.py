"""Category 034, service messages of one radar: north marks, sector crossings, its state and place.

Source: EUROCONTROL-SPEC-0149-2b, Part 2b, edition 1.29.
"""

from __future__ import annotations

from typing import Final

from outwork.store.formats.asterix.layout import Compound, Explicit, Fixed, Item, Repetitive, plain, scaled, signed, spare

TURN: Final = 360.0
"""One turn [degree]."""

UAP: Final[tuple[Item | None, ...]] = (
    Item("010", Fixed(plain("SAC", 8), plain("SIC", 8))),
    Item("000", Fixed(plain("TYPE", 8))),
    Item("030", Fixed(scaled("TOD", 24, 1 / 128, "s"))),
    Item("020", Fixed(scaled("SECTOR", 8, TURN / 2**8, "degree"))),
    Item("041", Fixed(scaled("PERIOD", 16, 1 / 128, "s"))),
    Item("050", Compound(
        Item("COM", Fixed(
            plain("NOGO", 1), plain("RDPC", 1), plain("RDPR", 1), plain("OVLRDP", 1), plain("OVLXMT", 1),
            plain("MSC", 1), plain("TSV", 1), spare(1),
        )),
        None,
        None,
        Item("PSR", Fixed(plain("ANT", 1), plain("CHAB", 2), plain("OVL", 1), plain("MSC", 1), spare(3))),
        Item("SSR", Fixed(plain("ANT", 1), plain("CHAB", 2), plain("OVL", 1), plain("MSC", 1), spare(3))),
        Item("MDS", Fixed(
            plain("ANT", 1), plain("CHAB", 2), plain("OVLSUR", 1), plain("MSC", 1), plain("SCF", 1), plain("DLF", 1),
            plain("OVLSCF", 1), plain("OVLDLF", 1), spare(7),
        )),
    )),
    Item("060", Compound(
        Item("COM", Fixed(spare(1), plain("REDRDP", 3), plain("REDXMT", 3), spare(1))),
        None,
        None,
        Item("PSR", Fixed(plain("POL", 1), plain("REDRAD", 3), plain("STC", 2), spare(2))),
        Item("SSR", Fixed(plain("REDRAD", 3), spare(5))),
        Item("MDS", Fixed(plain("REDRAD", 3), plain("CLU", 1), spare(4))),
    )),
    Item("070", Repetitive(plain("TYP", 5), plain("COUNT", 11))),
    Item("100", Fixed(
        scaled("RHOST", 16, 1 / 256, "NM"), scaled("RHOEND", 16, 1 / 256, "NM"),
        scaled("THETAST", 16, TURN / 2**16, "degree"), scaled("THETAEND", 16, TURN / 2**16, "degree"),
    )),
    Item("110", Fixed(plain("FILTER", 8))),
    Item("120", Fixed(
        signed("HGT", 16, 1, "m"), signed("LAT", 24, 180 / 2**23, "degree"), signed("LON", 24, 180 / 2**23, "degree"),
    )),
    Item("090", Fixed(signed("RNG", 8, 1 / 128, "NM"), signed("AZM", 8, TURN / 2**14, "degree"))),
    Item("RE", Explicit()),
    Item("SP", Explicit()),
)  # fmt: skip
"""The items in the order of their bits (user application profile)."""
