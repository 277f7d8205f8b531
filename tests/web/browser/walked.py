"""A programme for people to work on: a year of the example's survey aircraft, cut small so that planning it takes seconds."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import polars as pl

from outwork import clear, match, plan, store
from outwork.clear import rules
from outwork.cli.demo import example
from outwork.model.asker import Role
from outwork.model.frames import from_rows
from outwork.model.programme import Programme
from outwork.model.table import Row
from outwork.model.tables import BY_NAME
from outwork.model.tables.places import Party
from outwork.model.tables.wanting import Agreement, Signatory
from outwork.model.tables.watched import Alert, Track, TrackState
from outwork.store import rulebook, taxonomy
from outwork.store.service import Desk, accounts, told
from outwork.store.service.accounts import Account
from outwork.store.service.audit import TERMINAL
from tests.web.conftest import HASH

WEEKS = 40
LATE = "ua-dunlin"
WANTED = pl.DataFrame({"demand": [LATE], "due": [date(2027, 4, 23)], "quantity": [90.0]})
"""Ninety aircraft by April, of which the cameras alone take ten weeks: they cannot be there in time."""
BANK = Party(party="sedge-bank", name="Sedge Development Bank", nation="NL", role="financier")
LOAN = "car-factory-loan"

PEOPLE = (
    Account("olena", "Olena Bondar", Role.OFFICE, password=HASH, administrator=True),
    Account("marta", "Marta Koval", Role.MINISTRY, "watch-ua", "UA", HASH),
    Account("danylo", "Danylo Shevchuk", Role.MINISTRY, "watch-ua", "UA", HASH),
    Account("radu", "Radu Ionescu", Role.MANUFACTURER, "stufaris", "RO", HASH),
    Account("iryna", "Iryna Melnyk", Role.INNOVATOR, "plasdras", "NL", HASH),
    Account("femke", "Femke de Vries", Role.FINANCIER, BANK.party, "NL", HASH),
    Account("zofia", "Zofia Mazur", Role.LICENSING, "", "PL", HASH),
    Account("taras", "Taras Hnatiuk", Role.LIAISON, "watch-ua", "UA", HASH),
    Account("jonas", "Jonas Petrauskas", Role.OPERATOR, "watch-lt", "LT", HASH),
    Account("piet", "Piet Jansen", Role.AUDITOR, password=HASH),
)


def cut() -> Programme:
    """Return the example with one demand, in its first weeks, and with a bank that finances the car factory."""
    whole = example()
    demands = whole["demands"].join(WANTED, on="demand", how="semi").update(WANTED, on="demand")
    loan = Agreement(
        agreement=LOAN, name="Loan for the test hall", kind="framework", since=date(2027, 1, 4), until=date(2028, 12, 31)
    )
    signed = [Signatory(agreement=LOAN, party=party) for party in ("stufaris", BANK.party)]
    more: Mapping[str, list[object]] = {"parties": [BANK], "agreements": [loan], "signatories": [*signed]}
    return whole.replace(
        settings=whole["settings"].with_columns(weeks=pl.lit(WEEKS, pl.Int64)),
        demands=demands,
        **{name: pl.concat([whole[name], from_rows(BY_NAME[name], rows)]) for name, rows in more.items()},
    )


def prepare(where: Path, programme: Programme) -> None:
    """Write a programme with its plan, why it is so, and people who may sign in."""
    result = plan.run(programme, plan.Options(limit=600))
    store.save(programme, where, {**result.tables, **evening(programme), **judged(programme)})
    more = {
        "costs": {kind: asdict(cost) for kind, cost in result.costs.items()},
        "greedy": result.greedy,
        "bucketed": result.bucketed,
    }
    desk = Desk.open(where)
    with desk.writing(TERMINAL) as writing:
        told.keep(writing, "plan", result.outcome, result.why, result.made_by, more)
        for person in PEOPLE:
            accounts.add(writing, person)
    desk.close()


def evening(programme: Programme) -> dict[str, pl.DataFrame]:
    """Return a picture of the air, made of where things really were, since tracking takes minutes to be compiled."""
    truth = programme["truth_states"].filter(pl.col("thing") == pl.col("thing").min()).sort("at").head(12)
    at = truth["at"].to_list()
    track = Track(track="t1", since=at[0], until=at[-1], detections=12, drone=0.9, aircraft=0.05, bird=0.03, ground=0.02)
    still = dict.fromkeys(("climb", "en", "eu", "nu"), 0.0) | dict.fromkeys(("ee", "nn", "uu"), 25.0)
    states = [
        TrackState(track="t1", at=row["at"], latitude=row["latitude"], longitude=row["longitude"], altitude=row["altitude"],
                   east_speed=12.0, north_speed=-9.0, existence=0.99, **still)
        for row in truth.iter_rows(named=True)
    ]  # fmt: skip
    zone = programme["zones"]["zone"][0]
    told = f"t1 will be in {zone} in about 40 s"
    alert = Alert(alert="a1", zone=zone, track="t1", at=at[-1], kind="entering", seconds=40, probability=0.6, sentence=told)
    rows: dict[str, list[Row]] = {"tracks": [track], "track_states": [*states], "alerts": [alert]}
    return {name: from_rows(BY_NAME[name], each) for name, each in rows.items()}


def judged(programme: Programme) -> dict[str, pl.DataFrame]:
    """Return what matching and clearing say of the radar, of which the plan here makes none."""
    matched = match.run(programme, match.Options("lapwing"), match.Vocabulary.read(taxonomy.texts(None)))
    cleared = clear.run(programme, clear.Options(None, {}, 0.0), rules.read(rulebook.texts(None)), None)
    return {**matched.tables, **cleared.tables}


@dataclass(frozen=True)
class Served:
    """A service that runs: its address, and where the programme lies that it serves."""

    address: str
    where: Path


OUTWORK = (sys.executable, "-c", "from outwork.cli.main import app; app()")


@contextmanager
def served(where: Path) -> Iterator[Served]:
    """Serve a programme as `outwork serve` does, in a process of its own, on a free port."""
    log = where.with_suffix(".log")
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*OUTWORK, "serve", str(where), "--port", "0"],
            text=True,
            env=dict(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as running,
    ):
        assert running.stdout is not None
        line = running.stdout.readline()
        found = re.match(r"open (http://\S+)/ in a browser", line)
        assert found, line + log.read_text()
        yield Served(found[1], where)
        running.send_signal(signal.SIGTERM)
        running.wait(60)
    assert running.returncode == 0, log.read_text()


NAMES: Mapping[Role, str] = MappingProxyType({person.role: person.account for person in reversed(PEOPLE)})
"""By role, the first who has it."""
