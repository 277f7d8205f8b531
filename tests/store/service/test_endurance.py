from __future__ import annotations

import itertools
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from outwork import store
from outwork.store.service import Desk
from outwork.store.service.audit import broken, records
from tests.store.service.writer import ANNA
from tests.store.service.writer import __file__ as writer
from tests.store.small import programme


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A programme whose lane has the number that was written last."""
    where = tmp_path / "place.outwork"
    small = programme()
    store.save(small.replace(lanes=small["lanes"].with_columns(cost=pl.lit(0.0))), where)
    return where


def begun(place: Path, first: int, room: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.service.writer", str(place), str(first), str(room)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(writer).parents[3],
    )  # fmt: skip


def held(place: Path) -> int:
    """Return the number in the lane, and hold the audit to it: each number up to it, once, in an unbroken chain."""
    desk = Desk.open(place)
    with desk.reading() as connection:
        assert broken(connection) is None
        told = [record.entry.detail for record in records(connection)]
    number = int(desk.snapshot().programme["lanes"]["cost"].item())
    assert len(told) == len(set(told)) == desk.snapshot().version - 1
    assert not told or f'"cost": {number}.0' in told[-1]
    desk.close()
    return number


def killed_again_and_again(place: Path, times: int, seed: int = 0) -> None:
    dice, last = random.Random(seed), 0  # noqa: S311 - for a test
    for _ in range(times):
        process = begun(place, last + 1)
        assert process.stdout is not None
        acknowledged = int(process.stdout.readline())
        time.sleep(dice.uniform(0, 0.2))
        process.kill()
        acknowledged = max([acknowledged, *(int(line) for line in process.stdout.read().split())])
        process.communicate()
        last = held(place)
        assert last in (acknowledged, acknowledged + 1)  # the last may be written and its writer ended before it could say so


def test_a_writer_that_is_killed_loses_nothing_that_it_was_told_is_written(place: Path) -> None:
    killed_again_and_again(place, 2)


@pytest.mark.soak
def test_three_hundred_writers_that_are_killed_lose_nothing(place: Path) -> None:
    killed_again_and_again(place, 300)


def test_a_full_disk_refuses_a_write_keeps_those_before_it_and_takes_others_once_there_is_room(place: Path) -> None:
    store_size = place.stat().st_size
    process = begun(place, 1, room=store_size + 40_000)
    out, err = process.communicate(timeout=120)
    said = out.splitlines()
    assert process.returncode == 0, err
    (refused,) = (line for line in said if line.startswith("refused"))
    assert refused.startswith("refused nothing was written: ")
    assert held(place) == int(said[-1])
    assert [int(line) for line in said[:-2]] == list(range(1, len(said) - 1))


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A database with forty writes in its journal, and how long the journal was after each."""
    where = tmp_path_factory.mktemp("journal") / "place.outwork"
    store.save(programme(), where)
    desk, lengths = Desk.open(where), []
    with sqlite3.connect(where) as held_open:  # the last to close a database empties its journal into it
        held_open.execute("SELECT count(*) FROM service_audit").fetchall()
        for number in range(40):
            with desk.writing(ANNA) as writing:
                writing.audit("count", str(number))
            lengths.append(where.with_name("place.outwork-wal").stat().st_size)
        image = where.parent / "image.outwork"
        shutil.copy(where, image)
        shutil.copy(f"{where}-wal", f"{image}-wal")
    desk.close()
    return image, lengths


def images(lengths: list[int], whole: bytes, count: int) -> Iterator[tuple[int, bytes]]:
    """Yield journals as a power failure leaves them: whole up to an acknowledged write, and torn or spoilt behind it."""
    dice = random.Random(count)  # noqa: S311 - for a test
    for _ in range(count):
        safe = dice.randrange(len(lengths) - 1)
        kept, rest = whole[: lengths[safe]], bytearray(whole[lengths[safe] :])
        cut = dice.randrange(len(rest) + 1)
        match dice.randrange(3):
            case 0:
                rest = rest[:cut]
            case 1:
                rest[cut:] = dice.randbytes(len(rest) - cut)
            case _:
                for at in dice.sample(range(len(rest)), min(len(rest), 20)):
                    rest[at] ^= 1 << dice.randrange(8)
        yield safe + 1, kept + bytes(rest)


def read_back(journal: tuple[Path, list[int]], count: int, folder: Path) -> None:
    image, lengths = journal
    database, whole = image.read_bytes(), Path(f"{image}-wal").read_bytes()
    trial = folder / "trial.outwork"
    for acknowledged, text in images(lengths, whole, count):
        trial.write_bytes(database)
        Path(f"{trial}-wal").write_bytes(text)
        with sqlite3.connect(trial) as connection:
            rows = connection.execute("SELECT number, subject, previous, digest FROM service_audit ORDER BY number").fetchall()
            assert len(rows) >= acknowledged
            assert [row[:2] for row in rows] == [(number + 1, str(number)) for number in range(len(rows))]
            assert all(later[2] == earlier[3] for earlier, later in itertools.pairwise(rows))
            assert connection.execute("SELECT records, digest FROM service_state").fetchone() == (len(rows), rows[-1][3])
        connection.close()
        for name in ("", "-wal", "-shm"):
            Path(f"{trial}{name}").unlink(missing_ok=True)


def test_a_journal_torn_by_a_power_failure_still_holds_what_was_acknowledged(
    journal: tuple[Path, list[int]], tmp_path: Path
) -> None:
    read_back(journal, 60, tmp_path)


@pytest.mark.soak
def test_ten_thousand_torn_journals_still_hold_what_was_acknowledged(journal: tuple[Path, list[int]], tmp_path: Path) -> None:
    read_back(journal, 10_000, tmp_path)
