from __future__ import annotations

import pytest

from outwork.match.words import Recogniser, read
from outwork.model.errors import InvalidRules, UnknownName
from tests.match.words.small import SMALL, shipped

PROCESSES = SMALL["processes.csv"]
MACHINES = SMALL["machines.csv"]

BROKEN = [
    ("taxonomy.toml", 'version = 1\nday = 2026-11-22\nsource = ""', "taxonomy.toml: version is missing or is not a text"),
    ("taxonomy.toml", 'version = "1"\nday = "1"\nsource = ""', "day is missing or is not a date such as 2026-11-22"),
    ("taxonomy.toml", SMALL["taxonomy.toml"] + "versoin = 1", "unknown field 'versoin'; did you mean 'version'?"),
    ("taxonomy.toml", "version = ", "is not TOML"),
    ("processes.csv", "code,parent,group,label\n", "processes.csv line 1: has the columns code, parent, group, label; they"),
    ("processes.csv", PROCESSES + "turning,separatin,separating,T,T.\n",
     "line 4: parent 'separatin' of 'turning' is not in processes.csv; did you mean 'separating'?"),
    ("processes.csv", PROCESSES + "a,b,a,A,A.\nb,a,a,B,B.\n", "line 4: 'a' is a kind of itself, through its parents"),
    ("processes.csv", PROCESSES + "turning,separating,joining,T,T.\n",
     "line 4: group 'joining' of 'turning' is not 'separating', where its parents end; did you mean 'separating'?"),
    ("processes.csv", PROCESSES + "turning,separating,,T,T.\n", "line 4: group is empty; every row states it"),
    ("processes.csv", PROCESSES + "Turning,separating,separating,T,T.\n", "line 4: code 'Turning' has capital letters"),
    ("processes.csv", PROCESSES + "unknown,separating,separating,U,U.\n", "line 4: 'unknown' stands for a process that nobody"),
    ("processes.csv", PROCESSES + "milling,separating,separating,M,M.\n", "line 4: code 'milling' stands in line 3 already"),
    ("processes.csv", "code,parent,group,label,description\n", "processes.csv: holds no process"),
    ("aliases/de.csv", "text,process\nFräsen,miling\n",
     "aliases/de.csv line 2: process 'miling' is not in processes.csv; did you mean 'milling'?"),
    ("aliases/de.csv", "text,process\nFräsen,milling\nFraesen,separating\n",
     "aliases/de.csv line 3: alias 'Fraesen' means 'separating' here and 'milling' in line 2"),
    ("aliases/de.csv", "text,process\n+++,milling\n", "line 2: alias '+++' has no letter or digit that can be compared"),
    ("aliases/german.csv", "text,process\n", "aliases/german.csv: 'german' is not a language of two small letters"),
    ("machines.csv", MACHINES + "HAAS,VF2,milling,,,,,,assumed,m\n", "line 3: 'HAAS VF2' stands in line 2 already"),
    ("machines.csv", MACHINES + "Haas,VF-3,milling,1 m,,,,,assumed,m\n", "line 3: x '1 m' is not a number"),
    ("machines.csv", MACHINES + "Haas,VF-3,milling,,,,,,asumed,m\n", "grade 'asumed' is not one of stated, observed, assumed"),
    ("others.csv", "text\n", "others.csv line 1: has the columns text; they are text, language"),
]  # fmt: skip


def faults(texts: dict[str, str]) -> list[str]:
    with pytest.raises(InvalidRules) as caught:
        read(texts)
    return [str(each) for each in caught.value.faults]


@pytest.mark.parametrize(("file", "text", "said"), BROKEN)
def test_what_is_wrong_in_a_file_is_named_with_its_line(file: str, text: str, said: str) -> None:
    assert any(said in each for each in faults({**SMALL, file: text}))


@pytest.mark.parametrize("file", ["taxonomy.toml", "processes.csv", "machines.csv", "others.csv", "plain.csv"])
def test_a_missing_file_is_named(file: str) -> None:
    rest = {path: text for path, text in SMALL.items() if path != file}
    assert f"{file}: is missing" in faults(rest)


def test_files_of_other_rooms_are_left_alone() -> None:
    assert read({**SMALL, "materials.csv": "anything"}).codes() == ("milling", "separating")


def test_rows_in_any_order_make_the_same_taxonomy() -> None:
    turned = {}
    for path, text in SMALL.items():
        heading, *rows = text.splitlines(keepends=True)
        if path.endswith(".csv"):
            rows.reverse()
        turned[path] = heading + "".join(rows)
    one, other = read(SMALL), read(turned)
    assert (one.processes, one.aliases, one.machines) == (other.processes, other.aliases, other.machines)


def test_a_confirmed_process_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="there is no process 'miling'; did you mean 'milling'"):
        Recogniser(read(SMALL), {"Fräserei": "miling"})


def test_the_shipped_taxonomy_has_ten_groups() -> None:
    groups = [each.code for each in shipped().processes if not each.parent]
    assert groups == ["changing properties", "coating", "composites", "electronics", "forming", "joining", "primary shaping",
                      "separating", "software loading", "test and inspection"]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de", "nl", "uk", "pl", "fr", "ro", "fi"])
def test_every_process_has_a_name_in_every_language(language: str) -> None:
    named = {each.process for each in shipped().aliases if each.language == language}
    assert set(shipped().codes()) - named == set()


def test_a_kind_of_a_kind_is_a_kind() -> None:
    words = shipped()
    assert words.narrower("5-axis milling", "machining")
    assert words.narrower("5-axis milling", "5-axis milling")
    assert not words.narrower("machining", "5-axis milling")
    assert not words.narrower("5-axis milling", "turning")
    assert words.ancestors("5-axis milling") == ("milling", "machining", "separating")


def test_within_agrees_with_the_chain_of_parents() -> None:
    words = shipped()
    for code in words.codes():
        above = {words.codes()[at] for at in words.within[words.position[code]].nonzero()[0]}
        assert above == {code, *words.ancestors(code)}
