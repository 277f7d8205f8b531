"""`outwork account`: who may sign in, from the terminal of the machine on which the programme lies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final

import typer

from outwork.model.asker import Role
from outwork.store.service import Desk, accounts, sessions
from outwork.store.service.accounts import Account
from outwork.store.service.audit import TERMINAL
from outwork.web.command.asking import Programme, hashed_password

app: Final = typer.Typer(add_completion=False, no_args_is_help=True, help="Say who may sign in to the service of a programme.")
Key = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Key of the account.")]
Party = Annotated[str, typer.Option(help="Party for which they act.")]
Nation = Annotated[str, typer.Option(help="Nation for which they act.")]
Subject = Annotated[str, typer.Option(metavar="'ISSUER SUB'", help="Who they are at the sign-in provider.")]


@app.command()
def add(
    programme: Programme,
    account: Key,
    role: Annotated[Role, typer.Option(help="What they do in the programme.")],
    name: Annotated[str, typer.Option(help="How people know them; the account's key where it is left out.")] = "",
    party: Party = "",
    nation: Nation = "",
    subject: Subject = "",
    administrator: Annotated[bool, typer.Option("--administrator", help="They look after accounts.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Add an account; its password is asked for, or is a line of standard input. With --subject it has none."""
    password = "" if subject else hashed_password(account, name)
    new = Account(account, name or account, role, party, nation, password, subject or None, administrator)
    with _desk(programme) as desk, desk.writing(TERMINAL) as writing:
        accounts.add(writing, new)
    typer.echo(f"added {account}: {role}")


@app.command("list")
def list_all(programme: Programme) -> None:
    """Print every account."""
    with _desk(programme) as desk, desk.reading() as connection:
        found = accounts.every(connection)
    for each in found:
        marks = [*(["administrator"] if each.administrator else []), *(["closed"] if each.closed else [])]
        typer.echo("  ".join([each.account, each.name, each.role, each.party or "-", each.nation or "-", *marks]))


@app.command()
def close(programme: Programme, account: Key) -> None:
    """Close an account and sign its owner out everywhere."""
    _change(programme, account, closed=True)
    typer.echo(f"closed {account}")


@app.command("open")
def reopen(programme: Programme, account: Key) -> None:
    """Open a closed account again."""
    _change(programme, account, closed=False)
    typer.echo(f"opened {account}")


@app.command()
def password(programme: Programme, account: Key) -> None:
    """Give an account another password and sign its owner out everywhere."""
    _change(programme, account, password=hashed_password(account, ""))
    typer.echo(f"{account} has another password")


@app.command()
def link(programme: Programme, account: Key, subject: Subject) -> None:
    """Let whom a sign-in provider names so open an account."""
    _change(programme, account, subject=subject)
    typer.echo(f"linked {account}")


def _change(programme: str, account: str, **changes: Any) -> None:
    with _desk(programme) as desk, desk.writing(TERMINAL) as writing:
        accounts.change(writing, account, **changes)
        if "password" in changes:
            sessions.close_others(writing, account)


@contextmanager
def _desk(programme: str) -> Iterator[Desk]:
    desk = Desk.open(programme)
    try:
        yield desk
    finally:
        desk.close()
