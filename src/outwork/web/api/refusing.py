"""How errors of a change are told to a program: by cell, and never more than the asker may know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from outwork.model.errors import InvalidProgramme
from outwork.store.exchange.edit import Forbidden
from outwork.store.service import Other, Stale, stamp
from outwork.web.cells import plain, plain_row
from outwork.web.edits import faults_of
from outwork.web.problems import Problem, Refused

MOST = 200
"""Faults that one answer names; whoever mends them asks again."""


@contextmanager
def wrong() -> Iterator[None]:
    """Tell faults of what was asked, changes that are not the asker's to make, and rows that somebody else has changed."""
    try:
        yield
    except InvalidProgramme as error:
        raise Refused(
            Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "problem.asked_wrong", faults=tuple(faults_of(error)[:MOST]))
        ) from error
    except Forbidden as error:
        told = {"table": error.table, **({"key": [plain(value) for value in error.key]} if error.key else {})}
        raise Refused(Problem(HTTPStatus.FORBIDDEN, "problem.forbidden", faults=(told,))) from error
    except Stale as error:
        raise Refused(Problem(HTTPStatus.CONFLICT, "problem.stale", faults=tuple(map(conflict, error.others)))) from error


def conflict(other: Other) -> dict[str, Any]:
    """Return a row as it stands now, with the stamp of that, and who made it so."""
    return {
        "table": other.table,
        "key": [plain(value) for value in other.key],
        "row": None if other.now is None else plain_row(other.now),
        "stamp": stamp(other.now),
        "by": "" if other.act is None else other.act.account,
        "when": "" if other.act is None else other.act.at,
    }
