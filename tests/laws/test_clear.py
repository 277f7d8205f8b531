"""What holds of clearing whatever the rules and the facts: nothing unknown opens, and learning more undoes nothing known."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from outwork import clear
from outwork.clear import rules
from outwork.clear.hearing import hear
from outwork.clear.logic import UNKNOWN, Truth
from outwork.clear.movements import movements
from outwork.clear.opinion import Outcome
from outwork.model.tables.design import Fact
from tests.clear.small import BOOK, HEAD, heard, programme, shipped
from tests.examples import drawing

FEW = drawing(0.4)

QUANTITIES = {"endurance": "min", "range": "km", "speed": "km/h"}
CLASSES = ("kite", "winch", "peg", "unlisted thing")
FLAGS = ("steered", "public")

numbers = st.integers(0, 12).map(lambda x: 10 * x)
cells = st.one_of(
    numbers.map(str),
    st.tuples(numbers, numbers).map(lambda pair: f"{min(pair)} to {max(pair)}"),
    numbers.map(lambda x: f"at least {x}"),
)


@st.composite
def facts(draw: st.DrawFn, item: str = "k") -> dict[str, tuple[str, ...]]:
    """Facts of one item, each of them there or not."""
    found: dict[str, tuple[str, ...]] = {}
    for name, unit in QUANTITIES.items():
        if draw(st.booleans()):
            found[name] = (item, name, draw(cells), unit)
    for name in FLAGS:
        if draw(st.booleans()):
            found[name] = (item, name, draw(st.sampled_from(["yes", "no"])))
    if draw(st.booleans()):
        found["class"] = (item, "class", draw(st.sampled_from(CLASSES)))
    return found


@st.composite
def comparisons(draw: st.DrawFn) -> str:
    """One comparison, as a rule file writes it."""
    if draw(st.booleans()):
        return f"{{ fact = '{draw(st.sampled_from(FLAGS))}', is = {draw(st.sampled_from(['true', 'false']))} }}"
    name = draw(st.sampled_from(sorted(QUANTITIES)))
    operator = draw(st.sampled_from(["at_least", "more_than", "at_most", "less_than"]))
    return f"{{ fact = '{name}', {operator} = '{draw(numbers)} {QUANTITIES[name]}' }}"


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """Comparisons joined by all, any or none, as fields of a rule."""
    how = draw(st.sampled_from(["all", "any", "none"]))
    parts = draw(
        st.lists(st.one_of(comparisons(), comparisons().map(lambda each: f"{{ none = [{each}] }}")), min_size=1, max_size=3)
    )
    return f"{how} = [{', '.join(parts)}]"


@st.composite
def books(draw: st.DrawFn) -> dict[str, str]:
    """A rulebook of up to three entries with releases, besides the small one."""
    files = dict(BOOK)
    for number in range(draw(st.integers(1, 3))):
        name = f"8X{number}"
        scope = draw(st.sampled_from(["{ class = 'kite' }", "{ class = ['kite', 'winch'] }", "{ kind = 'goods' }"]))
        text = f'entry = "{name}"\nkind = "goods"\nscope = {scope}' + HEAD.format(name=name)
        for each in range(draw(st.integers(1, 2))):
            text += f'\n[[control]]\npath = "{name}.{each}"\n{draw(conditions())}\n'
        if draw(st.booleans()):
            text += f'\n[[release]]\npath = "{name} Note"\n{draw(conditions())}\n'
        files[f"{name}.toml"] = text
    return files


def truths(rows: Mapping[str, tuple[str, ...]], files: Mapping[str, str]) -> dict[str, Truth]:
    """Whether the item is listed, at all and under each path, as goods and as technology."""
    found: dict[str, Truth] = {}
    for kind in ("goods", "technology"):
        things, where = heard([("k", "unasked", "1"), *rows.values()], rules.read(files), kind)
        for place, thing in enumerate(things.movable):
            if thing.item == "k":
                found[f"{thing.kind}"] = Truth(int(where.states[place]))
                found |= {f"{thing.kind} {path}": Truth(int(each[place])) for path, each in where.board.paths.items()}
    return found


@given(files=books(), rows=facts(), data=st.data())
def test_learning_a_fact_never_undoes_what_was_known(
    files: dict[str, str], rows: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    learnt = data.draw(facts())
    before, after = truths(rows, files), truths({**learnt, **rows}, files)
    assert {name: truth for name, truth in before.items() if truth != UNKNOWN}.items() <= after.items()


@given(files=books(), rows=facts(), data=st.data())
def test_a_second_value_for_a_fact_never_turns_what_was_listed_into_free(
    files: dict[str, str], rows: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    again = {f"{name} again": row for name, row in data.draw(facts()).items()}
    before, after = truths(rows, files), truths({**rows, **again}, files)
    assert not any(truth == Truth.TRUE and after[name] == Truth.FALSE for name, truth in before.items())


@given(rows=facts(), limit=numbers, stricter=numbers)
def test_a_stricter_threshold_never_yields_a_laxer_outcome(rows: dict[str, tuple[str, ...]], limit: int, stricter: int) -> None:
    def with_limit(minutes: int) -> dict[str, str]:
        return {**BOOK, "9X1.toml": BOOK["9X1.toml"].replace('at_least = "60 min"', f'at_least = "{minutes} min"')}

    lax, strict = max(limit, stricter), min(limit, stricter)
    before, after = truths(rows, with_limit(lax)), truths(rows, with_limit(strict))
    assert all(after[name] >= truth for name, truth in before.items())


@given(files=books(), rows=facts(), data=st.data())
def test_the_order_of_rules_does_not_matter(
    files: dict[str, str], rows: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    names = data.draw(st.permutations([f"{number:02}" for number in range(len(files))]))
    moved = {
        path if path == "vocabulary.toml" else f"{name}.toml": text
        for name, (path, text) in zip(names, files.items(), strict=True)
    }
    assert truths(rows, moved) == truths(rows, files)


CRAFT = ("unmanned aircraft", "radar", "uncooled thermal camera", "fastener", "industrial robot")
ASKED = (
    "beyond natural vision", "electronically scanned array", "designed for military use", "us origin", "itar", "to a free zone",
    "informed of a use of article 4", "aware of a use of article 4", "grounds to suspect a use of article 4",
    "military end use",
)  # fmt: skip


@st.composite
def crafts(draw: st.DrawFn) -> list[Fact]:
    """Facts of the craft by the rules that are shipped."""
    found = [
        Fact(item="craft", fact=name, value=draw(st.sampled_from(["yes", "no"]))) for name in ASKED if draw(st.integers(0, 3))
    ]
    if draw(st.integers(0, 4)):
        found.append(Fact(item="craft", fact="class", value=draw(st.sampled_from(CRAFT))))
    for name, unit in (("endurance", "min"), ("gust speed", "km/h"), ("range", "km"), ("max frame rate", "Hz")):
        if draw(st.booleans()):
            found.append(Fact(item="craft", fact=name, value=draw(cells), unit=unit))
    return found


def outcomes(stated: list[Fact]) -> dict[str, tuple[Outcome, bool]]:
    """What each movement comes to, and whether any fact is missing for it."""
    base = programme([], *stated)
    heard_of = hear(base, movements(base), clear.Options(), shipped())
    return {str(each.movement): (each.outcome, bool(each.missing)) for each in heard_of.determinations}


@FEW
@given(stated=crafts(), learnt=crafts())
def test_learning_a_fact_never_opens_what_known_facts_closed(stated: list[Fact], learnt: list[Fact]) -> None:
    said = {each.fact for each in stated}
    before, after = outcomes(stated), outcomes([*stated, *(each for each in learnt if each.fact not in said)])
    for name, (outcome, missing) in before.items():
        assert missing or after[name][0] >= outcome, name


@FEW
@given(stated=crafts())
def test_every_outcome_cites_a_provision_or_says_why_none_applies(stated: list[Fact]) -> None:
    base = programme([], *stated)
    found = clear.run(base, clear.Options(), shipped()).tables["determinations"]
    assert found.height == 4
    assert all(cite.strip() for cite in found["cite"])
