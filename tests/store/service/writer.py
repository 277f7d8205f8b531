"""A process that writes as quickly as it can and says what the desk has acknowledged, for tests that end it in the middle."""

from __future__ import annotations

import resource
import signal
import sys

import polars as pl

from outwork import store
from outwork.model.asker import Asker, Role
from outwork.model.errors import Unwritable
from outwork.store.service import Desk

ANNA = Asker("anna", "Anna", Role.OFFICE, "", "NL")


def write(desk: Desk, cost: float) -> None:
    """Write one number into a lane, and say so once it is acknowledged."""
    with desk.writing(ANNA) as writing:
        base = writing.base.programme
        writing.edit(store.diff(base, base.replace(lanes=base["lanes"].with_columns(cost=pl.lit(float(cost))))))
    print(f"{cost:.0f}", flush=True)  # noqa: T201 - what the test reads


def main(where: str, first: int, room: int) -> None:
    """Write numbers from `first` on, for ever, or until files may grow no further [byte]; 0: without a limit."""
    desk = Desk.open(where)
    write(desk, first)
    if room:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    number = first
    try:
        while True:
            number += 1
            write(desk, number)
    except Unwritable as error:
        print(f"refused {error}", flush=True)  # noqa: T201 - what the test reads
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    write(desk, number + 1000)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
