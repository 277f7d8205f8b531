"""What a job can do: a verb, its options as a form or a program gives them, and what is kept of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from outwork import __version__, clear, match, plan
from outwork.clear import rules, screen
from outwork.model.outcome import MadeBy, Outcome, Reason
from outwork.model.programme import Programme
from outwork.plan import promising
from outwork.solve.watch import Progress, Stop
from outwork.store import rulebook, taxonomy
from outwork.store.service import Snapshot

News = Mapping[str, Any]
"""How far a job is: `phase`, and where there is one `cost`, `bound` [EUR] and `gap` [1]."""
Tell = Callable[[News], None]


@dataclass(frozen=True, eq=False)
class Done:
    """What is kept of a verb's answer. `programme` is what the programme becomes where the answer is taken over into it."""

    tables: Mapping[str, pl.DataFrame]
    outcome: Outcome
    why: tuple[Reason, ...]
    made_by: MadeBy
    programme: Programme
    more: Mapping[str, Any] = field(default_factory=dict)


class Options(BaseModel):
    """What every job can be asked."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class PlanOptions(Options):
    """How a plan is made; see `plan.Options`."""

    gap: float = Field(0.01, ge=0, lt=1)
    limit: float = Field(120.0, gt=0, le=86_400)


class MatchOptions(Options):
    """What is matched; see `match.Options`. With `adopt`, the possible qualifications are written into the programme."""

    design: str | None = None
    near: int = Field(1, ge=0, le=10)
    adopt: bool = False


class ClearOptions(Options):
    """The day whose law is asked; see `clear.Options`. With `adopt`, clearances are written into the programme."""

    day: date | None = None
    fee: float = Field(0.0, ge=0, le=1e9)
    adopt: bool = False


class PromiseOptions(Options):
    """What somebody asks to be promised; see `plan.promising.Ask`. With `around`, what is planned may be moved for it."""

    item: str = Field(max_length=200)
    quantity: float = Field(gt=0, le=1e9)
    site: str = Field(max_length=200)
    by: date
    around: bool = False
    limit: float = Field(600.0, gt=0, le=86_400)


@dataclass(frozen=True)
class Verb:
    """A verb as a job: its options, and how it is run. `keeps`: asked to stop, it answers with the best so far."""

    options: type[Options]
    run: Callable[[Snapshot, Any, Tell, Stop], Done]
    keeps: bool = False


def _plan(base: Snapshot, options: PlanOptions, tell: Tell, stop: Stop) -> Done:
    def told(news: Progress) -> None:
        tell({"phase": news.phase, "cost": news.cost, "bound": news.bound, "gap": news.gap})

    result = plan.run(base.programme, plan.Options(gap=options.gap, limit=options.limit), told, stop)
    return Done(result.tables, result.outcome, result.why, result.made_by, base.programme, result.figures)


def _promise(base: Snapshot, options: PromiseOptions, tell: Tell, stop: Stop) -> Done:
    def told(news: Progress) -> None:
        tell({"phase": news.phase})

    ask = promising.Ask(options.item, options.quantity, options.site, options.by)
    if options.around:
        found = promising.around(base.programme, base.results, ask, plan.Options(limit=options.limit), told, stop)
    else:
        found = promising.beside(base.programme, base.results, ask)
    made_by = MadeBy(__version__, options.model_dump(mode="json"), 0, base.programme.digest)
    return Done({}, found.outcome, (), made_by, base.programme, promising.plain(found))


def _match(base: Snapshot, options: MatchOptions, tell: Tell, _stop: Stop) -> Done:
    vocabulary = match.Vocabulary.read(taxonomy.texts(None))
    chosen = match.Options(options.design, near=options.near)
    result = match.run(base.programme, chosen, vocabulary, lambda phase: tell({"phase": phase}))
    return _taken(result, base, options.adopt)


def _clear(base: Snapshot, options: ClearOptions, tell: Tell, _stop: Stop) -> Done:
    book = rules.read(rulebook.texts(None))
    standings = screen.in_force(base.results["standings"], datetime.now(UTC).date())
    chosen = clear.Options(options.day, {}, options.fee)
    result = clear.run(base.programme, chosen, book, standings, lambda phase: tell({"phase": phase}))
    return _taken(result, base, options.adopt)


def _taken(result: match.Result | clear.Result, base: Snapshot, adopt: bool) -> Done:  # noqa: FBT001 - a person's tick
    """Return an answer with its consequences for the programme, where a person asked for them."""
    programme = result.programme if adopt else base.programme
    return Done(result.tables, result.outcome, result.why, result.made_by, programme)


VERBS: Final[Mapping[str, Verb]] = {
    "plan": Verb(PlanOptions, _plan, keeps=True),
    "promise": Verb(PromiseOptions, _promise, keeps=True),
    "match": Verb(MatchOptions, _match),
    "clear": Verb(ClearOptions, _clear),
}
