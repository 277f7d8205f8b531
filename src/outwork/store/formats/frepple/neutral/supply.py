"""Stock, offers, ways to move, demands and orders."""

from __future__ import annotations

# ruff: noqa: RUF009  # `lost` makes a fresh field each time it is called
from dataclasses import dataclass
from datetime import datetime, timedelta

from outwork.store.formats.frepple.neutral.field import NOTE, WISH, ZERO, lost


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
