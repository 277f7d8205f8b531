"""`outwork apply`: a scenario made of a base and its changes."""

from __future__ import annotations

from typing import Annotated

import typer

from outwork import store
from outwork.store import changes


def apply(
    base: Annotated[str, typer.Argument(help="Programme that is changed; it stays as it is.")],
    overlay: Annotated[str, typer.Argument(help="Folder of changes, as `outwork diff --to` writes it.")],
    to: Annotated[str, typer.Argument(help="Where to write the changed programme.")],
) -> None:
    """Apply changes to a programme and write the outcome to another place."""
    programme = store.read(base).tables()
    changed = changes.load(overlay)
    store.save(store.apply(programme, changed), to)
    rows = sum(frame.height for frame in changed.tables.values())
    typer.echo(f"{to}: written; {base} with {rows:,} rows added, changed or removed")
