"""A fusion node and edge nodes over TCP on this machine: they register, report and answer; hostile peers are put out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from outwork.store.formats.sapient.codec import Codec
from outwork.store.formats.sapient.rows import Reader
from outwork.watch.handover import Kind, Where, approve, request
from outwork.watch.live.backoff import Backoff
from outwork.watch.live.heard import Heard
from outwork.watch.live.sapient.client import Client
from outwork.watch.live.sapient.edge import Answer, Decision, Edge
from outwork.watch.live.sapient.fusion import Event, Fusion, Limits, What
from outwork.watch.live.sapient.server import Bounds, Server
from outwork.watch.live.sapient.source import Nodes
from tests.store.formats.sapient import messages
from tests.store.formats.sapient.messages import FUSION, NODE, OTHER, altered

STATUS = {name: messages.status_report()["status_report"][name] for name in ("mode", "node_location")}
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = len(b"\0\0\0\0")


class Wall:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Hall:
    """A fusion node that listens, and what it told."""

    server: Server
    events: list[Event] = field(default_factory=list)

    @property
    def whys(self) -> str:
        return "\n".join(each.why for each in self.events)

    def heard(self, kind: str) -> list[Any]:
        return [each.message for each in self.events if each.what is What.HEARD and each.message and kind in each.message]


@asynccontextmanager
async def hall(bounds: Bounds | None = None, limits: Limits | None = None) -> AsyncIterator[Hall]:
    events: list[Event] = []
    server = Server(Fusion(FUSION, limits or Limits()), Codec(), Wall(), events.append, bounds or Bounds(tick=0.02))
    running = asyncio.create_task(server.run("127.0.0.1", 0))
    await asyncio.wait_for(server.listening.wait(), 10)
    try:
        yield Hall(server, events)
    finally:
        await ended(running)


async def ended(*running: asyncio.Task[None]) -> None:
    for task in running:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(true: Callable[[], object]) -> None:
    """Wait until something is true; a minute is for a machine that is busy with something else."""
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110 (what is waited for is told by no event)
            await asyncio.sleep(0.005)


def client(node: str, **given: Any) -> tuple[Client, list[str]]:
    troubles: list[str] = []
    registration = altered(messages.registration(), "registration.dependent_nodes", [])["registration"]
    edge = Edge(node, registration, lambda: STATUS, **given)
    return Client(edge, Codec(), Wall(), troubles.append, Backoff(first=0.01, most=0.05), tick=0.02), troubles


def run(scene: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 120))


async def open_to(place: Hall) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(*place.server.address)


async def answer(reader: asyncio.StreamReader) -> Any:
    packet = await reader.readexactly(int.from_bytes(await reader.readexactly(HEAD), "little"))
    return Codec().decode(packet).message


def report(number: int) -> dict[str, Any]:
    whole = altered(messages.detection_report(), "detection_report.report_id", f"01K9Z0000000000000000{number:05d}")
    found: dict[str, Any] = whole["detection_report"]
    return found


def test_two_nodes_register_report_and_become_rows() -> None:
    async def scene() -> None:
        async with hall() as place:
            nodes = [client(each)[0] for each in (NODE, OTHER)]
            running = [asyncio.create_task(each.run(*place.server.address)) for each in nodes]
            for number, each in enumerate(nodes):
                for step in range(5):
                    each.report("detection_report", report(10 * number + step), NOW)
            await until(lambda: len(place.heard("detection_report")) == 10)
            reader = Reader()
            for event in place.events:
                assert event.message is not None, event.why
                told = reader.message(event.message)
                assert {row.sensor for row in told.detections} <= {NODE, OTHER}
            assert {node.kind for node in told.sensors} <= {"radar_3d"}
            await ended(*running)
            await until(lambda: [each.what for each in place.events].count(What.LEFT) == 2)
            assert len(place.heard("status_report")) >= 4  # two beats and two goodbyes at least
            assert place.server.fusion.peers == {}

    run(scene)


def test_a_task_that_two_persons_stand_behind_reaches_its_node_and_is_answered() -> None:
    async def scene() -> None:
        async with hall() as place:
            node, _ = client(NODE, decide=lambda _: Decision(Answer.ACCEPTED))
            running = asyncio.create_task(node.run(*place.server.address))
            await until(lambda: NODE in place.server.fusion.peers)
            asked = request(
                "t7", messages.OBJECT, NODE, Kind.LOOK_AT, Where(60.1, 24.9, 100.0),
                reason="unknown drone", requested_by="Aino Laine", at=NOW,
            )  # fmt: skip
            approve(
                asked, approved_by="Pekka Salo", at=NOW, sender=FUSION,
                send=lambda whole, by: place.server.send(whole, by.requested.requested_by, by.approved_by),
            )  # fmt: skip
            await until(lambda: place.heard("task_ack"))
            (ack,) = place.heard("task_ack")
            assert ack["task_ack"] == {"task_id": asked.task, "task_status": "TASK_STATUS_ACCEPTED"}
            await ended(running)

    run(scene)


def test_an_alert_of_a_node_is_acknowledged_and_the_node_hears_it() -> None:
    async def scene() -> None:
        async with hall() as place:
            heard: list[Any] = []
            node, _ = client(NODE)
            node.heard = heard.append
            running = asyncio.create_task(node.run(*place.server.address))
            node.report("alert", messages.alert()["alert"], NOW)
            await until(lambda: place.heard("alert"))
            place.server.acknowledge(NODE, messages.REPORT, "Aino Laine")
            await until(lambda: any("alert_ack" in each for each in heard))
            await ended(running)

    run(scene)


def test_a_node_connects_again_when_its_fusion_node_comes_back() -> None:
    async def scene() -> None:
        node, troubles = client(NODE)
        async with hall() as first:
            address = first.server.address
            running = asyncio.create_task(node.run(*address))
            await until(lambda: NODE in first.server.fusion.peers)
        await until(lambda: len(troubles) >= 2)
        node.report("detection_report", report(1), NOW)
        events: list[Event] = []
        again = Server(Fusion(FUSION), Codec(), Wall(), events.append, Bounds(tick=0.02))
        serving = asyncio.create_task(again.run(*address))
        await until(lambda: any(each.message and "detection_report" in each.message for each in events))
        assert "tried again after" in troubles[0]
        await ended(running, serving)

    run(scene)


def test_a_node_that_is_refused_is_told_why() -> None:
    async def scene() -> None:
        async with hall(limits=Limits(nodes=0)) as place:
            node, troubles = client(NODE)
            running = asyncio.create_task(node.run(*place.server.address))
            await until(lambda: troubles)
            assert "the registration was refused: 0 nodes are connected already" in troubles[0]
            await ended(running)

    run(scene)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"\xff\xff\xff\xff", "announces a message of 4,294,967,295 bytes"),
        (b"\x00\x00\x00\x05hello", "is the length written with the highest byte first?"),
        (b"\x00\x00\x00\x00", "announces a message of 0 bytes"),
        (b"GET / HTTP/1.1\r\n\r\n", "announces a message of"),
    ],
)
def test_a_peer_with_a_wrong_length_is_told_and_put_out(sent: bytes, reason: str) -> None:
    async def scene() -> None:
        async with hall() as place:
            reader, writer = await open_to(place)
            writer.write(sent)
            told = await answer(reader)
            assert reason in told["error"]["error_message"][0]
            assert await reader.read() == b""
            await until(lambda: place.events[-1].what is What.LEFT)
            assert reason in place.whys
            writer.close()

    run(scene)


def test_a_peer_that_sends_garbage_is_told_each_time_and_then_put_out() -> None:
    async def scene() -> None:
        async with hall(limits=Limits(faults=3)) as place:
            reader, writer = await open_to(place)
            writer.write(b"\x02\x00\x00\x00\xff\xff" * 5)
            errors = [await answer(reader) for _ in range(3)]
            assert all("is not a protobuf message" in each["error"]["error_message"][0] for each in errors)
            await until(lambda: place.events[-1].what is What.LEFT)
            writer.close()

    run(scene)


def test_a_peer_that_sends_its_message_in_drops_is_put_out() -> None:
    async def scene() -> None:
        async with hall(Bounds(frame=0.2, tick=0.02)) as place:
            _, writer = await open_to(place)
            writer.write(b"\x10\x00\x00\x00")
            while not any(each.what is What.LEFT for each in place.events):
                with suppress(OSError):
                    writer.write(b"x" if writer.transport.get_write_buffer_size() == 0 else b"")
                await asyncio.sleep(0.08)
            assert "is too slow: a message took too long to come" in place.whys
            writer.close()

    run(scene)


def test_a_peer_that_says_nothing_or_leaves_in_the_middle_is_noticed() -> None:
    async def scene() -> None:
        async with hall(Bounds(silence=0.1, tick=0.02)) as place:
            _, silent = await open_to(place)
            _, broken = await open_to(place)
            broken.write(b"\x10\x00\x00\x00x")
            broken.write_eof()
            await until(lambda: [each.what for each in place.events].count(What.LEFT) == 2)
            assert "said nothing for too long" in place.whys
            assert "in the middle of a message" in place.whys
            silent.close()
            broken.close()

    run(scene)


def test_a_peer_that_does_not_read_is_put_out() -> None:
    async def scene() -> None:
        async with hall(Bounds(unsent=1000, tick=0.02), Limits(faults=10**9)) as place:
            _, writer = await open_to(place)
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            while not any(each.what is What.LEFT for each in place.events):
                with suppress(OSError):
                    writer.write((b"\xa0\x0f\x00\x00" + b"\xff" * 4000) * 50)  # each comes back with the error
                await asyncio.sleep(0.01)
            assert "does not read: 1,000 bytes wait; the connection is ended" in place.whys
            writer.transport.abort()

    run(scene)


def test_no_more_connections_than_the_bound_are_open() -> None:
    async def scene() -> None:
        async with hall(Bounds(connections=1, tick=0.02)) as place:
            _, first = await open_to(place)
            await until(lambda: len(place.server._writers) == 1)
            second, writer = await open_to(place)
            with suppress(ConnectionResetError):
                assert await second.read() == b""
            assert "1 connections are open; one more is turned away" in place.whys
            first.close()
            writer.close()

    run(scene)


def test_a_client_leaves_a_server_that_cannot_be_understood() -> None:
    async def scene() -> None:
        async def hostile(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"\x01\x00\x00\x00\xff\xff\xff\xff\xff")
            await reader.read()
            writer.close()

        server = await asyncio.start_server(hostile, "127.0.0.1", 0)
        node, troubles = client(NODE)
        running = asyncio.create_task(node.run(*server.sockets[0].getsockname()[:2]))
        await until(lambda: len(troubles) >= 2)
        assert "a message cannot be taken: the message is not a protobuf message" in troubles[0]
        assert "the stream is lost" in troubles[1]
        await ended(running)
        await asyncio.sleep(0.05)
        server.close()

    run(scene)


def test_nodes_are_a_source_of_detections_and_tell_of_their_sensors() -> None:
    async def scene() -> None:
        heard: list[Heard] = []
        sensors: list[Any] = []
        nodes = Nodes(
            "nodes", "127.0.0.1", 0, FUSION, Codec(), Wall(), Reader().message, sensors.extend, bounds=Bounds(tick=0.02)
        )
        listening = asyncio.create_task(nodes.run(heard.append))
        await until(lambda: nodes.server is not None and nodes.server.listening.is_set())
        assert nodes.server is not None
        edge, _ = client(NODE)
        running = asyncio.create_task(edge.run(*nodes.server.address))
        edge.report("detection_report", report(1), NOW)
        await until(lambda: any(each.detections for each in heard))
        assert {each.sensor for each in sensors} == {NODE}
        _, writer = await asyncio.open_connection(*nodes.server.address)
        writer.write(b"\xff\xff\xff\xff")
        await until(
            lambda: any("that has not registered: the stream is lost" in fault for each in heard for fault in each.faults)
        )
        writer.close()
        await ended(running, listening)
        assert nodes.server is None

    run(scene)
