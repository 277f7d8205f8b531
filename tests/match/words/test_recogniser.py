from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outwork.match.words.folding import fold
from outwork.match.words.taxonomy import Alias
from tests.match.words.small import reader, shipped

ALIASES = st.sampled_from(shipped().aliases)
NONSENSE = st.text(alphabet="bdfgkpqvwxz", min_size=3, max_size=6)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CNC-Fräsen", "cnc fraesen"),
        ("Spritzguß", "Spritzguss"),
        ("п'ятиосьове", "п’ятиосьове"),
        ("зварювання", "zvaryuvannia"),
        ("5-axis", "5axis"),
        ("3-D printing", "3D Printing"),
        ("découpe au jet d'eau", "decoupe au jet d’eau"),
        ("śrutowanie", "srutowanie"),
        ("îndoire țeavă", "indoire teava"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_every_code_and_label_is_recognised_as_itself() -> None:
    for process in shipped().processes:
        for text in (process.code, process.label, process.label.upper()):
            assert reader().recognise(text).code == process.code


def test_every_alias_of_every_language_is_its_process_or_broader_or_left_open() -> None:
    found = reader().recognise_all([each.text for each in shipped().aliases])
    wrong = [
        (alias.text, alias.process, one.code)
        for alias, one in zip(shipped().aliases, found, strict=True)
        if one.code is not None and not shipped().narrower(alias.process, one.code)
    ]
    assert wrong == []
    assert sum(one.code is None for one in found) <= 0.002 * len(found)  # names that mean unlike things in two languages


@given(ALIASES, NONSENSE)
def test_an_unrelated_word_before_a_name_never_makes_it_another_process(alias: Alias, word: str) -> None:
    assume(reader().recognise(word).code is None)  # FFF is a name
    found = reader().recognise(f"{word} {alias.text}")
    plain = reader().recognise(alias.text)
    if found.how == "alias" and found.code is not None and plain.code is not None:
        assert shipped().related(found.code, plain.code)


@given(ALIASES)
def test_what_a_person_confirmed_goes_before_everything(alias: Alias) -> None:
    confirmed = reader().knowing({alias.text: "calibration"})
    assert confirmed.recognise(alias.text.upper()).code == "calibration"
    assert confirmed.recognise(alias.text.upper()).how == "confirmed"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We offer TIG welding of aluminium", "tig welding"),
        ("Laser cutting up to 20 mm steel", "laser cutting"),
        ("soldering of electronic components with a soldering iron", "soldering"),
        ("послуги фрезерування", "milling"),
        ("Edelstahlschweißen", "welding"),
        ("frezowaniem CNC", "milling"),
        ("Milling, turning", "machining"),
        ("assembly of welded frames", "assembly"),
    ],
)
def test_a_name_is_found_within_a_sentence(text: str, code: str) -> None:
    assert reader().recognise(text).code == code


@pytest.mark.parametrize("text", ["no welding", "kein Schweißen", "без зварювання", "bez spawania", "soudure : pas de TIG"])
def test_what_is_denied_is_not_read(text: str) -> None:
    assert reader().recognise(text).code is None


@pytest.mark.parametrize(
    "text",
    ["bakery", "sewing machine", "hair cutting", "Näherei und Schneiderei", "перукарня", "piekarnia", "boulangerie", "kampaamo",
     "", "???", "кафе", "kitchen knife sharpening", "laundry"],
)  # fmt: skip
def test_other_trades_are_not_read(text: str) -> None:
    assert reader().recognise(text).code is None


@pytest.mark.parametrize(
    ("text", "process", "x"),
    [
        ("Haas VF2", "milling", 762),
        ("VF-2SS", "milling", 762),
        ("DMU-50", "5-axis milling", 650),
        ("DMG Mori DMU 50 3rd generation", "5-axis milling", 650),
        ("Trumpf TruBend 3120", "bending", None),
        ("Okuma LB 2500", "turning", None),
        ("Mycronic MY200", "surface mount assembly", None),
        ("eos m290", "metal powder bed printing", 250),
        ("Arburg", "injection moulding", None),
        ("Stratasys", "additive manufacturing", None),
    ],
)
def test_a_machine_gives_its_process_and_where_known_its_size(text: str, process: str, x: float | None) -> None:
    machine = reader().machine(text)
    assert machine is not None
    assert (machine.process, machine.x) == (process, x)
    assert reader().recognise(text).code == process


@pytest.mark.parametrize("text", ["C 45", "ISO 9001", "M 290 000 EUR", "VF", "steel S355", "a brother"])
def test_what_only_looks_like_a_machine_is_none(text: str) -> None:
    assert reader().machine(text) is None


def test_an_answer_does_not_depend_on_its_neighbours() -> None:
    texts = ["jyrsinnän palvelut", "frezer", "x", "welding", "metal sanding booth", "frezer"]
    together = reader().recognise_all(texts)
    assert together == tuple(reader().recognise(text) for text in texts)


def test_an_open_text_is_given_with_what_comes_nearest() -> None:
    found = reader().recognise("kävelyjyrsintä metsässä")
    assert found.code is None
    assert "milling" in [code for code, _ in found.nearest]
    assert [score for _, score in found.nearest] == sorted((score for _, score in found.nearest), reverse=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("jyrsinnän", "milling"),
        ("alumiinin jyrsintää", "milling"),
        ("levyjen särmäystä", "bending"),
        ("laserleikattuja osia", "laser cutting"),
        ("sorvausosat", "turning"),
        ("gedraaide onderdelen", "turning"),
        ("frezowane części", "milling"),
        ("pièces fraisées", "milling"),
        ("фрезеруванням деталей", "milling"),
        ("sudarea țevilor din inox", "welding"),
        ("Präzisionsfräsen", "milling"),
        ("kevytmetallivalu", "casting"),
        ("spawacz", "welding"),
        ("Fräser", "milling"),
    ],
)
def test_a_name_is_known_in_its_cases_and_compounds_and_by_who_does_it(text: str, code: str) -> None:
    assert reader().recognise(text).code == code


@pytest.mark.parametrize(
    "text",
    ["milling of garden sheds", "Kipsilevytyöt", "kantojyrsintää", "scaffolding", "grinding of coffee", "Фарбування фасадів",
     "Montage von Dachrinnen", "polishing of shoes"],
)  # fmt: skip
def test_a_name_of_daily_life_beside_strange_words_is_left_open(text: str) -> None:
    assert reader().recognise(text).code is None


@pytest.mark.parametrize("text", ["grinding of steel shafts", "Schleifen von Wellen", "шліфування валів", "hionta, teräs"])
def test_a_name_of_daily_life_among_plain_words_is_read(text: str) -> None:
    assert reader().recognise(text).code == "grinding"
