"""`outwork clear`: may it move, under which authorisation, and what to ask first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from outwork import clear as clearer
from outwork import store
from outwork.clear import changes, rules, screen
from outwork.clear.explain import explain
from outwork.cli.answers import keep, say
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
    revisions: Annotated[
        tuple[str, str, str] | None,
        typer.Option(metavar="ITEM OLD NEW", help="Tell which lanes flip between two revisions of a design."),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Tell what flips if the rule files of this folder come into force.")
    ] = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day whose law is asked.")] = None,
    declare: Annotated[
        list[str] | None,
        typer.Option(metavar="FACT=VALUE", help="A fact of every item that does not state it; may be repeated."),
    ] = None,
    laid_over: Annotated[
        Path | None, typer.Option("--rules", metavar="FOLDER", help="Rule files that replace or add to those shipped.")
    ] = None,
    fee: Annotated[float, typer.Option(min=0, help="EUR that an application for a licence costs.")] = 0.0,
    to: Annotated[
        str | None, typer.Option(help="Where to write the programme with its clearances for plan, and the answer.")
    ] = None,
) -> None:
    """Determine what of a programme may move across borders, under which authorisation, and what to ask first."""
    tables, results = store.load(programme), store.load_results(programme)
    book = rules.read(rulebook.texts(laid_over))
    options = clearer.Options(day and day.date(), dict(_declared(each) for each in declare or ()), fee)
    standings = screen.in_force(results["standings"], datetime.now(UTC).date())
    if explained is not None:
        say(explain(tables, options, book, explained, standings))
    elif revisions is not None:
        found = changes.between_revisions(tables, options, book, revisions, standings)
        say(changes.told(found, "From revision {1} to {2} of {0}".format(*revisions)))
    elif against is not None:
        other = rules.read({**rulebook.texts(laid_over), **rulebook.of_folder(against)})
        say(changes.told(changes.between_rules(tables, options, book, other, standings, results["ship"]), "By the other rules"))
    else:
        result = clearer.run(tables, options, book, standings)
        keep(result, programme, to)
        typer.echo(result.summary())


def _declared(text: str) -> tuple[str, str]:
    """Return a fact and its value. UnknownName where the text has no sign of equality."""
    name, equals, value = text.partition(EQUALS)
    if not equals:
        raise UnknownName(f"--declare {text}: write a fact and its value, such as --declare 'us origin=no'")
    return name.strip(), value.strip()
