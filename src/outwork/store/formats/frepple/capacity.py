"""Resources as hours of processes: machines, pools, skills, alternatives and buckets.

Every resource is a process of its own name. A pool, a skill within a pool, or a choice of several resources is a further
process that each of its members can give hours to. A resource of size 2 that is open all day gives 48 hours a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from outwork.model.table import Row
from outwork.model.tables.capacity import CalendarEntry, Capability
from outwork.model.tables.capacity import Resource as ResourceRow
from outwork.store.formats.frepple.calendars import DAY_HOURS, Array, Calendars, runs, usual
from outwork.store.formats.frepple.ground import Ground
from outwork.store.formats.frepple.neutral import Load, Resource

WEEK: Final = 7
QUANTITY_BUCKETS: Final = "buckets"
MOST_ENTRIES: Final = 4000
"""Exceptions of one resource; beyond that its hours are told as an average."""


@dataclass(frozen=True)
class Taken:
    """Capacity that one unit of an order takes: the process, its members, how many at once, whether by the bucket."""

    process: str
    members: tuple[str, ...]
    quantity: float
    fixed: float
    bucketed: bool


@dataclass
class Capacity:
    """Resources of a model and which of them each operation calls for."""

    ground: Ground
    calendars: Calendars
    used: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Sites at which each resource is called for."""
    processes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Further processes that each resource can give hours to."""

    def loads(self, operation: str, site: str) -> list[Taken]:
        """Return what an operation at a site takes, alternatives together, resources without limit left out."""
        found = []
        for group in self._groups.get(operation, []):
            members = self._members(group)
            if members is None:
                self._lose("load", group[0], "its resource has no limit and is left out")
                continue
            self._oddities(group)
            first = min(group, key=lambda load: load.priority)
            bucketed = bool(members) and all(self._bucketed(self._resources[name]) for name in members)
            process = self._process(group)
            for name in members:
                self.used[name].add(site)
                if process != name:
                    self.processes[name].add(process)
            found.append(Taken(process, members, first.quantity, first.quantity_fixed, bucketed))
        return found

    def hours(self, name: str) -> Array:
        """Hours of a resource on every day, its efficiency counted in [day]."""
        resource = self._resources[name]
        if resource.type == QUANTITY_BUCKETS and resource.maximum_calendar in self.ground.model.calendars:
            return self.calendars.per_bucket(str(resource.maximum_calendar)) * self.efficiency(name)
        size = resource.maximum_calendar if resource.maximum_calendar in self.ground.model.calendars else None
        return self.calendars.open_hours(self.gates(name), size, resource.maximum) * self.efficiency(name)

    def efficiency(self, name: str) -> float:
        """Share of a unit's hours that a resource needs, inverted [1]: at 50 % everything takes twice as long."""
        resource = self._resources[name]
        calendar = resource.efficiency_calendar
        if calendar in self.ground.model.calendars:
            self.ground.losses.add("calendar of efficiency", f"resource '{name}'", "its value at the start holds throughout")
            return max(0.0, self.calendars.at_start(str(calendar))) / 100
        return max(0.0, resource.efficiency) / 100

    def gates(self, name: str) -> tuple[str | None, ...]:
        """Calendars that must be open for a resource to work."""
        resource = self._resources[name]
        place = self.ground.model.locations.get(resource.location or "")
        return resource.available, place.available if place else None

    def members_of(self, process: str, site: str) -> list[str]:
        """Resources that can give hours to a process at a site."""
        return [
            name
            for name in self._resources
            if (name == process or process in self.processes.get(name, ())) and site in self.used.get(name, ())
        ]

    def mean(self, process: str) -> float:
        """Hours that a process has on an average day, all its members together."""
        members = [name for name in self._resources if name == process or process in self.processes.get(name, ())]
        return float(sum(self.hours(name).mean() for name in members if name in self.used))

    def rows(self, default: str) -> Iterable[Row]:
        """Yield resources at every site that calls for them, their capabilities and their calendars."""
        for name, resource in self._resources.items():
            if self._children.get(name) or _endless(resource):
                self._unlisted(resource)
                continue
            own = resource.location or default
            sites = sorted(self.used.get(name) or {own}, key=lambda site: (site != own, site))
            if len(sites) > 1:
                self.ground.losses.add("one resource for several sites", f"resource '{name}'", "each site has one of its own")
            for place, site in enumerate(sites):
                yield from self._rows(name if place == 0 else f"{name} at {site}", name, site)

    def _rows(self, called: str, name: str, site: str) -> Iterable[Row]:
        hours = self._even(self.hours(name))
        most = usual(hours)
        yield ResourceRow(
            resource=called, site=site, process=name, hours=most * WEEK, cost=max(0.0, self._resources[name].cost)
        )
        for process in sorted(self.processes.get(name, ())):
            yield Capability(resource=called, process=process)
        stretches = [each for each in runs(hours) if abs(each[2] - most) > 1e-6]  # noqa: PLR2004  # beyond rounding
        for first, last, daily in stretches[:MOST_ENTRIES]:
            start = self.ground.start
            yield CalendarEntry(
                resource=called, since=start + timedelta(days=first), until=start + timedelta(days=last), hours=daily * WEEK
            )

    def _even(self, hours: Array) -> Array:
        """Spread the hours of every step evenly over its days, which changes nothing that is planned in steps."""
        step = self.ground.step_days
        padded = np.pad(hours, (0, -len(hours) % step), mode="edge") if len(hours) else hours
        return np.repeat(padded.reshape(-1, step).mean(axis=1), step)[: len(hours)] if step > 1 else hours

    def _members(self, group: list[Load]) -> tuple[str, ...] | None:
        """Resources at the end of the branches of a load that have its skill; None where one of them has no limit."""
        found: dict[str, None] = {}
        for load in sorted(group, key=lambda each: each.priority):
            leaves = self._leaves(str(load.resource), ())
            if any(_endless(self._resources[name]) for name in leaves):
                return None
            found.update(dict.fromkeys(name for name in leaves if not load.skill or load.skill in self._skills.get(name, ())))
        return tuple(found)

    def _leaves(self, name: str, above: tuple[str, ...]) -> list[str]:
        children = [child for child in self._children.get(name, []) if child not in above]
        return [leaf for child in children for leaf in self._leaves(child, (*above, name))] if children else [name]

    def _process(self, group: list[Load]) -> str:
        ordered = sorted(group, key=lambda each: each.priority)
        named = [f"{each.resource} with {each.skill}" if each.skill else str(each.resource) for each in ordered]
        return " or ".join(dict.fromkeys(named))

    def _bucketed(self, resource: Resource) -> bool:
        return (resource.type or "").startswith(QUANTITY_BUCKETS)

    def _oddities(self, group: list[Load]) -> None:
        for load in group:
            if load.type not in (None, "", "default"):
                self._lose("moment of a load", load, "capacity is taken where a unit starts")
        if len({load.quantity for load in group}) > 1:
            self._lose("unlike quantities of alternative loads", group[0], "the preferred one's holds for all")

    def _lose(self, what: str, load: Load, why: str) -> None:
        self.ground.losses.add(what, f"load of operation '{load.operation}' on '{load.resource}'", why)

    def _unlisted(self, resource: Resource) -> None:
        if _endless(resource):
            self.ground.losses.add("resource without limit", f"resource '{resource.name}'", "left out: it is never short")
        elif resource.maximum_calendar or resource.maximum not in (0.0, 1.0):
            self.ground.losses.add("size of a pool", f"resource '{resource.name}'", "its members' sizes hold")

    @cached_property
    def _resources(self) -> Mapping[str, Resource]:
        return self.ground.model.resources

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for resource in self._resources.values():
            if resource.owner and resource.owner != resource.name and resource.owner in self._resources:
                found[resource.owner].append(resource.name)
        return found

    @cached_property
    def _skills(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for each in self.ground.model.resourceskills:
            if each.resource and each.skill:
                found[each.resource].add(each.skill)
        return found

    @cached_property
    def _groups(self) -> Mapping[str, list[list[Load]]]:
        """Loads of every operation, alternatives of each other together."""
        found: dict[str, dict[str, list[Load]]] = defaultdict(dict)
        for place, load in enumerate(self.ground.model.loads):
            if load.operation and load.resource in self._resources and load.quantity > 0:
                group = load.name or ("dated" if self._dated(load) else f"load {place}")
                found[load.operation].setdefault(group, []).append(load)
        return {
            operation: [group for name, group in groups.items() if self._lasting(name, group)]
            for operation, groups in found.items()
        }

    def _dated(self, load: Load) -> bool:
        """Tell whether a load holds only on some dates of the plan."""
        start = datetime.combine(self.ground.start, time())
        end = start + timedelta(days=self.calendars.count)
        return bool(
            (load.effective_start and load.effective_start > start) or (load.effective_end and load.effective_end < end)
        )

    def _lasting(self, name: str, group: list[Load]) -> bool:
        """Tell whether a group holds at all dates: dated loads that follow each other do, as alternatives; a single one not."""
        start = datetime.combine(self.ground.start, time())
        dated = [load for load in group if self._dated(load)]
        ordered = sorted(dated, key=lambda load: load.effective_start or start)
        apart = all(
            before.effective_end and after.effective_start and before.effective_end <= after.effective_start
            for before, after in pairwise(ordered)
        )
        for load in dated:
            kept = name != "dated" or (apart and len(group) > 1)
            why = "it is an alternative at all dates" if kept else "left out: it is not taken at all dates"
            self._lose("dates of a load", load, why)
        return name != "dated" or (apart and len(group) > 1)

    def open_hours(self, gates: Iterable[str | None]) -> Array:
        """Hours of a day in which all of these calendars are open, at most 24 [day]."""
        return np.minimum(self.calendars.open_hours(gates), DAY_HOURS)


def _endless(resource: Resource) -> bool:
    return resource.type == "infinite" or not resource.constrained
