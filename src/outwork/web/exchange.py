"""Files that a page gives to take away: a table of the programme, or any rows that a page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal
from urllib.parse import quote

import polars as pl
from starlette.responses import Response

from outwork.store.exchange import outward

Form = Literal["csv", "xlsx"]
MEDIA: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WRITERS: Final[Mapping[Form, Callable[[str, pl.DataFrame], bytes]]] = {
    "csv": lambda _, frame: outward.text(frame),
    "xlsx": lambda name, frame: outward.workbook({name: frame}),
}


def file(content: bytes, name: str, ending: str) -> Response:
    """Return a file to take away, under a name that may be of any script."""
    said = f"attachment; filename=\"outwork.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"
    return Response(content, media_type=MEDIA[ending], headers={"Content-Disposition": said})


def declared(name: str, frame: pl.DataFrame, form: Form) -> Response:
    """Return rows of a declared table, as they can be sent back."""
    return file(WRITERS[form](name, frame), name, form)


def report(title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], form: Form) -> Response:
    """Return any rows that a page shows, such as those under a chart. Text in them runs nowhere as a formula."""
    if form == "xlsx":
        return file(outward.report(title, headings, rows), title, form)
    columns = {str(at): [row[at] for row in rows] for at in range(len(headings))}
    frame = pl.DataFrame(columns, schema=[*columns], strict=False)
    return file(outward.text(frame.rename(dict(zip(columns, headings, strict=True)))), title, form)
