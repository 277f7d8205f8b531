"""Alphabets: Cyrillic and Greek letters in Latin ones, and letters that look like Latin ones.

Russian, Bulgarian, Serbian and Macedonian as passports and newspapers write them in English; Ukrainian as Resolution 55 of the
Cabinet of Ministers of Ukraine of 27 January 2010 has it, apart from the other beginnings of words, which sound alike
anyhow; Greek as ELOT 743 has it. The keys are lower case.
"""

from __future__ import annotations

from typing import Final

CYRILLIC: Final = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "є": "ye", "і": "i", "ї": "yi", "ґ": "g", "ў": "u", "ђ": "dj", "ѓ": "gj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "ќ": "kj", "џ": "dz", "ѕ": "dz", "қ": "k", "ғ": "g", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ә": "a",
})  # fmt: skip
UKRAINIAN: Final = str.maketrans({"г": "h", "и": "y", "х": "kh", "щ": "shch"})
"""Letters that Ukrainian reads otherwise than Russian."""
ONLY_UKRAINIAN: Final = frozenset("іїєґ")
"""Letters by which a text shows that it is Ukrainian (or Belarusian, which reads г alike)."""

GREEK: Final = str.maketrans({
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
    "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps",
    "ω": "o",
})  # fmt: skip

LOOKS_LATIN: Final = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυ" + "ℓıɑɡ",
        "ABESIJKMHOPCTYXaesijopcyxhdqwl" + "ABEZHIKMNOPTYXaikvopu" + "liag",
        strict=True,
    )
)
"""Letters of other scripts that look like a Latin one, after the confusables of Unicode Technical Standard 39."""
