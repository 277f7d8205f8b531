"""Entries in bulk: one row of a CSV file for each entry that no file of its own transcribes.

Such an entry says what it is about and leaves the rest to an expert, or follows from other entries alone:

    with `listed`:  what the thing is made for is listed there, and it serves one of the purposes, and is peculiar to it
    without:        the fact `meets 3A002` is true; nobody but an expert states it, so it is unknown until then
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from outwork.clear.rules.conditions import ALWAYS, Condition, Joined, Listed, Operator, Test
from outwork.clear.rules.provision import ITEM_KINDS, READINGS, Provision
from outwork.clear.rules.rulebook import Control, Entry
from outwork.clear.rules.vocabulary import Term, Vocabulary
from outwork.model.errors import Fault
from outwork.model.nearest import nearest
from outwork.model.sheet import Line, lines

NAME: Final = "entries.csv"
OTHERS: Final = ("us/", "checklists/")
"""Folders with formats of their own, which their own readers check."""
COLUMNS: Final = ("entry", "kind", "title", "classes", "listed", "purpose", "reading", "since", "until", "cite", "source")
PURPOSE: Final = "purpose"
PECULIAR: Final = {"software": "specially designed", "technology": "required"}
"""The fact by which software or technology belongs to what it is made for, and to nothing else."""


def files(texts: Mapping[str, str]) -> list[str]:
    """Return the files of entries in bulk; those of the United States have a format of their own."""
    return [path for path in sorted(texts) if PurePosixPath(path).name == NAME and not path.startswith(OTHERS)]


def terms(texts: Mapping[str, str]) -> Iterator[Term]:
    """Yield, for each row that leaves an entry to an expert, the fact that says whether a thing meets it."""
    for file in files(texts):
        for line in lines(file, texts, COLUMNS, []):
            if not line.text("listed"):
                entry = line.text("entry")
                asked = f"Does it meet {entry} ({line.text('title')})? An expert answers."
                yield Term(meets(entry), "flag", asked, file=file)


def meets(entry: str) -> str:
    """Return the name of the fact that a thing meets an entry."""
    return f"meets {entry}"


def entries(texts: Mapping[str, str], vocabulary: Vocabulary, faults: list[Fault]) -> list[Entry]:
    """Return the entries of all files of entries in bulk."""
    return [_entry(line, vocabulary) for file in files(texts) for line in lines(file, texts, COLUMNS, faults)]


def _entry(line: Line, vocabulary: Vocabulary) -> Entry:
    name, kind = line.needed("entry"), line.choice("kind", ITEM_KINDS)
    provision = Provision(
        name,
        "-".join(PurePosixPath(line.file).parent.parts).replace("_", "-"),
        line.needed("title"),
        "in force",
        line.day("since"),
        line.day("until") if line.text("until") else None,
        line.needed("cite"),
        line.needed("source"),
        "",
        "",
        line.file,
    )
    condition = _made_for(line, kind, vocabulary) if line.text("listed") else Test(meets(name), Operator.IS, True, "true")
    control = Control(name, condition, line.choice("reading", READINGS), line=line.number)
    return Entry(provision, kind, _scope(line, vocabulary), (control,))


def _scope(line: Line, vocabulary: Vocabulary) -> Condition:
    names = line.names("classes")
    if not names:
        return ALWAYS
    known = vocabulary.find("class")
    for each in names:
        if known is None or each not in known.choices:
            near = nearest(each, () if known is None else known.choices)
            line.fault("classes", f"'{each}' is not a class of the vocabulary", near)
    return Test("class", Operator.IN, frozenset(names), ", ".join(names))


def _made_for(line: Line, kind: str, vocabulary: Vocabulary) -> Condition:
    parts: list[Condition] = [Listed(line.names("listed"))]
    wanted = line.names("purpose")
    term = vocabulary.find(PURPOSE)
    for each in wanted:
        if term is None or each not in term.choices:
            line.fault("purpose", f"'{each}' is not a purpose of the vocabulary", nearest(each, term.choices if term else ()))
    if wanted:
        parts.append(Test(PURPOSE, Operator.IN, frozenset(wanted), ", ".join(wanted)))
    if kind in PECULIAR:
        if vocabulary.find(PECULIAR[kind]) is None:
            line.fault("kind", f"the vocabulary lacks the flag '{PECULIAR[kind]}', by which {kind} belongs to what it is for")
        parts.append(Test(PECULIAR[kind], Operator.IS, True, "true"))
    return Joined("all", tuple(parts))
