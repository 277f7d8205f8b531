"""`outwork certify`: which requirements each revision meets, what its changes have invalidated, and by when it can be ready."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from outwork import store
from outwork.clear import certify as certification
from outwork.model.programme import Programme
from outwork.store import files, rulebook

DAY = ["%Y-%m-%d"]


def certify(
    programme: Annotated[str, typer.Argument(metavar="P", help="Folder, workbook, .outwork file or PostgreSQL URL.")],
    item: Annotated[str | None, typer.Option(help="The only item to look at.")] = None,
    revision: Annotated[
        str | None, typer.Option(help="Its only revision to look at; without it each that is not withdrawn.")
    ] = None,
    on: Annotated[datetime | None, typer.Option(formats=DAY, help="Day as of which to look; without it today.")] = None,
    evidence: Annotated[Path | None, typer.Option(help="Folder with the files of evidence, to compare their digests.")] = None,
    laid_over: Annotated[
        Path | None, typer.Option("--rules", help="Folder of rule files that replace or add to those shipped.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Write the table compliance beside the programme.")] = False,  # noqa: FBT002 - a switch of the command line
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,  # noqa: FBT002 - the same
) -> None:
    """Tell which requirements each revision meets, which evidence its changes invalidate, and by when it can be ready."""
    if revision is not None and item is None:
        raise typer.BadParameter("--revision is that of an item; name it with --item")
    tables = store.read(programme).tables()
    today = datetime.now(UTC).date() if on is None else on.date()
    options = certification.Options(today, item, revision, None if evidence is None else _digests(tables, evidence))
    result = certification.run(tables, options, certification.read(rulebook.texts(laid_over)))
    if keep:
        store.save_results(result.tables, programme)
    typer.echo(json.dumps(_told(result), default=str, indent=1) if as_json else result.summary())


def _digests(programme: Programme, folder: Path) -> dict[str, str]:
    return files.digests(folder, programme["evidence"]["file"].unique().drop_nulls().to_list())


def _told(result: certification.Result) -> dict[str, object]:
    return {
        "outcome": asdict(result.outcome),
        "made_by": asdict(result.made_by),
        "why": [asdict(reason) for reason in result.why],
        "tables": {name: frame.to_dicts() for name, frame in result.tables.items()},
    }
