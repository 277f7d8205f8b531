"""What holds a plan back for want of leave: clearances that open late or are used up, licences that are not applied for."""

from __future__ import annotations

import numpy as np

from outwork.model.outcome import Pointer
from outwork.plan.explain import changes
from outwork.plan.explain.chain import Cause
from outwork.plan.explain.finding import Finding
from outwork.plan.explain.leave import opens_late, pointers, title
from outwork.plan.explain.words import listed, money, number
from outwork.plan.network.licences import cover
from outwork.plan.solved import Solved


def opening(solved: Solved, cause: Cause) -> Finding:
    """A clearance opens too late."""
    network, programme = solved.network, solved.programme
    name = network.leave.names.names[cause.place[1]]
    text = opens_late(programme, network, name)
    return Finding("clearance", text, pointers(programme, name), changes.opens(solved, name))


def used_up(solved: Solved, cause: Cause) -> Finding:
    """A cap on quantity or value is used up."""
    network = solved.network
    mine = [network.leave.names.names[k] for k in np.flatnonzero(network.leave.cap == cause.place[1])]
    cap = network.leave.quantity if cause.place[0] == "quantity cap" else network.leave.value
    unit = "units" if cause.place[0] == "quantity cap" else "EUR"
    text = f"{title(solved.programme, mine[0])} is used up: it covers {number(float(cap[cause.place[1]]))} {unit}"
    edits = changes.caps(solved, mine, "quantity_cap" if unit == "units" else "value_cap")
    return Finding("clearance", text, tuple(Pointer("clearances", (name,)) for name in mine), edits)


def unapplied(solved: Solved, cause: Cause) -> Finding:
    """A licence is left whose fee does not pay."""
    own = solved.network.licences
    name = own.names.names[cause.place[1]]
    text = f"licence {name} is not applied for in this plan: its fee of {money(float(own.fee[cause.place[1]]))} does not pay"
    return Finding("clearance", text, (Pointer("licences", (name,)),))


def untaught(solved: Solved, cause: Cause) -> Finding:
    """Leave for technology is left whose fee does not pay."""
    network, making, pair = solved.network, solved.network.making, cause.place[1]
    own = network.licences
    _, held = cover(own, network.leave, pair, own.priced, network.horizon.steps)
    names = [own.names.names[licence] for licence, mask in held.items() if mask[cause.step]]
    name, site = network.operations.names[making.operation[pair]], network.sites.names[making.site[pair]]
    text = f"{site} has no leave for the technology of {name}: licence {listed(names)} is not applied for in this plan"
    return Finding("clearance", text, tuple(Pointer("licences", (each,)) for each in names))
