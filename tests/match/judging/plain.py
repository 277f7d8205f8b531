"""Matching as the contract says it, one pair at a time over rows, without an array: what the kernel is compared with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from outwork.match.terms.spelling import plain
from outwork.match.terms.terms import Terms
from outwork.model.programme import Programme

ORDER = ("process", "material", "envelope", "tolerance", "mass", "class", "batch", "certificate", "hours")
Row = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """What came out of an operation at a site; resource blank where only the site is known."""

    failed: frozenset[str]
    unknown: frozenset[str]
    resource: str | None
    hours: float | None


@dataclass
class Book:
    """The tables of a programme as rows."""

    programme: Programme
    terms: Terms
    tables: dict[str, list[Row]] = field(init=False)

    def __post_init__(self) -> None:
        self.tables = {name: frame.rows(named=True) for name, frame in self.programme.tables.items()}

    def pairs(self, near: int) -> dict[tuple[str, str], Pair]:
        """All pairs that fail in few needs."""
        found = {}
        for operation, site in itertools.product(self.tables["operations"], self.tables["sites"]):
            pair = self.pair(operation, site)
            if len(pair.failed) <= near:
                found[operation["operation"], site["site"]] = pair
        return found

    def pair(self, operation: Row, site: Row) -> Pair:
        """One pair."""
        want = self.process(operation["process"])
        if not want or (want.startswith("~") and not any(offer["key"] == want for offer in self.offers())):
            return Pair(frozenset(), frozenset({"process"}), None, None)
        papers = self.papers(operation, site)
        own = [
            offer
            for offer in self.offers()
            if offer["site"] == site["site"] and self.process_state(want, offer["key"]) != "failed"
        ]
        if not own:
            return self.bare(operation, site, papers)
        hours = {offer["name"]: offer["hours"] for offer in own if not offer["listing"]}
        nearest = None
        for offer in own:
            states = {**self.of_machine(operation, offer), "process": self.process_state(want, offer["key"])}
            failed = frozenset(need for need, state in states.items() if state == "failed")
            unknown = frozenset(need for need, state in states.items() if state == "unknown")
            rank = (
                len(failed),
                len(unknown),
                -(offer["hours"] if offer["hours"] is not None else -1),
                offer["listing"],
                offer["name"],
                offer["key"],
            )
            if nearest is None or rank < nearest[0]:
                nearest = (rank, failed, unknown, None if offer["listing"] else offer["name"])
        assert nearest is not None
        _, failed, unknown, resource = nearest
        return Pair(failed | papers["failed"], unknown | papers["unknown"], resource, sum(hours.values()) if hours else None)

    def bare(self, operation: Row, site: Row, papers: dict[str, frozenset[str]]) -> Pair:
        """A site that offers nothing for the process."""
        if site["record"] == "complete":
            return Pair(frozenset({"process", "hours"}) | papers["failed"], papers["unknown"], None, None)
        asked = {"process", "hours"} | {need for need in ORDER if need != "certificate" and self.asks(operation, need)}
        return Pair(papers["failed"], frozenset(asked) | papers["unknown"], None, None)

    def asks(self, operation: Row, need: str) -> bool:
        """Whether the operation's cells ask for a need."""
        column = {"class": "quality_class"}.get(need, need)
        if need == "envelope":
            return any(operation[f"envelope_{edge}"] is not None for edge in "xyz")
        return need not in {"process", "hours"} and operation.get(column) is not None

    def process(self, text: str) -> str:
        """Code, or the text itself after ~, or nothing."""
        if plain(text) in {"", "unknown", "?"}:
            return ""
        return self.terms.words.resolve([text])[0] or "~" + plain(text)

    def process_state(self, want: str, offer: str) -> str:
        """Equal or narrower: met; broader: unknown."""
        above = self.terms.words.ancestors
        if offer == want or (not offer.startswith("~") and want in above(offer)):
            return "met"
        return "unknown" if not want.startswith("~") and offer in above(want) else "failed"

    def offers(self) -> Iterator[Row]:
        """Resources with their processes, and listings."""
        sites = {row["resource"]: row for row in self.tables["resources"]}
        able = self.tables["capabilities"]
        for row in able:
            yield {**row, **self.said(row["resource"], sites[row["resource"]]["site"], row["process"])}
        for row in self.tables["resources"]:
            key = self.process(row["process"])
            if not any(one["resource"] == row["resource"] and self.process(one["process"]) == key for one in able):
                blank = dict.fromkeys(
                    (
                        "materials",
                        "envelope_x",
                        "envelope_y",
                        "envelope_z",
                        "tolerance",
                        "mass",
                        "quality_class",
                        "batch_least",
                        "batch_most",
                    )
                )
                yield {**blank, **self.said(row["resource"], row["site"], row["process"])}
        for row in self.tables["listings"]:
            machine = self.terms.words.machine(row["machine"] or row["text"])
            told = dict.fromkeys(("materials", "quality_class", "batch_least", "batch_most"))
            for edge in "xyz":
                told[f"envelope_{edge}"] = getattr(machine, edge, None)
            told |= {"tolerance": getattr(machine, "tolerance", None), "mass": getattr(machine, "mass", None)}
            codes = self.terms.words.listed([row["text"]])[0]
            several = codes if len(codes) > 1 else (row["text"],)
            for text in several if machine is None else (machine.process,):
                key = self.process(text)
                yield {**told, "name": row["listing"], "site": row["site"], "key": key, "listing": True, "hours": None}

    def said(self, resource: str, site: str, process: str) -> Row:
        """What goes with an offer of a resource."""
        return {"name": resource, "site": site, "key": self.process(process), "listing": False, "hours": self.spare(resource)}

    def of_machine(self, operation: Row, offer: Row) -> dict[str, str]:
        """States of the needs that the offer answers."""
        states = {"hours": "unknown" if offer["hours"] is None else "met" if offer["hours"] > 0 else "failed"}
        if operation["material"] is not None:
            states["material"] = self.material(operation["material"], offer["materials"])
        part = sorted(
            (operation[f"envelope_{edge}"] for edge in "xyz" if operation[f"envelope_{edge}"] is not None), reverse=True
        )
        if part:
            states["envelope"] = envelope(part, [offer[f"envelope_{edge}"] for edge in "xyz"])
        if operation["tolerance"] is not None:
            states["tolerance"] = compared(offer["tolerance"], lambda held: held <= operation["tolerance"])
        if operation["mass"] is not None:
            states["mass"] = compared(offer["mass"], lambda held: held >= operation["mass"])
        if operation["quality_class"] is not None:
            states["class"] = self.terms.classes.state(offer["quality_class"] or "", operation["quality_class"]).name.lower()
        if operation["batch"] is not None:
            least = compared(offer["batch_least"], lambda held: held <= operation["batch"])
            most = compared(offer["batch_most"], lambda held: held >= operation["batch"])
            states["batch"] = worst([least, most])
        return states

    def material(self, wanted: str, held: str | None) -> str:
        """Held or broader: met; narrower: unknown; nothing said: unknown."""
        lattice = self.terms.materials
        names = [lattice.name(part) for part in (held or "").split(";") if part.strip()]
        want = lattice.name(wanted)
        if not names:
            return "unknown"
        if any(lattice.implies(want, name) for name in names):
            return "met"
        return "unknown" if any(lattice.implies(name, want) for name in names) else "failed"

    def papers(self, operation: Row, site: Row) -> dict[str, frozenset[str]]:
        """State of the certificates."""
        states = [
            self.paper(text.strip(), operation, site) for text in (operation["certificates"] or "").split(";") if text.strip()
        ]
        state = worst(states)
        return {name: frozenset({"certificate"}) if state == name else frozenset() for name in ("failed", "unknown")}

    def paper(self, text: str, operation: Row, site: Row) -> str:
        """State of one certificate."""
        lattice = self.terms.schemes
        scheme, _, scope = text.partition("[")
        scope = plain(scope.rstrip("] "))
        first, last = self.weeks(operation)
        rows = [
            row for row in self.tables["certificates"]
            if row["site"] == site["site"]
            and lattice.implies(lattice.name(row["scheme"]), lattice.name(scheme))
            and (scope in {"", "all"} or plain(row["scope"]) in {"all", scope})
        ]  # fmt: skip
        if any((row["since"] or date.min) <= last and (row["until"] or date.max) >= first for row in rows):
            return "met"
        return "failed" if rows or site["record"] == "complete" else "unknown"

    def weeks(self, operation: Row) -> tuple[date, date]:
        """First and last day on which the work is wanted."""
        horizon = self.programme.horizon
        end = horizon.start + timedelta(days=horizon.steps * horizon.step_days - 1)
        dues = [row["due"] for row in self.tables["demands"] if self.leads(row["item"], operation["item"])]
        return horizon.start, min(max(*dues, horizon.start), end) if dues else end

    def leads(self, design: str, item: str) -> bool:
        """Whether the design needs an operation of the item made."""
        made = {row["item"]: row["sourcing"] != "buy" for row in self.tables["items"]}
        waiting, seen = [design], set()
        while waiting:
            here = waiting.pop()
            if here in seen or not made[here]:
                continue
            seen.add(here)
            makers = {row["operation"] for row in self.tables["operations"] if row["item"] == here}
            waiting += [row["item"] for row in self.tables["components"] if row["operation"] in makers]
        return item in seen

    def spare(self, resource: str) -> float:
        """Spare hours of a resource in the longest window of all; only whether there are any matters here."""
        row = next(row for row in self.tables["resources"] if row["resource"] == resource)
        return float(row["hours"] * self.programme.horizon.steps)


def envelope(part: Sequence[float], box: Sequence[float | None]) -> str:
    """Whether the part fits in some rotation, trying all of them."""

    def fits(blank: float) -> bool:
        edges = [blank if edge is None else edge for edge in box]
        return any(
            all(length <= edge for length, edge in zip(part, turned, strict=False)) for turned in itertools.permutations(edges)
        )

    if fits(0.0):
        return "met"
    return "unknown" if fits(float("inf")) else "failed"


def compared(held: float | None, enough: Any) -> str:
    """State of a limit."""
    return "unknown" if held is None else "met" if enough(held) else "failed"


def worst(states: Sequence[str]) -> str:
    """Failed before unknown before met."""
    return next((state for state in ("failed", "unknown") if state in states), "met")
