"""`outwork template`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outwork.model.errors import Unwritable
from outwork.model.frames import empty
from outwork.model.tables import INPUT
from outwork.store.kinds import workbook


def template(to: Annotated[Path, typer.Argument(help="Workbook to write, ending in .xlsx.")]) -> None:
    """Write a workbook with a sheet for each table: what each column means, its unit, and drop-downs for its choices."""
    if to.suffix.lower() != ".xlsx":
        raise Unwritable(f"{to}: a template is a workbook; give a name that ends in .xlsx")
    if to.exists():
        raise Unwritable(f"{to}: is there already, and a template would take its place; give another name")
    workbook.write(str(to), {table.name: empty(table) for table in INPUT})
    typer.echo(f"{to}: written; a sheet for each of {len(INPUT)} tables, bold headers must be filled in")
