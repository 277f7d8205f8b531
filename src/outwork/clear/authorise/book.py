"""The rule tables of the Union that are not entries or authorisations: Annex IV, article 4, bans and arms embargoes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from outwork.clear import military
from outwork.clear.rules import condition_cell
from outwork.clear.rules.conditions import ALWAYS, Condition, Joined, Listed
from outwork.clear.rules.crossing import is_path
from outwork.clear.rules.parse_conditions import Parser
from outwork.clear.rules.provision import READINGS, STATUSES, Reading, Status
from outwork.clear.rules.rulebook import Authorisation, Rulebook
from outwork.model.errors import Fault, InvalidRules
from outwork.model.sheet import Line, lines

ANNEX_IV: Final = "eu/annex_iv.csv"
ARTICLES: Final = "eu/articles.csv"
EMBARGOES: Final = "eu/embargoes.csv"
UNION: Final = "EU"
ARMS: Final = "arms embargo"
"""Group of nations.toml that `embargoes.csv` explains nation by nation."""
EVERYWHERE: Final = "all"

EmbargoKind = Literal["arms", "dual-use ban", "dual-use restrictions"]
EMBARGO_KINDS: Final[tuple[EmbargoKind, ...]] = ("arms", "dual-use ban", "dual-use restrictions")
Against = Literal["state", "parties"]
CHECKED: Final = ("yes", "no")


@dataclass(frozen=True)
class Embargo:
    """An act that closes a nation, to arms or to dual-use items. `against` parties: only some who are there."""

    nation: str
    kind: EmbargoKind
    against: Against
    cite: str
    status: Status
    reading: Reading
    checked: Literal["yes", "no"]
    """Whether the text in force was read. No: it is cited from memory and may have changed."""
    note: str


@dataclass(frozen=True)
class Member:
    """One path of Annex IV: what is listed under it is in the annex where the condition holds."""

    path: str
    condition: Condition
    cite: str
    reading: Reading
    note: str


@dataclass(frozen=True)
class CatchAll:
    """One paragraph of article 4. `embargoed`: it asks only about destinations under an arms embargo."""

    path: str
    where: Literal["all", "arms embargo"]
    condition: Condition
    cite: str
    reading: Reading
    note: str


@dataclass(frozen=True, eq=False)
class AuthoriseBook:
    """Everything that `authorise` looks up. One book is itself and no other, so that what follows from it alone can be kept."""

    authorisations: tuple[Authorisation, ...]
    union: frozenset[str]
    """Member States."""
    annex_iv: tuple[Member, ...]
    catch_all: tuple[CatchAll, ...]
    embargoes: Mapping[str, tuple[Embargo, ...]]
    """Nation -> acts."""
    military: military.Military = field(default_factory=lambda: military.Military((), ()))
    """What an expert looks at for things designed for military use."""

    def acts(self, nation: str, *kinds: EmbargoKind) -> tuple[Embargo, ...]:
        """Return the acts of these kinds against a nation."""
        return tuple(act for act in self.embargoes.get(nation, ()) if act.kind in kinds)


def read(rulebook: Rulebook) -> AuthoriseBook:
    """Return the tables of a rulebook. InvalidRules with every fault in them."""
    faults: list[Fault] = []
    parser = Parser(rulebook.vocabulary, rulebook.nations)
    members = tuple(_members(rulebook.texts, parser, faults))
    articles = tuple(_articles(rulebook.texts, parser, faults))
    acts = tuple(_embargoes(rulebook.texts, faults))
    arms = military.read(rulebook.texts, rulebook.vocabulary, faults)
    armed = {act.nation for act in acts if act.kind == "arms"}
    for nation in sorted(armed ^ rulebook.members(ARMS)):
        where = "the group has it" if nation not in armed else f"{EMBARGOES} has it"
        reason = f"'{nation}' stands in one of {EMBARGOES} and the group '{ARMS}' of nations.toml only: {where}"
        faults.append(Fault(EMBARGOES, reason, None, "nation", nation, place=EMBARGOES))
    if faults:
        raise InvalidRules(tuple(faults))
    by_nation = {nation: tuple(act for act in acts if act.nation == nation) for nation in sorted({act.nation for act in acts})}
    return AuthoriseBook(rulebook.authorisations, rulebook.members(UNION), members, articles, by_nation, arms)


def _members(texts: Mapping[str, str], parser: Parser, faults: list[Fault]) -> Iterator[Member]:
    columns = ("path", "made_for", "when", "unless", "provision", "reading", "note")
    for line in lines(ANNEX_IV, texts, columns, faults):
        if not is_path(line.text("path")):
            line.fault("path", f"'{line.text('path')}' is not a path, such as 9A012.a")
        cite = f"Regulation (EU) 2021/821 {line.needed('provision')}"
        reading = line.choice("reading", READINGS)
        yield Member(line.text("path"), _narrowed(line, parser), cite, reading, line.text("note"))


def _narrowed(line: Line, parser: Parser) -> Condition:
    """Return what a row of Annex IV adds to the path: what the item is made for, when, unless."""
    parts: list[Condition] = []
    if made_for := line.names("made_for"):
        parts.append(Listed(made_for, "made for"))
    if (when := condition_cell.condition(line, "when", parser)) is not None:
        parts.append(when)
    if (unless := condition_cell.condition(line, "unless", parser)) is not None:
        parts.append(Joined("none", (unless,)))
    return Joined("all", tuple(parts)) if parts else ALWAYS


def _articles(texts: Mapping[str, str], parser: Parser, faults: list[Fault]) -> Iterator[CatchAll]:
    for line in lines(ARTICLES, texts, ("path", "where", "when", "cite", "reading", "note"), faults):
        condition = condition_cell.condition(line, "when", parser)
        if condition is None:
            line.needed("when")
        yield CatchAll(
            line.needed("path"),
            line.choice("where", (EVERYWHERE, ARMS)),
            condition or ALWAYS,
            line.needed("cite"),
            line.choice("reading", READINGS),
            line.text("note"),
        )


def _embargoes(texts: Mapping[str, str], faults: list[Fault]) -> Iterator[Embargo]:
    columns = ("nation", "kind", "against", "cite", "status", "reading", "checked", "note")
    for line in lines(EMBARGOES, texts, columns, faults):
        yield Embargo(
            line.nation("nation"),
            line.choice("kind", EMBARGO_KINDS),
            line.choice("against", ("state", "parties")),
            line.needed("cite"),
            line.choice("status", STATUSES),
            line.choice("reading", READINGS),
            line.choice("checked", CHECKED),
            line.text("note"),
        )
