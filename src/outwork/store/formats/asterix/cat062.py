"""Category 062, tracks of a system that fuses several sensors.

Source: EUROCONTROL-SPEC-0149-9, Part 9, edition 1.20.
"""

from __future__ import annotations

from typing import Final

from outwork.store.formats.asterix.aircraft import DERIVED, FLIGHT_PLAN
from outwork.store.formats.asterix.layout import (
    Chained,
    Coding,
    Compound,
    Element,
    Explicit,
    Extended,
    Fixed,
    Item,
    plain,
    scaled,
    signed,
    spare,
)

TURN: Final = 360.0
"""One turn [degree]."""
FINE: Final = 180 / 2**25
"""Step of a position [degree]."""
COARSE: Final = 180 / 2**23
"""Step of a position that an aircraft told [degree]."""


def age(name: str, bits: int = 8) -> Item:
    """Return how long ago something was last renewed, in quarters of a second."""
    return Item(name, Fixed(scaled(name, bits, 1 / 4, "s")))


STATUS: Final = Extended(
    (plain("MON", 1), plain("SPI", 1), plain("MRH", 1), plain("SRC", 3), plain("CNF", 1)),
    (plain("SIM", 1), plain("TSE", 1), plain("TSB", 1), plain("FPC", 1), plain("AFF", 1), plain("STP", 1), plain("KOS", 1)),
    (plain("AMA", 1), plain("MD4", 2), plain("ME", 1), plain("MI", 1), plain("MD5", 2)),
    (plain("CST", 1), plain("PSR", 1), plain("SSR", 1), plain("MDS", 1), plain("ADS", 1), plain("SUC", 1), plain("AAC", 1)),
    (plain("SDS", 2), plain("EMS", 3), plain("PFT", 1), plain("FPLT", 1)),
    (plain("DUPT", 1), plain("DUPF", 1), plain("DUPM", 1), plain("SFC", 1), plain("IDD", 1), plain("IEC", 1), plain("MLAT", 1)),
)
UPDATE_AGES: Final = Compound(
    *(age(each) for each in ("TRK", "PSR", "SSR", "MDS")),
    age("ADS", 16),
    *(age(each) for each in ("ES", "VDL", "UAT", "LOP", "MLT")),
)
AGES: Final = Compound(*(age(each) for each in (
    "MFL", "MD1", "MD2", "MDA", "MD4", "MD5", "MHG", "IAS", "TAS", "SAL", "FSS", "TID", "COM", "SAB", "ACS", "BVR", "GVR",
    "RAN", "TAR", "TAN", "GSP", "VUN", "MET", "EMC", "POS", "GAL", "PUN", "MB", "IAR", "MAC", "BPS",
)))  # fmt: skip
MODE_5: Final = Compound(
    Item("SUM", Fixed(*(plain(each, 1) for each in ("M5", "ID", "DA", "M1", "M2", "M3", "MC", "X")))),
    Item("PMN", Fixed(spare(2), plain("PIN", 14), spare(3), plain("NAT", 5), spare(2), plain("MIS", 6))),
    Item("POS", Fixed(signed("LAT", 24, COARSE, "degree"), signed("LON", 24, COARSE, "degree"))),
    Item("GA", Fixed(spare(1), plain("RES", 1), signed("GA", 14, 25, "ft"))),
    Item("EM1", Fixed(spare(4), Element("EM1", 12, Coding.OCTAL))),
    Item("TOS", Fixed(signed("TOS", 8, 1 / 128, "s"))),
    Item("XP", Fixed(spare(3), *(plain(each, 1) for each in ("X5", "XC", "X3", "X2", "X1")))),
)
ACCURACIES: Final = Compound(
    Item("APC", Fixed(scaled("X", 16, 1 / 2, "m"), scaled("Y", 16, 1 / 2, "m"))),
    Item("COV", Fixed(signed("COV", 16, 1 / 2, "m"))),
    Item("APW", Fixed(scaled("LAT", 16, FINE, "degree"), scaled("LON", 16, FINE, "degree"))),
    Item("AGA", Fixed(scaled("AGA", 8, 25 / 4, "ft"))),
    Item("ABA", Fixed(scaled("ABA", 8, 1 / 4, "FL"))),
    Item("ATV", Fixed(scaled("X", 8, 1 / 4, "m/s"), scaled("Y", 8, 1 / 4, "m/s"))),
    Item("AA", Fixed(scaled("X", 8, 1 / 4, "m/s2"), scaled("Y", 8, 1 / 4, "m/s2"))),
    Item("ARC", Fixed(scaled("ARC", 8, 25 / 4, "ft/min"))),
)
MEASURED: Final = Compound(
    Item("SID", Fixed(plain("SAC", 8), plain("SIC", 8))),
    Item("POS", Fixed(scaled("RHO", 16, 1 / 256, "NM"), scaled("THETA", 16, TURN / 2**16, "degree"))),
    Item("HEIGHT", Fixed(signed("HEIGHT", 16, 25, "ft"))),
    Item("MDC", Fixed(plain("V", 1), plain("G", 1), signed("LMC", 14, 1 / 4, "FL"))),
    Item("MDA", Fixed(plain("V", 1), plain("G", 1), plain("L", 1), spare(1), Element("MODE3A", 12, Coding.OCTAL))),
    Item("TYP", Fixed(plain("TYP", 3), plain("SIM", 1), plain("RAB", 1), plain("TST", 1), spare(2))),
)

UAP: Final[tuple[Item | None, ...]] = (
    Item("010", Fixed(plain("SAC", 8), plain("SIC", 8))),
    None,
    Item("015", Fixed(plain("SERVICE", 8))),
    Item("070", Fixed(scaled("TOD", 24, 1 / 128, "s"))),
    Item("105", Fixed(signed("LAT", 32, FINE, "degree"), signed("LON", 32, FINE, "degree"))),
    Item("100", Fixed(signed("X", 24, 1 / 2, "m"), signed("Y", 24, 1 / 2, "m"))),
    Item("185", Fixed(signed("VX", 16, 1 / 4, "m/s"), signed("VY", 16, 1 / 4, "m/s"))),
    Item("210", Fixed(signed("AX", 8, 1 / 4, "m/s2"), signed("AY", 8, 1 / 4, "m/s2"))),
    Item("060", Fixed(plain("V", 1), plain("G", 1), plain("CH", 1), spare(1), Element("MODE3A", 12, Coding.OCTAL))),
    Item("245", Fixed(plain("STI", 2), spare(6), Element("IDENT", 48, Coding.LETTERS))),
    Item("380", DERIVED),
    Item("040", Fixed(plain("TRN", 16))),
    Item("080", STATUS),
    Item("290", UPDATE_AGES),
    Item("200", Fixed(plain("TRANS", 2), plain("LONG", 2), plain("VERT", 2), plain("ADF", 1), spare(1))),
    Item("295", AGES),
    Item("136", Fixed(signed("FL", 16, 1 / 4, "FL"))),
    Item("130", Fixed(signed("ALT", 16, 25 / 4, "ft"))),
    Item("135", Fixed(plain("QNH", 1), signed("FL", 15, 1 / 4, "FL"))),
    Item("220", Fixed(signed("CLIMB", 16, 25 / 4, "ft/min"))),
    Item("390", FLIGHT_PLAN),
    Item("270", Extended(
        (scaled("LENGTH", 7, 1, "m"),), (scaled("ORIENTATION", 7, TURN / 2**7, "degree"),), (scaled("WIDTH", 7, 1, "m"),),
    )),
    Item("300", Fixed(plain("FLEET", 8))),
    Item("110", MODE_5),
    Item("120", Fixed(spare(4), Element("MODE2", 12, Coding.OCTAL))),
    Item("510", Chained(plain("IDENT", 8), plain("TRACK", 15))),
    Item("500", ACCURACIES),
    Item("340", MEASURED),
    None, None, None, None, None,
    Item("RE", Explicit()),
    Item("SP", Explicit()),
)  # fmt: skip
"""The items in the order of their bits (user application profile)."""
