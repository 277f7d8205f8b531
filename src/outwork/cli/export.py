"""`outwork export`: designs, sites and bills of material of a programme as files for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outwork import store
from outwork.cli.convert import tell
from outwork.store.formats.export import Outward, save
from outwork.store.formats.export import export as exported


def export(
    programme: Annotated[str, typer.Argument(metavar="P", help="The programme.")],
    form: Annotated[Outward, typer.Argument(metavar="FORMAT", help="okh or bom for designs, okw or catenax for sites.")],
    to: Annotated[Path, typer.Argument(metavar="TO", help="Folder in which the files are written.")],
    only: Annotated[list[str] | None, typer.Option(help="Write this item or site alone; repeat for more.")] = None,
    losses: Annotated[Path | None, typer.Option(help="CSV file to list in full what the files do not hold.")] = None,
) -> None:
    """Write designs or sites for other systems: Open Know-How, Open Know-Where, Catena-X, bills of material."""
    found = exported(store.read(programme).tables(), form, only or ())
    save(found, to)
    typer.echo(f"{to}: {len(found.files):,} files written, such as {next(iter(found.files))}")
    tell(found.losses, losses)
