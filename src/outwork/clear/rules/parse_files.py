"""From one rule file to the rule in it: an entry, an authorisation or a list of paths."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from outwork.clear.rules.block import Block
from outwork.clear.rules.parse_conditions import Parser
from outwork.clear.rules.provision import ITEM_KINDS, READINGS, STATUSES, Provision
from outwork.clear.rules.rulebook import Authorisation, Control, Duty, Entry, Note, PathList, Release, Requirement
from outwork.model.sheet import Unparsed

HEADS: Final = ("entry", "authorisation", "list", "notes")
"""The field that says which of these a file is."""
ENTIRE: Final = "all"


def entry(block: Block, parser: Parser) -> Entry:
    """Return the entry of a control list that a file states."""
    provision = _provision(block, "entry")
    kind = block.choice("kind", ITEM_KINDS)
    scope = parser.scope(block)
    controls = tuple(_control(inner, parser) for inner in headed(block, "control"))
    releases = tuple(_release(inner, parser) for inner in headed(block, "release"))
    if not controls and not block.table.get("control"):
        block.fault("control", "states no control; head at least one with [[control]]")
    block.close()
    return Entry(provision, kind, scope, controls, releases)


def authorisation(block: Block, parser: Parser) -> Authorisation:
    """Return the general authorisation that a file states."""
    provision = _provision(block, "authorisation")
    covers = block.names("covers")
    if not covers:
        block.fault("covers", f"covers is missing; it is '{ENTIRE}' or a list of entries, paths and named lists")
    found = Authorisation(
        provision,
        tuple(_kind(block, each) for each in block.names("kinds")) or ITEM_KINDS,
        None if covers == (ENTIRE,) else covers,
        block.names("except"),
        _destinations(block, parser),
        tuple(_requirement(inner, parser) for inner in headed(block, "condition")),
        _duty(block),
    )
    block.close()
    return found


def path_list(block: Block) -> PathList:
    """Return the named list of paths that a file states."""
    provision = _provision(block, "list")
    paths = block.names("paths")
    if not paths:
        block.fault("paths", "paths is missing or empty")
    block.close()
    return PathList(provision, paths)


def notes(block: Block, parser: Parser) -> list[Note]:
    """Return the general notes that a file states."""
    provision = _provision(block, "notes")
    found = [_note(inner, parser, provision) for inner in headed(block, "release")]
    if not found:
        block.fault("release", "states no note; head at least one with [[release]]")
    block.close()
    return found


def _note(block: Block, parser: Parser, provision: Provision) -> Note:
    path, common = _path(block), _common(block)
    kinds = tuple(_kind(block, each) for each in block.names("kinds")) or ITEM_KINDS
    excepts, condition = block.names("except"), parser.joined(block)
    block.close()
    common["cite"] = common["cite"] or f"{provision.cite}, {path}"
    return Note(provision, Release(path, condition, (), **common), kinds, excepts)


def _provision(block: Block, head: str) -> Provision:
    block.where = name = block.text_of(head, "is wrong")
    since, until = block.day("since", "is wrong"), block.day("until")
    if since is not None and until is not None and until < since:
        block.fault("until", f"ends on {until}, before it begins on {since}", until)
    return Provision(
        name,
        block.text_of("regime", "is wrong"),
        block.text_of("title", "is wrong"),
        block.choice("status", STATUSES),
        since or date.min,
        until,
        block.text_of("cite", "is wrong"),
        block.text_of("source", "is wrong"),
        block.text_of("reviewer"),
        block.text_of("note"),
        block.file,
    )


def headed(block: Block, name: str) -> list[Block]:
    """Return the tables that [[name]] heads, each knowing its own line."""
    heads = [m.start() for m in re.finditer(rf"^\s*\[\[\s*{name}\s*\]\]", block.text, re.MULTILINE)]
    found = []
    for place, table in enumerate(block.tables(name)):
        begins = block.text.count("\n", 0, heads[place]) + 2 if place < len(heads) else block.begins
        found.append(block.inner(block.where, table, begins))
    return found


def _control(block: Block, parser: Parser) -> Control:
    path, common = _path(block), _common(block)
    condition = parser.joined(block)
    block.close()
    return Control(path, condition, **common)


def _release(block: Block, parser: Parser) -> Release:
    path, of, common = _path(block), block.names("of"), _common(block)
    condition = parser.joined(block)
    block.close()
    return Release(path, condition, of, **common)


def _requirement(block: Block, parser: Parser) -> Requirement:
    path, common = _path(block), _common(block)
    condition = parser.joined(block)
    block.close()
    return Requirement(path, condition, **common)


def _path(block: Block) -> str:
    path = block.text_of("path", "is wrong")
    block.where = path or block.where
    return path


def _common(block: Block) -> dict[str, Any]:
    """Return what controls, releases and conditions state alike."""
    return {
        "reading": block.choice("reading", READINGS, "literal"),
        "quote": block.text_of("quote"),
        "note": block.text_of("note"),
        "cite": block.text_of("cite"),
        "line": block.begins,
    }


def _kind(block: Block, name: str) -> Any:
    if name not in ITEM_KINDS:
        block.fault("kinds", f"'{name}' is not a kind; it is one of {', '.join(ITEM_KINDS)}", name)
    return name


def _destinations(block: Block, parser: Parser) -> frozenset[str]:
    """Return the nations that are named, each by its code or by a group."""
    names = block.names("destinations")
    if not names:
        block.fault("destinations", "destinations is missing; an authorisation says where to it holds")
    found: frozenset[str] = frozenset()
    for name in names:
        try:
            found |= parser.members(name)
        except Unparsed as error:
            block.fault("destinations", str(error), name)
    return found


def _duty(block: Block) -> Duty:
    value = block.take("duty")
    if value is None:
        return Duty()
    if not isinstance(value, dict):
        block.fault("duty", "duty is a table headed [duty]")
        return Duty()
    inner = block.inner(f"{block.where} duty", value)
    registration, notice = inner.number("registration_days"), inner.number("notice_days")
    found = Duty(
        None if registration is None else int(registration),
        None if notice is None else int(notice),
        inner.text_of("report"),
        inner.number("years"),
        inner.names("keep"),
    )
    inner.close()
    return found
