"""Open a file that somebody else wrote, and refuse one that would hurt: a bomb, a torso, a nest without end."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from outwork.model.errors import Unreadable

LARGEST_BYTES: Final = 512 * 1024 * 1024
"""No planning model is larger once unpacked; a larger one is a bomb."""

GZIP_MARK: Final = b"\x1f\x8b"


def content(path: Path) -> bytes:
    """Return the bytes of a file, unpacked where it is gzipped. Unreadable where that fails or they are too many."""
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == GZIP_MARK
            plain.seek(0)
            stream = gzip.GzipFile(fileobj=plain) if packed else plain
            found = stream.read(LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{path}: cannot be read: {error}; give a plain or gzipped file") from error
    if len(found) > LARGEST_BYTES:
        raise Unreadable(f"{path}: holds more than {LARGEST_BYTES:,} bytes once unpacked; split it")
    if not found.strip():
        raise Unreadable(f"{path}: is empty; give a file with a model in it")
    return found


Pairs = Callable[[list[tuple[str, Any]]], dict[str, Any]]


def json_of(found: bytes, where: str, pairs: Pairs = dict) -> Any:
    """Return JSON as Python values. Unreadable where it is cut off, nested too deep or no JSON at all.

    `pairs` makes an object of its fields, and may raise ValueError where they fit no object.
    """
    try:
        return json.loads(found.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise Unreadable(f"{where} line {error.lineno} column {error.colno}: no JSON: {error.msg}; is it whole?") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{where} byte {error.start}: is not UTF-8 text; save it as UTF-8") from error
    except RecursionError as error:
        raise Unreadable(f"{where}: nests too deep to be a model") from error
    except ValueError as error:
        raise Unreadable(f"{where}: {error}") from error


def xml_of(found: bytes, where: str) -> Element:
    """Return the root of an XML text. Processing instructions are left out; entities are refused."""
    try:
        return fromstring(found)  # type: ignore[no-any-return]  # the library carries no types
    except ParseError as error:
        line, column = error.position
        raise Unreadable(f"{where} line {line} column {column + 1}: no XML: {error}; is it whole?") from error
    except DefusedXmlException as error:
        raise Unreadable(f"{where}: declares entities, which a model does not need: {error}") from error
    except (ValueError, LookupError) as error:
        raise Unreadable(f"{where}: no XML: {error}") from error


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number that can be planned with; write a finite one")
