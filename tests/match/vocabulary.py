"""A small vocabulary of processes for tests: a tree, aliases and two machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from outwork.match.terms import terms
from outwork.match.terms.terms import Terms

PARENT: Mapping[str, str] = {
    "milling": "machining", "turning": "machining", "five-axis-milling": "milling", "machining": "separating",
    "board-assembly": "electronics", "range-test": "test",
}  # fmt: skip
CODES = tuple(sorted({*PARENT, *PARENT.values()}))
ALIASES: Mapping[str, str] = {"fräsen": "milling", "cnc milling": "milling", "smt": "board-assembly", "zerspanung": "machining"}


@dataclass(frozen=True)
class Model:
    """A machine by its make and model."""

    process: str
    x: float | None = None
    y: float | None = None
    z: float | None = None
    tolerance: float | None = None
    mass: float | None = None


MACHINES: Mapping[str, Model] = {"marlin m5": Model("five-axis-milling", 500, 450, 400, 0.01), "heron h1": Model("turning")}


@dataclass(frozen=True)
class Vocabulary:
    """Codes and aliases by their exact words, machines by their names."""

    def resolve(self, texts: Sequence[str]) -> list[str | None]:
        """Return the codes of aliases and codes."""
        plain = [" ".join(text.casefold().split()) for text in texts]
        return [text if text in CODES else ALIASES.get(text) for text in plain]

    def listed(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the codes of the parts of each text between commas."""
        return [tuple(code for code in self.resolve(text.split(",")) if code is not None) for text in texts]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return what a process is a kind of."""
        above = []
        while code in PARENT:
            code = PARENT[code]
            above.append(code)
        return tuple(above)

    def machine(self, text: str) -> Model | None:
        """Return a machine."""
        return MACHINES.get(text.casefold())

    def nearest(self, text: str) -> str:
        """Return a code that begins alike."""
        return next((code for code in CODES if code[:4] == text.casefold()[:4]), "")


@cache
def small_terms() -> Terms:
    """The shipped materials, classes, certificates and repairs with this vocabulary."""
    from importlib.resources import files  # noqa: PLC0415 - only tests read the files by themselves

    folder = files("outwork.store") / "taxonomy"
    names = ("materials.csv", "classes.csv", "certificates.csv", "repairs.csv")
    return terms.read({name: (folder / name).read_text(encoding="utf-8") for name in names}, Vocabulary())
