"""The engine's own models: XML, and JSON of the same shape, where records stand inside each other.

    <item name="chair"><itemsuppliers><itemsupplier><supplier name="oak & sons"/><leadtime>P7D</leadtime></itemsupplier>...

says three things at once: there is an item, there is a supplier, and the supplier offers the item. A record inside another
belongs to it; a record that comes again adds to what was said of it before. `<?python ?>` blocks are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

from outwork.model.errors import Unreadable
from outwork.store.formats.frepple.neutral import NAMED, TYPES
from outwork.store.formats.frepple.records import Fields, Records

DEEPEST: Final = 60
"""Records of a model stand inside each other this often at most."""

REFERENCES: Final[Mapping[str, str]] = {
    **{kind: kind for kind in NAMED}, "origin": "location", "destination": "location", "producing": "operation",
    "blockedby": "operation", "available": "calendar", "maximum_calendar": "calendar", "minimum_calendar": "calendar",
    "size_minimum_calendar": "calendar", "efficiency_calendar": "calendar",
}  # fmt: skip
"""Kind of record that an element names; `owner` names one of its parent's kind."""

LISTS: Final = frozenset(
    {f"{kind}s" for kind in TYPES} - {"dependencys", "setupmatrixs"}
    | {"dependencies", "setupmatrices", "members", "rules", "flowplans", "loadplans", "problems"}
)
SINGULAR: Final[Mapping[str, str]] = {"dependencies": "dependency", "setupmatrices": "setupmatrix"}

BELONGS: Final[Mapping[tuple[str, str], str]] = {
    ("operation", "suboperation"): "owner", ("calendar", "bucket"): "calendar",
}  # fmt: skip
"""Field by which a record names the one that it stands in, where it is not the kind of that one."""

PROPERTIES: Final = frozenset({"stringproperty", "booleanproperty", "doubleproperty", "dateproperty"})


@dataclass(frozen=True)
class Node:
    """An element: its tag, its attributes and leaves, and the elements inside it."""

    tag: str
    text: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    children: tuple[Node, ...] = ()


def read_xml(root: Element, records: Records) -> None:
    """Add an XML model to the records."""
    read(_from_xml(root, records, 0), records)


def read_json(found: Mapping[str, Any], records: Records) -> None:
    """Add a model in the engine's JSON to the records."""
    read(_from_json("plan", found, records, 0), records)


def read(plan: Node, records: Records) -> None:
    """Add a model to the records. Unreadable where it is something else."""
    if plan.tag != "plan":
        raise Unreadable(f"{records.place}: begins with '{plan.tag}', not with 'plan'; is it a frePPLe model?")
    for child in plan.children:
        if child.tag in LISTS:
            _list(child, "", {}, records)
        elif child.children or child.attributes:
            records.losses.add(f"element '{child.tag}'", "the model", "Outwork knows no such thing")
        else:
            records.header[child.tag] = child.text
    records.header.update(plan.attributes)


def _list(node: Node, kind: str, inside: Fields, records: Records) -> None:
    """Read the records of a list; `kind` and `inside` say what they stand in."""
    for child in node.children:
        if node.tag == "members":
            _named(child, kind, records, {"owner": inside.get("name", "")})
        elif node.tag == "buckets" and kind == "demand":
            records.losses.add("forecast", f"demand '{inside.get('name', '')}'", "forecasts are not netted with orders")
        elif child.tag in NAMED:
            _named(child, child.tag, records, {})
        elif child.tag in TYPES:
            fields = {BELONGS.get((kind, child.tag), kind): inside["name"]} if kind else {}
            _row(child, fields, records)
        else:
            within = f"{kind} '{inside.get('name', '')}'" if kind else "the model"
            records.losses.add(f"element '{child.tag}'", within, "Outwork knows no such thing")


def _named(node: Node, kind: str, records: Records, extra: Fields) -> str:
    """Read a record that has a name, with all that stands in it; return the name."""
    fields = {**_fields(node, kind, records), **extra}
    name = str(fields.get("name") or "").strip()
    if not name and kind == "buffer" and fields.get("item"):
        name = " @ ".join(str(fields[key]) for key in ("item", "location") if fields.get(key))
    if not name:
        records.losses.add(f"{kind} without a name", f"element '{node.tag}'", "nothing can point at it")
        return ""
    records.put(kind, name, {**fields, "name": name})
    for child in node.children:
        if child.tag in LISTS:
            _list(child, kind, {"name": name}, records)
    return name


def _row(node: Node, extra: Fields, records: Records) -> None:
    """Read a record without a name of its own."""
    records.row(node.tag, {**extra, **_fields(node, node.tag, records)})
    for child in node.children:
        if child.tag in LISTS:
            for inner in child.children:
                records.losses.add(f"element '{inner.tag}'", f"a {node.tag}", "Outwork knows no such thing")


def _fields(node: Node, kind: str, records: Records) -> Fields:
    """Return attributes, leaves and references of an element as fields."""
    fields = dict(node.attributes)
    for child in node.children:
        if child.tag in LISTS:
            continue
        if child.tag in PROPERTIES:
            fields[f"property {child.attributes.get('name', '')}"] = child.attributes.get("value", "set")
        elif child.tag == "owner" and kind not in NAMED:
            fields["owner"] = str(child.attributes.get("reference") or child.attributes.get("name") or child.text)
        elif child.tag == "owner" or child.tag in REFERENCES:
            fields[child.tag] = _reference(child, kind if child.tag == "owner" else REFERENCES[child.tag], records)
        else:
            fields[child.tag] = child.text
    if kind in ("operation", "flow", "resource", "buffer", "demand", "load") and fields.get("type"):
        fields["type"] = str(fields["type"]).removeprefix(f"{kind}_").removeprefix(kind)
    return fields


def _reference(node: Node, kind: str, records: Records) -> str:
    """Return the name that an element refers to; one that says more than the name adds to that record."""
    if not node.attributes and not node.children:
        return records.put(kind, node.text, {}) if node.text else ""
    return _named(node, kind, records, {})


def _from_xml(element: Element, records: Records, depth: int) -> Node:
    if depth > DEEPEST:
        raise Unreadable(f"{records.place}: element '{element.tag}' nests too deep to be a model")
    return Node(
        str(element.tag).rpartition("}")[2],
        (element.text or "").strip(),
        {key.rpartition("}")[2]: value for key, value in element.attrib.items()},
        tuple(_from_xml(child, records, depth + 1) for child in element if isinstance(child.tag, str)),
    )


def _from_json(tag: str, found: Any, records: Records, depth: int) -> Node:
    """Return an object of the engine's JSON as an element: a list under a plural becomes a list of elements."""
    if depth > DEEPEST:
        raise Unreadable(f"{records.place}: '{tag}' nests too deep to be a model")
    if isinstance(found, Mapping):
        children = tuple(_from_json(key, value, records, depth + 1) for key, value in found.items())
        plain = {child.tag: child.text for child in children if not child.children and not child.attributes}
        return Node(
            tag,
            "",
            {} if tag == "plan" else plain,
            children if tag == "plan" else tuple(c for c in children if c.tag not in plain),
        )
    if isinstance(found, list):
        one = SINGULAR.get(tag, tag.removesuffix("s"))
        return Node(tag, "", {}, tuple(_from_json(one, each, records, depth + 1) for each in found))
    if found is None or isinstance(found, str | int | float):
        return Node(tag, "" if found is None else str(found))
    raise Unreadable(f"{records.place}: '{tag}' holds a {type(found).__name__}, which no model does")
