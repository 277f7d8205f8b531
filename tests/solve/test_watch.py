import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from outwork.solve.answer import Claim
from outwork.solve.blocks import Array, Problem
from outwork.solve.options import Options, Way
from outwork.solve.run import run
from outwork.solve.status import Status
from outwork.solve.watch import Progress, Stop, Watch
from tests.solve.small_problems import flow, hard, knapsack

ROOT = Path(__file__).parents[2]


def test_progress_tells_cost_and_bound_as_they_close_in() -> None:
    news: list[Progress] = []
    stop = Stop()

    def tell(progress: Progress) -> None:
        news.append(progress)
        if progress.gap is not None and len(news) > 3:
            stop.set()

    answer = run(hard(), progress=tell, stop=stop)
    assert answer.status is Status.LIMITED
    assert {progress.phase for progress in news} == {"branch and bound"}
    costs = [progress.cost for progress in news if progress.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert answer.objective <= costs[-1]
    assert news[-1].bound <= answer.objective
    assert news[-1].seconds >= news[0].seconds


@pytest.mark.parametrize(("method", "phase"), [("ipm", "interior point"), ("simplex", "simplex")])
def test_a_linear_problem_tells_its_phase_and_ends_when_asked(method: str, phase: str) -> None:
    stop = Stop()
    phases = set()

    def tell(progress: Progress) -> None:
        phases.add(progress.phase)
        assert progress.gap is None
        stop.set()

    answer = run(flow(3, 60, 900), Options(method=method), progress=tell, stop=stop)
    assert answer.status is Status.LIMITED
    assert phase in phases


def test_a_solve_that_was_stopped_before_it_began_ends_at_once() -> None:
    stop = Stop()
    stop.set()
    assert run(hard(), stop=stop).status is Status.LIMITED


def test_what_the_progress_callback_raises_ends_the_solve_and_reaches_the_caller() -> None:
    def tell(_: Progress) -> None:
        raise RuntimeError("the terminal is gone")

    with pytest.raises(RuntimeError, match="the terminal is gone"):
        run(hard(), progress=tell)


def test_what_the_solver_raises_reaches_the_caller() -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        run(knapsack(1), engine=broken)


@pytest.fixture
def over() -> Iterator[Event]:
    """Ends whatever was left behind."""
    event = Event()
    yield event
    event.set()


def test_a_solver_that_does_not_hear_is_left_behind_with_the_best_that_it_has_shown(over: Event) -> None:
    stop = Stop()
    stop.set()

    def engine(problem: Problem, _options: Options, _way: Way, watch: Watch, _start: Array | None) -> Claim:
        watch.news = Progress("branch and bound", 1.0, cost=7.0, bound=-1e6)
        watch.best = np.zeros(problem.cost.size), 7.0
        over.wait()
        return Claim(Status.FAILED)

    answer = run(hard(), stop=stop, engine=engine)
    assert answer.status is Status.LIMITED
    assert answer.objective == 7
    assert answer.bound == -1e6


def test_a_solver_that_does_not_hear_and_has_shown_nothing_leaves_no_answer(over: Event) -> None:
    stop = Stop()
    stop.set()

    def engine(*_: object) -> Claim:
        over.wait()
        return Claim(Status.FAILED)

    answer = run(hard(), stop=stop, engine=engine)
    assert answer.sentence == "A limit ended the search before there was an answer."


def test_solves_side_by_side_do_not_disturb_each_other() -> None:
    problem, options = knapsack(2, items=25), Options(threads=2)
    alone = run(problem, options)
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda _: run(problem, options), range(6)))
    assert {answer.x.tobytes() for answer in together} == {alone.x.tobytes()}


def pressed(times: int) -> Callable[[Progress], None]:
    """Return a callback during which Ctrl-C is pressed so many times, once at each call."""
    left = [KeyboardInterrupt] * times

    def tell(_: Progress) -> None:
        if left:
            raise left.pop()

    return tell


def test_ctrl_c_asks_the_stop_that_the_caller_gave() -> None:
    stop = Stop()
    answer = run(hard(), progress=pressed(1), stop=stop)
    assert stop.asked
    assert answer.status is Status.LIMITED


def test_ctrl_c_without_a_stop_ends_the_solve_and_goes_on_to_the_caller() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(hard(), progress=pressed(1))


def interrupted(how: str) -> subprocess.CompletedProcess[str]:
    """Solve something long in a process of its own and send it a real SIGINT once it has an answer."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.solve.interrupted", how],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout.readline() == "has an answer\n"
        child.send_signal(signal.SIGINT)
        try:
            out, err = child.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
    return subprocess.CompletedProcess(child.args, child.returncode, out, err)


def test_ctrl_c_keeps_the_best_answer_so_far() -> None:
    done = interrupted("kept")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("limited A limit ended the search: the best answer so far costs -")


def test_ctrl_c_reaches_a_caller_who_gave_no_stop() -> None:
    assert interrupted("raised").stdout == "KeyboardInterrupt\n"


def test_a_second_ctrl_c_reaches_the_caller() -> None:
    assert interrupted("twice").stdout == "KeyboardInterrupt\n"
