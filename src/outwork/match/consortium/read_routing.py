"""The routing of a design from the tables."""

from __future__ import annotations

import numpy as np

from outwork.match.consortium.routing import Routing
from outwork.match.judging.matched import Matched
from outwork.model.axis import Axis, Index, Mask, numbers
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.programme import Programme


def routing(programme: Programme, found: Matched, item: str, quantity: float) -> tuple[Routing, Index]:
    """Return how a design is made, and the place of each of its operations among all. UnknownName for one that nobody makes.

    An item is made where it has an operation and is not to be bought. Of components that are alternatives of each other none
    is waited for where one of them is bought; else the first by name is taken.
    """
    rows = programme["operations"].sort("operation")
    names = found.needs.items
    bought = set(programme["items"].filter(programme["items"]["sourcing"] == "buy")["item"].to_list())
    made = {each for each in names if each not in bought}
    if item not in made:
        near = nearest(item, made)
        raise UnknownName(f"no operation makes '{item}'{f'; did you mean {near!r}?' if near else ''}")
    takes = _takes(programme, made)
    needed, todo = {item}, [item]
    while todo:
        last = todo.pop()
        inputs = {each for own, each, _ in takes if names[found.needs.operations.position[own]] == last} - needed
        needed |= inputs
        todo += sorted(inputs)
    items = Axis(tuple(sorted(needed)))
    place = np.array([at for at, each in enumerate(names) if each in needed], np.int64)
    operations = Axis(tuple(found.needs.operations.names[at] for at in place))
    held = [(operations.position[own], items.position[each], units) for own, each, units in takes if own in operations.position]
    code = found.needs.process[place]
    return Routing(
        items=items.names,
        goal=items.position[item],
        quantity=quantity,
        operations=operations.names,
        process=tuple(_plain(found.needs.processes[at]) for at in code),
        makes=np.array([items.position[names[at]] for at in place], np.int64),
        good=numbers(rows, "yield_rate")[place],
        lead=numbers(rows, "lead_days")[place],
        takes_by=np.array([own for own, _, _ in held], np.int64),
        takes=np.array([each for _, each, _ in held], np.int64),
        takes_units=np.array([units for _, _, units in held], np.float64),
        nobody_knows=_unknown(found)[place],
    ), place


def _takes(programme: Programme, made: set[str]) -> list[tuple[str, str, float]]:
    """Return what operations take of items that are made: operation, item, units for one unit started."""
    rows = programme["components"].sort("operation", "item").rows(named=True)
    either: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row["choice"] is not None:
            either.setdefault((row["operation"], row["choice"]), []).append(row["item"])
    found = []
    for row in rows:
        others = either.get((row["operation"], row["choice"] or ""), [row["item"]])
        if row["item"] in made and others[0] == row["item"] and made.issuperset(others):
            found.append((row["operation"], row["item"], row["quantity"]))
    return found


def _unknown(found: Matched) -> Mask:
    """Return of which operations nobody knows what they are. [operation]."""
    return ~found.related.understood[found.needs.process]


def _plain(code: str) -> str:
    """Return a process as a person writes it."""
    return code.removeprefix("~") or "unknown"
