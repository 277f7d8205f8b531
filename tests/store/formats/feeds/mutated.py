"""Messages spoilt at random, the same ones in every run: bits turned, bytes cut off, doubled, put elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

SMALL, FULL = 1_000, 100_000
"""How many messages the gate tries, and how many `make soak`."""


def mutated(sound: Sequence[bytes], count: int, seed: int = 1) -> Iterator[bytes]:
    """Yield so many messages, each made from a sound one by one to four changes."""
    dice = random.Random(seed)  # noqa: S311  # spoils messages, keeps no secrets
    for _ in range(count):
        message = bytearray(dice.choice(sound))
        for _ in range(dice.randint(1, 4)):
            _change(message, dice)
        yield bytes(message)


def _change(message: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(message)) if message else 0
    match dice.randrange(7):
        case 0 if message:
            message[at] ^= 1 << dice.randrange(8)
        case 1 if message:
            message[at] = dice.choice((0, 1, 0x7F, 0x80, 0xFF))
        case 2:
            del message[at:]
        case 3:
            del message[at : at + dice.randint(1, 8)]
        case 4:
            message[at:at] = dice.randbytes(dice.randint(1, 8))
        case 5:
            message[at:at] = message[at : at + dice.randint(1, 32)]
        case _:
            message[:] = dice.randbytes(dice.randint(0, 64))
