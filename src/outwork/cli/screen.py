"""`outwork screen`: one name, or every party of a programme, against lists; and the lists themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from outwork import store
from outwork.clear import screen as screening
from outwork.clear.screen.letters import shown
from outwork.clear.screen.names import Kind
from outwork.clear.screen.subjects import split
from outwork.cli.answers import keeps
from outwork.model.listed import WatchList
from outwork.store import watchlists as kept
from outwork.store.formats import watchlists

MOST_SHOWN = 10
"""Hits that are shown in full."""
WORST = {"clear": 0, "review": 3, "not screened": 3, "block": 4}
"""Exit status by what screening comes to, so that a script can stop; 1 and 2 say that it could not be done."""


def screen(
    name: Annotated[str | None, typer.Argument(help="Name to look for.")] = None,
    programme: Annotated[str | None, typer.Option(help="Programme whose parties, owners and directors are screened.")] = None,
    files: Annotated[list[Path] | None, typer.Option("--list", help="File of a list, besides those that are kept.")] = None,
    kind: Annotated[Kind, typer.Option(help="What bears the name.")] = Kind.UNKNOWN,
    country: Annotated[str | None, typer.Option(help="Its nations, as codes of two letters with semicolons.")] = None,
    born: Annotated[str | None, typer.Option(help="Date or year of birth.")] = None,
    identifier: Annotated[str | None, typer.Option(help="Its numbers in registers, with semicolons.")] = None,
    load: Annotated[Path | None, typer.Option(help="File of a list to take in and keep.")] = None,
    called: Annotated[str | None, typer.Option("--as", help="Name under which it is kept; else that of the file.")] = None,
    accept: Annotated[str, typer.Option(help="Why a list that has lost most of its entries is right.")] = "",
    lists: Annotated[Path, typer.Option(envvar="OUTWORK_LISTS", help="Folder of the lists that are kept.")] = Path("lists"),
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day on which it is done; else today.")] = None,
    review: Annotated[float, typer.Option(help="Score from which a person must look.")] = 0.5,
    block: Annotated[float, typer.Option(help="Score from which a party is closed.")] = 0.7,
    stale: Annotated[int, typer.Option(help="Days after which a list clears nobody.")] = 30,
) -> None:
    """Look whether a name, or anybody in a programme, stands on a list; say how near and why."""
    day = on.date() if on else datetime.now(UTC).date()
    if load is not None:
        typer.echo(_loaded(kept.load(load, lists, called or _named(load), day, accepted=accept), day))
        return
    if (name is None) == (programme is None):
        raise typer.BadParameter("give a name to look for, or --programme P, or --load FILE")
    options = _options(day, review, block, stale)
    pooled = [*kept.held(lists), *(watchlists.read(each, _named(each), _made(each)) for each in files or [])]
    if name is not None:
        subject = screening.Subject(name, kind, split((country or "").upper()), split(identifier), split(born))
        _show(screening.one(subject, pooled, options), pooled, day)
    elif programme is not None:
        result = screening.run(store.read(programme).tables(), pooled, options)
        if keeps(programme):
            store.save_results(dict(result.tables), programme)
        _show(result, pooled, day)


def _options(day: date, review: float, block: float, stale: int) -> screening.Options:
    try:
        return screening.Options(day, review=review, block=block, stale_days=stale)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _show(result: screening.Result, lists: list[WatchList], day: date) -> None:
    """Print lists, standings and hits, and end with the worst status."""
    typer.echo("\n".join([*_states(lists, day), result.summary(), *_hits(result)]))
    worst = max((WORST[each.status] for each in result.standings.values()), default=0)
    if worst:
        raise typer.Exit(worst)


def _states(lists: list[WatchList], day: date) -> Iterator[str]:
    for each in lists:
        yield _loaded(each, day)


def _loaded(found: WatchList, day: date) -> str:
    """Say what a list holds, how old it is and what is wrong with it."""
    if found.damage:
        return f"{found.name}: {found.damage}"
    said = f"{found.name}: {found.entries.height:,} entries, state of {found.state}, {_days(found.age(day))} old"
    return "\n".join([said, *(f"  {fault}" for fault in found.faults)])


def _days(count: int) -> str:
    return f"{count:,} day" + ("" if count == 1 else "s")


def _hits(result: screening.Result) -> Iterator[str]:
    """Yield the hits, nearest first, each with what raised and lowered its score."""
    hits = result.tables["hits"].sort("score", descending=True, maintain_order=True)
    for row in hits.head(MOST_SHOWN).iter_rows(named=True):
        subject, listed = shown(row["subject"]), shown(row["listed_name"])
        yield f"\n{row['score']:.2f} {row['verdict']}: '{subject}' ({row['role']}) is near '{listed}'"
        yield f"  {row['watchlist']}, entry {row['entry']}" + (f": {row['programmes']}" if row["programmes"] else "")
        yield from (f"  {sentence}" for sentence in row["why"].split("; "))
        yield f"  records: ours {row['record']}, the list's {row['listed']}"
        if row["decided"]:
            yield f"  {row['decided']}"
    if hits.height > MOST_SHOWN:
        yield f"\n... and {hits.height - MOST_SHOWN:,} more hits; table hits has all of them"


def _named(path: Path) -> str:
    """Return a name for a list out of that of its file."""
    stem = path.name.lower().split(".", 1)[0]
    return "-".join("".join(each if each.isascii() and each.isalnum() else " " for each in stem).split()) or "list"


def _made(path: Path) -> date:
    """Return the day on which a file was last written; Unreadable comes later where it is not there."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date() if path.exists() else date(1970, 1, 1)
