"""The aspect ManufacturingCapability as rows: a site, its machines and capabilities as listings, its certificates.

The aspect has no word for spare hours. A machine that states them under the label that Outwork writes is a resource with its
capabilities; any other machine, and what it provides, is a listing: a claim without hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from outwork.model.tables.capacity import Capability, Resource
from outwork.model.tables.places import Certificate
from outwork.store.formats.catenax.labels import LANGUAGE, LIMITS, PAPER, RESOURCE, SITE, TOLD
from outwork.store.formats.gathering import Gathering, neat
from outwork.store.formats.okw.site import Site
from outwork.store.formats.tree import Twig, plain
from outwork.store.formats.values import moment

SOURCE: Final = "Catena-X ManufacturingCapability"
MARKS: Final = ("machineTools", "machines", "capabilities")
OTHERS: Final = ("processes", "products", "certificates")
CONSTRAINTS: Final = ("capabilityConstraintSet", "constraintSet")
CONSTRAINED: Final = ("capabilityConstraintProperties", "properties")
HOURS: Final = "spare hours [h/week]"


def is_one(tree: Twig) -> bool:
    """Return whether a tree is the aspect: lists of labelled elements under its names."""
    if not tree.is_branch:
        return False
    labelled = [
        row.at("label", "capabilityLabel") for name in (*MARKS, *OTHERS) for row in tree.at(name).rows() if row.is_branch
    ]
    names = {plain(name) for name in tree.value} if isinstance(tree.value, Mapping) else set()
    return bool(names & {plain(mark) for mark in MARKS}) and any(label.is_branch for label in labelled)


def gather(tree: Twig, where: str, into: Gathering) -> None:
    """Add the site that an aspect describes, named by the file unless the aspect says more. Unreadable with every fault."""
    stated = _site_of(tree)
    name = stated.get("site") or where.split(".", maxsplit=1)[0]
    site = Site(into, where, name, stated.get("nation", ""), f"{SOURCE}, {where}")
    if "latitude [degree]" in stated and "longitude [degree]" in stated:
        site.stands(float(stated["latitude [degree]"]), float(stated["longitude [degree]"]))
    for machine in tree.at("machines").rows():
        _machine(machine, site)
    for row in tree.at("capabilities").rows():
        _capability(row, "", site)
    for row in tree.at("certificates").rows():
        _certificate(row, site)
    for leaf in tree.unread():
        into.losses.add(" ".join(str(name) for name in leaf.path if isinstance(name, str)), f"{where}, {leaf}", _why(leaf))
    tree.fits()


def _why(leaf: Twig) -> str:
    if any("emanticReference" in str(name) for name in leaf.path):
        return "an identifier of eCl@ss, which is licensed and not shipped"
    if any(str(name) in ("propertyLabel", "propertyValue") for name in leaf.path):
        return "a property of a listing; only resources have limits, and a resource has hours"
    return "has no column"


def _site_of(tree: Twig) -> dict[str, str]:
    """Return what the product entry that Outwork writes says of the site, empty where there is none."""
    for row in tree.at("products").rows():
        stated = _properties(row, SITE)
        if "site" in stated:
            _label(row)
            for label, most in (("latitude [degree]", 90.0), ("longitude [degree]", 180.0)):
                if label in stated and _number(row, label, stated[label], most) is None:
                    del stated[label]
            return stated
    return {}


def _machine(machine: Twig, site: Site) -> None:
    stated = _properties(machine, RESOURCE)
    name, provided = _label(machine), machine.at("provides").rows()
    if HOURS in stated and provided:
        _resource(name, machine, stated, site)
        return
    for row in provided:
        _capability(row, name, site)
    if not provided:
        site.lists("", name)


def _resource(name: str, machine: Twig, stated: Mapping[str, str], site: Site) -> None:
    numbers = {
        RESOURCE[label]: number for label, text in stated.items() if (number := _number(machine, label, text)) is not None
    }
    key = site.into.named("resources", name, site.name)
    rows = machine.at("provides").rows()
    main = _label(rows[0])
    if "hours" not in numbers or not main:
        machine.fault("states no spare hours, or no process")
        return
    site.into.add(Resource(resource=key, site=site.name, process=main, **numbers))
    for row in rows:
        _numbered(row)
        limits = _limits(row)
        if limits or _label(row) != main:
            site.into.add(Capability(resource=key, process=_label(row), **limits))


def _limits(row: Twig) -> dict[str, Any]:
    """Return the columns of a capability that its constraints state."""
    found: dict[str, Any] = {}
    materials = []
    for constraint in row.at(*CONSTRAINTS).rows():
        stated = _properties(constraint, {**LIMITS, **TOLD}, *CONSTRAINED)
        for label, text in stated.items():
            if label in LIMITS:
                found[LIMITS[label]] = _number(row, label, text)
            else:
                found[TOLD[label]] = _day(row, text) if label == "seen" else text
        material = constraint.at("refersToMaterial")
        if material:
            materials.append(_label(material))
            material.at("@type").text()
    return {**found, **({"materials": "; ".join(dict.fromkeys(materials))} if materials else {})}


def _capability(row: Twig, machine: str, site: Site) -> None:
    own = _properties(row, TOLD)
    _numbered(row)
    text = _label(row)
    if not text and not machine:
        row.fault("names no capability; write its capabilityLabel")
        return
    if "source" in own:
        site.quotes(text, machine, own["source"], _day(row, own["seen"]) if "seen" in own else None)
    else:
        site.lists(text, machine, row.at("capabilityId").text())


def _numbered(row: Twig) -> None:
    """Take note of the numbers of a capability within its file, which say nothing beyond it."""
    for name in ("capabilityId", "hierarchyElementId"):
        row.at(name).text()


def _certificate(row: Twig, site: Site) -> None:
    stated = _properties(row, PAPER)
    scheme = neat(_label(row))
    if not scheme:
        row.fault("names no certificate; write its label")
        return
    columns = {PAPER[label]: _day(row, text) if label in ("valid from", "valid until", "verified on") else text
               for label, text in stated.items()}  # fmt: skip
    since, until = columns.get("since"), columns.get("until")
    if isinstance(since, date) and isinstance(until, date) and since > until:
        row.fault(f"the certificate ends on {until}, before it begins on {since}")
        return
    site.into.add(Certificate(site=site.name, scheme=scheme, **columns))


def _properties(row: Twig, known: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the values of the properties with labels of ours; others stay unread, and are listed."""
    found: dict[str, str] = {}
    for each in row.at(*(names or ("properties",))).rows():
        label = each.at("propertyLabel").at(LANGUAGE)
        if label and label.value in known:
            found[label.text()] = each.at("propertyValue").text()
    return found


def _label(row: Twig) -> str:
    """Return the label of an element, in English where there is one, else in the first language."""
    held = row.at("capabilityLabel") or row.at("label")
    if not held.is_branch:
        return neat(held.text())
    words = held.at(LANGUAGE) or next(iter(held.leaves()), held)
    text = neat(words.text())
    for other in (row.at("label"), row.at("capabilityLabel")):
        for leaf in other.leaves():
            if neat(str(leaf.value)) == text:
                leaf.text()
    return text


def _number(row: Twig, label: str, text: str, most: float | None = None) -> float | None:
    """Return a number not below 0, or between bounds; a fault where it is none."""
    found = Twig(text, row.place, (*row.path, label), row.marks).number()
    if found is not None and (found < 0 if most is None else abs(found) > most):
        row.fault(f"{label} is {found:g}, which it cannot be")
        return None
    return found


def _day(row: Twig, text: str) -> date | None:
    try:
        return moment(text[:10]).date()
    except ValueError:
        row.fault(f"{text!r:.40} is not a day such as 2026-03-02")
        return None
