"""`outwork copy`: a programme of Outwork's own, with its plan, from one kind of place to another."""

from __future__ import annotations

from typing import Annotated

import typer

from outwork import store


def copy(
    source: Annotated[str, typer.Argument(help="Programme to read: folder, workbook, .outwork file or postgresql:// address.")],
    target: Annotated[str, typer.Argument(help="Where to write it; what is there of a programme is replaced.")],
) -> None:
    """Write a programme, with the results of its plan, to another place, such as a workbook from a folder."""
    programme = store.read(source).tables()
    store.save(programme, target, store.load_results(source))
    typer.echo(f"{target}: written; {sum(frame.height for frame in programme.tables.values()):,} rows as in {source}")
