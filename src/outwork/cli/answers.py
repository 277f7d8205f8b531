"""Where the answers of verbs go: to the screen, and to where the programme is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

import polars as pl
import typer

from outwork import store
from outwork.model.outcome import MadeBy, Outcome, Reason
from outwork.model.programme import Programme
from outwork.store.service import Desk, told
from outwork.store.service.audit import TERMINAL

KEEPERS: Final = (".outwork",)
"""Ends of names of files that keep an answer beside its programme without being asked."""


class Ready(Protocol):
    """An answer with the programme as `plan` is to read it."""

    @property
    def programme(self) -> Programme:
        """The programme with what follows from the answer."""

    @property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """Output tables."""


class Told(Protocol):
    """An answer with how it came about."""

    @property
    def outcome(self) -> Outcome:
        """How it ended."""

    @property
    def why(self) -> tuple[Reason, ...]:
        """Reasons."""

    @property
    def made_by(self) -> MadeBy:
        """From what it was made."""


def keeps(place: str) -> bool:
    """Return whether answers are kept beside the programme that is there."""
    return place.startswith("postgresql") or place.endswith(KEEPERS)


def keep(answer: Ready, programme: str, to: str | None) -> None:
    """Write the programme as `plan` is to read it where that is asked for; else keep the answer where answers are kept."""
    if to is not None:
        store.save(answer.programme, to, dict(answer.tables))
    elif keeps(programme):
        store.save_results(dict(answer.tables), programme)


def tell(place: str, verb: str, answer: Told, more: Mapping[str, Any]) -> None:
    """Keep beside a programme how a verb ended and why, for those who look at it in a browser.

    Args: more, what this verb says besides.
    """
    desk = Desk.open(place)
    try:
        with desk.writing(TERMINAL) as writing:
            told.keep(writing, verb, answer.outcome, answer.why, answer.made_by, more)
            writing.audit("answer", verb, answer.outcome.sentence)
    finally:
        desk.close()


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        typer.echo(line)
