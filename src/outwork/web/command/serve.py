"""`outwork serve`: open a programme to everybody who works on it."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final

import typer
import uvicorn

from outwork.model.asker import Role
from outwork.model.errors import Unreadable, Unwritable
from outwork.store.service import Desk, accounts
from outwork.store.service.accounts import Account
from outwork.store.service.audit import TERMINAL
from outwork.store.service.engine import driver
from outwork.store.sight import walls
from outwork.web.app import create_app
from outwork.web.command.asking import Programme, hashed_password
from outwork.web.settings import LOCAL, Provider, Settings

app: Final = typer.Typer(add_completion=False)
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
PATIENCE: Final = 10
"""How long requests under way may still take once the service is told to end [s]."""
PASSWORD: Final = "OUTWORK_ADMINISTRATOR_PASSWORD"  # noqa: S105 - the name of a variable
SECRET: Final = "OUTWORK_PROVIDER_SECRET"  # noqa: S105 - the name of a variable


@app.command()
def serve(
    programme: Programme,
    host: Annotated[str, typer.Option(help="Address on which it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on which it listens; 0 takes a free one.")] = 8000,
    host_name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Name under which browsers reach it; may be repeated.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="Certificate for https (PEM).")] = None,
    key: Annotated[Path | None, typer.Option(help="Key of the certificate (PEM).")] = None,
    behind: Annotated[
        str, typer.Option(metavar="https", help="A proxy on this machine, before this service, speaks https with browsers.")
    ] = "",
    provider: Annotated[
        Path | None,
        typer.Option(metavar="FILE.toml", help="OpenID Connect provider that signs people in: issuer, client, name."),
    ] = None,
    administrator: Annotated[
        str, typer.Option(metavar="ACCOUNT", help=f"First administrator, whose password is in {PASSWORD} or on standard input.")
    ] = "",
) -> None:
    """Open a programme to everybody who works on it, until Ctrl-C. On the first run it asks who administers it."""
    https = certificate is not None or behind == "https"
    if host not in LOOPBACK and not https:
        said = "passwords would cross the network in the clear; add --certificate and --key, or --behind https"
        raise Unreadable(f"--host {host}: {said} where a proxy on this machine encrypts")
    names = (*(name.lower() for name in host_name or ()), *LOCAL)
    settings = Settings(names, https, provider=_provider(provider) if provider is not None else None)
    desk = Desk.open(programme)
    try:
        _build_walls(desk)
        _first_administrator(desk, administrator)
        _run(desk, settings, _listening(host, port), certificate, key)
    finally:
        desk.close()


def _build_walls(desk: Desk) -> None:
    """Build the second wall on PostgreSQL. Unreadable where the role that is connected would not be bound by it."""
    if desk.engine.dialect.name == "postgresql":
        with desk.noting() as connection:
            walls.refuse_superuser(driver(connection))
            walls.build(driver(connection))


def _first_administrator(desk: Desk, account: str) -> None:
    """Add the first administrator where there is none."""
    with desk.reading() as connection:
        if accounts.administered(connection):
            return
    if not account and not sys.stdin.isatty():
        raise Unreadable(f"nobody administers this programme yet; name --administrator, with the password in {PASSWORD}")
    key = account or str(typer.prompt("Nobody administers this programme yet. Account of the administrator"))
    name = key if account else str(typer.prompt("Their name"))
    password = hashed_password(key, name, os.environ.get(PASSWORD, ""))
    with desk.writing(TERMINAL) as writing:
        accounts.add(writing, Account(key, name, Role.OFFICE, password=password, administrator=True))


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise Unwritable(f"--host {host} --port {port}: cannot listen there ({error.strerror}); name another --port") from error


def _run(desk: Desk, settings: Settings, listening: socket.socket, certificate: Path | None, key: Path | None) -> None:
    config = uvicorn.Config(
        create_app(desk, settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    host, port = listening.getsockname()[:2]
    address = f"{'https' if certificate else 'http'}://{f'[{host}]' if ':' in host else host}:{port}/"
    typer.echo(f"open {address} in a browser; Ctrl-C ends the service")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn ends first, hands the signal on, and the desk is closed
    with suppress(KeyboardInterrupt), listening:
        uvicorn.Server(config).run(sockets=[listening])


def _provider(path: Path) -> Provider:
    """Return the provider that a file names. Unreadable where it is no such file."""
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path}: cannot be read ({error})") from error
    given.setdefault("secret", os.environ.get(SECRET, ""))
    wrong = set(given) - {"issuer", "client", "secret", "name"} | {name for name in ("issuer", "client") if not given.get(name)}
    if wrong or not all(isinstance(value, str) for value in given.values()):
        raise Unreadable(f"{path}: issuer, client, name and secret (or {SECRET}) are text; wrong: {', '.join(sorted(wrong))}")
    if not given["issuer"].startswith(("https://", "http://localhost", "http://127.0.0.1")):
        raise Unreadable(f"{path}: issuer '{given['issuer']}' is not reached by https")
    return Provider(**{"name": given["issuer"], **given})
