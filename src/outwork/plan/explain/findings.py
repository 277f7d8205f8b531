"""What a chain ends in, in the planner's words, with the rows behind it and the edits that could help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from outwork.model.axis import Array
from outwork.model.outcome import Pointer
from outwork.plan.answer.decisions import begun
from outwork.plan.build.aim import SHUT
from outwork.plan.explain import changes, licensed
from outwork.plan.explain.bottlenecks import hour_worth
from outwork.plan.explain.chain import Cause
from outwork.plan.explain.closed import closed
from outwork.plan.explain.finding import Finding
from outwork.plan.explain.leave import opens_late, pointers
from outwork.plan.explain.reach import lead
from outwork.plan.explain.ways import hop_name, hop_row, lane_row, offer_key
from outwork.plan.explain.words import day, last_day, listed, number, plural
from outwork.plan.solved import Solved


@dataclass(frozen=True, eq=False)
class Reader:
    """Says what causes are. Args: worth of an hour, [resource, step] in EUR/h."""

    solved: Solved
    worth: Array

    @classmethod
    def of(cls, solved: Solved) -> Reader:
        """Return a reader of a solved plan."""
        return cls(solved, hour_worth(solved))

    def find(self, cause: Cause) -> Finding:
        """Return a cause in words."""
        kinds: dict[str, Callable[[Cause], Finding]] = {
            "pool": self._pool,
            "ramp": self._ramp,
            "qualification": self._qualification,
            "making from": self._earliest,
            "buy bound": self._supply,
            "lead": self._lead,
            "since": self._offer_since,
            "opens": lambda own: licensed.opening(self.solved, own),
            "lane": self._weight,
            "lane since": self._lane_since,
            "closed": self._closed,
            "covered": lambda own: licensed.unapplied(self.solved, own),
            "taught make": lambda own: licensed.untaught(self.solved, own),
            "taught start": lambda own: licensed.untaught(self.solved, own),
            "quantity cap": lambda own: licensed.used_up(self.solved, own),
            "value cap": lambda own: licensed.used_up(self.solved, own),
            "minimum": self._minimum,
            "ordering": self._minimum,
            "setup": self._batches,
            "lots": self._batches,
            "ship trips": self._trips,
            "direct trips": self._trips,
            "least share": self._share,
            "most share": self._share,
            "decided": self._decided,
        }
        kind, member = cause.place
        aimed = self._aimed(cause)
        if aimed is not None:
            return aimed
        if kind in kinds:
            return kinds[kind](cause)
        if kind == "reach":
            return self._nothing(member)
        return Finding(kind, f"the rows '{kind}' of the model bind", ())

    def _aimed(self, cause: Cause) -> Finding | None:
        """Return what the aim of the plan says of a cause, None where the cause lies in the programme."""
        (kind, member), says = cause.place, self.solved.formulation.aim.says
        block = kind.removesuffix(" bound")
        if block != kind:
            at = self.solved.formulation.draft.at(block, np.array([member]), np.array([cause.step]))[0]
            shut = at >= 0 and self.solved.problem.upper[self.solved.problem.variables[block].first + at] == 0
            kind = SHUT if shut else kind
        return Finding("objective", says[kind], ()) if kind in says else None

    def _pool(self, cause: Cause) -> Finding:
        hours = self.solved.network.hours
        grants = np.flatnonzero(hours.grant_pool == cause.place[1])
        resources = hours.grant_resource[grants]
        resource = int(resources[np.argmax(self.worth[resources, cause.step])])
        return self._full(resource, cause.step)

    def _full(self, resource: int, step: int) -> Finding:
        """Say that a resource is full over the run of steps in which an hour is worth anything, up to `step`."""
        network, hours = self.solved.network, self.solved.network.hours
        first = step
        while first > 0 and self.worth[resource, first - 1] > 0:
            first -= 1
        name, site = hours.resources.names[resource], network.sites.names[hours.site[resource]]
        text = f"{name} at {site} is full from {day(network, first)} to {last_day(network, step)}"
        return Finding("capacity", text, (Pointer("resources", (name,)),), changes.hours(self.solved, resource, first, step))

    def _ramp(self, cause: Cause) -> Finding:
        network, making, pair = self.solved.network, self.solved.network.making, cause.place[1]
        name, site = network.operations.names[making.operation[pair]], network.sites.names[making.site[pair]]
        started = begun(network, self.solved.x[self.solved.problem.variables["started"].slice])
        mine = started[making.start_pair[started] == pair]
        rows = (Pointer("qualifications", (name, site)),)
        edits = changes.qualification(self.solved, pair)
        if not len(mine):
            return Finding("qualification", f"{site} is not qualified for {name} in this plan", rows, edits)
        step = int(making.start_step[mine[0]])
        ready = step + int(making.ready_lead[pair])
        share = float(making.shares(making.start_pair[mine[:1]], making.start_step[mine[:1]], network.horizon)[0, cause.step])
        text = f"the qualification of {site} for {name} runs from {day(network, step)} to {last_day(network, ready - 1)}"
        if cause.step >= ready and share < 1:
            text += f" and its ramp allows {share:.0%} of the full rate in the week of {day(network, cause.step)}"
        elif cause.step >= ready:
            return self._rate(pair, cause.step)
        return Finding("qualification", text, rows, edits)

    def _rate(self, pair: int, step: int) -> Finding:
        """A pair at its full rate is held by the hours of the process that limits it."""
        making, hours = self.solved.network.making, self.solved.network.hours
        loads = np.flatnonzero(making.load_pair == pair)
        rate = hours.most()[making.load_pool[loads], step] / making.load_hours[loads]
        pool = int(making.load_pool[loads[np.argmin(rate)]])
        return self._pool(Cause(("pool", pool), step, 0.0, ()))

    def _qualification(self, cause: Cause) -> Finding:
        """Not even the earliest qualification is over sooner."""
        network, making, pair = self.solved.network, self.solved.network.making, cause.place[1]
        name, site = network.operations.names[making.operation[pair]], network.sites.names[making.site[pair]]
        text = f"{site} cannot be qualified for {name} before {day(network, cause.step)}"
        if self._technology(pair, cause.step):
            text += ": the technology is not cleared sooner"
        return Finding(
            "qualification", text, (Pointer("qualifications", (name, site)),), changes.qualification(self.solved, pair)
        )

    def _earliest(self, cause: Cause) -> Finding:
        network, making, pair = self.solved.network, self.solved.network.making, cause.place[1]
        name, site = network.operations.names[making.operation[pair]], network.sites.names[making.site[pair]]
        clearance = self._technology(pair, cause.step)
        if clearance:
            text = f"{name} at {site} waits for technology: "
            text += opens_late(self.solved.programme, network, clearance)
            rows = pointers(self.solved.programme, clearance)
            return Finding("clearance", text, rows, changes.opens(self.solved, clearance))
        text = f"{site} makes {name} only from {day(network, cause.step)} on"
        return Finding(
            "qualification", text, (Pointer("qualifications", (name, site)),), changes.qualification(self.solved, pair)
        )

    def _technology(self, pair: int, step: int) -> str:
        """Return the technology clearance that opens for a pair in a step, or nothing."""
        network, making, leave = self.solved.network, self.solved.network.making, self.solved.network.leave
        fits = (leave.item == making.item[pair]) & (leave.destination == network.nation[making.site[pair]])
        fits &= (leave.kind == "technology").to_numpy() & (leave.first <= step)
        fits &= (leave.first > 0) & (leave.first >= making.first[pair])
        return leave.names.names[int(np.flatnonzero(fits)[0])] if fits.any() else ""

    def _supply(self, cause: Cause) -> Finding:
        key, offer = offer_key(self.solved, cause.place[1]), cause.place[1]
        network, offers = self.solved.network, self.solved.network.offers
        reduced, block = self.solved.answer.reduced, self.solved.problem.variables["buy"]
        mine = np.flatnonzero((block.keys["offer"] == offer) & (block.keys["bucket"] <= cause.step))
        tight = block.keys["bucket"][mine[reduced[block.first + mine] < 0]]  # type: ignore[index]
        first = int(tight[0]) if len(tight) else cause.step
        week = number(float(offers.most[offer]) / network.horizon.weeks_per_step)
        text = (
            f"{key[2]} delivers at most {week} of {key[0]} a week to {key[1]}, all of them ordered "
            f"from {day(network, first)} to {last_day(network, cause.step)}"
        )
        return Finding("supply", text, (Pointer("supplies", key),), changes.supply(self.solved, offer))

    def _lead(self, cause: Cause) -> Finding:
        """Even begun with the horizon, the ways take their time; the longest is told first."""
        network = self.solved.network
        once = {(hop.block, hop.member): hop for hop in cause.path if lead(network, hop)}
        hops = sorted(once.values(), key=lambda hop: -lead(network, hop))
        parts = [f"{hop_name(self.solved, hop)} takes {plural(self._days(lead(network, hop)), 'day')}" for hop in hops]
        text = f"{listed(parts)}, and nothing begins before {day(network, 0)}"
        keys = [hop_row(self.solved, hop) for hop in hops]
        edits = [edit for row in keys for edit in changes.faster(self.solved, row)]
        return Finding("lead-time", text, tuple(keys), tuple(edits))

    def _closed(self, cause: Cause) -> Finding:
        text, rows, edits = closed(self.solved.programme, self.solved.network, cause.place[1])
        return Finding("closed", text, rows, edits)

    def _offer_since(self, cause: Cause) -> Finding:
        key, network = offer_key(self.solved, cause.place[1]), self.solved.network
        text = f"{key[2]} takes orders for {key[0]} to {key[1]} only from {day(network, cause.step)} on"
        return Finding("supply", text, (Pointer("supplies", key),), changes.sooner(self.solved, cause.place[1]))

    def _weight(self, cause: Cause) -> Finding:
        network = self.solved.network
        row = lane_row(self.solved, int(np.flatnonzero(network.lanes.limit == cause.place[1])[0]))
        text = f"{row.table[:-1]} {_way(row)} carries its most in the week of {day(network, cause.step)}"
        return Finding("lane", text, (row,), changes.weight(self.solved, row))

    def _lane_since(self, cause: Cause) -> Finding:
        row = lane_row(self.solved, cause.place[1])
        text = f"{row.table[:-1]} {_way(row)} opens on {day(self.solved.network, cause.step)}"
        return Finding("lane", text, (row,), changes.lane(self.solved, row))

    def _minimum(self, cause: Cause) -> Finding:
        key = offer_key(self.solved, cause.place[1])
        least = number(float(self.solved.network.offers.least[cause.place[1]]))
        text = f"{key[2]} sells no less than {least} of {key[0]} at a time to {key[1]}"
        return Finding("minimum", text, (Pointer("supplies", key),), changes.minimum(self.solved, cause.place[1]))

    def _batches(self, cause: Cause) -> Finding:
        network, making, pair = self.solved.network, self.solved.network.making, cause.place[1]
        if self._runs(pair, cause.step):
            return self._rate(pair, cause.step)
        name, site = network.operations.names[making.operation[pair]], network.sites.names[making.site[pair]]
        size = f"in lots of {number(float(making.lot[pair]))}" if making.lot[pair] > 0 else "with a set-up for every run"
        text = f"{name} at {site} is made {size}, and another run in the week of {day(network, cause.step)} does not fit or pay"
        return Finding("minimum", text, (Pointer("operations", (name,)),), changes.batches(self.solved, pair, cause.step))

    def _runs(self, pair: int, step: int) -> bool:
        """Whether a pair without lots is set up in a step, so that only its hours limit it."""
        at = self.solved.formulation.draft.at("setup", np.array([pair]), np.array([step]))[0]
        first = self.solved.problem.variables["setup"].first
        return bool(self.solved.network.making.lot[pair] == 0 and at >= 0 and self.solved.x[first + at] > 0.5)  # noqa: PLR2004

    def _trips(self, cause: Cause) -> Finding:
        row = lane_row(self.solved, cause.place[1])
        text = (
            f"another trip on {row.table[:-1]} {_way(row)} in the week of {day(self.solved.network, cause.step)} does not pay"
        )
        return Finding("lane", text, (row,), changes.trip(self.solved, row))

    def _share(self, cause: Cause) -> Finding:
        row = self.solved.programme["shares"].row(cause.place[1], named=True)
        bound = "least" if cause.place[0] == "least share" else "most"
        limit = row["min_share"] if bound == "least" else row["max_share"]
        whose = row["nation"] or row["party"]
        text = f"agreement {row['agreement']} gives {whose} at {bound} {limit:.0%} of {row['item']}"
        rows = (Pointer("shares", (row["share"],)), Pointer("agreements", (row["agreement"],)))
        return Finding("agreement", text, rows, changes.share(row, bound))

    def _decided(self, cause: Cause) -> Finding:
        held = self.solved.programme["commitments"].filter(pl.col("kind") != "qualify")
        name = held["commitment"][cause.place[1]]
        return Finding("commitment", f"commitment {name} is already decided", (Pointer("commitments", (name,)),))

    def _nothing(self, node: int) -> Finding:
        network = self.solved.network
        item, site = network.items.names[network.node_item[node]], network.sites.names[network.node_site[node]]
        return Finding(
            "supply", f"nothing more of {item} can come to {site}", (Pointer("items", (item,)), Pointer("sites", (site,)))
        )

    def _days(self, steps: int) -> float:
        return float(steps) * self.solved.network.horizon.step_days


def _way(row: Pointer) -> str:
    return f"{row.key[0]} to {row.key[1]} by {row.key[2]}"
