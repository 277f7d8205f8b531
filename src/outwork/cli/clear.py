"""`outwork clear`: may it move, under which authorisation, and what to ask first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from outwork import clear as clearer
from outwork import store
from outwork.clear import rules
from outwork.clear.explain import explain
from outwork.cli.plan import KEEPERS
from outwork.model.errors import UnknownName
from outwork.store import rulebook

EQUALS = "="


def clear(
    programme: Annotated[str, typer.Argument(metavar="P", help="Folder, workbook, .outwork file or PostgreSQL URL.")],
    explained: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            "--explain", metavar="ITEM ORIGIN DESTINATION", help="Tell of this movement every provision that was tried."
        ),
    ] = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day whose law is asked.")] = None,
    declare: Annotated[
        list[str] | None,
        typer.Option(metavar="FACT=VALUE", help="A fact of every item that does not state it; may be repeated."),
    ] = None,
    laid_over: Annotated[
        Path | None, typer.Option("--rules", help="Folder of rule files that replace or add to those shipped.")
    ] = None,
    to: Annotated[
        str | None, typer.Option(help="Where to write programme and answer; an .outwork file keeps them anyway.")
    ] = None,
) -> None:
    """Determine what of a programme may move across borders, under which authorisation, and what to ask first."""
    tables = store.load(programme)
    standings = store.load_results(programme).get("standings")
    book = rules.read(rulebook.texts(laid_over))
    options = clearer.Options(day=day and day.date(), declared=dict(_declared(each) for each in declare or ()))
    if explained is not None:
        for line in explain(tables, options, book, explained, standings):
            typer.echo(line)
        return
    result = clearer.run(tables, options, book, standings)
    if to or programme.startswith("postgresql") or programme.endswith(KEEPERS):
        if to and to != programme:
            store.save(tables, to)
        store.save_results(dict(result.tables), to or programme)
    typer.echo(result.summary())


def _declared(text: str) -> tuple[str, str]:
    """Return a fact and its value. UnknownName where the text has no sign of equality."""
    name, equals, value = text.partition(EQUALS)
    if not equals:
        raise UnknownName(f"--declare {text}: write a fact and its value, such as --declare 'us origin=no'")
    return name.strip(), value.strip()
