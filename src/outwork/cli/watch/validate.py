"""`outwork watch validate`: whether messages are right SAPIENT, and what is wrong with those that are not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outwork.store.formats.sapient import files


def validate(
    messages: Annotated[list[Path], typer.Argument(metavar="FILES", help="Messages: JSON, a list of them, or frames as sent.")],
) -> None:
    """Judge SAPIENT messages (BSI Flex 335 v2). Exit status 3 where one is refused; every reason names its field."""
    right = wrong = 0
    for path in messages:
        for number, judged in enumerate(files.judged(path), 1):
            where = f"{path}" if number == 1 else f"{path}, message {number}"
            for finding in judged.faults:
                typer.echo(f"{where}: {finding}")
            for finding in judged.cautions:
                typer.echo(f"{where}: caution: {finding}")
            right, wrong = right + (not judged.faults), wrong + bool(judged.faults)
    typer.echo(f"{right + wrong:,} messages: {right:,} right, {wrong:,} refused")
    if wrong:
        raise typer.Exit(3)
