"""From JSON to a message, naming everything that does not fit: JSON's own parser would stop at the first."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, pairwise
from math import isfinite
from typing import Any, Final

from google.protobuf.message import Message

from outwork.model.nearest import nearest
from outwork.store.formats.sapient.finding import MOST, Finding, below, fault, shown
from outwork.store.formats.sapient.schema import Field, Kind, Shape, blank, shape

LARGEST: Final = 1 << 20
"""Bytes of a message, either way: files are pointed to and never sent along, so nothing real comes near it."""
DEEPEST: Final = 32
"""Messages within messages; the interface itself needs eight, and sub-classes a few more."""
DIGITS: Final = 400
"""Digits of a whole number, as long as any double needs; longer ones take quadratic time to read."""
INT32: Final = range(-(1 << 31), 1 << 31)

Found = Iterator[Finding]


class Unfit(ValueError):
    """A value does not fit its field; says why."""


def read(text: bytes) -> tuple[Message | None, tuple[Finding, ...]]:
    """Return the message that a JSON text holds and what of it does not fit; None where it holds no object at all."""
    try:
        value = parsed(text)
    except Unfit as unfit:
        return None, (fault("", str(unfit)),)
    return from_plain(value)


def parsed(text: bytes, largest: int = LARGEST) -> Any:
    """Return the value of a JSON text. Unfit where it is not UTF-8, not JSON, too long, or says a name twice."""
    if len(text) > largest:
        raise Unfit(f"is {len(text):,} bytes long; the limit is {largest:,}")
    try:
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=_once, parse_int=_whole, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise Unfit(f"is not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise Unfit(f"is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise Unfit("is nested too deeply") from error


def from_plain(value: object) -> tuple[Message | None, tuple[Finding, ...]]:
    """Return the message that a mapping of names to values is, and what of it does not fit and was left out.

    After the last finding that is told, the rest of the mapping is not read: the message is refused anyway.
    """
    if not isinstance(value, Mapping):
        return None, (fault("", f"is {_told(value)}, not an object"),)
    message = blank()
    return message, tuple(islice(_fill(message, value, "", 1), MOST))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = sorted(name for name, _ in pairs)
        raise Unfit(f"says '{next(one for one, other in pairwise(names) if one == other)}' twice in one object")
    return found


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise Unfit(f"holds a whole number of {len(digits):,} digits")
    return int(digits)


def _constant(name: str) -> float:
    raise Unfit(f"holds {name}, which is no number of JSON")


def _fill(message: Message, value: Mapping[str, Any], path: str, depth: int) -> Found:
    if depth > DEEPEST:
        yield fault(path, f"is nested more than {DEEPEST} deep")
        return
    own = shape(message.DESCRIPTOR)
    filled: set[str] = set()
    for name, each in value.items():
        field = own.called.get(name) if isinstance(name, str) else None
        if field is None:
            yield fault(below(path, shown(name)), f"is not in the interface{_hint(name, own)}")
        elif field.name in filled:
            yield fault(below(path, field.name), "is given in both spellings")
        elif each is not None:
            filled.add(field.name)
            yield from _set(message, field, each, below(path, field.name), depth)
    for one_of in own.one_ofs:
        given = [member for member in one_of.members if member in filled]
        if len(given) > 1:
            yield fault(path, f"has {' and '.join(given)}, of which only one may be given")


def _set(message: Message, field: Field, value: object, path: str, depth: int) -> Found:
    if not field.many:
        yield from _one(message, field, value, path, depth)
    elif not isinstance(value, list | tuple):
        yield fault(path, f"is {_told(value)}, not a list")
    else:
        for number, each in enumerate(value):
            yield from _one(message, field, each, f"{path}[{number}]", depth)


def _one(message: Message, field: Field, value: object, path: str, depth: int) -> Found:
    if field.kind is Kind.MESSAGE:
        if not isinstance(value, Mapping):
            yield fault(path, f"is {_told(value)}, not an object")
            return
        inner = getattr(message, field.name).add() if field.many else getattr(message, field.name)
        inner.SetInParent()
        yield from _fill(inner, value, path, depth + 1)
        return
    try:
        _assign(message, field, value)
    except Unfit as unfit:
        yield fault(path, str(unfit))


def _assign(message: Message, field: Field, value: object) -> None:
    if field.kind is Kind.TIME:
        _time(getattr(message, field.name), value)
        return
    read_as = READERS[field.kind](value, field)
    if field.many:
        getattr(message, field.name).append(read_as)
    else:
        setattr(message, field.name, read_as)


def _time(stamp: Any, value: object) -> None:
    try:
        stamp.FromJsonString(value)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        stamp.Clear()
        raise Unfit(f"is {_told(value)}, not a time such as 2026-03-01T12:00:00.25Z") from error
    stamp.SetInParent()


def _number(value: object, _: Field) -> float:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            return float(value)
        except (ValueError, OverflowError) as error:
            raise Unfit(f"is {_told(value)}, not a number") from error
    raise Unfit(f"is {_told(value)}, not a number")


def _integer(value: object, field: Field) -> int:
    number = _number(value, field)
    if not isfinite(number) or number != int(number) or int(number) not in INT32:
        raise Unfit(f"is {_told(value)}, not a whole number of 32 bits")
    return int(number)


def _choice(value: object, field: Field) -> int:
    numbers = {name: number for number, name in field.choices.items()}
    if isinstance(value, str) and value in numbers:
        return numbers[value]
    if isinstance(value, int) and not isinstance(value, bool) and value in field.choices:
        return value
    names = list(numbers)
    raise Unfit(f"is {_told(value)}, which is none of {', '.join(names)}{_meant(value, names)}")


def _flag(value: object, _: Field) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit(f"is {_told(value)}, neither true nor false")


def _text(value: object, _: Field) -> str:
    if not isinstance(value, str):
        raise Unfit(f"is {_told(value)}, not a text")
    if not value.isascii() and any("\ud800" <= each <= "\udfff" for each in value):
        raise Unfit("holds half a character (a lone surrogate)")
    return value


def _octets(value: object, _: Field) -> bytes:
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise Unfit(f"is {_told(value)}, not base 64")
    try:
        return b64decode(value, validate=True)
    except ValueError as error:
        raise Unfit(f"is {_told(value)}, not base 64") from error


READERS: Final[Mapping[Kind, Callable[[object, Field], Any]]] = {
    Kind.NUMBER: _number,
    Kind.WHOLE: _integer,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.TEXT: _text,
    Kind.OCTETS: _octets,
}


def _hint(name: object, own: Shape) -> str:
    return _meant(name, list(own.fields))


def _meant(name: object, names: list[str]) -> str:
    found = nearest(name, names) if isinstance(name, str) else ""
    return f"; did you mean '{found}'?" if found else ""


def _told(value: object) -> str:
    match value:
        case str():
            return f"'{shown(value)}'"
        case Mapping():
            return "an object"
        case list() | tuple():
            return "a list"
        case _:
            return shown(json.dumps(value, default=str))
