"""The files of the taxonomy, read once: processes and the words for them, materials, classes, certificates, repairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from outwork.match import words
from outwork.match.terms import terms
from outwork.match.terms.terms import Reader, Terms
from outwork.match.words import Recogniser
from outwork.model.programme import Programme


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What words mean. `texts` are the files, by their path within the taxonomy."""

    texts: Mapping[str, str]
    recogniser: Recogniser

    @classmethod
    def read(cls, texts: Mapping[str, str]) -> Vocabulary:
        """Read the files. InvalidRules with every fault where one breaks its own format."""
        return _read(tuple(sorted(texts.items())))

    @property
    def version(self) -> str:
        """Version of the taxonomy."""
        return self.recogniser.taxonomy.version

    def of(self, programme: Programme) -> Terms:
        """Return what words mean in a programme, whose `aliases` go before every guess. UnknownName for one of no process."""
        return terms.read(self.texts, Reader.of(self.recogniser, programme))


@lru_cache(2)
def _read(texts: tuple[tuple[str, str], ...]) -> Vocabulary:
    """Read the files; nothing changes a vocabulary afterwards, so who reads the same files again is given the same one."""
    held = MappingProxyType(dict(texts))
    return Vocabulary(held, Recogniser(words.read(held), {}))
