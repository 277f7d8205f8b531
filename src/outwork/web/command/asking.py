"""Passwords at the terminal, or for scripts from standard input."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from outwork.model.errors import Unreadable
from outwork.web.security.passwords import Passwords, weakness
from outwork.web.settings import Hashing
from outwork.web.texts import texts

Programme = Annotated[str, typer.Argument(metavar="P", help="Programme: an .outwork file or a PostgreSQL address.")]


def hashed_password(account: str, name: str, given: str = "") -> str:
    """Return the hash of a password for an account.

    Args: given, the password where it is known already; else it is asked for at a terminal, or is the next line of standard
    input. Unreadable where it is too weak.
    """
    password = given or _asked(account)
    if weak := weakness(password, account, name):
        raise Unreadable(f"account '{account}': {texts('en')(weak)}")
    return asyncio.run(_hashed(password))


def _asked(account: str) -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(f"Password for {account}", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


async def _hashed(password: str) -> str:
    passwords = Passwords(Hashing())
    try:
        return await passwords.hashed(password)
    finally:
        passwords.close()
