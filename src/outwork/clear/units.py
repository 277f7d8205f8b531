"""Units as people and provisions write them, and the one place where a number goes from one to another.

A unit is a product of atoms with powers: `km/h`, `m/s2`, `deg/sqrt(h)`, `mW/cm^2`. Each atom has a factor to base units and
a dimension, a tuple of powers over `BASE`. Atoms marked in `PREFIXED` take the SI prefixes. `g` is the gram unless only
standard gravity fits the dimension that is asked for. A few scales are not factors (`degC`, `degF`, `dBm`, `dBW`); they stand
alone and are converted by their formula.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

BASE: Final = ("m", "kg", "s", "A", "K", "rad", "bit", "dB", "pixel", "lm", "EUR", "USD")
"""Base units: SI, and what does not turn into anything else."""

Powers = tuple[Fraction, ...]


def _powers(**powers: int) -> Powers:
    return tuple(Fraction(powers.get(name, 0)) for name in BASE)


ONE: Final = _powers()
PREFIXES: Final = {
    "p": 1e-12, "n": 1e-9, "u": 1e-6, "m": 1e-3, "c": 1e-2, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12,
}  # fmt: skip
PREFIXED: Final = {
    "m": (1.0, _powers(m=1)),
    "g": (1e-3, _powers(kg=1)),
    "s": (1.0, _powers(s=1)),
    "rad": (1.0, _powers(rad=1)),
    "Hz": (1.0, _powers(s=-1)),
    "N": (1.0, _powers(m=1, kg=1, s=-2)),
    "J": (1.0, _powers(m=2, kg=1, s=-2)),
    "eV": (1.602176634e-19, _powers(m=2, kg=1, s=-2)),
    "W": (1.0, _powers(m=2, kg=1, s=-3)),
    "V": (1.0, _powers(m=2, kg=1, s=-3, A=-1)),
    "A": (1.0, _powers(A=1)),
    "K": (1.0, _powers(K=1)),
    "Pa": (1.0, _powers(m=-1, kg=1, s=-2)),
    "bar": (1e5, _powers(m=-1, kg=1, s=-2)),
    "l": (1e-3, _powers(m=3)),
    "T": (1.0, _powers(kg=1, s=-2, A=-1)),
    "bit": (1.0, _powers(bit=1)),
    "Wh": (3600.0, _powers(m=2, kg=1, s=-2)),
    "Gy": (1.0, _powers(m=2, s=-2)),
    "SPS": (1.0, _powers(s=-1)),
    "gn": (9.80665, _powers(m=1, s=-2)),
    "pixel": (1.0, _powers(pixel=1)),
}
PLAIN: Final = {
    "1": (1.0, ONE),
    "%": (1e-2, ONE),
    "ppm": (1e-6, ONE),
    "min": (60.0, _powers(s=1)),
    "h": (3600.0, _powers(s=1)),
    "d": (86400.0, _powers(s=1)),
    "day": (86400.0, _powers(s=1)),
    "month": (2629800.0, _powers(s=1)),  # a twelfth of 365.25 days
    "year": (31557600.0, _powers(s=1)),
    "deg": (math.pi / 180, _powers(rad=1)),
    "arcmin": (math.pi / 10_800, _powers(rad=1)),
    "arcsec": (math.pi / 648_000, _powers(rad=1)),
    "fps": (1.0, _powers(s=-1)),
    "lm": (1.0, _powers(lm=1)),
    "sr": (1.0, _powers(rad=2)),
    "t": (1e3, _powers(kg=1)),
    "lb": (0.45359237, _powers(kg=1)),
    "in": (0.0254, _powers(m=1)),
    "ft": (0.3048, _powers(m=1)),
    "nmi": (1852.0, _powers(m=1)),
    "kn": (1852 / 3600, _powers(m=1, s=-1)),
    "dB": (1.0, _powers(dB=1)),
    "dBi": (1.0, _powers(dB=1)),
    "EUR": (1.0, _powers(EUR=1)),
    "USD": (1.0, _powers(USD=1)),
}
SPELLINGS: Final = {
    "µ": "u", "μ": "u", "°C": "degC", "°": "deg", "²": "2", "³": "3", "√": "sqrt", "·": "*",
    "hour": "h", "hours": "h", "hr": "h", "minute": "min", "minutes": "min", "second": "s", "seconds": "s", "days": "day",
    "months": "month", "years": "year", "knot": "kn", "knots": "kn", "litre": "l", "litres": "l", "L": "l", "px": "pixel",
    "pixels": "pixel", "degree": "deg", "degrees": "deg", "″": "arcsec", "kts": "kn", "kt": "kn",
}  # fmt: skip
KELVIN: Final = _powers(K=1)
WATT: Final = PREFIXED["W"][1]
SCALES: Final[dict[str, tuple[Callable[[float], float], Powers]]] = {
    "degC": (lambda x: x + 273.15, KELVIN),
    "degF": (lambda x: (x + 459.67) * 5 / 9, KELVIN),
    "dBm": (lambda x: 10 ** (x / 10) * 1e-3, WATT),
    "dBW": (lambda x: 10 ** (x / 10), WATT),
}
"""Scales that are not a factor: value -> value in base units."""
GRAVITY: Final = 9.80665
FACTOR: Final = re.compile(r"\s*([*/ ]|^)\s*(sqrt\()?\s*([A-Za-z%]+|1(?!\d))\s*(\))?\s*(?:\^?\s*(-?\d+))?")
LONGEST: Final = 64
"""Characters; no unit is longer."""
REMEMBERED: Final = 4096
"""Unit texts whose meaning is kept."""
DIGITS: Final = 12
"""Significant digits kept by a conversion, so that 25 kn is exactly the 46.3 km/h of the provisions."""


@dataclass(frozen=True)
class Unit:
    """What a unit text means: value in base units = `scale`(value), of dimension `powers` over BASE."""

    text: str
    scale: Callable[[float], float]
    factor: float | None
    powers: Powers


class NoUnit(ValueError):
    """The text is not a unit that is known here."""


@lru_cache(REMEMBERED)
def unit(text: str, gravity: float | None = None) -> Unit:
    """Return what a unit text means; NoUnit where it means nothing. `gravity`: read g as this many m/s2, not as the gram."""
    if len(text) > LONGEST:
        raise NoUnit(f"'{text[:LONGEST]}...' is too long for a unit")
    plain = _spelt(text)
    if plain in SCALES:
        scale, powers = SCALES[plain]
        return Unit(text, scale, None, powers)
    factor, powers = _product(text, plain, gravity)
    return Unit(text, lambda value: value * factor, factor, powers)


def convert(value: float, given: str, wanted: str) -> float:
    """Return a value written in one unit in another one of the same dimension; NoUnit where they do not fit together."""
    source, factor = _both(given, wanted)
    return float(f"{source.scale(value) / factor:.{DIGITS}g}")


@lru_cache(REMEMBERED)
def _both(given: str, wanted: str) -> tuple[Unit, float]:
    """Return the unit that is given and the factor of the one that is wanted; NoUnit where they do not fit together."""
    aim = unit(wanted)
    source = fitting(given, aim.powers)
    if source is None:
        raise NoUnit(f"'{given}' does not turn into '{wanted}'")
    if aim.factor is None:
        raise NoUnit(f"'{wanted}' is a scale; a fact is kept in a plain unit such as W or K")
    return source, aim.factor


def fitting(text: str, powers: Powers) -> Unit | None:
    """Return the meaning of a unit text that has the dimension, None where no meaning has; NoUnit where it has none at all."""
    for gravity in (None, GRAVITY):
        found = unit(text, gravity)
        if found.powers == powers:
            return found
    return None


def _spelt(text: str) -> str:
    """Return the text in the one spelling that is read here."""
    plain = text.strip()
    for old, new in SPELLINGS.items():
        plain = re.sub(rf"(?<![A-Za-z]){old}(?![A-Za-z])", new, plain) if old.isalpha() else plain.replace(old, new)
    plain = re.sub(r"^[uμµ](?=[A-Za-z])", "u", plain)
    return re.sub(r"sqrt\s*([A-Za-z]+)", r"sqrt(\1)", plain)


def _product(text: str, plain: str, gravity: float | None) -> tuple[float, Powers]:
    factor, powers, at, sign = 1.0, list(ONE), 0, 1
    while at < len(plain):
        match = FACTOR.match(plain, at)
        if match is None or (match[2] is None) != (match[4] is None):
            raise NoUnit(f"'{text}' is not a unit known here")
        joint, root, atom, _, power = match.groups()
        sign = -1 if joint == "/" else 1 if joint == "*" else sign
        exponent = Fraction(int(power or 1) * sign, 2 if root else 1)
        size, each = _atom(text, atom, gravity)
        factor *= size ** float(exponent)
        powers = [total + own * exponent for total, own in zip(powers, each, strict=True)]
        at = match.end()
    if not plain:
        return 1.0, ONE
    return factor, tuple(powers)


def _atom(text: str, atom: str, gravity: float | None) -> tuple[float, Powers]:
    """Return factor and dimension of one atom, prefixed or not."""
    if gravity is not None and atom.endswith("g") and (atom == "g" or atom[:-1] in PREFIXES):
        return gravity * PREFIXES.get(atom[:-1], 1.0), PREFIXED["gn"][1]
    if atom in PLAIN:
        return PLAIN[atom]
    if atom in PREFIXED:
        return PREFIXED[atom]
    if atom[:1] in PREFIXES and atom[1:] in PREFIXED:
        size, powers = PREFIXED[atom[1:]]
        return PREFIXES[atom[0]] * size, powers
    raise NoUnit(f"'{text}' is not a unit known here")
