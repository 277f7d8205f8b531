"""What KiCad writes: the export of components as XML or S-expression, and schematics with the sheets below them.

Facts of the format: https://dev-docs.kicad.org/en/file-formats/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from outwork.model.errors import Unreadable
from outwork.store.delimited import decoded
from outwork.store.formats.bom.headings import ROLES, Role, squeezed
from outwork.store.formats.bom.line import Line, left_out
from outwork.store.formats.bom.sexp import Node, parsed
from outwork.store.formats.opening import content

SHEETS: Final = 200
"""No board has more sheets."""
FLAGS: Final = frozenset({"dnp", "exclude_from_bom"})
HIDDEN: Final = FLAGS | {
    "reference", "value", "footprint", "description", "sheetname", "sheetfile", "exclude_from_board", "ki_keywords",
    "ki_description", "ki_fp_filters",
}  # fmt: skip
"""Fields that are read otherwise, or that say nothing of the part."""


def export(root: Element, where: str) -> tuple[Line, ...]:
    """Return the lines of an export of components (netlist or bill of material) in XML."""
    parts = root.findall("./components/comp")
    if root.tag != "export" or not parts:
        raise Unreadable(f"{where}: has no components; it is no netlist or bill of material of KiCad")
    return tuple(_comp(part, f"{where}, component {at}") for at, part in enumerate(parts, 1))


def _comp(part: Element, place: str) -> Line:
    fields = {field.get("name", ""): field.text or "" for field in part.iterfind("./fields/field")}
    fields |= {each.get("name", ""): each.get("value", "") for each in part.iterfind("./property") if each.get("value")}
    flags = {each.get("name", "") for each in part.iterfind("./property")} & FLAGS
    library = part.find("libsource")
    said = part.findtext("description") or (library.get("description", "") if library is not None else "")
    texts = (part.get("ref", ""), part.findtext("value", ""), part.findtext("footprint", ""), said or "")
    return _Symbol(place, *texts, fields, frozenset(flags)).line()


def netlist(found: bytes, where: str) -> tuple[Line, ...]:
    """Return the lines of an export of components as an S-expression."""
    root = parsed(_text(found, where), where)
    parts = [part for listed in root.all("components") for part in listed.all("comp")]
    if not parts:
        raise Unreadable(f"{where}: has no components; it is no netlist of KiCad")
    return tuple(_listed(part, where) for part in parts)


def _listed(part: Node, where: str) -> Line:
    fields = {field.text("name"): field.last for listed in part.all("fields") for field in listed.all("field")}
    flags = {each.text("name") for each in part.all("property")}
    fields |= {each.text("name"): each.text("value") for each in part.all("property") if each.text("value")}
    library = next(part.all("libsource"), None)
    said = part.text("description") or (library.text("description") if library else "")
    place = f"{where} line {part.line}"
    texts = (part.text("ref"), part.text("value"), part.text("footprint"), said)
    return _Symbol(place, *texts, fields, FLAGS & flags).line()


def schematic(path: Path) -> tuple[Line, ...]:
    """Return the lines of a schematic and of the sheets below it, which lie in its folder."""
    folder, ahead, seen = path.parent.resolve(), [path], set()
    found: dict[str, Line] = {}
    renamed: dict[str, set[str]] = {}
    while ahead:
        sheet = ahead.pop()
        if sheet.resolve() in seen:
            continue
        seen.add(sheet.resolve())
        if len(seen) > SHEETS:
            raise Unreadable(f"{path}: has more than {SHEETS} sheets; it is no board")
        root = parsed(_text(content(sheet), sheet.name), sheet.name)
        for listed in root.all("symbol_instances"):
            for each in listed.all("path"):
                renamed.setdefault(each.first.rpartition("/")[2], set()).add(each.text("reference"))
        for line in _symbols(root, sheet.name, renamed):
            found.setdefault(line.designators[0], line)
        ahead += _below(root, sheet, folder)
    if not found:
        raise Unreadable(f"{path}: has no symbols; a board without parts has no bill of material")
    return tuple(found.values())


def _symbols(root: Node, where: str, renamed: Mapping[str, set[str]]) -> Iterator[Line]:
    """Yield a line for every place of each symbol; a symbol of several units is one part, power symbols are none."""
    for symbol in root.all("symbol"):
        fields = {each.first: each.second for each in symbol.all("property")}
        placed = [
            each.text("reference")
            for one in symbol.all("instances")
            for project in one.all("project")
            for each in project.all("path")
        ]
        names = placed or sorted(renamed.get(symbol.text("uuid"), ())) or [fields.get("Reference", "")]
        flags = {"dnp"} if symbol.text("dnp") == "yes" else set()
        flags |= {"exclude_from_bom"} if symbol.text("in_bom") == "no" else set()
        said = fields.get("Description") or fields.get("ki_description", "")
        for name in dict.fromkeys(names):
            if name and not name.startswith("#"):
                place = f"{where} line {symbol.line}"
                texts = (name, fields.get("Value", ""), fields.get("Footprint", ""), said)
                yield _Symbol(place, *texts, fields, frozenset(flags)).line()


def _below(root: Node, sheet: Path, folder: Path) -> list[Path]:
    """Return the files of the sheets below; one outside the folder of the board is refused."""
    found = []
    for each in root.all("sheet"):
        names = {field.first.casefold().replace(" ", ""): field.second for field in each.all("property")}
        file = names.get("sheetfile", "")
        below = (sheet.parent / file).resolve()
        if not file or folder not in below.parents or not below.is_file():
            raise Unreadable(
                f"{sheet.name} line {each.line}: its sheet '{file}' does not lie in the folder of the board; put it there"
            )
        found.append(below)
    return found


@dataclass(frozen=True)
class _Symbol:
    """What KiCad says of one place on the board: designator, value, footprint, description, fields and flags."""

    place: str
    ref: str
    value: str
    footprint: str
    said: str
    fields: Mapping[str, str]
    flags: frozenset[str]

    def line(self) -> Line:
        """Return it as a line: number and maker from the fields that hold them, other fields beside."""
        known: dict[Role, str] = {}
        more: dict[str, str] = {}
        for name, text in self.fields.items():
            role = ROLES.get(squeezed(name))
            if not _stated(text) or name.casefold() in HIDDEN:
                continue
            if role in (Role.NUMBER, Role.MAKER, Role.LEFT_OUT):
                known.setdefault(role, text.strip())
            else:
                more[" ".join(name.split())] = " ".join(text.split())
        return Line(
            self.place, number=known.get(Role.NUMBER, ""), maker=known.get(Role.MAKER, ""), value=_stated(self.value),
            footprint=_stated(self.footprint), description=_stated(self.said), designators=(self.ref,),
            absent=self._absent(known.get(Role.LEFT_OUT, "no")), more=more,
        )  # fmt: skip

    def _absent(self, marked: str) -> str:
        if self.flags:
            return f"KiCad marks it {min(self.flags)}"
        return left_out(self.value) if marked.casefold() in ("0", "no", "false") else "its fields say so"


def _stated(text: str) -> str:
    """Return a text; a tilde is KiCad's blank."""
    return "" if text.strip() == "~" else text.strip()


def _text(found: bytes, where: str) -> str:
    try:
        return decoded(found)
    except ValueError as error:
        raise Unreadable(f"{where}: is not UTF-8 text, as KiCad writes it; is it whole?") from error
