"""Which share of an item's value is controlled content of US origin, through all that it is made of.

For an item that is made in the programme, with q the quantity of a component in one unit:

    content(item) = sum over its components of  q * content(component)        [EUR/unit]
    share(item)   = content(item) / value(item)                               [1]

What is of US origin itself is content with its whole value where it would need a licence to the destination, and none where it
would not (Supplement No. 2 to part 734). What is made in a place outside the United States is of its parts. What is bought and
is not of US origin counts with the share that a fact states, and without one with none: its maker's own parts are taken up in
another product (read after the practice of the Bureau of Industry and Security on second incorporation; ours).

Everything is an interval. Nobody knows whether a bought item is of US origin unless a fact says so: then it may be nothing or
all of it. Prices are those of the offers in `supplies` together with `items.value`; where an item has neither, it may be worth
anything. Alternatives (a `choice`, several operations, made or bought) count from the least to the most of them. Yield is not
divided by: what is scrapped is not in the item.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Final

from outwork.clear.logic import FALSE, TRUE, UNKNOWN, Truth
from outwork.clear.united_states.recipe import Choice, Recipe

Interval = tuple[float, float]
NOTHING: Final[Interval] = (0.0, 0.0)
ANYTHING: Final[Interval] = (0.0, math.inf)
WHOLE: Final[Interval] = (0.0, 1.0)


@dataclass(frozen=True)
class Source:
    """What is known of an item's origin.

    Args: us, whether it is of US origin; eccn, its paragraph of the Commerce Control List, None where nobody has said; itar,
    whether it is on the United States Munitions List; share, controlled US content of a bought item of other origin [1].
    """

    us: Truth = UNKNOWN
    eccn: str | None = None
    itar: Truth = UNKNOWN
    share: Interval = NOTHING


UNSTATED: Final = Source()


@dataclass(frozen=True)
class Content:
    """Controlled US content of one unit of an item, for one destination.

    Args: low, high, its value [EUR/unit]; parts, items of US origin, surely or perhaps, that are in it, itself included, each
    with the most that it adds to one unit [EUR/unit].
    """

    low: float
    high: float
    share: Interval
    parts: Mapping[str, float] = field(default_factory=dict)


def contents(
    recipes: Mapping[str, Recipe], sources: Mapping[str, Source], controlled: Callable[[str], Truth]
) -> Mapping[str, Content]:
    """Return the controlled US content of every item. CycleError where an item is made of itself, which no valid programme has.

    Args: recipes, what each item is worth and made of; sources, by item; controlled, whether an item of US origin would need a
    licence to the destination, asked only of what is, or may be, of US origin.
    """
    needs = {item: recipe.components for item, recipe in recipes.items()}
    found: dict[str, Content] = {}
    for item in TopologicalSorter(needs).static_order():
        found[item] = _content(item, recipes[item], sources.get(item, UNSTATED), controlled, found)
    return found


def _content(
    item: str,
    recipe: Recipe,
    source: Source,
    controlled: Callable[[str], Truth],
    found: Mapping[str, Content],
) -> Content:
    """Return the content of one item, those of its components being known."""
    value = recipe.value
    if source.us == TRUE:
        return _own(item, value, controlled(item))
    ways: list[Content] = [_made(way, value, found) for way in recipe.ways]
    if recipe.made_at_home:
        ways.append(_own(item, value, min(controlled(item), UNKNOWN)))
    if recipe.bought and source.us == FALSE:
        low, high = source.share[0] * value[0], source.share[1] * (value[1] if source.share[1] else 0.0)
        ways.append(Content(low, high, source.share))
    elif recipe.bought:
        ways.append(_own(item, value, min(controlled(item), UNKNOWN)))
    return _hull(ways)


def _own(item: str, value: Interval, controlled: Truth) -> Content:
    """Return the content of what is of US origin itself: with its whole value, with none, or either."""
    if controlled == FALSE:
        return Content(0.0, 0.0, NOTHING, {item: 0.0})
    if controlled == TRUE:
        return Content(*value, (1.0, 1.0), {item: value[1]})
    return Content(0.0, value[1], WHOLE, {item: value[1]})


def _made(way: tuple[Choice, ...], value: Interval, found: Mapping[str, Content]) -> Content:
    """Return the content of an item that is made one way: of one alternative of each choice."""
    low = high = 0.0
    parts: dict[str, float] = {}
    for choice in way:
        amounts = [(quantity * found[item].low, quantity * found[item].high) for item, quantity in choice]
        low, high = low + min(each[0] for each in amounts), high + max(each[1] for each in amounts)
        for item, quantity in choice:
            for part, most in found[item].parts.items():
                parts[part] = parts.get(part, 0.0) + quantity * most
    return Content(low, high, (_ratio(low, value[1], 0.0), _ratio(high, value[0], 1.0)), parts)


def _ratio(content: float, value: float, otherwise: float) -> float:
    """Return content / value, at most 1; 0 of no content, and `otherwise` where it cannot be told."""
    if content == 0:
        return 0.0
    if math.isinf(content) or value == 0:
        return otherwise
    return min(1.0, content / value)


def _hull(ways: Iterable[Content]) -> Content:
    """Return what lies between the least and the most of several ways; anything where there is none."""
    every = list(ways)
    if not every:
        return Content(*ANYTHING, WHOLE)
    parts: dict[str, float] = {}
    for way in every:
        for part, most in way.parts.items():
            parts[part] = max(parts.get(part, 0.0), most)
    share = min(way.share[0] for way in every), max(way.share[1] for way in every)
    return Content(min(way.low for way in every), max(way.high for way in every), share, parts)
