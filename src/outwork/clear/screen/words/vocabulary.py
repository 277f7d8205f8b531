"""Words that weigh little in a name, because so many names have them; words that say which of several sisters is meant."""

from __future__ import annotations

from typing import Final

TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady hon rev fr sheikh shaikh sheik shaykh cheikh sayyid sayed syed"
    " seyed haji hajji hadji hajj mullah mulla mawlawi maulana maulavi molvi mufti qari ayatollah imam hojjatoleslam general"
    " gen colonel col major maj captain capt lieutenant lt admiral brigadier president prasident minister king prince"
    " princess emir amir eng engineer herr frau monsieur madame mme senor senora don dona pan pani hr ing mag dipl jr sr ii"
    " iii esq phd".split()
)
"""Words before or after a person's name that are no part of it."""

PARTICLES: Final = frozenset(
    "al el ul as ad ud ur bin ibn ben bint binti von van der den de del della di da do dos das du la le les ter ten zu zur"
    " na bn abn af av".split()
)
"""Small words within a person's name, which come and go from one register to the next."""
SAME_PARTICLE: Final = {
    "ibn": "bin",
    "bn": "bin",
    "abn": "bin",
    "ben": "bin",
    "el": "al",
    "ul": "al",
    "ud": "al",
    "ur": "al",
    "binti": "bint",
}

COMMON: Final = frozenset(
    "group groupe gruppe gruppa holding holdings international intl global trading trade general services service solutions"
    " systems system technology technologies tech industries industry industrial enterprise enterprises import export"
    " importexport investment investments capital partners partner fund foundation association union organisation institute"
    " center centre research development engineering construction consulting management logistics shipping transport"
    " airlines bank banking finance financial insurance real estate property energy oil gas petroleum power steel metal"
    " metals mining electronics electronic electric communications telecom media business commercial company firm factory"
    " plant works zavod kombinat predpriyatie obedinenie nauchno proizvodstvennoe tsentr institut korporatsiya kompaniya"
    " national state federal public united first new east west north south asset assets securities mortgage loan series"
    " department ministry university aviation aerospace marine maritime ship shipyard vessel mv mt ss yard no number network"
    " party front army brigade".split()
)
"""Words that many firms bear."""

FILLERS: Final = frozenset("the of for and und et i y a an in im fur de la di del der die das do da & dlya z".split())
"""Words without weight in the name of a firm."""

PLACES: Final = frozenset(
    "afghanistan albania algeria argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium bosnia"
    " brazil bulgaria cambodia canada chile china colombia congo croatia cuba cyprus denmark deutschland dubai ecuador egypt"
    " emirates england estonia ethiopia europe finland france georgia germany ghana greece guatemala hungary iceland india"
    " indonesia iran iraq ireland israel italia italy japan jordan kazakhstan kenya korea kosovo kuwait kyrgyzstan laos"
    " latvia lebanon liberia libya lithuania luxembourg malaysia mali malta mexico moldova mongolia montenegro morocco"
    " myanmar nederland netherlands nicaragua nigeria norway oman pakistan panama peru philippines poland polska portugal"
    " qatar romania russia schweiz scotland serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria"
    " taiwan tajikistan thailand tunisia turkey turkiye turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam"
    " yemen zimbabwe africa america asia hongkong".split()
)
"""Countries and continents in names of firms: two sisters differ by nothing else."""

NUMBERS: Final[dict[str, str]] = {
    **dict(zip("zero one two three four five six seven eight nine ten eleven twelve".split(),
               map(str, range(13)), strict=True)),
    **{name: str(at * 10) for at, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)},
    "fourty": "40",
    **dict(zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(),
               map(str, range(1, 11)), strict=True)),
    **dict(zip("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th".split(), map(str, range(1, 11)), strict=True)),
    **dict(zip("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx".split(),
               map(str, (2, 3, 4, 6, 7, 8, 9, *range(11, 21))), strict=True)),
}  # fmt: skip
"""Numbers in words, of ordinals and Roman ones."""
TENS: Final = frozenset(("20", "30", "40", "50", "60", "70", "80", "90"))

SPELT: Final[dict[str, str]] = {
    "organization": "organisation", "center": "centre", "theatre": "theater", "intl": "international", "tech": "technology",
    "technologies": "technology", "industries": "industry", "holdings": "holding", "solutions": "solution", "systems": "system",
    "services": "service", "investments": "investment", "groupe": "group", "gruppe": "group", "gruppa": "group",
    "bros": "brothers", "intern": "international", "us": "unitedstates", "usa": "unitedstates", "uk": "unitedkingdom",
    "assn": "association", "dept": "department", "govt": "government", "univ": "university", "saint": "st",
    "mfg": "manufacturing",
    "eng": "engineering", "natl": "national", "mount": "mt",
}  # fmt: skip
"""Spellings of common words -> one of them."""
JOINED: Final[dict[tuple[str, str], str]] = {
    ("united", "states"): "unitedstates", ("united", "kingdom"): "unitedkingdom", ("hong", "kong"): "hongkong",
    ("saudi", "arabia"): "saudiarabia", ("north", "korea"): "northkorea", ("south", "korea"): "southkorea",
}  # fmt: skip
