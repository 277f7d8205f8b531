"""Operations, and what they take and give."""

from __future__ import annotations

# ruff: noqa: RUF009  # `lost` makes a fresh field each time it is called
from dataclasses import dataclass
from datetime import datetime, timedelta

from outwork.store.formats.frepple.neutral.field import CHANGE_OVER, NOTE, WISH, ZERO, lost


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
    setup: str | None = lost(None, CHANGE_OVER)
    search: str = lost("PRIORITY", "alternatives are chosen by cost")
    offset: str | None = lost(None, "capacity is taken where a unit starts")
