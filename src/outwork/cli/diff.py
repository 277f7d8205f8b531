"""`outwork diff`: what one programme changes in another."""

from __future__ import annotations

from typing import Annotated

import typer

from outwork import store
from outwork.store import changes


def diff(
    base: Annotated[str, typer.Argument(help="Programme to compare with.")],
    other: Annotated[str, typer.Argument(help="Programme that may differ from it.")],
    to: Annotated[str | None, typer.Option(help="Folder to write the changes to, for `outwork apply`.")] = None,
) -> None:
    """Say which rows differ between two programmes, wherever each of them lives."""
    first, second = store.read(base).tables(), store.read(other).tables()
    overlay = store.diff(first, second)
    for line in store.described(first, overlay):
        typer.echo(line)
    if not overlay:
        typer.echo("no difference")
    if to is not None:
        changes.save(overlay, to)
