"""From datagrams of a radar to a recording, and from the recording to the same detections again."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta

from outwork.model.tables.watching import Detection, Sensor
from outwork.store.formats import asterix
from outwork.store.formats.recording import Arrival, Recorder, arrivals
from outwork.watch.live.clock import Steady
from outwork.watch.live.heard import Turn
from outwork.watch.live.loop import Watch
from outwork.watch.live.sinks import Calls
from outwork.watch.live.sources import Replay, Udp
from tests.watch.live.made import AT
from tests.watch.live.test_loop import FAST, counted, until

REPORT = bytes.fromhex("FDF70219C9356D4DA0C5AFF1E0020005283C660C10C236D4182001C0780031BC0000400DEB07B9582E410020F5")
RADAR = Sensor(
    sensor="25-201", kind="radar_2d", latitude=45, longitude=15, range_most=500_000, range_error=70, azimuth_error=0.08
)  # fmt: skip


def block(seconds: int) -> bytes:
    record = REPORT[:5] + (seconds * 128).to_bytes(3) + REPORT[8:]
    return b"\x30" + (len(record) + 3).to_bytes(2) + record


def recorder(stream: io.BytesIO) -> Calls[int]:
    writer = Recorder(stream)

    def record(turn: Turn[int]) -> None:
        for each in turn.arrived:
            writer.row("detections", each.row, each.arrived)
        writer.flush()

    return Calls("recording", record, writer.finish)


def recorded(stream: io.BytesIO) -> list[Arrival]:
    found = list(arrivals(io.BytesIO(stream.getvalue()), "made"))
    assert not [each for each in found if isinstance(each, str)]
    return [each for each in found if isinstance(each, Arrival)]


async def listened(stream: io.BytesIO) -> None:
    clock = Steady(AT)
    loop = asyncio.get_running_loop()
    free, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
    port = free.get_extra_info("sockname")[1]
    free.close()
    await asyncio.sleep(0)
    got: list[Detection] = []
    seen = Calls[int]("seen", lambda turn: got.extend(each.row for each in turn.arrived))
    watch = Watch(
        [RADAR], [Udp("radar", "127.0.0.1", port, asterix.Reader, clock)], counted, [recorder(stream), seen], clock, FAST
    )
    running = asyncio.create_task(watch.run())
    sender, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=("127.0.0.1", port))
    ended = asyncio.create_task(until(lambda: len({row.detection for row in got}) == 5, watch))
    while not ended.done():  # a datagram may be lost, so all are sent until each has arrived
        for second in range(5):
            sender.sendto(block(43_200 - second))
        sender.sendto(b"\x30\x00")
        await asyncio.sleep(0.02)
    sender.close()
    status = await running
    assert status.sensors["25-201"].taken == 5
    assert status.sources["radar"].faults > 0


def test_datagrams_are_recorded_and_the_recording_replays_to_the_same_detections() -> None:
    first, again = io.BytesIO(), io.BytesIO()
    asyncio.run(listened(first))
    rows = recorded(first)
    stamps = {each.row.at for each in rows if isinstance(each.row, Detection)}
    assert stamps == {AT - timedelta(seconds=second) for second in range(5)}
    clock = Steady(AT, 100.0)
    told = [(each.arrived, [each.row]) for each in rows if isinstance(each.row, Detection)]
    asyncio.run(Watch([RADAR], [Replay("replay", told, clock)], counted, [recorder(again)], clock, FAST).run())
    assert recorded(again) == rows
