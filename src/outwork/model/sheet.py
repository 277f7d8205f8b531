"""Files of rules or words that are plain tables (CSV), read cell by cell; whatever is wrong is noted with its line."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar, cast

from outwork.model.errors import Fault
from outwork.model.nearest import nearest

BETWEEN: Final = ";"
"""What stands between the names of one cell."""
NATION: Final = re.compile(r"[A-Z]{2}")

C = TypeVar("C", bound=str)


class Unparsed(ValueError):
    """A cell that cannot be read; the text says why."""


def number(text: str) -> float:
    """Return a number written with a point or a comma before its decimals."""
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise Unparsed(f"'{text}' is not a finite number")
    return value


@dataclass(frozen=True)
class Line:
    """One row of a table while it is being read. `number` counts lines of the file from 1, the heading being the first."""

    file: str
    number: int
    cells: Mapping[str, str]
    faults: list[Fault]

    def fault(self, column: str, reason: str, near: str = "") -> None:
        """Note that a cell is wrong."""
        self.faults.append(
            Fault(self.file, reason, self.number, column, self.cells.get(column, ""), near, self.file),
        )

    def text(self, column: str) -> str:
        """Return a cell that may be empty."""
        return self.cells[column].strip()

    def needed(self, column: str) -> str:
        """Return a cell; a fault where it is empty."""
        if not self.text(column):
            self.fault(column, f"{column} is empty; every row states it")
        return self.text(column)

    def choice(self, column: str, choices: Sequence[C]) -> C:
        """Return one of several words; a fault for any other, and then the first of them."""
        value = self.text(column)
        if value in choices:
            return cast("C", value)
        self.fault(column, f"{column} '{value}' is not one of {', '.join(choices)}", nearest(value, choices))
        return choices[0]

    def names(self, column: str) -> tuple[str, ...]:
        """Return the names of a cell, in their order; a fault where one stands there twice."""
        found = tuple(each.strip() for each in self.text(column).split(BETWEEN) if each.strip())
        if len(set(found)) < len(found):
            self.fault(column, f"{column} names something twice")
        return found

    def number_of(self, column: str) -> float:
        """Return a number of 0 or more; a fault where there is none."""
        try:
            value = number(self.text(column))
        except ValueError:
            self.fault(column, f"{column} '{self.text(column)}' is not a number")
            return 0.0
        if value < 0:
            self.fault(column, f"{column} {value:g} is below 0")
        return value

    def day(self, column: str) -> date:
        """Return a date written as 2026-11-22; a fault where it is none."""
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            self.fault(column, f"{column} '{self.text(column)}' is not a date such as 2026-11-22")
            return date.min

    def nation(self, column: str, also: Iterable[str] = ()) -> str:
        """Return a nation of two capital letters, or one of the words that may stand for several."""
        value = self.text(column)
        if value not in also and not NATION.fullmatch(value):
            self.fault(column, f"{column} '{value}' is not a nation of two capital letters (ISO 3166 alpha-2)")
        return value


def lines(file: str, texts: Mapping[str, str], columns: Sequence[str], faults: list[Fault]) -> Iterator[Line]:
    """Yield the rows of a table. A file that is missing, or has other columns, is a fault and has no rows."""
    if file not in texts:
        faults.append(Fault(file, "is missing", place=file))
        return
    reader = csv.reader(io.StringIO(texts[file]), strict=True)
    try:
        heading = next(reader, [])
        if heading != list(columns):
            faults.append(_heading(file, heading, columns))
            return
        begins = reader.line_num + 1
        for row in reader:
            yield from _line(file, begins, row, columns, faults)
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file, f"is not CSV: {error}", reader.line_num, place=file))


def _line(file: str, begins: int, row: list[str], columns: Sequence[str], faults: list[Fault]) -> Iterator[Line]:
    if len(row) == len(columns):
        yield Line(file, begins, dict(zip(columns, row, strict=True)), faults)
    elif row:
        faults.append(Fault(file, f"has {len(row)} cells where the heading has {len(columns)}", begins, place=file))


def _heading(file: str, heading: Sequence[str], columns: Sequence[str]) -> Fault:
    odd = next((each for each in heading if each not in columns), "")
    reason = f"has the columns {', '.join(heading) or 'none'}; they are {', '.join(columns)}, in this order"
    return Fault(file, reason, 1, odd, odd, nearest(odd, columns) if odd else "", file)
