"""`outwork audit`: what was written and decided, and whether the chain of records holds."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, Final

import typer

from outwork.model.chain import Head
from outwork.model.errors import Unproven, Unreadable
from outwork.store.service import Desk
from outwork.store.service.audit import Wanted, broken, found, head
from outwork.web.command.asking import Programme

app: Final = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="See what was written and decided, and whether the record of it was altered.",
)


@app.command()
def verify(
    programme: Programme,
    noted: Annotated[
        str, typer.Option(metavar="N:DIGEST", help="An earlier end of the audit, noted elsewhere; it has to be in it.")
    ] = "",
) -> None:
    """Follow the chain of records and print its end, which you note where nobody who writes the programme can write."""
    earlier = _noted(noted) if noted else None
    with closing(Desk.open(programme)) as desk, desk.reading() as connection:
        fault, end = broken(connection, earlier), head(connection)
    if fault is not None:
        raise Unproven(
            f"audit record {fault.number}: {fault.why}; keep a copy of the database as it is, and find out who wrote it"
        )
    typer.echo(f"{end.records:,} records, each as it was written")
    typer.echo(f"{end.records}:{end.digest}")


@app.command()
def show(
    programme: Programme,
    account: Annotated[str, typer.Option(help="Only what this account did.")] = "",
    kind: Annotated[str, typer.Option(help="Only acts of this kind.")] = "",
    subject: Annotated[str, typer.Option(help="Only what was done to things whose name begins so.")] = "",
    since: Annotated[str, typer.Option(metavar="DAY", help="From this day on.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Up to this day.")] = "",
    most: Annotated[int, typer.Option(min=1, help="So many, the newest.")] = 50,
) -> None:
    """Print records, the newest last."""
    with closing(Desk.open(programme)) as desk, desk.reading() as connection:
        records = found(connection, Wanted(account, kind, subject, since, until), most)
    for record in reversed(records):
        act = record.entry
        typer.echo("  ".join([str(record.number), act.at, act.account, act.kind, act.subject, act.detail]).rstrip())


def _noted(text: str) -> Head:
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:  # noqa: PLR2004 - hexadecimal digits of SHA-256
        raise Unreadable(f"--noted {text}: is not N:DIGEST as `outwork audit verify` prints it")
    return Head(int(number), digest)
