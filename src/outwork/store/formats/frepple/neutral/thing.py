"""Places, people and things."""

from __future__ import annotations

# `lost` makes a fresh field each time it is called
from dataclasses import dataclass

from outwork.store.formats.frepple.neutral.field import NOTE, lost


@dataclass(frozen=True)
class Location:
    """A place; places form a tree."""

    name: str
    owner: str | None = None
    available: str | None = None
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Customer:
    """Somebody who orders."""

    name: str
    owner: str | None = lost(None, "demands name no customer")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Supplier:
    """Somebody who sells."""

    name: str
    owner: str | None = lost(None, "parties form no tree")
    available: str | None = lost(None, "lead times are told in calendar days")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)


@dataclass(frozen=True)
class Item:
    """A thing; things form a tree whose upper nodes stand for all below them."""

    name: str
    owner: str | None = None
    cost: float = 0.0
    weight: float = 0.0
    uom: str | None = None
    operation: str | None = lost(None, "deliveries follow the demand's own operation")
    volume: float = lost(0.0, "lanes count mass, not volume")
    type: str = lost("mts", "stock is not kept apart by batch")
    successor: str | None = lost(None, "revisions are not read from this format")
    description: str | None = lost(None, NOTE)
    category: str | None = lost(None, NOTE)
    subcategory: str | None = lost(None, NOTE)
