"""How one revision stands with one requirement: the best that its evidence shows, and why it does not show more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from outwork.clear.certify.asked import Asked
from outwork.clear.certify.history import History
from outwork.model.tables.certification import Evidence

Status = Literal["met", "waived", "submitted", "expired", "invalidated", "open", "not applicable"]
RANK: Final[tuple[Status, ...]] = ("met", "waived", "submitted", "expired", "invalidated", "open")
"""From best to worst."""
SETTLED: Final = ("met", "waived", "not applicable")


@dataclass(frozen=True)
class Standing:
    """How it stands, on which evidence, why, and the earliest day on which it can be accepted."""

    status: Status
    sentence: str
    evidence: Evidence | None = None
    ready: date | None = None

    @property
    def settled(self) -> bool:
        """True where nothing is left to do."""
        return self.status in SETTLED


@dataclass(frozen=True)
class Scene:
    """As of when and on which files evidence is looked at: see `Options`."""

    today: date
    digests: Mapping[str, str] | None = None


def standing(need: Asked, history: History, evidence: Iterable[Evidence], scene: Scene) -> Standing:
    """Return how the last revision of a history stands with a clause.

    Of several pieces of evidence the best counts. A piece counts only if its means is one that the clause allows, its file is
    the one that was hashed, it was made on this revision or one before it, no change since then touches the clause, and it has
    not ended; accepted or waived on a day after today it is submitted as yet.
    """
    if not need.row.applies:
        return Standing("not applicable", f"does not apply: {need.row.reason} (judged by {need.row.judged_by})")
    found = [_of(piece, need, history, scene) for piece in sorted(evidence, key=lambda each: each.evidence)]
    nothing = Standing("open", "nothing shows it yet", None, need.from_start(scene.today))
    return min(found, key=lambda each: RANK.index(each.status), default=nothing)


def _of(piece: Evidence, need: Asked, history: History, scene: Scene) -> Standing:
    """Return how it stands by one piece of evidence."""
    again = need.from_start(scene.today)
    if objection := _objection(piece, need, history, scene):
        return Standing("open", objection, piece, again)
    if change := history.touched_since(piece.revision, need.dependence):
        said = f"{piece.evidence} shows it for revision {piece.revision}, but {change}"
        return Standing("invalidated", said, piece, again)
    if piece.until is not None and piece.until < scene.today:
        return Standing("expired", f"{piece.evidence} ended on {piece.until}", piece, again)
    return _decided(piece, need, scene)


def _objection(piece: Evidence, need: Asked, history: History, scene: Scene) -> str:
    """Return why a piece does not count at all, an empty text where it does."""
    if piece.state == "open":
        return f"{piece.evidence} is under way"
    if piece.state != "waived" and piece.means not in need.clause.means:
        return f"{piece.evidence} is {piece.means}, and {need.clause.name} is shown by {' or '.join(need.clause.means)}"
    if piece.revision not in history.revisions:
        return f"{piece.evidence} is of revision {piece.revision}, from which revision {history.revisions[-1]} does not descend"
    if piece.file and scene.digests is not None and scene.digests.get(piece.file, "") != piece.sha256:
        lost = "is not there" if not scene.digests.get(piece.file) else "is not the file that was hashed"
        return f"{piece.evidence} does not count: {piece.file} {lost}"
    return ""


def _decided(piece: Evidence, need: Asked, scene: Scene) -> Standing:
    """Return how it stands by a piece that counts, as of today."""
    decided = piece.decided if piece.state in {"accepted", "waived"} else None
    if decided is not None and decided <= scene.today:
        own = f"{piece.evidence} of revision {piece.revision}"
        if piece.state == "waived":
            return Standing("waived", f"{own}: waived by {piece.reviewer} on {decided}: {piece.reason}", piece, decided)
        return Standing("met", f"{own}: {piece.means}, accepted by {piece.reviewer} on {decided}", piece, decided)
    given = piece.submitted or decided or scene.today
    if decided is None and given > scene.today:
        return Standing("open", f"{piece.evidence} will be submitted on {given}", piece, need.from_review(given, scene.today))
    ready = decided or need.from_review(given, scene.today)
    return Standing("submitted", f"{piece.evidence} was submitted on {given} and waits for its reviewer", piece, ready)
