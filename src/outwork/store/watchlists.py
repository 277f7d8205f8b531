"""Lists kept on disk: the last good state of each, and the one before it.

A list is a folder with `kept.json`, which says what it is and which files hold it, and Parquet files named by the digest of
what was taken in. A new state takes the place of the old one in one step, and only after it was read whole; one that cannot
be read, or has lost more than half of its entries, changes nothing but the note that it was refused. A file whose digest is
not the one that was written down is damaged: then the state before it is used, or, if that is damaged too, the list names
nobody and says why.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from outwork.model.errors import Unreadable
from outwork.model.listed import ENTRIES, STAKES, WatchList
from outwork.store import durable
from outwork.store.formats import watchlists

KEPT: Final = "kept.json"
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
SHRUNK: Final = 0.5
"""Share of the entries of its last good state below which a list is refused [1]."""


def load(path: Path, folder: Path, name: str, day: date, *, accepted: str = "") -> WatchList:
    """Take a list into the store and return it. Unreadable where it is refused; the last good one is then still there.

    `accepted`, a reason in a person's words, lets a list through that has lost most of its entries.
    """
    if not NAME.fullmatch(name):
        raise Unreadable(f"'{name}' is no name for a list; use small letters, digits and hyphens, such as us-csl")
    home = folder / name
    before = _kept(home)
    try:
        found = watchlists.read(path, name, day)
        _not_shrunk(found, before, path, accepted)
    except Unreadable as error:
        raise Unreadable(f"{error}\n{_noted(home, before, day, str(error))}") from error
    _write(home, found, before, accepted)
    return found


def held(folder: Path) -> list[WatchList]:
    """Return every list of a store, in the order of their names; a damaged one says so and names nobody."""
    homes = sorted(each for each in folder.iterdir() if (each / KEPT).exists()) if folder.is_dir() else []
    return [_opened(home) for home in homes]


def _not_shrunk(found: WatchList, before: dict[str, Any] | None, path: Path, accepted: str) -> None:
    """Unreadable where a list has lost so much that it is more likely cut off than true."""
    if before is None or accepted:
        return
    now, then = found.entries.height, before["now"]["entries"]
    if now < SHRUNK * then:
        raise Unreadable(
            f"{path}: names {now:,} where the last good one names {then:,}; if that is right, say so with --accept REASON"
        )


def _noted(home: Path, before: dict[str, Any] | None, day: date, why: str) -> str:
    """Keep the note that a list was refused, and say which one stays."""
    if before is None:
        return "there is no earlier state of this list"
    record = {**before, "refused": {"day": day.isoformat(), "why": why}}
    durable.replace_file(home / KEPT, lambda at: _put(at, record))
    return f"the last good state stays: {before['now']['entries']:,} entries, taken in on {before['now']['fetched']}"


def _write(home: Path, found: WatchList, before: dict[str, Any] | None, accepted: str) -> None:
    """Put a new state in the place of the old one, which is kept, and let the one before that go."""
    stem = found.digest[:16]
    files = {f"{stem}-entries.parquet": found.entries, f"{stem}-stakes.parquet": found.stakes}
    packed = {name: _packed(frame) for name, frame in files.items()}
    state = {
        "digest": found.digest, "fetched": found.fetched.isoformat(), "entries": found.entries.height,
        "published": found.published.isoformat() if found.published else None, "faults": list(found.faults),
        "accepted": accepted,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in packed.items()},
    }  # fmt: skip
    old = [each for each in (before or {}).values() if isinstance(each, dict) and "files" in each]
    earlier = [each for each in old[:1] if each["digest"] != found.digest] or old[1:]
    record = {"now": state, **({"before": earlier[0]} if earlier else {})}
    needed = {name for each in (state, *earlier[:1]) for name in each["files"]}
    gone = [name for each in old for name in each["files"] if name not in needed]
    writers: dict[str, durable.Writer] = {name: _putting(content) for name, content in packed.items()}
    durable.replace_files(home, {**writers, KEPT: lambda at: _put(at, record)}, gone)


def _opened(home: Path) -> WatchList:
    """Return the last state of a list that is whole."""
    record = _kept(home)
    if record is None:
        return _nobody(home.name, "its record kept.json is damaged; load it again")
    refused = record.get("refused")
    notes = (f"a newer one was refused on {refused['day']}: {refused['why']}",) if refused else ()
    for state, doubt in (
        (record["now"], ()),
        (record.get("before"), ("the last state is damaged; the one before it is used",)),
    ):
        if state is not None and (found := _state(home, state)) is not None:
            return replace(found, faults=(*doubt, *notes, *found.faults))
    return _nobody(home.name, "its files are damaged; load it again")


def _kept(home: Path) -> dict[str, Any] | None:
    """Return the record of a list; None where there is none, or it is damaged."""
    durable.finish(home)
    try:
        found = json.loads((home / KEPT).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) and {"files", "digest", "entries", "fetched"} <= found["now"].keys() else None
    except (OSError, ValueError, KeyError, AttributeError):
        return None


def _state(home: Path, state: dict[str, Any]) -> WatchList | None:
    """Return a state of a list, None where one of its files is not as it was written."""
    frames = []
    for name, schema in zip(state["files"], (ENTRIES, STAKES), strict=True):
        path = home / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != state["files"][name]:
            return None
        frames.append(pl.read_parquet(path).cast(dict(schema)))  # type: ignore[arg-type]  # polars' own schema is one
    published = date.fromisoformat(state["published"]) if state["published"] else None
    fetched = date.fromisoformat(state["fetched"])
    return WatchList(home.name, frames[0], fetched, state["digest"], frames[1], published, tuple(state["faults"]))


def _nobody(name: str, why: str) -> WatchList:
    return WatchList(
        name, pl.DataFrame(schema=ENTRIES), date(1970, 1, 1), "", pl.DataFrame(schema=STAKES), None, (why,), damage=why
    )


def _packed(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def _putting(content: bytes) -> durable.Writer:
    def put(at: Path) -> None:
        at.write_bytes(content)

    return put


def _put(at: Path, record: dict[str, Any]) -> None:
    at.write_text(json.dumps(record, indent=1), encoding="utf-8")
