"""From frePPLe's model to a programme: the table of contents of the translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from outwork.model.errors import Unreadable
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables.frame import Nation, Settings
from outwork.model.tables.moving import Lane
from outwork.model.tables.places import Party, Site
from outwork.model.tables.sourcing import Supply
from outwork.store.formats.converted import Converted, Losses
from outwork.store.formats.frepple import wanting
from outwork.store.formats.frepple.calendars import Calendars
from outwork.store.formats.frepple.capacity import Capacity
from outwork.store.formats.frepple.expansion import Expansion
from outwork.store.formats.frepple.ground import Ground, Rounding
from outwork.store.formats.frepple.making import Making
from outwork.store.formats.frepple.moves import Move, acyclic, brought, carriers, once
from outwork.store.formats.frepple.neutral import Demand, Model
from outwork.store.formats.frepple.orders import Orders
from outwork.store.formats.frepple.places import Places
from outwork.store.formats.frepple.reach import Reach
from outwork.store.formats.frepple.relief import relieved
from outwork.store.formats.frepple.sourcing import Sourcing
from outwork.store.formats.frepple.span import LONGEST_WEEKS, WEEK, Needs, Rows, first_day, needs, step_days, weeks
from outwork.store.formats.frepple.ways import Way
from outwork.store.formats.gaps import Spot, gaps

UNKNOWN_NATION: Final = "ZZ"
"""frePPLe's places have no nation; ISO 3166 leaves ZZ to users."""
OWN_PARTY: Final = "own firm"
NEAR: Final = 28
"""Days from the start in which lead times are measured, where all is due sooner."""
LOOK_AHEAD: Final = 800
"""Days beyond the last due date over which calendars are read before the horizon is known."""


@dataclass(frozen=True)
class Options:
    """How to translate.

    Args: start, first day of the plan (None: the model's current date); step_days, length of a step (None: 1, or 7 where
    resources count by weekly or longer buckets; steps of 7 days begin on the Monday on or before the start); rounding, of
    lead times to whole steps (None: down for steps of a day, so that no plan that frePPLe could make is ruled out, nearest
    for longer ones); weeks, length of the horizon (None: to the last due date, as long as the work takes, and lead times
    after it).
    """

    start: date | None = None
    step_days: int | None = None
    rounding: Rounding | None = None
    weeks: int | None = None


@dataclass(frozen=True)
class Translated(Converted):
    """A programme made from frePPLe's model, with what is needed to read frePPLe's own plans into it."""

    ways: Mapping[str, Way]
    """By operation of the programme."""


def convert(model: Model, losses: Losses, options: Options | None = None) -> Translated:
    """Translate a model; `losses` holds what was lost in reading it, and takes what is lost here."""
    options = options or Options()
    start = first_day(model, options.start)
    if start is None:
        raise Unreadable(f"{model.name}: says neither its current date nor any other; give the day on which the plan starts")
    step = options.step_days or step_days(model, start)
    if step == WEEK:
        start -= timedelta(days=start.weekday())
    ground = Ground(model, losses, start, step, options.rounding or ("down" if step == 1 else "nearest"))
    if model.current is None and options.start is None:
        losses.add("current date", "the model", f"not stated, so its earliest date, {start}, is taken")
    return Translation(ground, options).run()


class Translation:
    """One translation; every method is one part of it."""

    def __init__(self, ground: Ground, options: Options) -> None:
        """Index the model."""
        self.ground = ground
        self.options = options
        model = ground.model
        self.places = Places(model)
        self.expansion = Expansion(ground, self.places)
        self.demands = wanting.planned(ground)
        dues = [demand.due.date() for demand in self.demands if demand.due]
        span = max([0, *((due - ground.start).days for due in dues)])
        self.near = max(span, NEAR)
        self.capacity = Capacity(ground, Calendars(model, ground.start, min(span + LOOK_AHEAD, LONGEST_WEEKS * WEEK)))
        self.sourcing = Sourcing(ground, self.places)

    def run(self) -> Translated:
        """Translate everything."""
        spots = self._wants()
        self.expansion.stocked()
        ways, moves = carriers(self.expansion.ways.values(), self.ground)
        ways = acyclic(once(ways), self.ground)
        self._meet(ways, spots.values(), moves)
        moves = [*self.sourcing.moves(), *moves, *brought(ways)]
        rows: list[Row] = [row for way in ways for row in Making(self.ground, self.capacity, self.near).rows(way)]
        lanes = list(self.sourcing.lanes(moves))
        supplies = list(self.sourcing.supplies())
        rows += [*lanes, *supplies, *self.sourcing.items(way.makes.item for way in ways)]
        index = Rows.of(rows)
        wanted = needs(self.demands, {name: spot.item for name, spot in spots.items()}, index)
        length = self.options.weeks or self._weeks(index, wanted)
        rows = relieved(rows, wanted, length * WEEK // self.ground.step_days, self.ground.losses)
        orders = self._orders(ways, rows, lanes, supplies, length)
        rows += [*orders.receipts.values(), *orders.passing.values(), *orders.commitments.values()]
        rows += self.sourcing.stocks(orders.stock)
        rows += self._demand_rows(index, spots, length)
        rows += gaps(rows, self.ground.losses)
        rows += self.capacity.rows(self.places.default)
        rows += self._frame(rows, length)
        return Translated(Programme.of(rows), self.ground.losses.listed(), {way.name: way for way in ways})

    def _wants(self) -> dict[str, Spot]:
        """Return what each demand wants, and where; a delivery operation makes an item of its own."""
        return {demand.name: self._want(demand) for demand in self.demands}

    def _want(self, demand: Demand) -> Spot:
        operation = self.ground.model.operations.get(demand.operation or "")
        if operation is None:
            return Spot(demand.item or "", demand.location or self.places.default)
        given = self.expansion.gives(operation)
        if given:
            return next((spot for spot, _ in given if spot.item == demand.item), given[0][0])
        item = demand.item or operation.name
        spot = Spot(f"{item} by {operation.name}", demand.location or operation.location or self._handed(operation.name))
        self.expansion.expand(operation, (spot, 1.0))
        return spot

    def _handed(self, operation: str) -> str:
        """Return where a delivery without a place hands over: at the only place of its alternatives, or one of its own."""
        members = [sub.operation for sub in self.ground.model.suboperations if sub.owner == operation]
        members += [each.name for each in self.ground.model.operations.values() if each.owner == operation]
        sites = {self.places.site(self.ground.model.operations[name]) for name in members or [operation]}
        return sites.pop() if len(sites) == 1 else operation

    def _meet(self, ways: Iterable[Way], wanted: Iterable[Spot], moves: Iterable[Move]) -> None:
        """Learn where every item comes up."""
        model = self.ground.model
        self.sourcing.meet(wanted)
        self.sourcing.meet(self.places.buffers.values())
        for way in ways:
            self.sourcing.meet([way.makes, Spot(way.makes.item, way.site)])
            self.sourcing.meet([take.spot for take in way.takes])
        for move in moves:
            self.sourcing.meet([Spot(move.item, move.origin), Spot(move.item, move.destination)])
        for order in model.orders:
            self.sourcing.meet(Spot(order.item, site) for site in (order.location, order.origin) if order.item and site)

    def _weeks(self, rows: Rows, wanted: Needs) -> int:
        found = weeks(self.ground.start, self.demands, wanted, rows, self.capacity)
        if found == LONGEST_WEEKS:
            self.ground.losses.add("end of the horizon", "the model", f"planned no further than {LONGEST_WEEKS} weeks")
        return found

    def _orders(
        self, ways: Iterable[Way], rows: list[Row], lanes: Iterable[Lane], supplies: Iterable[Supply], length: int
    ) -> Orders:
        reach = Reach(rows, self.ground, self.capacity)
        for name, buffer in self.ground.model.buffers.items():
            reach.arrive(self.places.buffers[name], self.ground.start, buffer.onhand)
        by_lane = {(str(lane.item), lane.origin, lane.destination): lane for lane in lanes}
        by_offer = {(offer.item, offer.site, offer.party): offer for offer in supplies}
        end = self.ground.start.fromordinal(self.ground.start.toordinal() + 7 * length)
        orders = Orders(self.ground, {way.operation.name: way for way in ways}, self.expansion, reach, by_offer, by_lane, end)
        orders.read()
        return orders

    def _demand_rows(self, rows: Rows, spots: Mapping[str, Spot], length: int) -> Iterable[Row]:
        known: dict[str, float] = {}
        dearest = max((rows.dearest(spot.item, known) for spot in spots.values()), default=1.0)
        return wanting.rows(self.demands, spots, wanting.Prices.of(dearest, length), self.ground)

    def _frame(self, rows: Iterable[Row], length: int) -> Iterable[Row]:
        """Yield settings, and the nation, parties and sites that the other rows name."""
        model = self.ground.model
        yield Settings(name=model.name, start=self.ground.start, weeks=length, step_days=self.ground.step_days)
        yield Nation(nation=UNKNOWN_NATION, name="not stated")
        yield Party(party=OWN_PARTY, name=model.name, nation=UNKNOWN_NATION, role="manufacturer")
        rows = list(rows)
        sellers = [str(getattr(row, "party", "")) for row in rows if isinstance(row, Supply)]
        for name in dict.fromkeys([*model.suppliers, *sellers]):
            yield Party(party=name, name=name, nation=UNKNOWN_NATION, role="supplier")
        for name in model.customers:
            yield Party(party=f"customer {name}", name=name, nation=UNKNOWN_NATION, role="unit")
        named = [
            getattr(row, field) for row in rows for field in ("site", "origin", "destination") if getattr(row, field, None)
        ]
        for name in dict.fromkeys([*model.locations, *named]):
            yield Site(site=name, party=OWN_PARTY, nation=UNKNOWN_NATION, name=name, transit=True)
