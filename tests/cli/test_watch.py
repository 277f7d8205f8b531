from __future__ import annotations

import json
import socket
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from outwork import store
from outwork.cli.demo import example
from outwork.cli.main import app
from outwork.cli.watch.ends import ended
from outwork.cli.watch.inlets import ANYWHERE
from outwork.model.errors import UnknownName
from outwork.store.formats import recording

runner = CliRunner()
CAT_048 = bytes.fromhex("FDF70219C9356D4DA0C5AFF1E0020005283C660C10C236D4182001C0780031BC0000400DEB07B9582E410020F5")
RADAR = "sensor,kind,latitude,longitude,range_most,range_error,azimuth_error\n25-201,radar_2d,45,15,500000,70,0.08\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example programme in a file, and what was seen in it."""
    found = str(tmp_path_factory.mktemp("watch") / "reedbed.outwork")
    store.save(example(), found)
    assert outwork("watch", "replay", found)[0] == 0
    return found


def outwork(*words: str) -> tuple[int, str]:
    done = runner.invoke(app, list(words))
    return done.exit_code, done.output


def test_what_was_seen_is_kept_beside_the_programme(place: str) -> None:
    kept = store.load_results(place)
    assert kept["tracks"].height >= 7
    assert kept["track_states"].height > 300


def test_the_picture_is_scored_by_truth_and_by_hidden_names(place: str) -> None:
    status, said = outwork("watch", "score", place)
    assert status == 0
    assert "GOSPA" in said
    assert "0 identity switches; 0 times a track went from one thing to another" in said


def test_what_cannot_be_scored_is_told(tmp_path: Path) -> None:
    bare = example()
    nameless = bare.replace(
        truth_states=bare["truth_states"].clear(), detections=bare["detections"].filter(sensor="lapwing-1").head(50)
    )
    store.save(nameless, tmp_path / "bare.outwork")
    status, said = outwork("watch", "score", str(tmp_path / "bare.outwork"))
    assert status == 1
    assert "nothing to score by" in said


def test_gaps_are_told_and_can_be_asked_of_plan(place: str, tmp_path: Path) -> None:
    to = str(tmp_path / "asked.outwork")
    wish = ("--for", "lapwing", "siauliai", "2028-06-01", "25")
    status, said = outwork("watch", "coverage", place, "--like", "lapwing-1", "--more", "2", *wish, "--to", to)
    assert status == 0
    assert "of the cells are covered" in said
    assert "1. one more lapwing-1 at" in said
    asked = store.load(to)["demands"].filter(store.load(to)["demands"]["demand"].str.starts_with("lapwing-gap"))
    assert asked.height >= 1
    assert set(asked["firm"]) == {"option"}


def test_a_sensor_that_is_not_there_is_named_with_the_nearest_one(place: str) -> None:
    status, said = outwork("watch", "coverage", place, "--like", "lapwing-2")
    assert status == 2
    assert "did you mean 'lapwing-1'?" in said


def test_messages_are_judged_and_every_fault_has_a_path(tmp_path: Path) -> None:
    message = tmp_path / "ack.json"
    message.write_text(json.dumps({"timestamp": "2027-03-31T12:00:00Z", "nodeId": "nobody", "taskAck": {}}), encoding="utf8")
    status, said = outwork("watch", "validate", str(message))
    assert status == 3
    assert "task_ack.task_id is missing" in said
    assert "1 messages: 0 right, 1 refused" in said


def test_what_is_heard_live_is_recorded_and_can_be_replayed(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "sensors.csv").write_text(RADAR, encoding="utf8")
    (tmp_path / "posts" / "settings.csv").write_text("name,start,weeks\nlive,2026-11-16,1\n", encoding="utf8")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept, done = tmp_path / "kept.mcap", threading.Event()
    sender = threading.Thread(target=send, args=(port, done))
    sender.start()
    try:
        words = ("--asterix", f"127.0.0.1:{port}", "--seconds", "3", "--show", "alerts", "--record", str(kept))
        status, said = outwork("watch", "live", str(tmp_path / "posts"), *words)
    finally:
        done.set()
        sender.join()
    assert status == 0, said
    assert recording.read(kept).tables["detections"].height >= 5
    status, said = outwork("watch", "replay", str(kept))
    assert status == 0
    assert "1 of 1 sensors" in said


def send(port: int, done: threading.Event) -> None:
    """Send one radar report after another, each a fifth of a second later."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        while not done.is_set():
            midnight = time.time() % 86_400
            record = CAT_048[:5] + int(midnight * 128).to_bytes(3) + CAT_048[8:]
            out.sendto(b"\x30" + (len(record) + 3).to_bytes(2) + record, ("127.0.0.1", port))
            done.wait(0.2)


def test_with_nothing_to_listen_to_nothing_is_begun() -> None:
    status, said = outwork("watch", "live")
    assert status == 2
    assert "nothing to listen to" in said


@pytest.mark.parametrize("text", ["host", "host:", ":70000", "udp://:x", ":0"])
def test_an_end_that_is_none_is_told(text: str) -> None:
    with pytest.raises(UnknownName, match="no end of a network"):
        ended(text, ANYWHERE)


def test_an_end_may_leave_out_its_host_and_its_protocol() -> None:
    assert ended(":5000", ANYWHERE) == ("", ANYWHERE, 5000)
    assert ended("UDP://[::1]:8087") == ("udp", "::1", 8087)
