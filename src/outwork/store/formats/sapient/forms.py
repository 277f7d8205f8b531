"""The forms of texts: identifiers, zones and the name of the interface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from outwork.store.formats.sapient.finding import shown
from outwork.store.formats.sapient.schema import Form

ALIKE: Final[Mapping[Form, re.Pattern[str]]] = {
    # 128 bits need 26 characters of 5 bits, so the first holds three: at most 7. Crockford leaves out I, L, O and U.
    Form.ULID: re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}"),
    Form.UUID: re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
    # Zones 1 to 60; then a band of latitude (I and O are left out), of which N and S may also mean the hemisphere.
    Form.ZONE: re.compile(r"(0?[1-9]|[1-5][0-9]|60)[C-HJ-NP-X]"),
    Form.ICD: re.compile(r"BSI[ _]Flex[ _]335[ _]v2(\.\d+)*", re.IGNORECASE),
}
WANTED: Final[Mapping[Form, str]] = {
    Form.ULID: "a ULID: 26 characters of Crockford's base 32 in upper case, such as 01H4R63D7NVN8444Z5M77WEBY7",
    Form.UUID: "a random UUID (version 4) in lower case, such as a8654cdf-4328-47de-81fa-c495589e30c9",
    Form.ZONE: "a UTM zone, such as 30U",
    Form.ICD: "version 2 of the interface, such as 'BSI Flex 335 v2.0'",
}


def misfit(text: str, form: Form) -> str:
    """Return why a text is not of a form, or nothing where it is."""
    if form is Form.ANY or ALIKE[form].fullmatch(text):
        return ""
    return f"is '{shown(text)}', not {WANTED[form]}{_instead(text, form)}"


def _instead(text: str, form: Form) -> str:
    for other in (Form.ULID, Form.UUID):
        if other is not form and ALIKE[other].fullmatch(text):
            return f"; it is a {other.name}"
    for altered in (text.upper(), text.lower()):
        if ALIKE[form].fullmatch(altered):
            return f"; did you mean '{altered}'?"
    return ""
