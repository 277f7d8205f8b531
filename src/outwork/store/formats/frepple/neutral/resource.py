"""Resources, skills and calendars."""

from __future__ import annotations

# ruff: noqa: RUF009  # `lost` makes a fresh field each time it is called
from dataclasses import dataclass
from datetime import datetime, timedelta

from outwork.store.formats.frepple.neutral.field import CHANGE_OVER, NOTE, WISH, ZERO, lost


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
    setup: str | None = lost(None, CHANGE_OVER)
    setupmatrix: str | None = lost(None, CHANGE_OVER)
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
    rules: str | None = lost(None, CHANGE_OVER)


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
