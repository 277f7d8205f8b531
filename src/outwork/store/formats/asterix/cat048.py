"""Category 048, target reports of one radar, primary and secondary.

Source: EUROCONTROL-SPEC-0149-4, Part 4, edition 1.31.
"""

from __future__ import annotations

from typing import Final

from outwork.store.formats.asterix.layout import (
    Chained,
    Coding,
    Compound,
    Element,
    Explicit,
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
QUALITY: Final = tuple(
    plain(f"Q{pulse}", 1) for pulse in ("A4", "A2", "A1", "B4", "B2", "B1", "C4", "C2", "C1", "D4", "D2", "D1")
)
"""Whether each pulse of a reply code is of low quality."""
REPLY: Final = (plain("V", 1), plain("G", 1), plain("L", 1))
"""Not validated, garbled, smoothed."""

UAP: Final[tuple[Item | None, ...]] = (
    Item("010", Fixed(plain("SAC", 8), plain("SIC", 8))),
    Item("140", Fixed(scaled("TOD", 24, 1 / 128, "s"))),
    Item("020", Extended(
        (plain("TYP", 3), plain("SIM", 1), plain("RDP", 1), plain("SPI", 1), plain("RAB", 1)),
        (plain("TST", 1), plain("ERR", 1), plain("XPP", 1), plain("ME", 1), plain("MI", 1), plain("FOEFRI", 2)),
        (
            plain("ADSB_EP", 1), plain("ADSB", 1), plain("SCN_EP", 1), plain("SCN", 1), plain("PAI_EP", 1), plain("PAI", 1),
            spare(1),
        ),
    )),
    Item("040", Fixed(scaled("RHO", 16, 1 / 256, "NM"), scaled("THETA", 16, TURN / 2**16, "degree"))),
    Item("070", Fixed(*REPLY, spare(1), Element("MODE3A", 12, Coding.OCTAL))),
    Item("090", Fixed(plain("V", 1), plain("G", 1), signed("FL", 14, 1 / 4, "FL"))),
    Item("130", Compound(
        Item("SRL", Fixed(scaled("SRL", 8, TURN / 2**13, "degree"))),
        Item("SRR", Fixed(plain("SRR", 8))),
        Item("SAM", Fixed(signed("SAM", 8, 1, "dBm"))),
        Item("PRL", Fixed(scaled("PRL", 8, TURN / 2**13, "degree"))),
        Item("PAM", Fixed(signed("PAM", 8, 1, "dBm"))),
        Item("RPD", Fixed(signed("RPD", 8, 1 / 256, "NM"))),
        Item("APD", Fixed(signed("APD", 8, TURN / 2**14, "degree"))),
    )),
    Item("220", Fixed(Element("ADR", 24, Coding.HEX))),
    Item("240", Fixed(Element("IDENT", 48, Coding.LETTERS))),
    Item("250", Repetitive(Element("MB", 56, Coding.HEX), Element("BDS", 8, Coding.HEX))),
    Item("161", Fixed(spare(4), plain("TRN", 12))),
    Item("042", Fixed(signed("X", 16, 1 / 128, "NM"), signed("Y", 16, 1 / 128, "NM"))),
    Item("200", Fixed(scaled("GSP", 16, 1 / 2**14, "NM/s"), scaled("HDG", 16, TURN / 2**16, "degree"))),
    Item("170", Extended(
        (plain("CNF", 1), plain("RAD", 2), plain("DOU", 1), plain("MAH", 1), plain("CDM", 2)),
        (plain("TRE", 1), plain("GHO", 1), plain("SUP", 1), plain("TCC", 1), spare(3)),
    )),
    Item("210", Fixed(
        scaled("SIGX", 8, 1 / 128, "NM"), scaled("SIGY", 8, 1 / 128, "NM"), scaled("SIGV", 8, 1 / 2**14, "NM/s"),
        scaled("SIGH", 8, TURN / 2**12, "degree"),
    )),
    Item("030", Chained(plain("CODE", 7))),
    Item("080", Fixed(spare(4), *QUALITY)),
    Item("100", Fixed(
        plain("V", 1), plain("G", 1), spare(2), Element("MODEC", 12, Coding.HEX), spare(4),
        *(plain(f"Q{pulse}", 1) for pulse in ("C1", "A1", "C2", "A2", "C4", "A4", "B1", "D1", "B2", "D2", "B4", "D4")),
    )),
    Item("110", Fixed(spare(2), signed("H", 14, 25, "ft"))),
    Item("120", Compound(
        Item("CAL", Fixed(plain("D", 1), spare(5), signed("CAL", 10, 1, "m/s"))),
        Item("RDS", Repetitive(scaled("DOP", 16, 1, "m/s"), scaled("AMB", 16, 1, "m/s"), scaled("FRQ", 16, 1, "MHz"))),
    )),
    Item("230", Fixed(
        plain("COM", 3), plain("STAT", 3), plain("SI", 1), spare(1), plain("MSSC", 1), plain("ARC", 1), plain("AIC", 1),
        plain("B1A", 1), plain("B1B", 4),
    )),
    Item("260", Fixed(Element("ACAS", 56, Coding.HEX))),
    Item("055", Fixed(*REPLY, plain("MODE1", 5))),
    Item("050", Fixed(*REPLY, spare(1), Element("MODE2", 12, Coding.OCTAL))),
    Item("065", Fixed(spare(3), *(plain(f"Q{pulse}", 1) for pulse in ("A4", "A2", "A1", "B2", "B1")))),
    Item("060", Fixed(spare(4), *QUALITY)),
    Item("SP", Explicit()),
    Item("RE", Explicit()),
)  # fmt: skip
"""The items in the order of their bits (user application profile)."""
