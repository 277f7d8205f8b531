"""How standards, materials and processes are spelt is no difference between them."""

from __future__ import annotations

import re
from typing import Final

YEAR: Final = re.compile(r"\s*(?::\s*|\()(?:19|20)\d\d\)?(?:[-/]\d\d)?\s*")
"""The year of an edition, as in ISO 9001:2015; certificates to an older edition run out by themselves."""


def plain(text: str) -> str:
    """Return a text in small letters with single spaces, as names of processes are compared."""
    return " ".join(text.casefold().split())


def bare(text: str) -> str:
    """Return the letters and digits of a text alone, without the year of an edition: EN ISO 9001:2015 is eniso9001."""
    return "".join(letter for letter in YEAR.sub(" ", text).casefold() if letter.isalnum())


def parts(text: str | None) -> tuple[str, ...]:
    """Return what stands between the semicolons of a cell."""
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
