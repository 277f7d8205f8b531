"""frePPLe's model as values: one frozen class for each kind of record, whichever file it came from.

Every field says what becomes of it: most are translated, those made with `lost(default, why)` are not, and `typed` lists a
loss wherever one of them holds more than its default. Durations are `timedelta`, days and hours `datetime`, both without
a time zone as in frePPLe. Names refer to other records. A blank is None where frePPLe tells blank and zero apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

ZERO: Final = timedelta(0)
NOTE: Final = "words for people have no column"
WISH: Final = "a wish of frePPLe's solver, not a rule of the plan"


def lost(default: Any, why: str) -> Any:
    """Return a field that the translation leaves out, and why."""
    return field(default=default, metadata={"lost": why})


@dataclass(frozen=True)
class Location:
    """A place; places form a tree."""

    name: str
    owner: str | None = None
    available: str | None = None
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Customer:
    """Somebody who orders."""

    name: str
    owner: str | None = lost(None, "demands name no customer")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Supplier:
    """Somebody who sells."""

    name: str
    owner: str | None = lost(None, "parties form no tree")
    available: str | None = lost(None, "lead times are told in calendar days")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Item:
    """A thing; things form a tree whose upper nodes stand for all below them."""

    name: str
    owner: str | None = None
    cost: float = 0.0
    weight: float = 0.0
    uom: str | None = None
    operation: str | None = lost(None, "deliveries follow the demand's own operation")
    volume: float = lost(0.0, "lanes count mass, not volume")
    type: str = lost("mts", "stock is not kept apart by batch")
    successor: str | None = lost(None, "revisions are not read from this format")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Operation:
    """Something that takes time: a step, or a routing, choice or split of several."""

    name: str
    type: str | None = None
    item: str | None = None
    location: str | None = None
    owner: str | None = None
    available: str | None = None
    duration: timedelta = ZERO
    duration_per: timedelta = ZERO
    size_minimum: float | None = None
    size_multiple: float | None = None
    size_maximum: float | None = None
    priority: float = 1.0
    cost: float = 0.0
    fence: timedelta = ZERO
    posttime: timedelta = ZERO
    hard_posttime: bool = False
    effective_start: datetime | None = None
    effective_end: datetime | None = None
    search: str = lost("PRIORITY", "alternatives are chosen by cost; an order of preference is a small unit cost")
    size_minimum_calendar: str | None = lost(None, "sizes do not change with the date")
    batchwindow: timedelta = lost(ZERO, WISH)
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Suboperation:
    """That an operation is a step of a routing, or an alternative of a choice or split."""

    owner: str
    operation: str
    priority: float = 1.0
    effective_start: datetime | None = None
    effective_end: datetime | None = None


@dataclass(frozen=True)
class Dependency:
    """That an operation waits for another."""

    operation: str
    blockedby: str
    quantity: float = 1.0
    hard_safety_leadtime: timedelta = ZERO
    safety_leadtime: timedelta = lost(ZERO, WISH)


@dataclass(frozen=True)
class Flow:
    """Material that an operation takes (below 0) or gives (above 0)."""

    operation: str | None = None
    buffer: str | None = None
    item: str | None = None
    location: str | None = None
    type: str | None = None
    quantity: float = 1.0
    quantity_fixed: float = 0.0
    name: str | None = None
    priority: float = 1.0
    effective_start: datetime | None = None
    effective_end: datetime | None = None
    offset: timedelta = ZERO
    transferbatch: float | None = lost(None, "material moves whole at the start or the end")
    search: str = lost("PRIORITY", "alternatives are chosen by cost")


@dataclass(frozen=True)
class Load:
    """Capacity that an operation takes."""

    operation: str | None = None
    resource: str | None = None
    type: str | None = None
    quantity: float = 1.0
    quantity_fixed: float = 0.0
    skill: str | None = None
    name: str | None = None
    priority: float = 1.0
    effective_start: datetime | None = None
    effective_end: datetime | None = None
    setup: str | None = lost(None, "change-overs that depend on the order of jobs are not planned")
    search: str = lost("PRIORITY", "alternatives are chosen by cost")
    offset: str | None = lost(None, "capacity is taken where a unit starts")


@dataclass(frozen=True)
class Resource:
    """Capacity; capacities form pools."""

    name: str
    type: str | None = None
    owner: str | None = None
    location: str | None = None
    available: str | None = None
    constrained: bool = True
    maximum: float = 1.0
    maximum_calendar: str | None = None
    efficiency: float = 100.0
    efficiency_calendar: str | None = None
    cost: float = 0.0
    maxearly: timedelta = lost(ZERO, WISH)
    setup: str | None = lost(None, "change-overs that depend on the order of jobs are not planned")
    setupmatrix: str | None = lost(None, "change-overs that depend on the order of jobs are not planned")
    tool: bool = lost(False, "a tool is planned as a machine, free again after each step")
    toolperpiece: bool = lost(False, "a tool is planned as a machine, free again after each step")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class ResourceSkill:
    """That a resource has a skill."""

    resource: str | None = None
    skill: str | None = None
    effective_start: datetime | None = lost(None, "a skill holds at all times")
    effective_end: datetime | None = lost(None, "a skill holds at all times")
    priority: float = lost(1.0, "resources of a pool cost alike unless they state a cost")


@dataclass(frozen=True)
class Skill:
    """Something that some resources of a pool can do."""

    name: str


@dataclass(frozen=True)
class SetupMatrix:
    """Times for changing from one set-up to another."""

    name: str
    rules: str | None = lost(None, "change-overs that depend on the order of jobs are not planned")


@dataclass(frozen=True)
class Calendar:
    """A number that changes with time."""

    name: str
    default: float = 0.0
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Bucket:
    """A stretch of a calendar; the lowest priority number holds, of equal ones the latest start.

    `days` counts Sunday as 1, Monday as 2, Tuesday as 4 and so on.
    """

    calendar: str
    value: float = 0.0
    start: datetime | None = None
    end: datetime | None = None
    priority: float = 0.0
    days: float = 127.0
    starttime: timedelta = ZERO
    endtime: timedelta = timedelta(hours=24)


@dataclass(frozen=True)
class Buffer:
    """What lies of an item at a location."""

    name: str
    item: str | None = None
    location: str | None = None
    type: str | None = None
    onhand: float = 0.0
    minimum: float = 0.0
    minimum_calendar: str | None = None
    producing: str | None = None
    maximum: float = lost(0.0, "how far to refill is the plan's own choice")
    maximum_calendar: str | None = lost(None, "how far to refill is the plan's own choice")
    batch: str | None = lost(None, "stock is not kept apart by batch")
    min_interval: timedelta = lost(ZERO, WISH)
    tool: bool = lost(False, "a tool is planned as material")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class ItemSupplier:
    """An offer."""

    supplier: str | None = None
    item: str | None = None
    location: str | None = None
    leadtime: timedelta = ZERO
    hard_safety_leadtime: timedelta = ZERO
    cost: float | None = None
    size_minimum: float | None = None
    priority: float = 1.0
    fence: timedelta = ZERO
    effective_start: datetime | None = None
    effective_end: datetime | None = None
    size_multiple: float | None = lost(None, "purchases of any size from the smallest on")
    size_maximum: float | None = lost(None, "the size of a single order does not limit several")
    batchwindow: timedelta = lost(ZERO, WISH)
    extra_safety_leadtime: timedelta = lost(ZERO, WISH)
    soft_safety_leadtime: timedelta = lost(ZERO, WISH)
    resource: str | None = lost(None, "a supplier's capacity shared by several items has no column")


@dataclass(frozen=True)
class ItemDistribution:
    """A way to move an item."""

    item: str | None = None
    origin: str | None = None
    destination: str | None = None
    leadtime: timedelta = ZERO
    cost: float | None = None
    priority: float = 1.0
    fence: timedelta = ZERO
    effective_start: datetime | None = None
    effective_end: datetime | None = None
    size_minimum: float | None = None
    size_multiple: float | None = lost(None, "a lane moves any quantity")
    size_maximum: float | None = lost(None, "a lane moves any quantity")
    batchwindow: timedelta = lost(ZERO, WISH)
    resource: str | None = lost(None, "a carrier's capacity shared by several items has no column")


@dataclass(frozen=True)
class Demand:
    """An order of a customer."""

    name: str
    type: str | None = None
    item: str | None = None
    location: str | None = None
    operation: str | None = None
    quantity: float | None = None
    due: datetime | None = None
    priority: float = 0.0
    status: str = "open"
    customer: str | None = None
    owner: str | None = None
    policy: str = lost("independent", "demands are delivered one by one")
    minshipment: float | None = lost(None, "deliveries of any size")
    maxlateness: timedelta | None = lost(None, "late units are delivered however late")
    batch: str | None = lost(None, "stock is not kept apart by batch")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Order:
    """A manufacturing (MO), purchase (PO), distribution (DO) or delivery order (DLVR) that is there already."""

    reference: str = ""
    ordertype: str | None = None
    status: str = "proposed"
    operation: str | None = None
    item: str | None = None
    location: str | None = None
    origin: str | None = None
    supplier: str | None = None
    quantity: float = 0.0
    quantity_completed: float = 0.0
    start: datetime | None = None
    end: datetime | None = None
    name: str | None = None
    owner: str | None = None
    demand: str | None = lost(None, "deliveries are the plan's own choice")
    batch: str | None = lost(None, "stock is not kept apart by batch")
    remark: str | None = lost(None, NOTE)
    consume_material: bool = lost(True, "whether an order takes material is told by its dates")
    produce_material: bool = lost(True, "an order gives what it makes")
    consume_capacity: bool = lost(True, "an order in the horizon takes its hours")


TYPES: Final[Mapping[str, type]] = {
    "location": Location, "customer": Customer, "supplier": Supplier, "item": Item, "operation": Operation,
    "suboperation": Suboperation, "dependency": Dependency, "flow": Flow, "load": Load, "resource": Resource,
    "resourceskill": ResourceSkill, "skill": Skill, "setupmatrix": SetupMatrix, "calendar": Calendar, "bucket": Bucket,
    "buffer": Buffer, "itemsupplier": ItemSupplier, "itemdistribution": ItemDistribution, "demand": Demand,
    "operationplan": Order,
}  # fmt: skip
"""Class of every kind of record."""

NAMED: Final = frozenset(
    kind for kind in TYPES if "name" in TYPES[kind].__dataclass_fields__ and kind not in ("flow", "load", "operationplan")
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
