"""The whole model, and the class of every kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from outwork.store.formats.frepple.neutral.operation import Dependency, Flow, Load, Operation, Suboperation
from outwork.store.formats.frepple.neutral.resource import Bucket, Calendar, Resource, ResourceSkill, SetupMatrix, Skill
from outwork.store.formats.frepple.neutral.supply import Buffer, Demand, ItemDistribution, ItemSupplier, Order
from outwork.store.formats.frepple.neutral.thing import Customer, Item, Location, Supplier

TYPES: Final[Mapping[str, type[Any]]] = {
    "location": Location, "customer": Customer, "supplier": Supplier, "item": Item, "operation": Operation,
    "suboperation": Suboperation, "dependency": Dependency, "flow": Flow, "load": Load, "resource": Resource,
    "resourceskill": ResourceSkill, "skill": Skill, "setupmatrix": SetupMatrix, "calendar": Calendar, "bucket": Bucket,
    "buffer": Buffer, "itemsupplier": ItemSupplier, "itemdistribution": ItemDistribution, "demand": Demand,
    "operationplan": Order,
}  # fmt: skip
"""Class of every kind of record."""

NAMED: Final = frozenset(
    kind
    for kind, record in TYPES.items()
    if "name" in {each.name for each in fields(record)} and kind not in ("flow", "load", "operationplan")
)
"""Kinds whose records have a name by which others call them."""


@dataclass(frozen=True)
class Model:
    """A whole model, its named records by name and the others in order of the file.

    `current` is the day on which it stands; None where the file does not say.
    """

    name: str
    current: datetime | None
    locations: Mapping[str, Location]
    items: Mapping[str, Item]
    operations: Mapping[str, Operation]
    resources: Mapping[str, Resource]
    calendars: Mapping[str, Calendar]
    suppliers: Mapping[str, Supplier]
    customers: Mapping[str, Customer]
    demands: Mapping[str, Demand]
    buffers: Mapping[str, Buffer]
    buckets: tuple[Bucket, ...] = ()
    suboperations: tuple[Suboperation, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    flows: tuple[Flow, ...] = ()
    loads: tuple[Load, ...] = ()
    resourceskills: tuple[ResourceSkill, ...] = ()
    itemsuppliers: tuple[ItemSupplier, ...] = ()
    itemdistributions: tuple[ItemDistribution, ...] = ()
    orders: tuple[Order, ...] = ()
