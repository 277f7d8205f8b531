"""Events go out over UDP and TCP, and programmes of others read them."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import urlparse

import pytest
from defusedxml.ElementTree import fromstring

from outwork.store.formats import cot
from outwork.watch.live.backoff import Backoff
from outwork.watch.live.cot_sink import Datagrams, Posts, Stream
from tests.store.formats.cot.pictured import one

EVENT = one(identity="X1")


def run(scene: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 120))


def peer() -> Any:
    """Pytak, which warns as it is imported of what it would like to have beside it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("pytak", reason="pytak, a programme of others, is not installed")


async def free_port() -> int:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


def test_pytak_reads_our_events_over_tcp() -> None:
    pytak = peer()

    async def scene() -> None:
        found: asyncio.Queue[Any] = asyncio.Queue()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            worker = pytak.RXWorker(found, {"TAK_PROTO": "0"}, reader)
            for _ in range(2):
                await worker.run_once()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        outlet = Stream(*server.sockets[0].getsockname()[:2])
        await Posts("map", lambda events: map(cot.xml, events), outlet).give([EVENT, EVENT])
        for _ in range(2):
            assert fromstring(await found.get()).get("uid") == "outwork.t7"
        await outlet.close()
        server.close()

    run(scene)


@pytest.mark.parametrize("form", [cot.xml, cot.mesh])
def test_pytak_reads_our_events_over_udp(form: Callable[[cot.Event], bytes]) -> None:
    pytak = peer()

    async def scene() -> None:
        port = await free_port()
        reader, _ = await pytak.create_udp_client(urlparse(f"udp+ro://127.0.0.1:{port}"))
        found: asyncio.Queue[Any] = asyncio.Queue()
        outlet = Datagrams("127.0.0.1", port)
        await outlet.send([form(EVENT)])
        await pytak.RXWorker(found, {"TAK_PROTO": "1"}, reader).run_once()
        assert (await found.get()).cotEvent.uid == "outwork.t7"
        await outlet.close()
        await outlet.close()
        reader.close()

    run(scene)


def test_a_datagram_that_nobody_takes_is_counted() -> None:
    async def scene() -> None:
        outlet = Datagrams("127.0.0.1", await free_port())
        async with asyncio.timeout(60):
            while not outlet.errors:
                await outlet.send([b"x"])
        await outlet.close()

    run(scene)


def test_a_server_that_is_not_there_is_tried_again_after_a_while() -> None:
    async def scene() -> None:
        port = await free_port()
        outlet = Stream("127.0.0.1", port, backoff=Backoff(first=0.2, most=0.2))
        for reason in ("Connect call failed", "failed 1 times; it is not tried again yet"):
            with pytest.raises(OSError, match=reason):
                await outlet.send([b"lost"])
        heard: asyncio.Queue[bytes] = asyncio.Queue()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.put_nowait(await reader.read(100))
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", port)
        await asyncio.sleep(0.3)
        await outlet.send([b"found"])
        assert await heard.get() == b"found"
        while outlet._writer is not None:  # noqa: ASYNC110 (until it has seen that the server ended)
            await asyncio.sleep(0.01)
        await outlet.send([b"again"])
        assert await heard.get() == b"again"
        await outlet.close()
        server.close()

    run(scene)


def test_a_server_that_does_not_read_is_left() -> None:
    async def scene() -> None:
        release = asyncio.Event()

        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await release.wait()
            writer.transport.abort()

        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=10)
        outlet = Stream(*server.sockets[0].getsockname()[:2], patience=0.2)
        with pytest.raises(TimeoutError):
            await outlet.send(flood())
        assert outlet._writer is None
        release.set()
        await asyncio.sleep(0.05)
        server.close()

    run(scene)


def flood() -> Iterable[bytes]:
    return [b"x" * (1 << 20)] * 32


def test_a_sink_has_a_name_and_closes_its_outlet() -> None:
    async def scene() -> None:
        port = await free_port()
        sink = Posts[bytes]("map", lambda content: [content], Datagrams("127.0.0.1", port))
        await sink.give(b"x")
        await sink.close()
        assert sink.name == "map"

    run(scene)
