"""`outwork guard`: technical documents, who may read them, and the log of who did. A named person answers for every step."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from outwork import store
from outwork.clear import guard as guarding
from outwork.clear import rules
from outwork.model.chain import GENESIS, Deed, Entry, Head, Record, verify
from outwork.model.errors import Unproven
from outwork.model.programme import Programme
from outwork.store import access_log, rulebook
from outwork.store.access_log import Frames

app: Final = typer.Typer(
    no_args_is_help=True, help="Share guarded documents, and keep a log of it that shows if it was altered."
)

Place = Annotated[str, typer.Argument(metavar="P", help="The programme, an .outwork file; the log is kept in it.")]
By = Annotated[str, typer.Option(help="Person who approves it and answers for it.")]
Rules = Annotated[Path | None, typer.Option("--rules", help="Folder of rule files that replace or add to those shipped.")]
On = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day to look at; without it today.")]


@app.callback()
def place(context: typer.Context, programme: Place) -> None:
    """Share guarded documents, and keep a log of it that shows if it was altered."""
    context.obj = programme


@app.command()
def share(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Name of the document.")],
    to: Annotated[str, typer.Option(help="Person who is to read it.")],
    purpose: Annotated[str, typer.Option(help="What it is needed for, as the grant states it.")],
    by: By,
    laid_over: Rules = None,
) -> None:
    """Decide whether a person may be given a document now, and log the decision; exit status 1 where it is refused."""
    now, book = datetime.now(UTC), rules.read(rulebook.texts(laid_over))
    request = guarding.Request(_named(to, "--to"), document, _named(purpose, "--purpose"), now.date())
    answers = _named(by, "--by")

    def decide(programme: Programme, results: Frames) -> Deed:
        crossed = guarding.asked(guarding.Register.of(programme), request.person, document)
        determine = guarding.heard(programme, crossed, book, request.when, results.get("standings"))
        return guarding.shared(programme, request, determine, now, answers)

    record = access_log.add(context.obj, decide)
    entry = record.entry
    said = f"may read {document} for {purpose}" + (f" until {entry.expires}" if entry.expires else "")
    typer.echo(f"{to} {said if entry.allowed else f'may not read {document} for {purpose}'} ({entry.rule}): {entry.why}")
    typer.echo(_logged(record))
    if not entry.allowed:
        raise typer.Exit(1)


@app.command()
def who(context: typer.Context, on: On = None, laid_over: Rules = None) -> None:
    """List who may read what on a day, by the grants as they stand and the rules of that day."""
    programme, standings = store.read(context.obj).tables(), store.load_results(context.obj).get("standings")
    register = guarding.Register.of(programme)
    book = rules.read(rulebook.texts(laid_over))
    determine = guarding.heard(programme, guarding.asked(register), book, _day(on), standings)
    for reader in guarding.readers(register, _day(on), determine):
        typer.echo(reader.line())


@app.command()
def owed(context: typer.Context, on: On = None) -> None:
    """List what has to be returned and deleted because a grant has ended; exit status 1 where something has."""
    found = list(guarding.owed(guarding.Register.of(store.read(context.obj).tables()), _day(on)))
    for each in found:
        typer.echo(each.line())
    if found:
        raise typer.Exit(1)
    typer.echo("nothing is owed")


@app.command()
def revoke(context: typer.Context, grant: Annotated[str, typer.Argument(help="Name of the grant.")], by: By) -> None:
    """Take a grant back from today on, and log it."""
    _changed(context.obj, grant, "revoke", _named(by, "--by"))


@app.command()
def returned(context: typer.Context, grant: Annotated[str, typer.Argument(help="Name of the grant.")], by: By) -> None:
    """Confirm that everything read under a grant was returned and deleted, and log it."""
    _changed(context.obj, grant, "return", _named(by, "--by"))


@app.command()
def log(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--verify", help="Only tell whether every record is as it was written.")] = False,  # noqa: FBT002 - a switch of the command line
    noted: Annotated[str | None, typer.Option(help="End of the log as it was noted earlier, such as 12:9f3c...")] = None,
) -> None:
    """Print the log, after checking its chain; exit status 1 where a record is not as it was written."""
    records, end = access_log.read(context.obj)
    broken = verify(records, end, None if noted is None else _head(noted))
    if broken is not None:
        raise Unproven(f"{context.obj}: record {broken.number} of the access log is not as it was written: {broken.why}")
    for record in [] if check else records:
        typer.echo(_line(record))
    typer.echo(f"{end.records:,} records, each as it was written; the log ends at {end.records}:{end.digest}")


def _changed(where: str, grant: str, how: Literal["revoke", "return"], by: str) -> None:
    """Change the row of a grant and log it, both or neither."""
    now = datetime.now(UTC)
    typer.echo(_logged(access_log.add(where, lambda programme, _: guarding.settled(programme, grant, how, now, by))))


def _line(record: Record[Entry]) -> str:
    entry = record.entry
    verdict = {"share": "may read" if entry.allowed else "may not read"}.get(entry.kind, f"{entry.kind} of")
    what = f"{verdict} {entry.document} for {entry.purpose} ({entry.rule})"
    return f"{record.number} {entry.at} {entry.person}: {what}, by {entry.by}"


def _logged(record: Record[Entry]) -> str:
    return f"logged as record {record.number}:{record.digest}"


def _head(text: str) -> Head:
    """Return the end of a log from `number:digest`."""
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != len(GENESIS):
        raise typer.BadParameter(
            "the end of a log is its number of records, a colon and the digest of the last, as log prints it"
        )
    return Head(int(number), digest)


def _named(text: str, option: str) -> str:
    """Return a text that must say something."""
    if not text.strip():
        raise typer.BadParameter(f"{option} is empty; it names who or what it is")
    return text.strip()


def _day(on: datetime | None) -> date:
    return datetime.now(UTC).date() if on is None else on.date()
