"""`outwork watch`: what is flying, out of what many unlike sensors say."""

from __future__ import annotations

from typing import Final

import typer

from outwork.cli.watch import coverage, live, replay, score, validate

app: Final = typer.Typer(no_args_is_help=True, help="See what is flying, out of what many unlike sensors say.")
for command in (replay.replay, live.live, score.score, coverage.coverage, validate.validate):
    app.command()(command)
