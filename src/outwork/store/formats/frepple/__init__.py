"""frePPLe: its Django fixtures (JSON), its engine's models (XML or JSON), and the plans that its tests expect.

    model, losses = read(Path("jobshop.json"))
    converted = convert(model, losses)

Facts of the format: https://frepple.com/docs (model reference). Nothing of frePPLe itself is used.
"""

from outwork.store.formats.frepple.opening import read
from outwork.store.formats.frepple.translate import Options, Translated, convert

__all__ = ["Options", "Translated", "convert", "read"]
