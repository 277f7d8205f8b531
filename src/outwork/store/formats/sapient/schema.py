"""The messages of the interface, as classes and as shapes, from the compiled descriptors that come with Outwork."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from google.protobuf import descriptor_pb2, descriptor_pool, timestamp_pb2
from google.protobuf.descriptor import FieldDescriptor, OneofDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

PACKAGE: Final = "outwork.sapient"
COMPILED: Final = "sapient.binpb"


class Kind(StrEnum):
    """What a field holds."""

    MESSAGE = "message"
    TIME = "time"
    CHOICE = "choice"
    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    TEXT = "text"
    OCTETS = "octets"


class Form(StrEnum):
    """The form of a text; the names are those of the enumeration in `interface/options.proto`."""

    ANY = "FORM_ANY"
    ULID = "FORM_ULID"
    UUID = "FORM_UUID"
    ZONE = "FORM_ZONE"
    ICD = "FORM_ICD"


@dataclass(frozen=True)
class Field:
    """A field and what it must satisfy by itself.

    `needed`: it is mandatory, or one of several of which one is; so what it says must not be blank or unspecified.
    """

    name: str
    kind: Kind
    many: bool
    mandatory: bool
    needed: bool
    advised: bool
    form: Form
    least: float | None
    most: float | None
    choices: Mapping[int, str]
    single: bool
    """Numbers have 32 bits, of which their text shows about seven digits."""


@dataclass(frozen=True)
class OneOf:
    """Fields of which at most one is set; exactly one where it is `mandatory`."""

    name: str
    members: tuple[str, ...]
    mandatory: bool


@dataclass(frozen=True)
class Shape:
    """A message: its `name` in the interface, its fields, and by which names JSON may call them (both spellings).

    `expected`: the fields whose absence is worth telling.
    """

    name: str
    fields: Mapping[str, Field]
    called: Mapping[str, Field]
    expected: tuple[Field, ...]
    one_ofs: tuple[OneOf, ...]


KINDS: Final[Mapping[int, Kind]] = {
    FieldDescriptor.CPPTYPE_MESSAGE: Kind.MESSAGE,
    FieldDescriptor.CPPTYPE_ENUM: Kind.CHOICE,
    FieldDescriptor.CPPTYPE_DOUBLE: Kind.NUMBER,
    FieldDescriptor.CPPTYPE_FLOAT: Kind.NUMBER,
    FieldDescriptor.CPPTYPE_INT32: Kind.WHOLE,
    FieldDescriptor.CPPTYPE_BOOL: Kind.FLAG,
    FieldDescriptor.CPPTYPE_STRING: Kind.TEXT,
}


def _pool() -> Any:
    # The pool has no types, so that it is Any from here on.
    default: Any = descriptor_pool.Default
    pool = default()
    found = descriptor_pb2.FileDescriptorSet.FromString((files(__package__ or "") / COMPILED).read_bytes())
    for each in found.file:
        pool.AddSerializedFile(each.SerializeToString())
    return pool


POOL: Final = _pool()
RULE: Final = POOL.FindExtensionByName(f"{PACKAGE}.rule")
ONE_OF_MANDATORY: Final = POOL.FindExtensionByName(f"{PACKAGE}.mandatory")
FORMS: Final = POOL.FindEnumTypeByName(f"{PACKAGE}.Form").values_by_number
TIMESTAMP: Final = timestamp_pb2.Timestamp.DESCRIPTOR.full_name
ROOT: Final[type[Message]] = GetMessageClass(POOL.FindMessageTypeByName(f"{PACKAGE}.SapientMessage"))


def blank() -> Message:
    """Return a message without content."""
    return ROOT()


def shape(descriptor: Any) -> Shape:
    """Return the shape of a kind of message."""
    return _shape(descriptor.full_name)


@cache
def _shape(full_name: str) -> Shape:
    descriptor = POOL.FindMessageTypeByName(full_name)
    fields = {each.name: _field(each) for each in descriptor.fields}
    called = fields | {each.json_name: fields[each.name] for each in descriptor.fields}
    # A single optional field is a oneof of its own in the descriptors; its name begins with an underscore.
    one_ofs = tuple(
        OneOf(each.name, tuple(member.name for member in each.fields), _mandatory(each))
        for each in descriptor.oneofs
        if not each.name.startswith("_")
    )
    expected = tuple(each for each in fields.values() if each.mandatory or each.advised)
    return Shape(full_name.removeprefix(f"{PACKAGE}."), fields, called, expected, one_ofs)


def _field(descriptor: FieldDescriptor) -> Field:
    rule = descriptor.GetOptions().Extensions[RULE]
    within = descriptor.containing_oneof
    enumeration = descriptor.enum_type
    return Field(
        name=descriptor.name,
        kind=_kind(descriptor),
        many=descriptor.is_repeated,
        mandatory=rule.mandatory,
        needed=rule.mandatory or (within is not None and _mandatory(within)),
        advised=rule.advised,
        form=Form(FORMS[rule.form].name),
        least=rule.least if rule.HasField("least") else None,
        most=rule.most if rule.HasField("most") else None,
        choices={} if enumeration is None else {each.number: each.name for each in enumeration.values},
        single=descriptor.type == FieldDescriptor.TYPE_FLOAT,
    )


def _kind(descriptor: FieldDescriptor) -> Kind:
    if descriptor.message_type is not None and descriptor.message_type.full_name == TIMESTAMP:
        return Kind.TIME
    if descriptor.type == FieldDescriptor.TYPE_BYTES:
        return Kind.OCTETS
    return KINDS[descriptor.cpp_type]


def _mandatory(one_of: OneofDescriptor) -> bool:
    return bool(one_of.GetOptions().Extensions[ONE_OF_MANDATORY])
