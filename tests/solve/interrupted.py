"""A program that solves something long, says when it has an answer, and tells how it ended. See test_watch.py."""

import os
import signal
import sys

from outwork.solve.run import run
from outwork.solve.watch import Progress, Stop
from tests.solve.small_problems import hard

told: list[Progress] = []


def tell(progress: Progress) -> None:
    """Say once that there is an answer; send the second Ctrl-C of `twice` while the first one is being obeyed."""
    if progress.cost is not None and not told:
        told.append(progress)
        print("has an answer", flush=True)  # noqa: T201
    if how == "twice" and stop.asked:
        os.kill(os.getpid(), signal.SIGINT)


# A program started in the background by a shell begins with SIGINT ignored, and Python leaves it so.
signal.signal(signal.SIGINT, signal.default_int_handler)
how = sys.argv[1]
stop = Stop()
try:
    answer = run(hard(), progress=tell, stop=None if how == "raised" else stop)
    print(answer.status, answer.sentence)  # noqa: T201
except KeyboardInterrupt:
    print("KeyboardInterrupt")  # noqa: T201
