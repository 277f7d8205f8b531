"""The same made-up rules, items and lanes for everybody who determines, drawn from one seed.

Rules of one or two paths with four comparisons each, a third of them with a release; items that state 40 facts each, whole
numbers and flags; lanes from the Netherlands to consignees outside the Union, of whom some are close partners. What is asked of
every item on every lane: may it go without a licence? That is so where no rule lists it, or where the lane leads to a partner
and the item's notice is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

NUMBERS: Final = tuple(f"measure {n}" for n in range(24))
FLAGS: Final = tuple(f"trait {n}" for n in range(16))
NOTICE: Final = "notice given"
CLOSE: Final = ("AU", "CA", "CH", "GB", "IS", "JP", "NO", "NZ")
FAR: Final = (
    "AE",
    "AR",
    "BR",
    "CL",
    "CO",
    "EG",
    "ID",
    "IN",
    "KE",
    "KR",
    "KZ",
    "MA",
    "MX",
    "MY",
    "PE",
    "PH",
    "SG",
    "TH",
    "TR",
    "UA",
)
LIMITS: Final = (">=", ">", "<=", "<")

Comparison = tuple[str, str, int | bool]
"""Fact, comparison (`is` for a flag), value."""


@dataclass(frozen=True)
class Rule:
    """One entry: each path holds where all its comparisons do, and the release takes all of them out again."""

    name: str
    paths: tuple[tuple[Comparison, ...], ...]
    release: tuple[Comparison, ...]


@dataclass(frozen=True)
class World:
    """Rules, items with their facts, and lanes (consignee, nation)."""

    rules: tuple[Rule, ...]
    items: Mapping[str, Mapping[str, int | bool]]
    lanes: tuple[tuple[str, str], ...]


def world(rules: int, items: int, lanes: int, seed: int) -> World:
    """Draw a world. About every third item is listed under something."""
    dice = Random(seed)  # noqa: S311 - an example, no secret
    return World(
        tuple(_rule(f"7X{number:03}", dice) for number in range(rules)),
        {f"item-{number:04}": _facts(dice) for number in range(items)},
        tuple((f"party-{number:03}", dice.choice((*CLOSE, *FAR))) for number in range(lanes)),
    )


def _facts(dice: Random) -> dict[str, int | bool]:
    facts: dict[str, int | bool] = {name: dice.randrange(1000) for name in NUMBERS}
    return facts | {name: dice.random() < 0.5 for name in (*FLAGS, NOTICE)}


def _rule(name: str, dice: Random) -> Rule:
    paths = tuple((*(_number(dice, 150) for _ in range(3)), _flag(dice)) for _ in range(dice.choice((1, 2))))
    return Rule(name, paths, (_number(dice, 300),) if dice.random() < 1 / 3 else ())


def _number(dice: Random, width: int) -> Comparison:
    """Return a comparison that holds for about `width` of a thousand."""
    operator = dice.choice(LIMITS)
    return dice.choice(NUMBERS), operator, width if operator in {"<", "<="} else 1000 - width


def _flag(dice: Random) -> Comparison:
    return dice.choice(FLAGS), "is", dice.random() < 0.5
