"""Values of rules and of facts, from text: `60 min`, `46.3 km/h`, `30 to 45 min`."""

from __future__ import annotations

import math
import re
from typing import Final

from outwork.clear.units import NoUnit, convert
from outwork.model.sheet import Unparsed, number

NUMBER: Final = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
QUANTITY: Final = re.compile(rf"\s*({NUMBER})\s*(.*?)\s*$")
BOUND: Final = {
    "at least": "low", ">=": "low", "≥": "low", "more than": "low", "over": "low", ">": "low",
    "at most": "high", "<=": "high", "≤": "high", "less than": "high", "under": "high", "below": "high", "<": "high",
    "up to": "high",
}  # fmt: skip
RANGE: Final = re.compile(rf"\s*({NUMBER})\s*(?:to|\.\.)\s*({NUMBER})\s*(.*?)\s*$")
TRUE: Final = ("true", "yes", "1")
FALSE: Final = ("false", "no", "0")
MOST_DIGITS: Final = 64
"""No quantity that a person writes is longer."""

Interval = tuple[float, float]
"""What is known of a quantity: it lies between these two, inclusive. Known exactly where both are equal."""


def quantity(text: str, wanted: str) -> float:
    """Return a value with its unit, such as `60 min`, in the unit that is wanted. Unparsed says what is wrong with it."""
    match = QUANTITY.match(text) if len(text) <= MOST_DIGITS else None
    if match is None:
        raise Unparsed(f"'{text[:MOST_DIGITS]}' is not a number with a unit, such as '60 {wanted}'")
    return _converted(number(match[1]), match[2], wanted)


def interval(text: str, given: str, wanted: str) -> Interval:
    """Return what a cell says of a quantity: `48`, `30 to 45`, `at least 60`, each possibly with its own unit after it.

    Args: given, unit that stands in the cell beside, empty where the text has its own; wanted, unit of the answer.
    """
    plain = " ".join(text.split())
    if len(plain) > MOST_DIGITS:
        raise Unparsed(f"'{plain[:MOST_DIGITS]}...' is too long for a quantity")
    if match := RANGE.fullmatch(plain):
        low, high = (_converted(number(each), _one(match[3], given), wanted) for each in match.group(1, 2))
        if low > high:
            raise Unparsed(f"'{plain}' ends before it begins")
        return low, high
    for word, side in BOUND.items():
        if plain.casefold().startswith(word):
            value = _exact(plain[len(word) :], given, wanted)
            return (value, math.inf) if side == "low" else (-math.inf, value)
    value = _exact(plain, given, wanted)
    return value, value


def flag(text: str) -> bool:
    """Return a flag: true or false, yes or no. Unparsed for anything else."""
    word = text.strip().casefold()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise Unparsed(f"'{text[:MOST_DIGITS]}' is neither true nor false")


def _exact(text: str, given: str, wanted: str) -> float:
    match = QUANTITY.match(text)
    if match is None:
        raise Unparsed(f"'{text.strip()}' is not a number")
    return _converted(number(match[1]), _one(match[2], given), wanted)


def _one(own: str, given: str) -> str:
    """Return the unit of a cell that may stand in its text or beside it; Unparsed where both are there and differ."""
    if own and given and own != given:
        raise Unparsed(f"the value says '{own}' and its unit says '{given}'")
    return own or given


def _converted(value: float, given: str, wanted: str) -> float:
    """Return the value in the unit that is wanted; a bare number is taken only where the quantity has no unit."""
    if not given and wanted != "1":
        raise Unparsed(f"'{value:g}' has no unit; write it, such as '{value:g} {wanted}'")
    try:
        return convert(value, given, wanted)
    except NoUnit as error:
        raise Unparsed(str(error)) from error
