"""Consortia, questions and scarcities as tables."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from outwork.match.consortium.enquiries import Worth
from outwork.match.consortium.field import Field
from outwork.match.consortium.found import Found
from outwork.match.consortium.prices import Scarcity
from outwork.model.frames import from_rows
from outwork.model.table import table
from outwork.model.tables.matching import Consortium, Enquiry, Part
from outwork.model.tables.matching import Scarcity as ScarcityRow

Named = tuple[str, str, Found]
"""A consortium with its name and its kind."""


def consortia(named: Sequence[Named]) -> pl.DataFrame:
    """Return the table `consortia`, in the order given."""
    rows = (
        {
            "consortium": name,
            "item": found.field.routing.items[found.field.routing.goal],
            "quantity": found.field.routing.quantity,
            "kind": kind,
            "rests_on": found.level,
            "cost": round(found.cost, 2),
            "days": round(found.days, 2),
            "firms": found.firms,
            "nations": found.nations,
            "single_points": found.single_points,
            "bound": round(found.bound, 2),
        }
        for name, kind, found in named
    )
    return from_rows(table(Consortium), [Consortium.model_validate(row) for row in rows])


def parts(named: Sequence[Named]) -> pl.DataFrame:
    """Return the table `parts`: of every consortium the pairs that take part, by operation and site."""
    rows = (
        {
            "consortium": name,
            "operation": found.field.routing.operations[found.field.operation[pair]],
            "site": found.field.sites.names[found.field.site[pair]],
            "share": min(1.0, round(float(found.share[pair]), 6)),
            "hours": round(float(found.hours[pair]), 2),
            "cost": round(float(found.part_cost[pair]), 2),
        }
        for name, _, found in named
        for pair in found.pairs.tolist()
    )
    return from_rows(table(Part), [Part.model_validate(row) for row in rows])


def scarcities(field: Field, found: Sequence[Scarcity]) -> pl.DataFrame:
    """Return the table `scarcities`, in the order given."""
    item = field.routing.items[field.routing.goal]
    rows = (
        {
            "item": item,
            "process": each.process,
            "nation": each.nation,
            "hour": round(each.hour, 2),
            "operations": each.operations,
        }
        for each in found
    )
    return from_rows(table(ScarcityRow), [ScarcityRow.model_validate(row) for row in rows])


def enquiries(field: Field, worth: Sequence[Worth]) -> pl.DataFrame:
    """Return the table `enquiries`, in the order given."""
    return from_rows(
        table(Enquiry), [Enquiry.model_validate(_enquiry(field, each, place + 1)) for place, each in enumerate(worth)]
    )


def _enquiry(field: Field, worth: Worth, place: int) -> dict[str, object]:
    """Return the row of a question."""
    asked = field.questions
    site, operation = int(asked.site[worth.question]), int(asked.operation[worth.question])
    best = worth.best
    return {
        "enquiry": asked.names[worth.question],
        "ask": "designer" if site < 0 else "site",
        "site": None if site < 0 else field.sites.names[site],
        "operation": None if operation < 0 else field.routing.operations[operation],
        "need": asked.need[worth.question],
        "question": asked.text[worth.question],
        "place": place,
        "candidates": worth.candidates,
        "together": 1 if best is None else len(best.asked),
        "gain": None if best is None or best.gain is None else round(best.gain, 2),
        "opens": best is not None and best.opens,
    }
