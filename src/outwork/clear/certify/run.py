"""`certify`: how every revision of every item stands with every requirement, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic

import outwork
from outwork.clear.certify.asked import Asked, asked
from outwork.clear.certify.checklist import Checklists
from outwork.clear.certify.explain import reasons, sentence
from outwork.clear.certify.history import Archive, History
from outwork.clear.certify.names import known, refuse_faults
from outwork.clear.certify.options import Options
from outwork.clear.certify.result import Readiness, Result
from outwork.clear.certify.standing import Scene, standing
from outwork.model.frames import from_rows
from outwork.model.outcome import MadeBy, Outcome, Status
from outwork.model.programme import Programme
from outwork.model.tables import BY_NAME
from outwork.model.tables.certification import Compliance, Evidence

Pieces = Mapping[tuple[str, str], Sequence[Evidence]]
"""Evidence by item and requirement."""


def run(programme: Programme, options: Options, checklists: Checklists) -> Result:
    """Return how things stand. InvalidProgramme where a table names what is not there, UnknownName where the options do."""
    begun = monotonic()
    refuse_faults(programme, checklists)
    needs = asked(programme, checklists)
    chosen = list(_chosen(programme, options, needs))
    archive, pieces = Archive.of(programme), _pieces(programme)
    rows = [
        row
        for item, revision in chosen
        for row in _rows(needs[item], archive.history(item, revision), pieces, Scene(options.today, options.digests))
    ]
    ready = tuple(Readiness(*each, tuple(row for row in rows if (row.item, row.revision) == each)) for each in chosen)
    return Result(
        Outcome(Status.DONE, sentence(ready, options.today), monotonic() - begun),
        {"compliance": from_rows(BY_NAME["compliance"], rows)},
        tuple(reasons(rows)),
        MadeBy(outwork.__version__, options.told(), 0, programme.digest),
        ready,
    )


def _chosen(programme: Programme, options: Options, needs: dict[str, list[Asked]]) -> Iterator[tuple[str, str]]:
    """Yield the revisions that are looked at, by item in the order of `revisions`."""
    wanted = None if options.item is None else known(options.item, needs, "item with requirements called")
    revisions = programme["revisions"].select("item", "revision", "status")
    if wanted is not None and options.revision is not None:
        known(
            options.revision,
            [rev for item, rev, _ in revisions.iter_rows() if item == wanted],
            f"revision of '{wanted}' called",
        )
    for item, revision, status in revisions.iter_rows():
        if item not in needs or wanted not in (None, item):
            continue
        if revision == options.revision or (options.revision is None and status != "withdrawn"):
            yield item, revision


def _pieces(programme: Programme) -> Pieces:
    pieces: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for piece in map(Evidence.model_validate, programme["evidence"].iter_rows(named=True)):
        pieces[piece.item, piece.requirement].append(piece)
    return pieces


def _rows(needs: list[Asked], history: History, pieces: Pieces, scene: Scene) -> Iterator[Compliance]:
    """Yield a row for each requirement of a revision."""
    for need in needs:
        found = standing(need, history, pieces.get((history.item, need.clause.name), ()), scene)
        yield Compliance(
            item=history.item,
            revision=history.revisions[-1],
            checklist=need.checklist.name,
            requirement=need.clause.name,
            status=found.status,
            evidence="" if found.evidence is None else found.evidence.evidence,
            tested="" if found.evidence is None else found.evidence.revision,
            sentence=found.sentence,
            ready=found.ready,
            grade="done" if found.settled else "unknown" if found.ready is None else need.grade,
            reviewed=bool(need.checklist.reviewer),
        )
