"""The command `outwork`: which verbs there are, and what a failure looks like.

A new verb is a function in a file of its own, and a line in `VERBS`.

Exit status: 0 done; 1 it could not be done; 2 what was given cannot be used, and the message says where and why.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup

from outwork.cli import (
    apply,
    certify,
    check,
    clear,
    convert,
    copy,
    demo,
    diff,
    export,
    guard,
    match,
    plan,
    reference,
    replan,
    screen,
    template,
)
from outwork.model.errors import InvalidProgramme, InvalidRules, OutworkError, UnknownName, Unreadable

VERBS: Final = (
    demo.demo,
    match.match,
    plan.plan,
    clear.clear,
    replan.replan,
    screen.screen,
    certify.certify,
    check.check,
    convert.convert,
    export.export,
    copy.copy,
    diff.diff,
    apply.apply,
    template.template,
    reference.reference,
)
UNUSABLE: Final = (InvalidProgramme, InvalidRules, Unreadable, UnknownName)


LATE: Final = {
    "watch": "outwork.cli.watch",
    "serve": "outwork.web.command.serve",
    "account": "outwork.web.command.account",
    "audit": "outwork.web.command.audit",
}
"""Verbs whose rooms take a second to load, which nobody else is to wait for."""


class Verbs(TyperGroup):
    """The verbs, each of whose failures becomes a message and an exit status."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all verbs."""
        return [*super().list_commands(ctx), *LATE]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a verb, loaded first where that is late."""
        if cmd_name in LATE:
            return typer.main.get_command(import_module(LATE[cmd_name]).app)
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: Any) -> Any:
        """Run the verb that was named."""
        try:
            return super().invoke(ctx)
        except OutworkError as error:
            typer.echo(error, err=True)
            raise typer.Exit(2 if isinstance(error, UNUSABLE) else 1) from error


app: Final = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Plans how allied countries make, pay for, permit, improve and share their drone defence together.",
)
for verb in VERBS:
    app.command()(verb)
app.add_typer(guard.app, name="guard")
