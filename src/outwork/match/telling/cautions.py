"""Words in the tables that nobody knows: they are compared letter by letter, and perhaps mean something that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import polars as pl

from outwork.match.judging.needs import UNSAID
from outwork.match.terms.order import Order
from outwork.match.terms.spelling import parts, plain
from outwork.match.terms.terms import Terms
from outwork.model.nearest import nearest
from outwork.model.outcome import Pointer, Reason
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME

TOLD = 5
"""So many rows are pointed to for one word."""
Known = Callable[[str], bool]


def cautions(programme: Programme, terms: Terms) -> tuple[Reason, ...]:
    """Return a reason for every process, material, class and certificate scheme that the taxonomy does not have."""
    return (*_processes(programme, terms), *_materials(programme, terms.materials), *_schemes(programme, terms.schemes),
            *_classes(programme, terms))  # fmt: skip


def _processes(programme: Programme, terms: Terms) -> Iterator[Reason]:
    """Processes that are asked for or offered. A machine that is known needs no words."""
    listed = programme["listings"]
    known = {text for text in {*listed["machine"], *listed["text"]} if text and terms.words.machine(text)}
    silent = listed.filter(~pl.col("machine").is_in(list(known)), ~pl.col("text").is_in(list(known)))
    by_process = ("operations", "resources", "capabilities")
    columns = [*((name, programme[name], "process") for name in by_process), ("listings", silent, "text")]
    texts = list(dict.fromkeys(text for _, frame, column in columns for text in frame[column].unique().sort()))
    unread = {text for text, code in zip(texts, terms.words.resolve(texts), strict=True) if code is None and plain(text)}
    for name, frame, column in columns:
        for text in sorted(unread & set(frame[column])):
            yield _reason("process", name, frame.filter(pl.col(column) == text), text, _near_process(text, terms))


def _near_process(text: str, terms: Terms) -> str:
    return "" if plain(text) in UNSAID else terms.words.nearest(text)


def _materials(programme: Programme, materials: Order) -> Iterator[Reason]:
    for name, column in (("operations", "material"), ("capabilities", "materials")):
        yield from _words("material", programme, name, column, materials)


def _schemes(programme: Programme, schemes: Order) -> Iterator[Reason]:
    for name, column in (("operations", "certificates"), ("certificates", "scheme")):
        yield from _words("certificate", programme, name, column, schemes)


def _classes(programme: Programme, terms: Terms) -> Iterator[Reason]:
    for name in ("operations", "capabilities"):
        frame = programme[name]
        for text in _unknown(frame["quality_class"], terms.classes.knows):
            rows = frame.filter(pl.col("quality_class").str.contains(text, literal=True))
            yield _reason("class", name, rows, text, nearest(text, terms.classes.named))


def _words(kind: str, programme: Programme, name: str, column: str, order: Order) -> Iterator[Reason]:
    frame = programme[name]
    for text in _unknown(frame[column], order.knows):
        yield _reason(kind, name, frame.filter(pl.col(column).str.contains(text, literal=True)), text, order.nearest(text))


def _unknown(cells: Iterable[str | None], known: Known) -> list[str]:
    """Return the words of cells, without brackets, that nobody knows."""
    words = {part.partition("[")[0].strip() for cell in set(cells) for part in parts(cell)}
    return sorted(word for word in words if word and not known(word))


def _reason(kind: str, table: str, rows: pl.DataFrame, text: str, near: str) -> Reason:
    key = BY_NAME[table].key
    pointers = tuple(Pointer(table, tuple(map(str, row))) for row in rows.select(key).sort(key).head(TOLD).iter_rows())
    asked = table == "operations"
    what = f"asked for by {rows.height:,}" if asked else f"in {rows.height:,}"
    told = f"{what} row{'s' if rows.height > 1 else ''} of {table}"
    unsaid = kind == "process" and plain(text) in UNSAID
    sentence = f"what process it is, nobody has said, {told}" if unsaid else f"{kind} '{text}', {told}, is not in the taxonomy"
    outcome = "so the designer has to say what it is" if asked and kind == "process" else "so it equals only the same words"
    hint = f"; did you mean '{near}'?" if near else ""
    return Reason(f"unknown {kind}", f"{sentence}, {outcome}{hint}", pointers, f"write it as '{near}'" if near else "")
