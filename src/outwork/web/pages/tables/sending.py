"""Files in and out: everything that the asker sees to take away, and a file of theirs to check, look at and carry out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Form, UploadFile
from starlette.responses import Response

from outwork.model.errors import Fault, InvalidProgramme, UnknownName, Unreadable
from outwork.model.tables import INPUT
from outwork.store.exchange import drafts, edit, inward, outward
from outwork.store.exchange.edit import Forbidden
from outwork.store.exchange.inward import Rest, Upload
from outwork.store.exchange.merged import Changes
from outwork.store.overlay import ADD, CHANGE, REMOVE, Overlay, described
from outwork.store.sight import View, may_write
from outwork.web import edits, exchange
from outwork.web.desk import Here, Present
from outwork.web.problems import Problem, Refused
from outwork.web.told import told

router = APIRouter(include_in_schema=False)

LARGEST: Final = 20 << 20
"""Most bytes of a file that is sent."""
SHOWN: Final = 200
"""Changes and faults that a page shows; it says how many more there are."""
TOO_LARGE: Final = Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "problem.too_large")


@dataclass(frozen=True)
class Preview:
    """What a file would change: how many rows of each table are added, changed and removed, and the first of them in words."""

    counts: tuple[tuple[str, int, int, int], ...]
    lines: tuple[str, ...]
    more: int


@router.get("/exchange")
def begin(here: Present) -> Response:
    """Show what can be taken away, and ask for a file."""
    return _page(here)


@router.get("/exchange/programme.{form}")
def taken(form: Literal["xlsx", "zip"], here: Present) -> Response:
    """Give every table that people write, as far as the asker sees it."""
    frames = {table.name: here.view[table.name] for table in INPUT if table.name in here.view}
    writer = outward.workbook if form == "xlsx" else outward.archive
    return exchange.file(writer(frames), "programme", form)


@router.post("/exchange")
def send(
    here: Present, file: UploadFile, rest: Annotated[Rest, Form()] = Rest.STAYS, table: Annotated[str, Form()] = ""
) -> Response:
    """Check a file and keep it until its sender confirms what it would change."""
    content = file.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE)
    sent = Upload(PurePosixPath((file.filename or "file").replace("\\", "/")).name[:100], content, table)
    try:
        changes = changed(here.view, sent, rest)
    except (Unreadable, UnknownName) as error:
        return _page(here, 422, said=told(str(error), here.t, "fault"))
    except Forbidden as error:
        return _page(here, 403, said=here.t("exchange.forbidden", table=error.table))
    except InvalidProgramme as error:
        return _page(here, 422, faults=error.faults)
    if not any(each.frame.height for each in changes):
        return _page(here, said=here.t("exchange.same"))
    with here.desk.writing(here.asker) as writing:
        name = drafts.keep(
            writing.connection, here.asker.account, sent, rest, drafts.digest(changes, here.view), datetime.now(UTC)
        )
    return here.go(f"/exchange/{name}")


@router.get("/exchange/{upload}")
def preview(upload: str, here: Present) -> Response:
    """Show what a file that waits would change."""
    with here.desk.reading() as connection:
        draft = drafts.find(connection, here.asker.account, upload, datetime.now(UTC))
    return _preview(here, draft)


@router.post("/exchange/{upload}")
def confirm(upload: str, here: Present, remark: Annotated[str, Form(max_length=1_000)] = "") -> Response:
    """Carry out what was shown, in one write; where it would be something else by now, show that first."""
    with here.desk.reading() as connection:
        draft = drafts.find(connection, here.asker.account, upload, datetime.now(UTC))
    try:
        with here.desk.writing(here.asker) as writing:
            view = edits.of(here, writing.base)
            changes = changed(view, draft.sent, draft.rest)
            _refuse_other(changes, view, draft)
            proposals = edit.edit(writing, view, changes, remark or draft.sent.name)
            drafts.drop(writing.connection, here.asker.account)
            writing.audit("import", draft.sent.name, {each.table.name: each.frame.height for each in changes})
    except InvalidProgramme as error:
        return _page(here, 422, faults=error.faults) if error.faults else _changed_meanwhile(here, draft)
    except Forbidden as error:
        return _page(here, 403, said=here.t("exchange.forbidden", table=error.table))
    return here.go("/exchange", "imported_proposed" if proposals else "imported")


def changed(view: View, sent: Upload, rest: Rest) -> tuple[Changes, ...]:
    """Return what a file changes of what its sender sees.

    Unreadable where it is no file of tables, InvalidProgramme with everything that is wrong in it, Forbidden where a table of
    which it changes rows is not the sender's to write.
    """
    stored = inward.received(sent, view)
    changes = inward.proposed(stored, view, rest)
    if stored.faults:
        raise InvalidProgramme((*stored.faults, *(fault for each in changes for fault in each.faults)))
    edit.refuse(view, [each for each in changes if each.frame.height or each.faults])
    return tuple(each for each in changes if each.frame.height)


def _refuse_other(changes: Sequence[Changes], view: View, draft: drafts.Draft) -> None:
    """Raise InvalidProgramme without a fault where changes are not those that were shown."""
    if drafts.digest(changes, view) != draft.digest:
        raise InvalidProgramme(())


def previewed(view: View, changes: Sequence[Changes]) -> Preview:
    """Return what changes do, for people."""
    counts = tuple((each.table.name, _count(each, ADD), _count(each, CHANGE), _count(each, REMOVE)) for each in changes)
    told = [line for each in changes for line in _lines(view, each)]
    return Preview(counts, tuple(told[:SHOWN]), max(0, sum(each.frame.height for each in changes) - SHOWN))


def _count(changes: Changes, kind: str) -> int:
    return int((changes.frame["change"] == kind).sum())


def _lines(view: View, changes: Changes) -> Iterator[str]:
    table = changes.table
    return described(view, Overlay({table.name: changes.frame.head(SHOWN)}))


def _preview(here: Here, draft: drafts.Draft, status: int = 200, *, said: str = "") -> Response:
    changes = changed(here.view, draft.sent, draft.rest)
    shown = previewed(here.view, changes)
    return here.render("exchange_preview.html", status=status, draft=draft, preview=shown, told=said)


def _changed_meanwhile(here: Here, draft: drafts.Draft) -> Response:
    """Show what a file would change by now, in place of what its sender was shown."""
    view = edits.of(here, here.desk.snapshot())
    changes = changed(view, draft.sent, draft.rest)
    mark = drafts.digest(changes, view)
    with here.desk.writing(here.asker) as writing:
        name = drafts.keep(writing.connection, here.asker.account, draft.sent, draft.rest, mark, datetime.now(UTC))
    fresh = drafts.Draft(name, draft.sent, draft.rest, mark)
    return here.render(
        "exchange_preview.html", status=409, draft=fresh, preview=previewed(view, changes), told=here.t("exchange.stale")
    )


def _page(here: Here, status: int = 200, *, said: str = "", faults: Sequence[Fault] = ()) -> Response:
    own = [name for name in here.view if may_write(here.asker, name) is not None]
    told: dict[str, Any] = {
        "told": said,
        "faults": [str(fault) for fault in faults[:SHOWN]],
        "more": max(0, len(faults) - SHOWN),
    }
    return here.render("exchange.html", status=status, writable=own, **told)
