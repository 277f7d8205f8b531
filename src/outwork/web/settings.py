"""How a service is set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")
"""Names by which a browser on the same machine calls it."""
MINUTE: Final = 60.0
HOUR: Final = 60 * MINUTE


@dataclass(frozen=True)
class Hashing:
    """What a password costs to hash, by argon2id: passes over so much memory [KiB] in so many lanes (RFC 9106, section 4).

    `threads` is how many are hashed at once; each holds its memory meanwhile.
    """

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 4
    threads: int = 2


@dataclass(frozen=True)
class Stay:
    """How long a session lasts [s]: without being used, and altogether."""

    idle: float = 8 * HOUR
    altogether: float = 7 * 24 * HOUR


@dataclass(frozen=True)
class Pace:
    """What one asker may ask for: so many requests [1/s] over time, and so many at once."""

    each_second: float = 20.0
    at_once: float = 200.0


@dataclass(frozen=True)
class Patience:
    """How wrong passwords slow down the next try: `free` are forgiven, then the wait doubles from `first` to `longest` [s].

    From one address `shared` are forgiven: a whole office may sit behind it, and sign in at nine o'clock.
    """

    free: int = 5
    shared: int = 100
    first: float = 1.0
    longest: float = 15 * MINUTE


@dataclass(frozen=True)
class Bodies:
    """How much a request may carry [byte], from somebody who is signed in and from anybody else."""

    signed: int = 64 * 1024 * 1024
    anybody: int = 64 * 1024


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider that signs people in besides passwords; `name` is how people know it."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True)
class Settings:
    """How a service is set up.

    `host_names` are the names under which browsers reach it, without ports; whoever calls it by another is refused. `https`
    says that they reach it encrypted, by its own certificate or by that of a proxy before it.
    """

    host_names: tuple[str, ...] = LOCAL
    https: bool = False
    hashing: Hashing = Hashing()
    stay: Stay = Stay()
    pace: Pace = Pace()
    patience: Patience = Patience()
    bodies: Bodies = Bodies()
    provider: Provider | None = None
