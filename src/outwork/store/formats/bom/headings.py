"""What the columns of a bill of material are, in the spellings that KiCad, Altium, Eagle, assemblers and offices give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a column holds."""

    REFERENCE = "reference"
    """Designators: R1, R2."""
    QUANTITY = "quantity"
    NUMBER = "manufacturer's part number"
    MAKER = "manufacturer"
    NAME = "name"
    VALUE = "value"
    FOOTPRINT = "footprint"
    DESCRIPTION = "description"
    UNIT = "unit"
    LEFT_OUT = "left out"
    """Says that a part is not fitted."""
    FITTED = "fitted"
    """Says that a part is fitted."""
    LINE = "line"
    """Number of the line."""
    ITEM = "item of ours"
    """Short name of the item, as Outwork writes it."""


SPELLINGS: Final[Mapping[Role, str]] = {
    Role.REFERENCE: "reference references ref refs refdes refdesignator refdesignators referencedesignator"
    " referencedesignators designator designators designation partreference partreferences parts"
    " referenz referenzen bezeichner",
    Role.QUANTITY: "quantity qty qnty quant qtyperboard qtyboard qtyperunit quantityperboard quantityperpcb qtypcs pcs"
    " count amount menge anzahl stückzahl stueckzahl",
    Role.NUMBER: "mpn mfrpn mfgpn mfpn partnumber partno pn mfgpartnum mfrpartnum mfgpartnumber mfrpartnumber mfgpartno"
    " mfrpartno manufacturerpartnumber manufacturerpartno manufacturerspartnumber manufacturerpn manfpn manpartno"
    " manufpartnumber manufacturersku herstellernr herstellernummer bestellnummer",
    Role.MAKER: "manufacturer manufacturername mfr mfg mf manf mfgname mfrname maker vendorname hersteller",
    Role.NAME: "name part item partname itemname component componentname artikel bezeichnung title",
    Role.VALUE: "value val comment wert",
    Role.FOOTPRINT: "footprint package pcbfootprint case casepackage packagecase footprintname gehäuse",
    Role.DESCRIPTION: "description desc partdescription itemdescription details beschreibung",
    Role.UNIT: "unit unitofmeasure uom einheit",
    Role.LEFT_OUT: "dnp dnf dni dns dnm nopop nofit donotpopulate donotplace donotfit donotinstall excludefrombom notfitted"
    " notpopulated notplaced",
    Role.FITTED: "fitted populate populated place placed mount mounted assemble assembled inbom",
    Role.ITEM: "outworkitem",
    Role.LINE: "line lineno linenumber no nr pos position row rownumber id index itemno itemnumber itemnr itemno",
}  # fmt: skip
ROLES: Final[Mapping[str, Role]] = {word: role for role, words in SPELLINGS.items() for word in words.split()}
TELLING: Final = frozenset({Role.ITEM, Role.REFERENCE, Role.NUMBER, Role.VALUE, Role.DESCRIPTION, Role.NAME})
"""A header has one of these at least: they say which part a line is of."""
COLUMNS: Final = 2
"""And so many columns that are known."""


def squeezed(heading: str) -> str:
    """Return a heading in small letters, without blanks, signs and marks: Reference(s) is references."""
    return re.sub(r"[^\w#]", "", heading.casefold()).replace("_", "").replace("#", "no")


def roles(header: Sequence[str]) -> dict[Role, int]:
    """Return the column of each role; where several have a role, the first; Item is the line where another names the part."""
    found: dict[Role, int] = {}
    for at, heading in enumerate(header):
        role = ROLES.get(squeezed(heading))
        if role is not None:
            found.setdefault(role, at)
    telling = TELLING - {Role.NAME}
    if Role.NAME in found and Role.LINE not in found and telling & found.keys():
        at = found[Role.NAME]
        if squeezed(header[at]) == "item":
            found[Role.LINE] = found.pop(Role.NAME)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row names columns."""
    found = roles(cells)
    return len(found) >= COLUMNS and bool(TELLING & found.keys())


OURS: Final[Mapping[str, str]] = {
    "manufacturer's part number": "MPN", "manufacturer": "Manufacturer", "value": "Value", "footprint": "Footprint",
    "description": "Description",
}  # fmt: skip
"""What Outwork writes above the facts of a part."""
