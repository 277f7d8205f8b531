"""Which form of a text a number takes, by the plural rules of the Unicode CLDR."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

Form = Literal["one", "few", "many", "other"]


def english(count: float) -> Form:
    """1 demand, 2 demands, 1.5 demands."""
    return "one" if count == 1 and isinstance(count, int) else "other"


def ukrainian(count: float) -> Form:
    """1 і 21 заявка, 2 і 34 заявки, 5, 11 і 12 заявок, 1,5 заявки."""
    if not isinstance(count, int):
        return "other"
    tens, ones = divmod(abs(count) % 100, 10)
    if tens == 1:
        return "many"
    if ones == 1:
        return "one"
    return "few" if ones in {2, 3, 4} else "many"


RULES: Final[dict[str, tuple[Callable[[float], Form], frozenset[str]]]] = {
    "en": (english, frozenset({"one", "other"})),
    "uk": (ukrainian, frozenset({"one", "few", "many", "other"})),
}
"""By language: its rule, and the forms that a counted text needs."""
