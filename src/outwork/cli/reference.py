"""`outwork reference`: what the tables and columns mean."""

from __future__ import annotations

from typing import Annotated

import typer

from outwork.model import reference as pages
from outwork.model.errors import UnknownName
from outwork.model.nearest import nearest
from outwork.model.tables import BY_NAME


def reference(
    table: Annotated[str | None, typer.Argument(help="Table to explain; all of them where none is named.")] = None,
) -> None:
    """Say what a table is for and what its columns mean, with units, defaults and rules."""
    if table is None:
        typer.echo(pages.page())
        return
    if table not in BY_NAME:
        near = nearest(table, BY_NAME)
        raise UnknownName(f"there is no table '{table}'" + (f"; did you mean '{near}'?" if near else ""))
    typer.echo(pages.section(BY_NAME[table]))
