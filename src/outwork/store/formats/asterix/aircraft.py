"""What category 062 tells of an aircraft by its own word (item 380) and of its flight plan (item 390)."""

from __future__ import annotations

from typing import Final

from outwork.store.formats.asterix.layout import (
    Coding,
    Compound,
    Element,
    Extended,
    Fixed,
    Item,
    Repetitive,
    plain,
    scaled,
    signed,
    spare,
)

TURN: Final = 360.0
"""One turn [degree]."""
STEP: Final = 180 / 2**23
"""Step of a position [degree]."""


def text(name: str, letters: int) -> Item:
    """Return a part that is so many letters of eight bits."""
    return Item(name, Fixed(Element(name, 8 * letters, Coding.ASCII)))


DERIVED: Final = Compound(
    Item("ADR", Fixed(Element("ADR", 24, Coding.HEX))),
    Item("ID", Fixed(Element("ID", 48, Coding.LETTERS))),
    Item("MHG", Fixed(scaled("MHG", 16, TURN / 2**16, "degree"))),
    # IAS counts steps of 2**-14 NM/s where IM is 0, thousandths of Mach where it is 1.
    Item("IAS", Fixed(plain("IM", 1), plain("IAS", 15))),
    Item("TAS", Fixed(scaled("TAS", 16, 1, "kt"))),
    Item("SAL", Fixed(plain("SAS", 1), plain("SRC", 2), signed("ALT", 13, 25, "ft"))),
    Item("FSS", Fixed(plain("MV", 1), plain("AH", 1), plain("AM", 1), signed("ALT", 13, 25, "ft"))),
    Item("TIS", Extended((plain("NAV", 1), plain("NVB", 1), spare(5)))),
    Item("TID", Repetitive(
        plain("TCA", 1), plain("NC", 1), plain("TCPN", 6), signed("ALT", 16, 10, "ft"), signed("LAT", 24, STEP, "degree"),
        signed("LON", 24, STEP, "degree"), plain("PT", 4), plain("TD", 2), plain("TRA", 1), plain("TOA", 1),
        scaled("TOV", 24, 1, "s"), scaled("TTR", 16, 1 / 100, "NM"),
    )),
    Item("COM", Fixed(
        plain("COM", 3), plain("STAT", 3), spare(2), plain("SSC", 1), plain("ARC", 1), plain("AIC", 1), plain("B1A", 1),
        plain("B1B", 4),
    )),
    Item("SAB", Fixed(plain("AC", 2), plain("MN", 2), plain("DC", 2), plain("GBS", 1), spare(6), plain("STAT", 3))),
    Item("ACS", Fixed(Element("ACS", 56, Coding.HEX))),
    Item("BVR", Fixed(signed("BVR", 16, 25 / 4, "ft/min"))),
    Item("GVR", Fixed(signed("GVR", 16, 25 / 4, "ft/min"))),
    Item("RAN", Fixed(signed("RAN", 16, 1 / 100, "degree"))),
    Item("TAR", Fixed(plain("TI", 2), spare(6), signed("ROT", 7, 1 / 4, "degree/s"), spare(1))),
    Item("TAN", Fixed(scaled("TAN", 16, TURN / 2**16, "degree"))),
    Item("GS", Fixed(signed("GS", 16, 1 / 2**14, "NM/s"))),
    Item("VUN", Fixed(plain("VUN", 8))),
    Item("MET", Fixed(
        plain("WS", 1), plain("WD", 1), plain("TMP", 1), plain("TRB", 1), spare(4), scaled("WSD", 16, 1, "kt"),
        scaled("WDD", 16, 1, "degree"), signed("TMPD", 16, 1 / 4, "degree Celsius"), plain("TRBD", 8),
    )),
    Item("EMC", Fixed(plain("EMC", 8))),
    Item("POS", Fixed(signed("LAT", 24, STEP, "degree"), signed("LON", 24, STEP, "degree"))),
    Item("GAL", Fixed(signed("GAL", 16, 25 / 4, "ft"))),
    Item("PUN", Fixed(spare(4), plain("PUN", 4))),
    Item("MB", Repetitive(Element("MB", 56, Coding.HEX), Element("BDS", 8, Coding.HEX))),
    Item("IAR", Fixed(scaled("IAR", 16, 1, "kt"))),
    Item("MAC", Fixed(scaled("MAC", 16, 1 / 125, "Mach"))),
    Item("BPS", Fixed(spare(4), scaled("BPS", 12, 1 / 10, "hPa"))),
)  # fmt: skip

FLIGHT_PLAN: Final = Compound(
    Item("TAG", Fixed(plain("SAC", 8), plain("SIC", 8))),
    text("CSN", 7),
    Item("IFI", Fixed(plain("TYP", 2), spare(3), plain("NBR", 27))),
    Item("FCT", Fixed(plain("GATOAT", 2), plain("FR1FR2", 2), plain("RVSM", 2), plain("HPR", 1), spare(1))),
    text("TAC", 4),
    text("WTC", 1),
    text("DEP", 4),
    text("DST", 4),
    text("RDS", 3),
    Item("CFL", Fixed(scaled("CFL", 16, 1 / 4, "FL"))),
    Item("CTL", Fixed(plain("CENTRE", 8), plain("POSITION", 8))),
    Item("TOD", Repetitive(
        plain("TYP", 5), plain("DAY", 2), spare(4), plain("HOR", 5), spare(2), plain("MIN", 6), plain("AVS", 1), spare(1),
        plain("SEC", 6),
    )),
    text("AST", 6),
    Item("STS", Fixed(plain("EMP", 2), plain("AVL", 2), spare(4))),
    text("STD", 7),
    text("STA", 7),
    Item("PEM", Fixed(spare(3), plain("VA", 1), Element("MODE3A", 12, Coding.OCTAL))),
    text("PEC", 7),
)  # fmt: skip
