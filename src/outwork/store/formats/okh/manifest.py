"""A manifest of a design as rows: the design and its parts as items, how they are made as operations, all else as facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from outwork.model.tables.design import Component, Item, Operation, Revision
from outwork.store.formats.bom import Bill
from outwork.store.formats.gathering import UNKNOWN_PROCESS, Gathering, neat
from outwork.store.formats.okh import sizes
from outwork.store.formats.okh.fields import ASSEMBLY, BOUGHT, CURRENT, LIKELY, MARKS, PEOPLE, PROCESSES, SOURCE
from outwork.store.formats.tree import Twig, plain

UNFINISHED: Final = frozenset({"early", "development", "prototype", "concept", "idea", "design", "draft"})
"""Stages of development in which a design is not released."""
CALLED: Final = "wikidata"
PARTS: Final = ("part", "parts")
ATOMS: Final = ("bom-atoms", "bom-atom")
KEPT: Final = frozenset({"tsdc", "toollist", "bom", "licensor", "organization", "organisation", "developmentstage"})
"""Fields that are understood and kept as they were written too."""


def is_one(tree: Twig) -> bool:
    """Return whether a tree is the manifest of a design."""
    return any(tree.at(mark) for mark in MARKS)


def may_be_one(tree: Twig) -> bool:
    """Return whether a tree that is nothing else could be a short manifest of a design."""
    return bool(tree.at("name", "title")) and any(tree.at(mark) for mark in LIKELY)


def gather(tree: Twig, where: str, into: Gathering, beside: Callable[[str], Bill | None]) -> None:
    """Add the design of a manifest. Unreadable with every fault of the manifest.

    `beside` reads the bill of material that a manifest names and that lies beside it; None where none lies there.
    """
    if not tree.is_branch:
        tree.fault("holds no fields; a manifest names a design, such as title: Mast clamp")
        tree.fits()
    _Manifest(tree, where, into, beside).gather()
    tree.fits()


@dataclass(frozen=True)
class _Manifest:
    tree: Twig
    where: str
    into: Gathering
    beside: Callable[[str], Bill | None]
    taken: dict[str, float] = field(default_factory=dict)
    uncounted: list[str] = field(default_factory=list)

    def gather(self) -> None:
        title = self.tree.at("name", "title")
        if not title:
            self.tree.fault("names no design; write name (version 2) or title (version 1)")
        item = self.into.named("items", title.text(), self.where)
        weight, edges, processes = sizes.mass(self.tree), sizes.envelope(self.tree), self._processes(self.tree)
        if self.tree.marks.faults:
            return
        self.into.add(Item(item=item, name=neat(title.text()), mass=weight or 0.0, sourcing="make"))
        self._origin(item)
        self._parts(item)
        self._atoms(item)
        self._assumed(self._bills(item))
        main = ASSEMBLY if ASSEMBLY in processes else processes[0]
        for other in processes:
            if other != main and other not in self._done():
                self._work(item, other)
        operation = f"make {item}"
        self.into.add(_operation(operation, item, main, weight, edges, neat(self.tree.at("material").text())))
        self.into.add(*(Component(operation=operation, item=part, quantity=count) for part, count in self.taken.items()))
        self._facts(item)

    def _processes(self, twig: Twig) -> list[str]:
        """Return how something is made, in words: by its codes, named processes or tools; unknown where nothing says."""
        codes = [neat(each) for text in twig.at("tsdc").texts() for each in text.replace(";", ",").split(",")]
        if found := [PROCESSES.get(code.upper(), code) for code in codes if code]:
            return list(dict.fromkeys(found))
        for names in (("manufacturing-process", "manufacturing-processes", "processes"), ("printing-process",),
                      ("joining-process",)):  # fmt: skip
            if found := [neat(text) for text in twig.at(*names).texts()]:
                return list(dict.fromkeys(found))
        tools = twig.at("tool-list").texts() or twig.at("tool-list-atoms").texts()
        return [neat(", ".join(tools).strip(" ,"))] if any(tools) else [UNKNOWN_PROCESS]

    def _origin(self, item: str) -> None:
        """Add who stands behind a design, and its version."""
        for row in self.tree.at("organization", "organisation", "licensor").rows():
            name = _who(row)
            if name:
                self.into.party(name, "innovator")
        version, stage = neat(self.tree.at("version").text()), self.tree.at("development-stage").text().lower()
        if version:
            status = "draft" if any(word in stage for word in UNFINISHED) else "released"
            self.into.add(Revision(item=item, revision=version, status=status))

    def _parts(self, item: str) -> None:
        for row in self.tree.at(*PARTS).rows():
            name = neat((row.at("name", "title", "description") if row.is_branch else row).text())
            if not name:
                row.fault("names no part; write its name")
                continue
            processes = self._processes(row)
            part = self.into.named("items", name, item)
            weight, edges = sizes.mass(row), sizes.envelope(row)
            bought = BOUGHT in processes
            self.into.add(Item(item=part, name=name, mass=weight or 0.0, sourcing="buy" if bought else "make"))
            if not bought:
                self.into.add(_operation(f"make {part}", part, processes[0], weight, edges, neat(row.at("material").text())))
                for other in processes[1:]:
                    self.into.losses.add("further process", f"{other} of part '{part}'", "an operation has one process")
            self._take(part, self._count(row, part))
            self._known(part, row, len(row.path))

    def _atoms(self, item: str) -> None:
        for row in self.tree.at(*ATOMS).rows():
            name = neat((row.at("description", "descroption", "title", "name", "identifier") if row.is_branch else row).text())
            if not name:
                continue
            mark = neat(row.at("identifier").text())
            part = name if self._same(name, mark) else self.into.named("items", name, mark, item)
            self.into.add(Item(item=part, name=name, sourcing="buy"))
            self.into.fact(part, CALLED, mark, SOURCE)
            if row.at("link"):
                self.into.fact(part, "link", row.at("link").text(), SOURCE)
            self._take(part, self._count(row, part))

    def _same(self, name: str, mark: str) -> bool:
        """Return whether an item of that name carries that identifier already."""
        held = self.into.rows.get(("facts", name, "all", CALLED))
        return bool(mark) and held is not None and getattr(held, "value", "") == mark

    def _assumed(self, counted: set[str]) -> None:
        """List the parts that nobody has counted."""
        for part in self.uncounted:
            if part not in counted:
                self.into.losses.add("quantity", f"part '{part}'", "not stated, so one is taken")

    def _bills(self, item: str) -> set[str]:
        """Add the lines of bills of material that lie beside the manifest, and return what they count."""
        counted: set[str] = set()
        for text in self.tree.at("bom").texts():
            bill = self.beside(text)
            if bill is None:
                self.into.losses.add(
                    "bill of material", f"'{item}'", "not a table beside the manifest; its text is kept as a fact"
                )
                continue
            counted |= bill.gather(item, self.into, self.taken)
        return counted

    def _work(self, item: str, process: str) -> None:
        """Add what a further process of a design makes, as a part of it."""
        part = self.into.named("items", f"{item}: {process}", self.where)
        self.into.add(
            Item(item=part, name=part, sourcing="make"), Operation(operation=f"make {part}", item=part, process=process)
        )
        self._take(part, 1.0)

    def _done(self) -> set[str]:
        """Return the processes of the parts of a design."""
        makers = (self.into.rows.get(("operations", f"make {part}")) for part in self.taken)
        return {str(getattr(row, "process", "")) for row in makers}

    def _count(self, row: Twig, part: str) -> float:
        stated = row.at("quantity", "qty", "count", "amount")
        count = stated.size() if stated else None
        if count is None:
            self.uncounted.append(part)
        return count or 1.0

    def _take(self, part: str, count: float) -> None:
        self.taken[part] = self.taken.get(part, 0.0) + count

    def _facts(self, item: str) -> None:
        """Keep everything else that the manifest says as facts of the design."""
        self._known(item, self.tree, 0)

    def _known(self, item: str, twig: Twig, depth: int) -> None:
        for leaf in list(_stated(twig)):
            names = [str(each) for each in leaf.path[depth:]] or ["name"]
            if not depth and plain(names[0]) in PARTS:
                continue
            top = CURRENT.get(names[0].lower().replace("_", "-"), names[0].lower().replace("_", "-"))
            if PEOPLE & {plain(name) for name in names}:
                self.into.losses.add("where to reach a person", f"{self.where}, {leaf}", "left out: a programme travels")
                leaf.text()
            elif leaf.text() and top != "okhv":
                self.into.fact(item, " ".join((top, *names[1:])), leaf.text(), SOURCE)


def _who(row: Twig) -> str:
    """Return the organisation or else the person of a row, without where to reach them."""
    texts = [row.at("affiliation").text(), row.at("name").text()] if row.is_branch else [row.text()]
    return next((neat(text.partition("<")[0]) for text in texts if text and "://" not in text), "")


def _stated(twig: Twig) -> Iterator[Twig]:
    """Yield what nobody has read, and what was read but is worth keeping as it was written."""
    for leaf in twig.leaves():
        if leaf.path not in twig.marks.read or KEPT & {plain(str(name)) for name in leaf.path}:
            yield leaf


def _operation(name: str, item: str, process: str, weight: float | None, edges: sizes.Envelope, material: str) -> Operation:
    return Operation(
        operation=name, item=item, process=process, material=material or None, mass=weight,
        envelope_x=edges.x, envelope_y=edges.y, envelope_z=edges.z,
    )  # fmt: skip
