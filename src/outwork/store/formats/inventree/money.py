"""What prices in several currencies come to in the programme's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from outwork.store.formats.inventree.catalogue import Catalogue, Entry

ISO_4217 = 3
"""Letters of the code of a currency."""


@dataclass(frozen=True)
class Money:
    """`main` is the catalogue's currency, `currency` the programme's; `rates` say what one unit of others is worth in it."""

    main: str
    currency: str
    rates: Mapping[str, float]

    @classmethod
    def of(cls, catalogue: Catalogue, rates: Mapping[str, float]) -> Self:
        """Count in the commonest currency of the price breaks, or in EUR where there is a rate for that one."""
        found = Counter(row.text("price_currency") for row in catalogue.rows("company.supplierpricebreak"))
        codes = [code for code, _ in found.most_common() if len(code) == ISO_4217 and code.isupper()]
        main = codes[0] if codes else "EUR"
        return cls(main, "EUR" if main in rates else main, rates)

    def worth(self, code: str) -> float:
        """Return what one unit of a currency is worth, 0 where nobody has said; a blank code is the catalogue's own."""
        code = code or self.main
        return 1.0 if code == self.currency else self.rates.get(code, 0.0)


def value(priced: Entry, money: Money) -> float:
    """Return the highest of a part's range of prices, 0 where there is none."""
    return max(0.0, priced.number("overall_max")) * money.worth(priced.text("overall_max_currency"))
