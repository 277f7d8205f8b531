"""Judges messages: what each field must satisfy by itself, and what fields must satisfy together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from math import isfinite
from typing import Any, Final

from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet

from outwork.store.formats.sapient import reading, wire
from outwork.store.formats.sapient.finding import MOST, Finding, Judged, below, caution, fault
from outwork.store.formats.sapient.forms import misfit
from outwork.store.formats.sapient.rules.table import RULES
from outwork.store.formats.sapient.schema import Field, Kind, shape

FIRST: Final = -62_135_596_800
LAST: Final = 253_402_300_799
"""Seconds from 1970 to the first second of year 1 and to the last of year 9999: what a time may say."""
CLOCK_SET: Final = 946_684_800
"""Seconds from 1970 to 2000: an earlier time comes from a clock that was never set."""
BILLION: Final = 1_000_000_000


def judge_json(text: bytes) -> Judged:
    """Return the message that a JSON text holds and all that is wrong with it."""
    return _judged(*reading.read(text))


def judge_plain(value: object) -> Judged:
    """Return the message that a mapping of names to values is and all that is wrong with it."""
    return _judged(*reading.from_plain(value))


def judge_packet(packet: bytes) -> Judged:
    """Return the message that a protobuf packet (without its length) holds and all that is wrong with it."""
    try:
        message = wire.parse(packet)
    except wire.Unreadable as unreadable:
        return Judged(None, (fault("", str(unreadable)),))
    return _judged(message, ())


def findings(message: Message) -> Iterator[Finding]:
    """Yield all that is wrong with a message, in the order of the interface."""
    return _message(message, "")


def _judged(message: Message | None, read: tuple[Finding, ...]) -> Judged:
    if message is None:
        return Judged(None, read)
    # What could not be read is absent, and need not be called missing as well.
    told = {each.path for each in read}
    rest = (each for each in findings(message) if each.path not in told)
    return Judged(message, (*read, *islice(rest, MOST - len(read))))


def _message(message: Message, path: str) -> Iterator[Finding]:
    own = shape(message.DESCRIPTOR)
    for unknown in UnknownFieldSet(message):
        yield fault(path, f"has a field numbered {unknown.field_number}, which is not in the interface")
    present = {descriptor.name: value for descriptor, value in message.ListFields()}
    for field in own.expected:
        if field.name not in present:
            yield (fault if field.mandatory else caution)(below(path, field.name), "is missing")
    for name, value in present.items():
        yield from _field(own.fields[name], value, below(path, name))
    for one_of in own.one_ofs:
        if one_of.mandatory and message.WhichOneof(one_of.name) is None:
            yield fault(path, f"has none of {', '.join(one_of.members)}, of which it needs one")
    for rule in RULES.get(own.name, ()):
        yield from rule(message, path)


def _field(field: Field, value: Any, path: str) -> Iterator[Finding]:
    judge = JUDGES[field.kind]
    if field.many:
        for number, each in enumerate(value):
            yield from judge(field, each, f"{path}[{number}]")
    else:
        yield from judge(field, value, path)


def _inner(_: Field, value: Message, path: str) -> Iterator[Finding]:
    return _message(value, path)


def _flag(_: Field, __: object, ___: str) -> Iterator[Finding]:
    return iter(())


def _time(_: Field, stamp: Any, path: str) -> Iterator[Finding]:
    if not FIRST <= stamp.seconds <= LAST or not 0 <= stamp.nanos < BILLION:
        yield fault(path, f"is no time: {stamp.seconds} s and {stamp.nanos} ns from 1970")
    elif stamp.seconds < CLOCK_SET:
        yield caution(path, "lies before the year 2000: was the clock set?")


def _number(field: Field, value: float, path: str) -> Iterator[Finding]:
    if not isfinite(value):
        yield fault(path, f"is {value}, not a number")
    elif field.least is not None and value < field.least:
        yield fault(path, f"is {value:g}; it is at least {field.least:g}")
    elif field.most is not None and value > field.most:
        yield fault(path, f"is {value:g}; it is at most {field.most:g}")


def _choice(field: Field, value: int, path: str) -> Iterator[Finding]:
    if value not in field.choices:
        yield fault(path, f"is {value}, which means nothing in the interface")
    elif value == 0 and field.needed:
        yield fault(path, "is unspecified")
    elif value == 0:
        yield caution(path, "is unspecified; it can be left out")


def _text(field: Field, value: str | bytes, path: str) -> Iterator[Finding]:
    if field.needed and not value.strip():
        yield fault(path, "is empty")
    elif isinstance(value, str) and (why := misfit(value, field.form)):
        yield fault(path, why)


JUDGES: Final[Mapping[Kind, Callable[[Field, Any, str], Iterator[Finding]]]] = {
    Kind.MESSAGE: _inner,
    Kind.TIME: _time,
    Kind.NUMBER: _number,
    Kind.WHOLE: _number,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.TEXT: _text,
    Kind.OCTETS: _text,
}
