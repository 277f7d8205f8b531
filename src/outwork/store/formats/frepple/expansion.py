"""Lay operations flat: routings into chains, choices into alternatives, carriers into moves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from outwork.store.formats.frepple.ground import Ground, before, days
from outwork.store.formats.frepple.neutral import Flow, Operation, Suboperation
from outwork.store.formats.frepple.places import Places
from outwork.store.formats.frepple.ways import Mood, Take, Way
from outwork.store.formats.gaps import Spot

CHOICES: Final = frozenset({"alternate", "split"})
EVER: Final = Mood()
NO_TIME: Final = timedelta(0)
Given = tuple[Spot, float]
"""What one unit of an order gives: of what, and how much."""


def joint(routing: str) -> str:
    """Return the name of the way that joins the last steps of a routing, where it has several."""
    return f"{routing}: all steps"


@dataclass(frozen=True)
class Chain:
    """A routing: what it gives, which steps come before and how many after each, and whether its ends must be joined."""

    routing: Operation
    first: str
    gives: Given
    before: Mapping[str, list[str]]
    followers: Mapping[str, int]
    joined: bool


@dataclass
class Expansion:
    """Ways found so far; ask for the ways of what is stocked, then of what demands call for."""

    ground: Ground
    places: Places
    ways: dict[tuple[str, Spot], Way] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index who belongs to whom and who waits for whom."""
        self._children: dict[str, list[Suboperation]] = defaultdict(list)
        model = self.ground.model
        listed = {(sub.owner, sub.operation) for sub in model.suboperations}
        nested = [
            Suboperation(each.owner, each.name, each.priority, each.effective_start, each.effective_end)
            for each in model.operations.values()
            if each.owner and (each.owner, each.name) not in listed
        ]
        for sub in [*model.suboperations, *nested]:
            if sub.operation in model.operations and sub.owner in model.operations and sub.operation != sub.owner:
                self._children[sub.owner].append(sub)
        self._inside = {sub.operation for subs in self._children.values() for sub in subs}
        self._open: list[str] = []
        self._refills: dict[str, list[Spot]] = defaultdict(list)
        for buffer in model.buffers.values():
            if buffer.producing:
                self._refills[buffer.producing].append(self.places.buffers[buffer.name])

    def stocked(self) -> None:
        """Add the ways to make whatever operations give by themselves."""
        called = {demand.operation for demand in self.ground.model.demands.values()}
        awaited = {each.blockedby for each in self.ground.model.dependencies}
        for operation in self.ground.model.operations.values():
            if operation.name in self._inside:
                continue
            refills = self._refills.get(operation.name, [])
            if self.gives(operation) or refills:
                self._whole(operation, refills)
            elif operation.name not in called | awaited:
                self._lose("operation that makes nothing", operation, "left out: nothing asks for it")

    def _whole(self, operation: Operation, refills: list[Spot]) -> None:
        if operation.priority <= 0:
            self._lose("operation of priority 0", operation, "left out: frePPLe too uses it only by hand")
            return
        target = (refills[0], 1.0) if refills else None
        self.expand(operation, target, Mood(operation.effective_start, operation.priority))
        if operation.effective_end:
            self._lose("last day of use", operation, "an operation once in use stays in use")

    def expand(self, operation: Operation, target: Given | None, mood: Mood = EVER) -> None:
        """Add the ways of an operation; `target` is what it makes where its flows do not say."""
        if operation.name in self._open:
            self._lose("operation inside itself", operation, "left out")
            return
        self._open.append(operation.name)
        children = self._children.get(operation.name, [])
        if children and operation.type in CHOICES:
            self._choice(operation, children, target, mood)
        elif children:
            self._routing(operation, children, target, mood)
        else:
            self._simple(operation, target, mood)
        self._open.pop()

    def gives(self, operation: Operation) -> list[Given]:
        """Return what one unit of an order of the operation gives, the item that it is named for first.

        Where no flow gives that item, an order gives one of it beside what its flows give.
        """
        told = self._told(operation)
        if operation.item and operation.item not in {spot.item for spot, _ in told}:
            return [*told, (Spot(operation.item, self.places.site(operation)), 1.0)]
        return sorted(told, key=lambda each: each[0].item != operation.item)

    def fixed(self, operation: str, spot: Spot) -> float:
        """Return what an order of an operation gives of something beside what is in proportion to its size."""
        site = self.places.site(self.ground.model.operations[operation])
        flows = [flow for flow in self.places.flows(operation) if flow.quantity > 0 and flow.quantity_fixed > 0]
        return sum(flow.quantity_fixed for flow in flows if self.places.spot(flow, site) == spot)

    def _told(self, operation: Operation) -> list[Given]:
        """Return what the flows of an operation give."""
        site = self.places.site(operation)
        found: dict[Spot, float] = {}
        for flow in self.places.flows(operation.name):
            amount = flow.quantity if flow.quantity > 0 else flow.quantity_fixed
            if amount > 0:
                found[self.places.spot(flow, site)] = amount
                if flow.quantity_fixed > 0 and flow.quantity > 0:
                    self._lose("fixed quantity of a flow", operation, "quantities are in proportion to what is made")
        return list(found.items())

    def _given(self, routing: Operation, steps: list[Operation], target: Given | None) -> Given | None:
        """Return what a routing gives in all: what it and its steps say of the same product, at its end."""
        told = [given for each in (routing, *reversed(steps)) for given in self._told(each)]
        implied = self.gives(routing)
        main = next(iter([*told, *implied]), target)
        if main is None:
            return None
        if any(spot != main[0] for spot, _ in told):
            self._lose("by-product", routing, "what else comes out of its steps is not counted")
        return main[0], sum(amount for spot, amount in told if spot == main[0]) or main[1]

    def _choice(self, operation: Operation, children: list[Suboperation], target: Given | None, mood: Mood) -> None:
        if operation.type == "split":
            self._lose("shares of a split", operation, "the plan chooses how much each alternative makes")
        own = self.gives(operation)
        for sub in children:
            child = self.ground.model.operations[sub.operation]
            if sub.priority <= 0:
                self._lose("alternative of priority 0", child, "left out: frePPLe too uses it only by hand")
                continue
            if sub.effective_end:
                self._lose("last day of use", child, "an operation once in use stays in use")
            rank = 1.0 if operation.type == "split" else sub.priority
            since = max((each for each in (mood.since, sub.effective_start) if each), default=None)
            self.expand(child, own[0] if own else target, Mood(since, mood.rank + rank - 1))

    def _simple(self, operation: Operation, target: Given | None, mood: Mood, *, takes: Iterable[Take] = ()) -> None:
        gives = self.gives(operation) or ([target] if target else [])
        if not gives:
            self._lose("operation that makes nothing", operation, "left out: nothing says what it is for")
        if len(gives) > 1:
            self._lose("by-product", operation, "each product is made apart; what else comes out is not counted")
        site = self.places.site(operation)
        for place, (spot, amount) in enumerate(gives):
            name = operation.name if place == 0 else f"{operation.name} ({spot.item})"
            way = Way(name, operation, spot, site, amount, mood=mood, extra=self._after(operation))
            self._add(way, (*self.takes(operation, site, amount), *self._tokens(operation, amount), *takes))

    def _routing(self, operation: Operation, children: list[Suboperation], target: Given | None, mood: Mood) -> None:
        """Add a chain of ways; each step takes what the steps before it made."""
        steps = [self.ground.model.operations[sub.operation] for sub in sorted(children, key=lambda sub: sub.priority)]
        given = self._given(operation, steps, target)
        if given is None:
            self._lose("operation that makes nothing", operation, "left out: nothing says what it is for")
            return
        if any(load.operation == operation.name for load in self.ground.model.loads):
            self._lose("load of a whole routing", operation, "only the steps of a routing take hours")
        before = self._before(steps)
        followers = Counter(earlier for step in steps for earlier in before[step.name])
        ends = [step for step in steps if not followers[step.name]]
        chain = Chain(operation, steps[0].name, given, before, followers, joined=len(ends) > 1)
        for step in steps:
            self._step(step, chain, mood)
        if chain.joined:
            done = replace(operation, name=joint(operation.name), type="fixed_time", duration=NO_TIME, duration_per=NO_TIME)
            takes = tuple(Take(self._after_step(each.name, chain), 1 / given[1]) for each in ends)
            self._add(Way(done.name, done, given[0], given[0].site, given[1], mood=mood), takes)

    def _step(self, step: Operation, chain: Chain, mood: Mood) -> None:
        """Add the way of one step of a routing: the last gives what the routing gives, the others what the next takes."""
        routing = chain.routing
        final = not chain.followers[step.name] and not chain.joined
        spot, amount = chain.gives if final else (self._after_step(step.name, chain), float(max(1, chain.followers[step.name])))
        site = self._made_at(step.name, routing)
        own = self.takes(step, site, amount) + (self.takes(routing, site, amount) if step.name == chain.first else ())
        waited = [Take(self._after_step(name, chain), 1 / amount) for name in chain.before[step.name]]
        way = Way(
            step.name, step, spot, site, amount, mood=replace(mood, rank=mood.rank if final else 1.0),
            extra=self._after(step) + self._pause(step, chain),
        )  # fmt: skip
        self._add(way, (*own, *waited, *self._tokens(step, amount, chain.before)))

    def _after_step(self, step: str, chain: Chain) -> Spot:
        """Return what a step of a routing gives to the steps after it."""
        return Spot(f"{chain.routing.name}: {step}", self._made_at(step, chain.routing))

    def _made_at(self, step: str, routing: Operation) -> str:
        operation = self.ground.model.operations[step]
        return self.places.site(operation if operation.location else routing)

    def _before(self, steps: list[Operation]) -> dict[str, list[str]]:
        """Steps that each step waits for: as the dependencies say, or else the one before it."""
        names = [step.name for step in steps]
        edges = [each for each in self.ground.model.dependencies if each.operation in names and each.blockedby in names]
        if not edges:
            return {name: names[place - 1 : place] if place else [] for place, name in enumerate(names)}
        return {name: [each.blockedby for each in edges if each.operation == name] for name in names}

    def takes(self, operation: Operation, site: str, amount: float) -> tuple[Take, ...]:
        """Return what an operation takes for `amount` units of what it makes."""
        flows = [flow for flow in self.places.flows(operation.name) if flow.quantity < 0 or flow.quantity_fixed < 0]
        groups = Counter(flow.name for flow in flows if flow.name)
        found = []
        for flow in flows:
            self._oddities(flow, operation)
            if flow.quantity < 0:
                choice = flow.name if flow.name and groups[flow.name] > 1 else None
                since = flow.effective_start.date() if flow.effective_start else None
                spot = self.places.spot(flow, site)
                found.append(Take(spot, -flow.quantity / amount, choice, since, before(flow.effective_end)))
        return tuple(found)

    def _oddities(self, flow: Flow, operation: Operation) -> None:
        if flow.quantity_fixed:
            self._lose("fixed quantity of a flow", operation, "quantities are in proportion to what is made")
        if flow.type == "end":
            self._lose("material taken at the end", operation, "it is taken at the start")
        if flow.offset:
            self._lose("offset of a flow", operation, "material is taken at the start")
        if flow.name and flow.priority > 1:
            self._lose("order of preference of materials", operation, "the plan takes whichever serves best")

    def _tokens(self, operation: Operation, amount: float, steps: Iterable[str] = ()) -> tuple[Take, ...]:
        """Return the tokens of the operations that this one waits for, and add the ways to make them."""
        found = []
        for each in self.ground.model.dependencies:
            if (
                each.operation != operation.name
                or each.blockedby in steps
                or each.blockedby not in self.ground.model.operations
            ):
                continue
            awaited = self.ground.model.operations[each.blockedby]
            if self.gives(awaited):
                self._lose("wait for an operation with a product of its own", operation, "the two are planned apart")
                continue
            token = Spot(f"{awaited.name} done", self.places.site(awaited))
            if (awaited.name, token) not in self.ways:
                waiting = sum(1 for other in self.ground.model.dependencies if other.blockedby == awaited.name)
                self.expand(awaited, (token, float(waiting)))
            found.append(Take(token, each.quantity / amount))
        return tuple(found)

    def _after(self, operation: Operation) -> float:
        """Return the days between the end of an operation and its product being ready."""
        hard = days(operation.posttime) if operation.hard_posttime else 0.0
        if operation.posttime and not hard:
            self._lose("time after an operation", operation, "a wish of frePPLe's solver, not a rule of the plan")
        offsets = [days(flow.offset) for flow in self.places.flows(operation.name) if flow.quantity > 0 and flow.offset]
        waits = [days(each.hard_safety_leadtime) for each in self.ground.model.dependencies if each.blockedby == operation.name]
        return hard + max(offsets, default=0.0) + max(waits, default=0.0)

    def _pause(self, step: Operation, chain: Chain) -> float:
        """Return the days that a routing with hard times waits after a step before the next one."""
        hard = chain.routing.hard_posttime and not step.hard_posttime and chain.followers[step.name] > 0
        return days(step.posttime) if hard else 0.0

    def _add(self, way: Way, takes: tuple[Take, ...]) -> None:
        if (way.operation.name, way.makes) not in self.ways:
            taken_names = {each.name for each in self.ways.values()}
            name = way.name if way.name not in taken_names else f"{way.name} ({way.makes.item})"
            self.ways[way.operation.name, way.makes] = replace(way, name=name, takes=takes)

    def _lose(self, what: str, operation: Operation, why: str) -> None:
        self.ground.losses.add(what, f"operation '{operation.name}'", why)
