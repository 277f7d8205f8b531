"""The service under fifty planners at once, over the largest programme of the ladder (274 items, 80 sites) and a plan of it.

The service runs in a process of its own, as `outwork serve` starts it. First one person opens each page alone; then fifty,
each with an account and a session of their own, open pages one after another for a while. Every answer has to be a whole
page. What a page takes is set against the page that shows nothing of the programme, the account's, asked for in the same run
by the same people. The plan is the greedy planner's: what pages show depends on how many rows there are, and the best plan of
this size takes hours.

Run: python -m benchmarks.serving [size] [people] [seconds], from the root of the project.
"""

from __future__ import annotations

import math
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from itertools import cycle
from pathlib import Path

import httpx
from argon2 import PasswordHasher

from benchmarks import ladder
from outwork import store
from outwork.model.asker import Role
from outwork.plan import greedy
from outwork.plan.network import Network
from outwork.plan.replay import check
from outwork.store.service import Desk, accounts
from outwork.store.service.accounts import Account
from outwork.store.service.audit import TERMINAL

EMPTY = "/account"
"""The page that reads nothing of the programme."""
PAGES = (
    EMPTY, "/", "/plan", "/network", "/gantt", "/capacity", "/demand", "/pegging", "/why", "/tables",
    "/tables/demands", "/tables/make", "/tables/ship", "/clearances", "/jobs", "/approvals", "/api/tables/demands",
)  # fmt: skip
PASSWORD = "a long walk by the river"  # noqa: S105 - made up
SERVE = "from outwork.cli.main import app; app(prog_name='outwork')"


class Unserved(Exception):
    """The service did not answer as it should."""


def main(words: Sequence[str]) -> None:
    """Print what each page takes, alone and with many, beside the empty page."""
    size, people, seconds = [*words, *("L", "50", "30")[len(words) :]][:3]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "served.outwork"
        rows = written(place, size, int(people))
        print(f"size {size}, {rows:,} rows, {people} people for {seconds} s\n")
        with served(place) as address:
            alone = {page: [took(client, page) for _ in range(3)] for client in [signed(address, "p0")] for page in PAGES}
            many, wrong = visited(address, int(people), float(seconds))
    report(alone, many, wrong)


def written(place: Path, size: str, people: int) -> int:
    """Write a programme with a plan and accounts for so many people, and return how many rows it has."""
    programme = ladder.programme(size, 1000)
    told = dict(greedy.plan(Network.of(programme)).tables)
    replay = check(programme, told)
    results = told | {
        "stock": replay.stock,
        "work": replay.work,
        "promises": replay.promises,
        "cash_events": replay.cash_events,
    }
    store.save(programme, place, results)
    key = PasswordHasher(1, 1024, 1).hash(PASSWORD)  # people sign in once; what is measured are pages
    desk = Desk.open(place)
    with desk.writing(TERMINAL) as writing:
        for number in range(people):
            accounts.add(
                writing, Account(f"p{number}", f"Planner {number}", Role.OFFICE, password=key, administrator=number == 0)
            )
    desk.close()
    return sum(frame.height for frame in [*programme.tables.values(), *results.values()])


@contextmanager
def served(place: Path) -> Iterator[str]:
    """Serve a programme in a process of its own and yield its address."""
    command = [sys.executable, "-W", "ignore", "-c", SERVE, "serve", str(place), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ})
    try:
        found = re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")
        if found is None:
            raise Unserved("the service did not begin")
        yield found[0].rstrip("/")
    finally:
        process.terminate()
        process.wait()


def signed(address: str, account: str) -> httpx.Client:
    """Return a browser of somebody who is signed in."""
    client = httpx.Client(base_url=address, headers={"Origin": address}, timeout=60)
    answer = client.post("/sign-in", data={"account": account, "password": PASSWORD})
    if answer.status_code != HTTPStatus.SEE_OTHER:
        raise Unserved(f"{account} is not signed in: {answer.status_code}")
    return client


def took(client: httpx.Client, page: str) -> float:
    """Return the seconds that a page takes; an answer that is not whole is an error."""
    began = time.perf_counter()
    answer = client.get(page)
    answer.raise_for_status()
    if not answer.text.rstrip().endswith(("</html>", "}")):
        raise Unserved(f"{page} is cut off")
    return time.perf_counter() - began


def visited(address: str, people: int, seconds: float) -> tuple[dict[str, list[float]], list[str]]:
    """Let so many people open pages for so long; return what each page took, and every error."""

    def walk(number: int) -> tuple[list[tuple[str, float]], list[str]]:
        dice, own, wrong = random.Random(number), [], []  # noqa: S311 - who opens which page when
        turns = cycle(dice.sample(PAGES, len(PAGES)))
        client, ends = signed(address, f"p{number}"), time.monotonic() + seconds
        while time.monotonic() < ends:
            page = next(turns)
            try:
                own.append((page, took(client, page)))
            except (httpx.HTTPError, Unserved) as error:
                wrong.append(f"{page}: {error!r}")
            time.sleep(dice.uniform(0.5, 3))
        return own, wrong

    by_page, errors = defaultdict(list), []
    with ThreadPoolExecutor(people) as pool:
        for own, wrong in pool.map(walk, range(people)):
            errors += wrong
            for page, seconds_taken in own:
                by_page[page].append(seconds_taken)
    return dict(by_page), errors


def report(alone: dict[str, list[float]], many: dict[str, list[float]], wrong: Sequence[str]) -> None:
    """Print a line for each page."""
    empty_alone, empty_many = statistics.median(alone[EMPTY]), statistics.median(many.get(EMPTY, [math.nan]))
    print("| page | alone, first, s | alone, again, s | times the empty page | with all, median, s | 95 % below, s | times |")
    print("|---|---|---|---|---|---|---|")
    for page in PAGES:
        again, all_of = min(alone[page][1:]), sorted(many.get(page, [math.nan]))
        median, high = statistics.median(all_of), all_of[int(0.95 * (len(all_of) - 1))]
        ratio, ratio_many = again / empty_alone, median / empty_many
        print(f"| {page} | {alone[page][0]:.2f} | {again:.2f} | {ratio:.1f} | {median:.2f} | {high:.2f} | {ratio_many:.1f} |")
    print(f"\n{sum(map(len, many.values())):,} pages, {len(wrong)} errors")
    for error in wrong[:10]:
        print(error)


if __name__ == "__main__":
    main(sys.argv[1:])
