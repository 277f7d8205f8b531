"""Manifests and bills of material, a file or a folder of them, gathered into one programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from outwork.model.errors import Unreadable
from outwork.store.formats import bom, catenax, okh, okw
from outwork.store.formats.bom import Bill
from outwork.store.formats.converted import Converted
from outwork.store.formats.gathering import Gathering
from outwork.store.formats.notation import json_tree, text_of, toml_tree, yaml_tree
from outwork.store.formats.opening import content
from outwork.store.formats.tree import Twig

MANY: Final = 20_000
"""A folder of more files is not gathered by mistake."""
TABLES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xml", ".net", ".kicad_sch")
"""Endings of bills of material."""
TREES: Final = (".json", ".json.gz", ".toml", ".yml", ".yaml")
"""Endings of manifests."""


class Kind(StrEnum):
    """What a file of a folder is."""

    OKH = "okh"
    OKW = "okw"
    CATENAX = "catenax"
    BOM = "bom"


class Broken(StrEnum):
    """What becomes of a folder some of whose files break their format."""

    REFUSE = "refuse"
    """Nothing is converted, and every broken file is named."""
    LEAVE = "leave"
    """They are left out and listed."""


@dataclass(frozen=True)
class Asked:
    """First day, length [week], and what becomes of broken files."""

    start: date | None = None
    weeks: int | None = None
    broken: Broken = Broken.REFUSE


def convert(path: Path, kind: Kind | None, asked: Asked) -> Converted:
    """Return the programme that a manifest, a bill of material or a folder of them tells; `kind` None: by what each looks like.

    Raises Unreadable where a file breaks its format, naming every one that does.
    """
    into = Gathering()
    if not path.is_dir():
        _file(path, kind, path.parent, into)
    else:
        _folder(path, kind, asked.broken, into)
    if not into.rows:
        raise Unreadable(f"{path}: holds neither manifests of designs or sites nor bills of material")
    return into.converted(path.resolve().name.split(".")[0], asked.start, asked.weeks)


def known(path: Path) -> Kind | None:
    """Return what a single file is, None where it is no manifest or bill of material. Unreadable where it is broken."""
    if path.name.lower().endswith(TREES):
        tree = _tree(path, content(path), path.name)
        kind = _of(tree)
        if _is_schema(tree) or (kind is None and not path.name.lower().endswith((".json", ".json.gz"))):
            raise _nothing(tree, path.name)
        return kind
    return Kind.BOM if bom.looks(content(path)[:65536]) or path.suffix.lower() == ".xlsx" else None


def _folder(path: Path, kind: Kind | None, broken: Broken, into: Gathering) -> None:
    files = sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
    if len(files) > MANY:
        raise Unreadable(f"{path}: holds {len(files):,} files, more than {MANY:,}; name a folder within it")
    faults: list[str] = []
    told: set[Path] = set()
    for file in sorted(files, key=lambda each: each.name.lower().endswith(TABLES)):
        before = dict(into.rows)
        try:
            if file.resolve() not in told:
                told |= _file(file, kind, path, into)
        except Unreadable as error:
            into.rows = before
            faults.append(str(error))
            into.losses.add("file that breaks its format", file.relative_to(path).as_posix(), f"left out: {error}")
    if faults and broken is Broken.REFUSE:
        raise Unreadable("\n".join([*faults, "mend them, or convert the rest with --broken leave"]))


def _file(path: Path, kind: Kind | None, top: Path, into: Gathering) -> set[Path]:
    """Add what a file tells, and return the files beside it that it told of."""
    where = path.name if top == path.parent else path.relative_to(top).as_posix()
    lower = path.name.lower()
    if lower.endswith(TREES) or kind not in (None, Kind.BOM):
        return _manifest(path, where, kind, top, into)
    if kind is Kind.BOM or lower.endswith(TABLES):
        bill = bom.read(path)
        bill.build(into, path.name.split(".")[0])
        return set()
    into.losses.add("file", where, "left out: neither a manifest nor a bill of material, by its ending")
    return set()


def _manifest(path: Path, where: str, kind: Kind | None, top: Path, into: Gathering) -> set[Path]:
    tree = _tree(path, content(path), where)
    told: set[Path] = set()
    if _is_schema(tree):
        raise _nothing(tree, where)
    match kind or _of(tree):
        case Kind.OKH:
            okh.gather(tree, where, into, _beside(path, top, told))
        case Kind.OKW:
            okw.gather(tree, where, into)
        case Kind.CATENAX:
            catenax.gather(tree, where, into)
        case _:
            raise _nothing(tree, where)
    return told


def _nothing(tree: Twig, where: str) -> Unreadable:
    """Return why a tree is no manifest: its faults, or that it has none of the fields that tell one."""
    if _is_schema(tree):
        return Unreadable(f"{where}: is a schema, which says how records are written; give a file with records")
    said = "is a list where fields are wanted" if isinstance(tree.value, tuple) else "has none of the fields that tell one"
    told = f"{where} line 1: no manifest of a design (Open Know-How) or a site (Open Know-Where, Catena-X): it {said}"
    return Unreadable("\n".join([*dict.fromkeys(tree.marks.faults), f"{told}, such as title and tsdc"]))


def _is_schema(tree: Twig) -> bool:
    """Return whether a tree says how others are written, rather than telling anything."""
    return bool(tree.at("$schema")) and bool(tree.at("definitions", "$defs", "properties", "components"))


def _of(tree: Twig) -> Kind | None:
    """Return what a tree is: facilities have fields that designs have not, and labelled elements are Catena-X's."""
    if catenax.is_one(tree):
        return Kind.CATENAX
    if okh.is_one(tree):
        return Kind.OKH
    if okw.is_one(tree):
        return Kind.OKW
    return Kind.OKH if okh.may_be_one(tree) else None


def _tree(path: Path, found: bytes, where: str) -> Twig:
    """Return the tree of a file by its ending, or else by how it begins."""
    lower = path.name.lower()
    if lower.endswith((".json", ".json.gz")) or (not lower.endswith(TREES) and found.lstrip()[:1] in (b"{", b"[")):
        return json_tree(found, where)
    text = text_of(found, where)
    return toml_tree(text, where) if lower.endswith(".toml") else yaml_tree(text, where)


def _beside(path: Path, top: Path, told: set[Path]) -> Callable[[str], Bill | None]:
    """Return a reader of the bill of material that a manifest names: a table within its folder, or within the one converted."""

    def read(name: str) -> Bill | None:
        if "://" in name or "\n" in name or not name.strip().lower().endswith(TABLES):
            return None
        for folder in (path.parent, top):
            file = (folder / name.strip().lstrip("/")).resolve()
            if top.resolve() in file.parents and file.is_file():
                told.add(file)
                return bom.read(file)
        return None

    return read
