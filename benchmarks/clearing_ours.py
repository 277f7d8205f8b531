"""One reading of `clear`: all items on all lanes, every opinion with every step that was tried, and the flips of listed items.

python -m benchmarks.clearing_ours 200 1000 200 1000
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from benchmarks.measure import Lap, tell
from benchmarks.peers.clearing_case import CLOSE, FLAGS, NOTICE, NUMBERS, Comparison, Rule, World, world
from outwork.clear import rules
from outwork.clear.case import Movement
from outwork.clear.hearing import Hearing, hear
from outwork.clear.opinion import Outcome
from outwork.clear.options import Options
from outwork.model.programme import Programme
from outwork.model.tables.design import Fact, Item
from outwork.model.tables.frame import Settings
from outwork.store import rulebook

WORDS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than"}
HEAD = """regime = "made-up"
title = "Made up"
status = "in force"
since = 2025-01-01
cite = "Nothing: made up for a benchmark"
source = "made up"
"""
DECLARED = {
    "us origin": "no", "itar": "no", "designed for military use": "no", "informed of a use of article 4": "no",
    "aware of a use of article 4": "no", "grounds to suspect a use of article 4": "no", "military end use": "no",
}  # fmt: skip


def main(words: list[str]) -> None:
    """Tell the seconds and how many movements may go without a licence."""
    made = world(*map(int, words))
    lap = Lap()
    book = rules.read(texts(made))
    reading = lap()
    programme, moving = case(made)
    lap()
    hearing = hear(programme, moving, Options(date(2026, 1, 5), DECLARED), book)
    hearing_seconds = lap()
    allowed = [each.outcome <= Outcome.GENERAL for each in hearing.determinations]
    tell(seconds=hearing_seconds, reading=reading, allowed=sum(allowed), asked=len(allowed), steps=steps(hearing))
    tell(answers="".join("01"[each] for each in allowed))


def steps(hearing: Hearing) -> int:
    """Return how many provisions were tried and are there to be told: paths of each item, steps of each opinion."""
    paths = len(hearing.law.paths)
    return sum(paths + sum(len(opinion.trace) for opinion in each.opinions) for each in hearing.determinations)


def texts(made: World) -> dict[str, str]:
    """Return the made-up rules as files, over the shipped ones without their entries and authorisations."""
    shipped = {p: t for p, t in rulebook.texts().items() if "dual_use/" not in p and "authorisations/" not in p}
    facts = [f'["{name}"]\nkind = "quantity"\nunit = "1"\nquestion = "?"\n' for name in NUMBERS]
    facts += [f'["{name}"]\nkind = "flag"\nquestion = "?"\n' for name in (*FLAGS, NOTICE)]
    general = f'authorisation = "GEN"\n{HEAD}covers = "all"\ndestinations = {list(CLOSE)!r}\n'
    general += f'[[condition]]\npath = "GEN 1"\nall = [{{ fact = "{NOTICE}", is = true }}]\n'
    own = {f"made_up/{rule.name}.toml": entry(rule) for rule in made.rules}
    return {**shipped, **own, "made_up/vocabulary.toml": "\n".join(facts), "made_up/general.toml": general}


def entry(rule: Rule) -> str:
    """Return a rule as the file of an entry."""
    text = f'entry = "{rule.name}"\nkind = "goods"\nscope = {{ class = "unmanned aircraft" }}\n{HEAD}'
    for number, path in enumerate(rule.paths):
        text += f'[[control]]\npath = "{rule.name}.{number}"\nall = [{", ".join(map(written, path))}]\n'
    if rule.release:
        text += f'[[release]]\npath = "{rule.name} Note"\nall = [{", ".join(map(written, rule.release))}]\n'
    return text


def written(comparison: Comparison) -> str:
    """Return a comparison as a rule file writes it."""
    fact, operator, value = comparison
    how = f"is = {str(value).lower()}" if operator == "is" else f"{WORDS[operator]} = {value}"
    return f"{{ fact = '{fact}', {how} }}"


def case(made: World) -> tuple[Programme, list[Movement]]:
    """Return the items with their facts as a programme, and every item on every lane."""
    programme = Programme.of(
        Settings(name="Made up", start=date(2026, 1, 5), weeks=1),
        [Item(item=item, name=item, value=1.0) for item in made.items],
        list(stated(made)),
    )
    ways = [
        Movement(item, "all", "goods", "NL", nation, party, frozenset((nation,)))
        for item in made.items
        for party, nation in made.lanes
    ]
    return programme, ways


def stated(made: World) -> Iterator[Fact]:
    """Yield every fact of every item."""
    for item, facts in made.items.items():
        yield Fact(item=item, fact="class", value="unmanned aircraft")
        for fact, value in facts.items():
            yield Fact(item=item, fact=fact, value=str(value).lower())


if __name__ == "__main__":
    main(sys.argv[1:])
