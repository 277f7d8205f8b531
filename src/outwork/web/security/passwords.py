"""Passwords, hashed by argon2id on a few threads of their own, so that nobody else's page waits for them."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from outwork.web.settings import Hashing

LEAST: Final = 12
MOST: Final = 256
DISTINCT: Final = 5
"""Fewer different letters than these are a pattern."""
INITIALS: Final = 2
"""Parts of a name that are no longer than this may stand in a password."""
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Verdict:
    """Whether a password was right; `renewed` is its hash by today's parameters where the kept one is older, else ''."""

    right: bool
    renewed: str = ""


class Passwords:
    """Hashes and compares passwords, a bounded number at once."""

    def __init__(self, cost: Hashing) -> None:
        """Prepare threads, and a hash that nothing opens, to be compared with where there is no account."""
        self._hasher = PasswordHasher(cost.passes, cost.memory, cost.lanes)
        self._threads = ThreadPoolExecutor(cost.threads, thread_name_prefix="passwords")
        self._nobody = self._hasher.hash(unicodedata.unidata_version)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)

    async def hashed(self, password: str) -> str:
        """Return a password's hash."""
        return await self._apart(self._hasher.hash, _letters(password))

    async def compare(self, kept: str, given: str) -> Verdict:
        """Compare a password with the hash that is kept; '', of an account that is not there, takes as long and is wrong."""
        return await self._apart(self._compare, kept, _letters(given)[:MOST])

    def _compare(self, kept: str, given: str) -> Verdict:
        try:
            self._hasher.verify(kept or self._nobody, given)
        except (VerificationError, InvalidHashError):
            return Verdict(right=False)
        if not kept:
            return Verdict(right=False)
        return Verdict(right=True, renewed=self._hasher.hash(given) if self._hasher.check_needs_rehash(kept) else "")

    async def _apart(self, work: Callable[..., Answer], *given: str) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)


def weakness(password: str, account: str, name: str) -> str:
    """Return the key of the text that says why a password is too weak for an account; '' where it is not."""
    letters = _letters(password).casefold()
    if len(letters) < LEAST:
        return "password.short"
    if len(letters) > MOST:
        return "password.long"
    if len(set(letters)) < DISTINCT:
        return "password.pattern"
    own = [account, *name.split(), name.replace(" ", "")]
    return "password.named" if any(len(each) > INITIALS and each.casefold() in letters for each in own) else ""


def _letters(password: str) -> str:
    """Return a password as every keyboard writes it."""
    return unicodedata.normalize("NFKC", password)
