"""`outwork check`: is a programme sound?"""

from __future__ import annotations

from typing import Annotated

import typer

from outwork import store
from outwork.model.tables import INPUT


def check(
    programme: Annotated[str, typer.Argument(help="Folder, workbook, .outwork file or postgresql:// address.")],
) -> None:
    """Find every fault in a programme; nothing is changed."""
    found = store.load(programme)
    filled = [table.name for table in INPUT if found[table.name].height]
    rows = sum(found[name].height for name in filled)
    typer.echo(f"{programme}: sound; {rows:,} rows in {len(filled)} tables")
