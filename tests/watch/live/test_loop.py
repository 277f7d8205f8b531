"""The loop: real sockets of this machine, sources that fail, sinks that break, and an end whenever a person wants it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from outwork.model.tables.watching import Detection
from outwork.watch.live.backoff import Backoff
from outwork.watch.live.clock import Steady
from outwork.watch.live.framing import Lines, Prefixed
from outwork.watch.live.heard import Arrived, Deliver, Heard, Sink, Source, Turn
from outwork.watch.live.loop import Watch
from outwork.watch.live.multicast import is_group, listening
from outwork.watch.live.options import Options
from outwork.watch.live.sinks import Calls
from outwork.watch.live.sources import Replay, Tcp, TcpServer, Udp
from outwork.watch.live.status import Priority, Status
from tests.watch.live.made import AT, RADAR, REMOTE, after, said, seen

FAST = Options(period=0.01, backoff=Backoff(first=0.01))


class Numbers:
    """A parser of numbers: each is a detection of that name."""

    def take(self, content: bytes, arrived: datetime) -> Heard:
        if not content.isdigit():
            return Heard(arrived, (), (f"{content!r} is no number",))
        return Heard(arrived, (seen(int(content), 0).model_copy(update={"at": arrived}),))


@dataclass
class Kept:
    """A sink that keeps what it is given."""

    name: str = "kept"
    turns: list[Turn[int]] = field(default_factory=list)
    closed: bool = False

    async def give(self, turn: Turn[int]) -> None:
        self.turns.append(turn)

    async def close(self) -> None:
        self.closed = True

    @property
    def names(self) -> list[str]:
        return [each.row.detection for turn in self.turns for each in turn.arrived]


def counted(rows: Sequence[Arrived], now: datetime) -> int:  # noqa: ARG001  # what the loop calls
    return len(rows)


def watch(
    sources: Sequence[Source], sinks: Sequence[Sink[int]], clock: Steady | None = None, options: Options = FAST
) -> Watch[int]:
    return Watch([RADAR, REMOTE], sources, counted, sinks, clock or Steady(), options)


async def until(true: Callable[[], object], told: Watch[int]) -> None:
    """Let the watch go on until something is true of it, and end it then."""
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110  # what it waits for has no event
            await asyncio.sleep(0.01)
    told.stop.set()


def test_a_replay_gives_every_detection_once_in_its_order_and_ends_by_itself() -> None:
    told = [(after(number / 10), [seen(number, number / 10)]) for number in range(100)]
    clock = Steady(AT, 1000.0)
    kept = Kept()
    status = asyncio.run(watch([Replay("replay", told, clock)], [kept], clock).run())
    assert kept.names == [f"r{number}" for number in range(100)]
    assert sum(turn.made for turn in kept.turns) == 100
    assert kept.closed
    assert status.sources["replay"].detections == 100
    assert list(status.lines()) == [] or all("turns took longer" in line for line in status.lines())


def test_a_server_that_goes_away_is_connected_to_again() -> None:
    kept = Kept()

    async def whole() -> Status:
        served = 0

        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal served
            served += 1
            writer.write(f"{served}1\n{served}2\nodd\n{served}3".encode())
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        clock = Steady()
        running = watch([Tcp("feed", "127.0.0.1", port, Numbers, Lines, clock)], [kept], clock)
        ended = asyncio.create_task(until(lambda: len(kept.names) >= 6, running))
        status = await asyncio.wait_for(running.run(), 60)
        await ended
        server.close()
        return status

    status = asyncio.run(whole())
    assert kept.names[:6] == ["r11", "r12", "r21", "r22", "r31", "r32"]
    assert status.sources["feed"].restarts >= 2
    assert status.sources["feed"].last_fault == "b'odd' is no number"


@dataclass(frozen=True)
class Absent:
    """A source that cannot be reached."""

    name: str = "feed"

    async def run(self, deliver: Deliver) -> None:  # noqa: ARG002  # a source's
        raise ConnectionRefusedError("nobody listens there")


def test_a_source_that_cannot_be_reached_is_told_and_tried_again() -> None:
    async def whole() -> list[str]:
        running = watch([Absent()], [])
        ended = asyncio.create_task(until(lambda: running._running["feed"].restarts >= 2, running))
        status = await asyncio.wait_for(running.run(), 60)
        await ended
        return list(status.lines())

    lines = asyncio.run(whole())
    assert lines[0].startswith("feed does not run: ConnectionRefusedError: nobody listens there; tried again after 0.0")


def test_datagrams_are_heard_and_a_parser_that_breaks_is_started_anew() -> None:
    kept = Kept()

    class Brittle(Numbers):
        def take(self, content: bytes, arrived: datetime) -> Heard:
            if content == b"break":
                raise RuntimeError("a fault of the parser's own")
            return super().take(content, arrived)

    async def whole() -> Status:
        clock = Steady()
        loop = asyncio.get_running_loop()
        free, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
        port = free.get_extra_info("sockname")[1]
        free.close()
        await asyncio.sleep(0)
        running = watch([Udp("feed", "127.0.0.1", port, Brittle, clock)], [kept], clock)
        ended = asyncio.create_task(until(lambda: running._running["feed"].restarts >= 1 and "r7" in kept.names, running))

        async def send() -> None:
            sender, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=("127.0.0.1", port))
            number = 0
            while not ended.done():
                number += 1
                sender.sendto(b"break" if number == 5 else b"7")
                await asyncio.sleep(0.01)
            sender.close()

        sending = asyncio.create_task(send())
        status = await asyncio.wait_for(running.run(), 60)
        await asyncio.gather(ended, sending)
        return status

    status = asyncio.run(whole())
    assert status.sources["feed"].restarts >= 1
    assert kept.names[0] == "r7"


def test_what_is_sent_to_a_group_is_heard() -> None:
    group = "239.255.77.77"
    try:
        listening(group, 0).close()
    except OSError as error:
        pytest.skip(f"this machine joins no group: {error}")
    kept = Kept()

    async def whole() -> None:
        clock = Steady()
        loop = asyncio.get_running_loop()
        free, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
        port = free.get_extra_info("sockname")[1]
        free.close()
        await asyncio.sleep(0)
        running = watch([Udp("feed", group, port, Numbers, clock)], [kept], clock)
        task = asyncio.create_task(running.run())
        sender, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=(group, port))
        ended = asyncio.create_task(until(lambda: kept.names, running))
        while not ended.done():
            sender.sendto(b"7")
            await asyncio.sleep(0.01)
        sender.close()
        await task

    asyncio.run(whole())
    assert kept.names[0] == "r7"


@pytest.mark.parametrize(("host", "group"), [("239.1.2.3", True), ("ff02::1", True), ("127.0.0.1", False), ("radar", False)])
def test_the_address_of_a_group_is_told_from_that_of_a_host(host: str, *, group: bool) -> None:
    assert is_group(host) == group


@dataclass(frozen=True)
class Flood:
    """A source that says more than fits, at once."""

    name: str
    rows: Sequence[Detection]

    async def run(self, deliver: Deliver) -> None:
        for row in self.rows:
            deliver(Heard(after(0), [row]))


def test_what_does_not_fit_is_left_out_by_priority_counted_and_shown() -> None:
    ships = [seen(number, 0).model_copy(update={"ground": 1.0}) for number in range(100)]
    drones = [said(number, 0, identity=f"drone {number}") for number in range(5)]
    kept = Kept()
    options = Options(period=0.01, queue=20)
    status = asyncio.run(watch([Flood("flood", [*drones, *ships])], [kept], Steady(AT, 1.0), options).run())
    assert [name for name in kept.names if name.startswith("s")] == [f"s{number}" for number in range(5)]
    assert len(kept.names) == 20
    assert status.sources["flood"].shed == {Priority.LOW: 85}
    assert "flood has too much to say: 85 left out (85 low)" in list(status.lines())


def test_a_sink_that_breaks_or_hangs_holds_nobody_up() -> None:
    class Broken(Kept):
        async def give(self, turn: Turn[int]) -> None:  # noqa: ARG002  # a sink's
            raise OSError("no space left")

    class Hanging(Kept):
        async def give(self, turn: Turn[int]) -> None:  # noqa: ARG002  # a sink's
            await asyncio.sleep(3600)

    kept, called = Kept(), list[int]()
    told = [(after(number), [seen(number, number)]) for number in range(200)]
    clock = Steady(AT, 1000.0)
    sinks = [Broken("broken"), Hanging("hanging"), kept, Calls[int]("called", lambda turn: called.append(turn.made))]
    options = Options(period=1.0, outbox=3)
    status = asyncio.run(watch([Replay("replay", told, clock)], sinks, clock, options).run())
    assert len(kept.names) + status.sinks["kept"].shed.get(Priority.NORMAL, 0) >= 200
    assert status.sinks["broken"].last_fault == "OSError: no space left"
    assert status.sinks["hanging"].shed[Priority.NORMAL] > 0
    assert sum(called) > 0


def test_sensors_may_connect_to_us_and_one_that_is_lost_leaves_the_others_heard() -> None:
    kept = Kept()

    class Blocks(Numbers):
        def take(self, content: bytes, arrived: datetime) -> Heard:
            return super().take(content[3:], arrived)

    async def whole() -> Status:
        clock = Steady()
        free = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = free.sockets[0].getsockname()[1]
        free.close()
        await free.wait_closed()
        blocks = TcpServer("feed", "127.0.0.1", port, Blocks, Prefixed, clock)
        running = watch([blocks], [kept], clock)
        task = asyncio.create_task(running.run())
        writers: list[asyncio.StreamWriter] = []
        while len(writers) < 2:
            with contextlib.suppress(OSError):
                writers.append((await asyncio.open_connection("127.0.0.1", port))[1])
            await asyncio.sleep(0.01)
        writers[0].write(b"\x30\x00\x00")
        writers[1].write(b"\x30\x00\x051")
        await asyncio.sleep(0.05)
        writers[1].write(b"2\x30\x00\x043")
        await until(lambda: len(kept.names) >= 2 and running.status().sources["feed"].faults > 0, running)
        for writer in writers:
            writer.close()
        return await task

    status = asyncio.run(whole())
    assert kept.names == ["r12", "r3"]
    assert "a connection ended: a message counts 0 bytes, which none has" in status.sources["feed"].last_fault


def test_a_fault_of_the_tracker_ends_the_watch_and_the_sinks_are_closed() -> None:
    kept = Kept()

    def broken(rows: Sequence[Arrived], now: datetime) -> int:  # noqa: ARG001  # what the loop calls
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(Watch([RADAR], [Absent()], broken, [kept], Steady(), FAST).run())
    assert kept.closed


PROGRAM = """
import asyncio, sys
from tests.watch.live.test_loop import Kept, watch, Udp, Numbers, Steady
clock = Steady()
kept = Kept()
async def whole():
    running = watch([Udp("feed", "127.0.0.1", 0, Numbers, clock)], [kept], clock)
    task = asyncio.create_task(running.run())
    while not kept.turns:
        await asyncio.sleep(0.01)
    print("runs", flush=True)
    await task
asyncio.run(whole())
print("ended", kept.closed, flush=True)
"""


def test_ctrl_c_ends_everything_cleanly() -> None:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "runs\n"
        child.send_signal(signal.SIGINT)
        rest, _ = child.communicate(timeout=60)
    assert (rest, child.returncode) == ("ended True\n", 0)
