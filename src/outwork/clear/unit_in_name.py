"""Names that end in their unit, as data sheets have them: `endurance_min`, `gust_m_s`, `arw_deg_sqrt_h`.

The end of such a name is read as a unit: its first word over the further ones, `sqrt` taking the word behind it under the root.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from outwork.clear.rules.vocabulary import Term, Vocabulary
from outwork.clear.units import NoUnit, fitting, unit

LONGEST: Final = 4
"""Words of the longest unit that is looked for, as in deg_s_sqrt_hz."""
LONGEST_NAME: Final = 100
"""Characters; no name of a fact is longer."""
CASED: Final = {
    "hz": "Hz", "khz": "kHz", "mhz": "MHz", "ghz": "GHz", "w": "W", "mw": "mW", "kw": "kW", "dbm": "dBm", "dbw": "dBW",
    "dbi": "dBi", "db": "dB", "dbc": "dB", "j": "J", "mj": "mJ", "uj": "uJ", "v": "V", "kv": "kV", "a": "A", "k": "K",
    "c": "degC", "pa": "Pa", "kpa": "kPa", "mpa": "MPa", "gpa": "GPa", "n": "N", "wh": "Wh", "gy": "Gy", "pct": "%",
    "percent": "%", "bits": "bit", "dps": "deg/s", "g": "gn", "mg": "mgn", "ug": "ugn", "gbps": "Gbit/s", "mbps": "Mbit/s",
    "bps": "bit/s", "msps": "MSPS", "gsps": "GSPS", "kt": "kn", "liters": "l", "px": "1",
}  # fmt: skip
"""Units whose letters lose their case in such names, and those that only such names use."""


def find(name: str, vocabulary: Vocabulary) -> tuple[Term | None, str]:
    """Return the term that a name stands for and the unit at its end, empty where it has none.

    The name as a whole goes first; then the shortest end that is a unit of a quantity which the rest of the name stands for.
    """
    term = vocabulary.find(name)
    words = name.replace("-", "_").replace(" ", "_").split("_")[: LONGEST_NAME // 2] if len(name) <= LONGEST_NAME else []
    for cut in range(len(words) - 1, max(0, len(words) - 1 - LONGEST), -1):
        rest = vocabulary.find("_".join(words[:cut]))
        if rest is not None and rest.kind == "quantity" and (term is None or term is rest):
            for text in _texts(words[cut:]):
                if _fits(text, rest.unit):
                    return rest, text
    return term, ""


def _texts(words: Sequence[str]) -> Iterator[str]:
    """Yield what the words at the end of a name may mean as a unit: in the case of units, and as they stand."""
    for cases in (CASED, {}):
        parts: list[str] = []
        root = ""
        for word in words:
            if word == "sqrt":
                root = "sqrt"
            else:
                parts.append(f"{root}({cases.get(word, word)})" if root else cases.get(word, word))
                root = ""
        if parts and not root:
            yield "/".join(parts)


def _fits(text: str, wanted: str) -> bool:
    try:
        return fitting(text, unit(wanted).powers) is not None
    except NoUnit:
        return False
