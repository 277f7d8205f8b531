"""What `plan` is handed: sites that could be qualified for an operation, what that takes, and the machines that would do it.

`plan` knows a process by its words alone. So where the words of an operation and of a machine differ and mean the same, the
machine gets a row in `capabilities` with the operation's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from outwork.match.judging.matched import Matched
from outwork.match.judging.needs import keys
from outwork.match.judging.related import coded
from outwork.match.mending.repairs import Repairs
from outwork.match.options import Options
from outwork.match.terms.kinds import BIT
from outwork.match.terms.terms import Words
from outwork.model.axis import Index
from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables import BY_NAME
from outwork.model.tables.capacity import Capability
from outwork.model.tables.sourcing import Qualification

LACKING = BIT["process"] | BIT["hours"]
"""Needs without which there is no machine whose hours a plan could use."""


@dataclass(frozen=True)
class Handed:
    """A programme with what was added to it. Args: qualifications, so many rows."""

    programme: Programme
    qualifications: int


def handed_over(programme: Programme, found: Matched, mended: Repairs, options: Options) -> Handed:
    """Return the programme with a possible qualification for each site that can, or could be mended at a known cost.

    Pairs that `qualifications` already has keep their row. What nobody knows is not handed over: unknown is not yes.
    """
    machines = Machines.of(programme, found)
    rows: list[Qualification] = []
    able: dict[tuple[str, str], Capability] = {}
    for pair in _open(programme, found, mended).tolist():
        operation = found.needs.operations.names[found.judged.operation[pair]]
        site = found.offers.sites.names[found.judged.site[pair]]
        needed = machines.missing(operation, site)
        if needed is not None:
            able |= {(each.resource, each.process): each for each in needed}
            rows.append(_qualification(operation, site, float(mended.days[pair]), float(mended.cost[pair]), options))
    added: dict[str, list[Row]] = {"qualifications": [*rows], "capabilities": [*able.values()]}
    grown = {
        name: pl.concat([programme[name], from_rows(BY_NAME[name], several)]) for name, several in added.items() if several
    }
    return Handed(programme.replace(**grown), len(rows))


def _open(programme: Programme, found: Matched, mended: Repairs) -> Index:
    """Return the pairs that a plan could take up: of operations that are wanted, with a machine, nothing unknown in them."""
    judged = found.judged
    there = (judged.offer >= 0) & ~found.offers.listing[np.maximum(judged.offer, 0)]
    usable = there & (judged.unknown == 0) & (judged.failed & np.uint32(LACKING) == 0) & np.isfinite(mended.cost)
    names = programme["qualifications"].select("operation", "site")
    row, place = found.needs.operations.position, found.offers.sites.position
    stated = {(row[operation], place[site]) for operation, site in names.iter_rows()}
    pairs = np.flatnonzero(usable & (found.needs.wanted.units[judged.operation] > 0))
    return np.array([p for p in pairs.tolist() if (judged.operation[p], judged.site[p]) not in stated], np.int64)


def _qualification(operation: str, site: str, days: float, cost: float, options: Options) -> Qualification:
    return Qualification(
        operation=operation, site=site, status="possible", lead_days=days + options.qualification_days,
        cost=cost + options.qualification_cost,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Machines:
    """Which machines of a site can give hours to the processes that an operation loads.

    loads, words of the processes by operation; codes, what these mean; named, words under which a site's machines stand; meant,
    machines of a site and the codes that they offer.
    """

    words: Words
    loads: dict[str, list[str]]
    codes: dict[str, str]
    named: set[tuple[str, str]]
    meant: dict[str, list[tuple[str, str]]]

    @classmethod
    def of(cls, programme: Programme, found: Matched) -> Machines:
        """Read loads, resources and capabilities."""
        operations = programme["operations"].select("operation", "process")
        every = pl.concat([operations, programme["loads"].select("operation", "process")]).unique(maintain_order=True)
        loads: dict[str, list[str]] = {}
        for operation, process in every.iter_rows():
            loads.setdefault(operation, []).append(process)
        resources = programme["resources"].select("resource", "site", "process")
        more = programme["capabilities"].select("resource", "process").join(resources.select("resource", "site"), on="resource")
        named = set(pl.concat([resources.select("site", "process"), more.select("site", "process")]).iter_rows())
        texts = every["process"].unique().sort().to_list()
        codes = dict(zip(texts, keys(texts, found.terms.words), strict=True))
        return cls(found.terms.words, loads, codes, named, dict(_meant(found)))

    def missing(self, operation: str, site: str) -> list[Capability] | None:
        """Return the capabilities to be written so that a site has all that an operation loads; None where it has not."""
        rows: list[Capability] = []
        for process in self.loads[operation]:
            if (site, process) in self.named:
                continue
            fitting = [name for name, code in self.meant[site] if self._meets(code, self.codes[process])]
            if not fitting:
                return None
            said = f"match: does '{process}' by other words"
            rows.extend(Capability(resource=name, process=process, source=said) for name in fitting)
        return rows

    def _meets(self, offered: str, wanted: str) -> bool:
        return bool(wanted) and (offered == wanted or (coded(offered) and wanted in self.words.ancestors(offered)))


def _meant(found: Matched) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield of each site its machines with the codes that they offer."""
    offers = found.offers
    own = np.flatnonzero(~offers.listing)
    begins = np.searchsorted(offers.site[own], np.arange(len(offers.sites) + 1))
    for place, site in enumerate(offers.sites.names):
        places = own[begins[place] : begins[place + 1]].tolist()
        yield site, [(offers.names[at], offers.processes[offers.process[at]]) for at in places]
