"""From the files of the taxonomy to a taxonomy; every fault of every file is named, and one with a fault is not used at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final, get_args

from outwork.match.words.folding import fold
from outwork.match.words.gazetteer import Grade, Machine, key
from outwork.match.words.taxonomy import Alias, Process, Taxonomy
from outwork.model.errors import Fault, InvalidRules
from outwork.model.nearest import nearest
from outwork.model.sheet import Line, lines

ABOUT: Final = "taxonomy.toml"
PROCESSES: Final = "processes.csv"
MACHINES: Final = "machines.csv"
OTHERS: Final = "others.csv"
PLAIN: Final = "plain.csv"
ALIASES: Final = "aliases"
UNKNOWN: Final = "unknown"
"""What an operation states whose process nobody knows; so nothing is called that."""
LANGUAGE: Final = re.compile(r"[a-z]{2}")
Faults = list[Fault]


def read(texts: Mapping[str, str]) -> Taxonomy:
    """Return the taxonomy that files state, path -> text. InvalidRules with every fault in them."""
    faults: Faults = []
    version, day = _about(texts, faults)
    rows = [(line, _process(line)) for line in lines(PROCESSES, texts, tuple(Process.__annotations__), faults)]
    _tree(rows, faults)
    codes = {process.code: process for _, process in rows}
    aliases = [each for file in alias_files(texts) for each in _aliases(file, texts, codes, faults)]
    machines = list(_machines(texts, codes, faults))
    others, plain = (_words(file, texts, faults) for file in (OTHERS, PLAIN))
    if faults:
        raise InvalidRules(tuple(sorted(faults, key=lambda each: (each.table, each.line or 0))))
    return Taxonomy(
        version,
        day,
        tuple(sorted(codes.values(), key=lambda each: each.code)),
        tuple(sorted(aliases, key=lambda each: (each.language, fold(each.text), each.text))),
        tuple(sorted(machines, key=lambda each: (key(each.make), key(each.model)))),
        others,
        plain,
    )


def _words(file: str, texts: Mapping[str, str], faults: Faults) -> tuple[str, ...]:
    return tuple(sorted({line.needed("text") for line in lines(file, texts, ("text", "language"), faults)}))


def alias_files(texts: Mapping[str, str]) -> list[str]:
    """Return the files of aliases, one for each language."""
    return [path for path in sorted(texts) if PurePosixPath(path).parts[:-1] == (ALIASES,) and path.endswith(".csv")]


def _about(texts: Mapping[str, str], faults: Faults) -> tuple[str, date]:
    if ABOUT not in texts:
        faults.append(Fault(ABOUT, "is missing", place=ABOUT))
        return "", date.min
    try:
        table: dict[str, Any] = tomllib.loads(texts[ABOUT])
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(ABOUT, f"is not TOML: {error}", getattr(error, "lineno", None), place=ABOUT))
        return "", date.min
    known = {"version": str, "day": date, "source": str}
    for name in sorted({*known, *table}):
        if name not in known:
            faults.append(Fault(ABOUT, f"unknown field '{name}'", nearest=nearest(name, known), place=ABOUT))
        elif type(table.get(name)) is not known[name]:
            said = "a date such as 2026-11-22, without quotes" if known[name] is date else "a text"
            faults.append(Fault(ABOUT, f"{name} is missing or is not {said}", place=ABOUT))
    return str(table.get("version", "")), table["day"] if isinstance(table.get("day"), date) else date.min


def _process(line: Line) -> Process:
    code = line.needed("code")
    if code != code.lower():
        line.fault("code", f"code '{code}' has capital letters; codes are lower-case English", code.lower())
    if code == UNKNOWN:
        line.fault("code", f"'{UNKNOWN}' stands for a process that nobody knows, and is none itself")
    return Process(code, line.text("parent"), line.needed("group"), line.needed("label"), line.needed("description"))


def _tree(rows: Sequence[tuple[Line, Process]], faults: Faults) -> None:
    """Note codes that stand twice, parents that are not there, circles, and groups that are not where the tree has them."""
    first: dict[str, int] = {}
    parent = {process.code: process.parent for _, process in rows}
    for line, process in rows:
        if process.code in first:
            line.fault("code", f"code '{process.code}' stands in line {first[process.code]} already")
        first.setdefault(process.code, line.number)
        if process.parent and process.parent not in parent:
            near = nearest(process.parent, parent)
            line.fault("parent", f"parent '{process.parent}' of '{process.code}' is not in {PROCESSES}", near)
            continue
        root = _root(process.code, parent)
        if root is None:
            line.fault("parent", f"'{process.code}' is a kind of itself, through its parents")
        elif process.group and root in parent and process.group != root:
            line.fault("group", f"group '{process.group}' of '{process.code}' is not '{root}', where its parents end", root)
    if not rows and not faults:
        faults.append(Fault(PROCESSES, "holds no process", place=PROCESSES))


def _root(code: str, parent: Mapping[str, str]) -> str | None:
    """Return where the parents of a code end; None where they run in a circle."""
    seen = {code}
    while above := parent.get(code, ""):
        if above in seen:
            return None
        seen.add(above)
        code = above
    return code


def _aliases(file: str, texts: Mapping[str, str], codes: Mapping[str, Process], faults: Faults) -> Iterator[Alias]:
    language = PurePosixPath(file).stem
    if not LANGUAGE.fullmatch(language):
        faults.append(Fault(file, f"'{language}' is not a language of two small letters (ISO 639-1)", place=file))
    meant: dict[str, tuple[str, int]] = {}
    for line in lines(file, texts, ("text", "process"), faults):
        text, code = line.needed("text"), _code(line, codes)
        folded = fold(text)
        if text and not folded:
            line.fault("text", f"alias '{text}' has no letter or digit that can be compared")
        elif folded in meant and meant[folded][0] != code:
            other, number = meant[folded]
            line.fault("text", f"alias '{text}' means '{code}' here and '{other}' in line {number}")
        meant.setdefault(folded, (code, line.number))
        yield Alias(text, code, language)


def _code(line: Line, codes: Mapping[str, Process]) -> str:
    code = line.needed("process")
    if code and code not in codes:
        line.fault("process", f"process '{code}' is not in {PROCESSES}", nearest(code, codes))
    return code


def _machines(texts: Mapping[str, str], codes: Mapping[str, Process], faults: Faults) -> Iterator[Machine]:
    columns = tuple(Machine.__annotations__)
    first: dict[tuple[str, str], int] = {}
    for line in lines(MACHINES, texts, columns, faults):
        make, model = line.needed("make"), line.text("model")
        named = key(make), key(model)
        if named in first:
            line.fault("model", f"'{make} {model}' stands in line {first[named]} already")
        first.setdefault(named, line.number)
        x, y, z, tolerance, mass = (_size(line, name) for name in ("x", "y", "z", "tolerance", "mass"))
        grade: Grade = line.choice("grade", get_args(Grade))
        yield Machine(make, model, _code(line, codes), x, y, z, tolerance, mass, grade, line.needed("source"))


def _size(line: Line, column: str) -> float | None:
    return line.number_of(column) if line.text(column) else None
