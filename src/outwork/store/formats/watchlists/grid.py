"""Grid: a CSV file of a list, read row by row; a header that is not the one expected, or a row that is cut off, ends it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outwork.model.errors import Unreadable
from outwork.model.nearest import nearest
from outwork.store.delimited import decoded


@dataclass(frozen=True)
class Grid:
    """A CSV file: where it is, its text, its separator and its header."""

    where: str
    text: str
    separator: str
    header: tuple[str, ...]

    def needs(self, columns: Sequence[str]) -> None:
        """Unreadable where one of the columns is not there."""
        missing = [each for each in columns if each not in self.header]
        if missing:
            like = nearest(missing[0], self.header)
            hint = f"; is it '{like}'?" if like else ""
            raise Unreadable(
                f"{self.where} line 1: column '{missing[0]}' is missing{hint}; this is not the list that it should be"
            )

    def knows(self, columns: Sequence[str]) -> None:
        """Unreadable where the file has a column beyond these."""
        for each in self.header:
            if each not in columns:
                like = nearest(each, columns)
                hint = f"; did you mean '{like}'?" if like else f"; there are {', '.join(columns)}"
                raise Unreadable(f"{self.where} line 1: column '{each}' is unknown{hint}")

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield line and cells of each row. Unreadable at a row of another width, or a quoted cell that does not end."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator, strict=True)
        line = 1
        try:
            for at, row in enumerate(reader):
                if at and any(row):
                    if len(row) != len(self.header) and any(row[len(self.header) :] or [len(row) < len(self.header)]):
                        raise Unreadable(
                            f"{self.where} line {line}: has {len(row)} cells where the header has {len(self.header)};"
                            " the file is cut off or damaged; fetch it again"
                        )
                    yield line, {name: cell.strip() for name, cell in zip(self.header, row, strict=False)}
                line = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(
                f"{self.where} line {line}: a quoted cell does not end; the file is cut off; fetch it again"
            ) from error


def grid(content: bytes, where: str) -> Grid:
    """Return a CSV file. Unreadable where it is no text."""
    try:
        text = decoded(content)
    except ValueError as error:
        raise Unreadable(f"{where}: is neither UTF-8, UTF-16 nor Windows-1252 text; fetch it again") from error
    first = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=first.count)
    header = next(csv.reader([first], delimiter=separator), [])
    return Grid(where, text, separator, tuple(cell.strip() for cell in header))
