"""A chained log shows whether it was altered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outwork.model.chain import COLUMNS, EMPTY, GENESIS, Entry, Head, Record, seal, verify

TEXTS = [name for name in COLUMNS if name not in {"number", "allowed"}]


def entry(number: int = 0, **other: Any) -> Entry:
    given_ = {
        "at": f"2027-03-01T08:00:0{number}+00:00",
        "kind": "share",
        "person": "olena",
        "document": "D2",
        "sha256": "5e" * 32,
    }
    rest = {
        "purpose": "assembly",
        "rule": "granted",
        "why": "grant g",
        "granting": "g",
        "expires": "2027-03-31",
        "by": "J. Plas",
    }
    return Entry(**{**given_, **rest, "allowed": True, **other})  # type: ignore[arg-type]


def log(length: int) -> tuple[list[Record], Head]:
    records, head = [], EMPTY
    for number in range(length):
        records.append(seal(entry(number), head))
        head = Head(records[-1].number, records[-1].digest)
    return records, head


def altered(record: Record, name: str, change: Any) -> Record:
    """The record with one field changed by a function."""
    if name in {"number", "previous", "digest"}:
        return replace(record, **{name: change(getattr(record, name))})
    return replace(record, entry=replace(record.entry, **{name: change(getattr(record.entry, name))}))


def test_a_log_that_nobody_altered_is_whole() -> None:
    for length in range(4):
        assert verify(*log(length)) is None
    assert log(1)[0][0].previous == GENESIS


@given(place=st.integers(0, 4), name=st.sampled_from(TEXTS), at=st.integers(0, 63), flip=st.integers(1, 255))
def test_any_altered_byte_is_found_at_its_record(place: int, name: str, at: int, flip: int) -> None:
    records, end = log(5)

    def spoil(text: str) -> str:
        raw = bytearray(text.encode())
        raw[at % len(raw)] ^= flip
        return raw.decode(errors="surrogateescape")

    records[place] = altered(records[place], name, spoil)
    found = verify(records, end)
    assert found is not None
    assert found.number == place + 1


@given(place=st.integers(0, 4), name=st.sampled_from(("number", "allowed")))
def test_an_altered_number_or_verdict_is_found_at_its_record(place: int, name: str) -> None:
    records, end = log(5)
    records[place] = altered(records[place], name, lambda value: not value if name == "allowed" else value + 7)
    found = verify(records, end)
    assert found is not None
    assert found.number == place + 1


@given(place=st.integers(0, 4))
def test_a_record_that_is_taken_out_or_moved_or_put_in_is_found(place: int) -> None:
    records, end = log(5)
    out = verify(records[:place] + records[place + 1 :], end)
    assert out is not None
    assert out.number == place + 1
    swapped = records.copy()
    swapped[place], swapped[place - 1] = swapped[place - 1], swapped[place]
    assert verify(swapped, end) is not None
    assert verify([*records[:place], records[place], *records[place:]], end) is not None


def test_two_texts_that_run_together_are_told_apart() -> None:
    assert seal(entry(person="ab", document="c"), EMPTY).digest != seal(entry(person="a", document="bc"), EMPTY).digest


def test_a_log_that_was_cut_off_or_written_anew_differs_from_the_end_that_was_noted() -> None:
    records, end = log(5)
    cut, shorter = records[:3], Head(3, records[2].digest)
    assert verify(cut, shorter) is None
    assert "missing" in str(verify(cut, shorter, noted=end))
    anew = seal(entry(person="bert"), Head(4, records[3].digest))
    found = verify([*records[:4], anew], Head(5, anew.digest), noted=end)
    assert found is not None
    assert (found.number, found.why) == (5, "its digest is not the one that was noted")


def test_a_log_that_does_not_end_where_its_file_says_is_found() -> None:
    records, end = log(3)
    for held, said in ((records[:2], end), (records, Head(2, records[1].digest))):
        found = verify(held, said)
        assert found is not None
        assert found.number == 3
