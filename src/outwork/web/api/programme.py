"""The programme as a whole, and what verbs answered, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from fastapi import APIRouter
from starlette.responses import Response

from outwork.model.outcome import Reason
from outwork.model.tables import ANSWERS
from outwork.store.service import told
from outwork.store.service.told import Told
from outwork.store.sight import View, reason_seen
from outwork.web.api.answering import JSON, as_json, kept, problems
from outwork.web.api.tables import MARKED
from outwork.web.cells import plain_row
from outwork.web.desk import Present
from outwork.web.problems import NOT_FOUND, Refused

router = APIRouter(prefix="/api", tags=["programme"])

Verb = Literal["match", "plan", "clear", "screen", "certify", "watch", "coverage"]
SHAPE: dict[str, Any] = {JSON: {"schema": {"type": "object"}}}


@router.get(
    "/programme",
    summary="The programme, and who you are in it",
    responses={200: {"headers": MARKED, "content": SHAPE}, **problems(304)},
)
def programme(here: Present) -> Response:
    """Return the settings that you see and who you are.

    `version` counts the writes so far; it is null for who does not see the whole, since it would tell when others write.
    """
    rows = here.view["settings"].to_dicts() if "settings" in here.view else []
    asker = here.asker
    found = {
        "settings": plain_row(rows[0]) if rows else None,
        "version": here.snapshot.version if here.view.whole else None,
        "asker": {"account": asker.account, "role": asker.role.value, "party": asker.party, "nation": asker.nation},
    }
    return kept(here.request, as_json(found), JSON)


@router.get(
    "/answers/{verb}",
    summary="How a verb ended and why",
    responses={200: {"headers": MARKED, "content": SHAPE}, **problems(304, 404, 422)},
)
def answer(verb: Verb, here: Present) -> Response:
    """Return what a verb last said of the programme: how it ended, the reasons that you may read, and its tables.

    Sentence, cost and bound speak of the whole, and are for who sees it.
    """
    with here.desk.reading() as connection:
        last = told.all_of(connection).get(verb)
    if last is None:
        raise Refused(NOT_FOUND)
    return kept(here.request, as_json(_told(last, here.view)), JSON)


def _told(last: Told, view: View) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    if view.whole:
        outcome = asdict(last.outcome)
        whole = {"sentence": outcome["sentence"], "cost": outcome["cost"], "bound": outcome["bound"], "version": last.version}
    return {
        "verb": last.verb,
        "at": last.at,
        "status": last.outcome.status.value,
        **whole,
        "why": [_reason(reason) for reason in last.why if reason_seen(reason, view)],
        "tables": [table.name for table in ANSWERS[last.verb] if table.name in view],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    rows = [{"table": each.table, "key": list(each.key)} for each in reason.rows]
    said = {"code": reason.code, "sentence": reason.sentence, "rows": rows}
    return {**said, "change": reason.change, "amount": reason.amount, "unit": reason.unit}
