"""YAML, TOML and JSON as trees of fields, and what would hurt refused: bombs of aliases, nests without end, foreign tags."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from outwork.model.errors import Unreadable
from outwork.store.delimited import decoded
from outwork.store.formats.opening import json_of
from outwork.store.formats.tree import Marks, Path, Twig, grown, plain

LARGEST_BYTES: Final = 16 * 1024 * 1024
"""No manifest that people write is larger."""
LARGEST_FIELDS: Final = 30_000
"""Nor has one more fields, aliases written out."""
LARGEST_REGISTER: Final = 3_000_000
"""No register of facilities, of which each has about twenty, has more fields."""
DEEPEST: Final = 40
"""Nor are fields within fields deeper."""
BLANK: Final = frozenset({"", "~", "null", "Null", "NULL"})
TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ["str", "int", "float", "bool", "null", "timestamp", "seq", "map"]
)
"""Tags that say of a field what it is anyway; any other could ask for more than reading."""
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

HEADER: Final = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(#.*)?")
ASSIGNED: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=""")


def text_of(found: bytes, where: str) -> str:
    """Return the text of a manifest. Unreadable where it is none, or too long to be one."""
    if len(found) > LARGEST_BYTES:
        raise Unreadable(f"{where}: has {len(found):,} bytes; a manifest has at most {LARGEST_BYTES:,}; is it one?")
    try:
        return decoded(found)
    except ValueError as error:
        raise Unreadable(f"{where}: is neither UTF-8, UTF-16 nor Windows-1252 text; save it as UTF-8") from error


def json_tree(found: bytes, where: str) -> Twig:
    """Return the tree of a JSON text; JSON tells no lines, so places are told by path."""
    value = json_of(found, where, _once)
    _shallow(value, where, LARGEST_REGISTER)
    return grown(value, where, lambda _: None)


def toml_tree(text: str, where: str) -> Twig:
    """Return the tree of a TOML text. Unreadable with the line where it is none."""
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
        line = f" line {at[1]} column {at[2]}" if at and at[1] else ""
        raise Unreadable(f"{where}{line}: no TOML: {str(error)[: at.start() if at else None]}; is it whole?") from error
    except RecursionError as error:
        raise Unreadable(f"{where}: nests too deep to be a manifest") from error
    _shallow(value, where, LARGEST_FIELDS)
    lines = dict(reversed(list(_toml_lines(text))))
    return grown(value, where, lines.get)


def yaml_tree(text: str, where: str) -> Twig:
    """Return the tree of a YAML text, every scalar as it is written. Unreadable with the line where it is none."""
    try:
        return _Growing(where).tree(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{where} line {mark.line + 1} column {mark.column + 1}" if mark else where
        raise Unreadable(f"{place}: no YAML: {error.problem or error.context}; is it whole?") from error
    except yaml.YAMLError as error:
        raise Unreadable(f"{where}: no YAML: {' '.join(str(error).split())}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the fields of a JSON object. ValueError where one is there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ValueError(f"field '{twice}' is there twice in one object; keep one of them")
    return found


def _shallow(value: Any, where: str, most: int) -> None:
    """Unreadable where values nest too deep, or are too many."""
    ahead, seen = [(value, 0)], 0
    while ahead:
        each, depth = ahead.pop()
        seen += 1
        if depth > DEEPEST:
            raise Unreadable(f"{where}: nests deeper than {DEEPEST} levels; it is no manifest")
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        if seen + len(ahead) + len(inner) > most:
            raise Unreadable(f"{where}: holds more than {most:,} fields; split it")
        ahead.extend((one, depth + 1) for one in inner)


def _toml_lines(text: str) -> Iterator[tuple[Path, int]]:
    """Yield the path of each table and field with its line; what looks like one within a long text does no harm."""
    at: Path = ()
    counts: dict[Path, int] = {}
    for line, written in enumerate(text.split("\n"), 1):
        if header := HEADER.fullmatch(written):
            names = [name.strip().strip("\"'") for name in header[2].split(".")]
            at = _within(names[:-1], counts)
            counts[(*at, names[-1])] = counts.get((*at, names[-1]), 0) + (header[1] == "[[")
            at = _within(names, counts)
            yield at, line
        elif named := ASSIGNED.match(written):
            yield (*at, named[1].strip("\"'")), line


def _within(names: list[str], counts: dict[Path, int]) -> Path:
    """Return the path of a table, in each list the last row so far."""
    path: Path = ()
    for name in names:
        path = (*path, name)
        if counts.get(path):
            path = (*path, counts[path])
    return path


_Held = dict[str, Twig] | list[Twig]


class _Growing:
    """Builds a tree from the events of a YAML parser, without recursion and without writing aliases out."""

    def __init__(self, where: str) -> None:
        """Begin with nothing; `where` is the file."""
        self.where = where
        self.marks = Marks()
        self.anchors: dict[str, Twig] = {}
        self.sizes: dict[int, int] = {}
        self.open: list[_Opened] = []
        self.root: Twig | None = None

    def tree(self, text: str) -> Twig:
        """Return the tree of a text that holds one document."""
        documents = 0
        for event in yaml.parse(text, Loader=LOADER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise Unreadable(f"{self._place(event)}: a second document begins; write one manifest in a file")
            self._take(event)
        return self.root or Twig("", self.where, (), self.marks)

    def _take(self, event: Any) -> None:
        tag = getattr(event, "tag", None)
        if tag and tag != "!" and tag not in TAGS:
            raise Unreadable(f"{self._place(event)}: carries the tag {tag}, which a manifest does not need; leave it out")
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(self.open) >= DEEPEST:
                    raise Unreadable(f"{self._place(event)}: nests deeper than {DEEPEST} levels; it is no manifest")
                held: _Held = {} if isinstance(event, yaml.MappingStartEvent) else []
                self.open.append(_Opened(held, self._next(), self._place(event), event.anchor))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                opened = self.open.pop()
                self._put(opened.twig(self.marks), opened.anchor, opened.place)
            case yaml.AliasEvent():
                if event.anchor not in self.anchors:
                    raise Unreadable(
                        f"{self._place(event)}: '*{event.anchor}' stands for a field that is not there, or for its own"
                    )
                self._put(self.anchors[event.anchor], None, self._place(event))
            case yaml.ScalarEvent():
                self._scalar(event)

    def _scalar(self, event: Any) -> None:
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.held, dict) and top.name is None:
            top.name = event.value
            return
        value = "" if event.implicit[0] and event.value in BLANK else event.value.strip()
        self._put(Twig(value, self._place(event), self._next(), self.marks), event.anchor, self._place(event))

    def _put(self, twig: Twig, anchor: str | None, place: str) -> None:
        """Hang a field where it belongs. Unreadable where there are too many, or it is there already."""
        if anchor:
            self.anchors[anchor] = twig
        inner = twig.value.values() if isinstance(twig.value, dict) else twig.value if isinstance(twig.value, tuple) else ()
        self.sizes[id(twig)] = size = 1 + sum(self.sizes[id(each)] for each in inner)
        if size > LARGEST_FIELDS:
            raise Unreadable(f"{place}: stands for more than {LARGEST_FIELDS:,} fields; it is no manifest")
        if not self.open:
            self.root = twig
            return
        top = self.open[-1]
        if isinstance(top.held, list):
            top.held.append(twig)
            return
        if top.name is None:
            raise Unreadable(f"{place}: a field is named by a text, not by further fields")
        said = top.said.setdefault(plain(top.name), top.name)
        if said in top.held and top.held[said] and twig:
            self.marks.faults.append(f"{place}: field '{top.name}' says again what '{said}' says; keep one of them")
        if said not in top.held or twig:
            top.held[said] = twig
        top.name = None

    def _next(self) -> Path:
        """Return the path of the field that comes next."""
        if not self.open:
            return ()
        top = self.open[-1]
        return (*top.path, len(top.held) + 1 if isinstance(top.held, list) else str(top.name))

    def _place(self, event: Any) -> str:
        return f"{self.where} line {event.start_mark.line + 1}"


@dataclass
class _Opened:
    """A mapping or a list that has not ended yet; of a mapping, `name` is that of the field that comes next."""

    held: _Held
    path: Path
    place: str
    anchor: str | None
    name: str | None = None
    said: dict[str, str] = field(default_factory=dict)
    """Names so far, by what they are without capitals and hyphens."""

    def twig(self, marks: Marks) -> Twig:
        """Return it as a field."""
        return Twig(self.held if isinstance(self.held, dict) else tuple(self.held), self.place, self.path, marks)
