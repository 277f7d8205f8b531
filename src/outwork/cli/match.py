"""`outwork match`: who could make it, with whom, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from outwork import match as matcher
from outwork import store
from outwork.cli.answers import keep, say
from outwork.match import explain
from outwork.match.consortium.wish import Wish
from outwork.match.judging.matched import matched
from outwork.match.rematch import rematch, revised
from outwork.model.errors import UnknownName
from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.matching import Alias
from outwork.store import taxonomy

EQUALS = "="


def match(
    programme: Annotated[str, typer.Argument(metavar="P", help="Folder, workbook, .outwork file or PostgreSQL URL.")],
    design: Annotated[str | None, typer.Option(help="Item for which consortia are sought; else each that is demanded.")] = None,
    site: Annotated[str | None, typer.Option(help="Tell of this site what it is for, and what it could get.")] = None,
    near: Annotated[int, typer.Option(min=0, help="Needs that may fail for a site to be told of as near.")] = 1,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day before which no work can be done.")] = None,
    days: Annotated[float | None, typer.Option(min=0, help="Days within which a consortium has to be done.")] = None,
    firms: Annotated[int | None, typer.Option(min=1, help="Most firms of a consortium.")] = None,
    nations: Annotated[int | None, typer.Option(min=1, help="Most nations of a consortium.")] = None,
    nation: Annotated[list[str] | None, typer.Option(help="A nation that takes part; may be repeated.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="A site that takes no part; may be repeated.")] = None,
    confirm: Annotated[
        list[str] | None, typer.Option(metavar="WORDS=PROCESS", help="Words that mean a process; kept with the programme.")
    ] = None,
    by: Annotated[str, typer.Option(help="Person who confirms the words.")] = "",
    against: Annotated[
        str | None, typer.Option(metavar="P", help="Tell which sites drop out or come in compared with this programme.")
    ] = None,
    revisions: Annotated[
        tuple[str, str, str] | None,
        typer.Option(metavar="ITEM OLD NEW", help="Tell which sites drop out or come in between two revisions of a design."),
    ] = None,
    laid_over: Annotated[
        Path | None, typer.Option("--taxonomy", metavar="FOLDER", help="Taxonomy files that replace or add to those shipped.")
    ] = None,
    to: Annotated[
        str | None, typer.Option(help="Where to write the programme with its possible qualifications for plan, and the answer.")
    ] = None,
) -> None:
    """Find who could make the designs of a programme, with whom, and what is missing."""
    tables = store.load(programme)
    vocabulary = matcher.Vocabulary.read(taxonomy.texts(laid_over))
    tables = _confirmed(tables, vocabulary, programme, confirm or (), by)
    start = day and day.date()
    if revisions is not None or against is not None or site is not None:
        found = matched(tables, vocabulary.of(tables), near, start)
        if revisions is not None:
            say(explain.changes(revised(tables, found, *revisions)))
        elif against is not None:
            other = store.load(against)
            say(explain.changes(rematch(matched(other, vocabulary.of(other), near, start), found)))
        else:
            say(explain.site(found, tables, site or ""))
        return
    wish = Wish(days=days, firms=firms, nations=nations, required=tuple(nation or ()), excluded=tuple(without or ()))
    result = matcher.run(tables, matcher.Options(design, start, near, wish=wish), vocabulary)
    keep(result, programme, to)
    typer.echo(result.summary())


def _confirmed(tables: Programme, vocabulary: matcher.Vocabulary, place: str, words: Iterable[str], person: str) -> Programme:
    """Return the programme with the words that a person has confirmed, which are written where the programme is."""
    rows = [_alias(each, vocabulary, person) for each in words]
    if not rows:
        return tables
    known = tables["aliases"].filter(~pl.col("text").is_in([row.text for row in rows]))
    grown = tables.replace(aliases=pl.concat([known, from_rows(BY_NAME["aliases"], rows)]))
    store.save(grown, place, store.load_results(place))
    return grown


def _alias(text: str, vocabulary: matcher.Vocabulary, person: str) -> Alias:
    """Return the row of WORDS=PROCESS. UnknownName where it is not that, or the taxonomy has no such process."""
    words, equals, process = (part.strip() for part in text.partition(EQUALS))
    if not equals or not words:
        raise UnknownName(f"--confirm {text}: write words and their process, such as --confirm kastenbouw='box build'")
    if not person.strip():
        raise UnknownName(f"--confirm {text}: that words mean a process is confirmed by a named person; add --by NAME")
    code = vocabulary.recogniser.taxonomy[process].code
    return Alias(text=words, process=code, confirmed_by=person.strip(), confirmed_on=datetime.now(UTC).date())
