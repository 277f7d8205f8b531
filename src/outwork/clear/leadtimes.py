"""How long an authority takes to decide, as a distribution in its working days.

A row of `leadtimes.csv` states the tenth, fiftieth and ninetieth percentile p10 <= p50 <= p90 [working day]. Between and beyond
them the time is lognormal on either side of the median, so that all three are met exactly:

    T(q) = p50 * (p50 / p10) ** (z(q) / z(0.9))   where q <= 0.5
    T(q) = p50 * (p90 / p50) ** (z(q) / z(0.9))   where q >= 0.5,     z the quantile of the standard normal

It is the two-piece normal distribution (Fechner; see Wallis, Statistical Science 29 (2014) 106) on the scale of ln T, joined at
the median instead of the mode. Waiting times of authorities have a long tail on the right: a mean of 19 working days stands
beside a longest of 731 in one year of one of them. The density jumps at the median where the two sides are unlike; quantiles do
not. Where p50 is 0 the answer is at once, whatever the quantile.

    book = leadtimes.read(rulebook.texts, rulebook.nations)
    book.decision(date(2027, 3, 1), "NL", "individual", "UA")                  median, for a plan
    book.decision(date(2027, 3, 1), "NL", "individual", "UA", quantile=0.9)    a slow one, for stress
    book.apply_by(date(2027, 9, 6), "NL", "individual", "UA")                  last working day to apply

The nation is that of the authority: "US" for a re-export, whoever sends it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Final, Literal

from outwork.clear import working_days
from outwork.clear.rules.rulebook import NationGroup
from outwork.clear.working_days import WorkingDays
from outwork.model.errors import Fault, InvalidRules, UnknownName
from outwork.model.nearest import nearest
from outwork.model.sheet import Line, lines

FILE: Final = "leadtimes.csv"
COLUMNS: Final = (
    "authority", "nation", "licence_kind", "destination_group", "p10", "p50", "p90", "grade", "source", "as_of",
)  # fmt: skip
ANY: Final = "any"
"""Stands for every nation, or every destination, that no other row names."""
MEDIAN: Final = 0.5
OUTER: Final = NormalDist().inv_cdf(0.9)
"""Distance of the tenth and the ninetieth percentile from the median, in standard deviations."""

ROUNDING: Final = 1e-9
"""Part of a working day that is not another one."""

CENTURY: Final = 26_000
"""Working days beyond which a decision is as good as none; it keeps the far end of the tail on the calendar."""

Grade = Literal["stated", "observed", "assumed"]
GRADES: Final[tuple[Grade, ...]] = ("stated", "observed", "assumed")


@dataclass(frozen=True)
class LeadTime:
    """Working days from application to decision, of one authority for one kind of licence and some destinations."""

    authority: str
    nation: str
    licence_kind: str
    destination_group: str
    p10: float
    p50: float
    p90: float
    grade: Grade
    """How sure the median is: stated by the authority, observed, or assumed. The source tells what the others rest on."""
    source: str
    as_of: date

    def days(self, quantile: float = MEDIAN) -> int:
        """Return the working days within which that share of applications is decided, rounded up, at most a century of them.

        ValueError off (0, 1).
        """
        if not 0 < quantile < 1:
            raise ValueError(f"a quantile lies between 0 and 1, not at {quantile}")
        if self.p50 == 0:
            return 0
        spread = self.p50 / self.p10 if quantile < MEDIAN else self.p90 / self.p50
        days = math.ceil(self.p50 * math.pow(spread, NormalDist().inv_cdf(quantile) / OUTER) - ROUNDING)
        return min(days, CENTURY)


@dataclass(frozen=True)
class LeadTimes:
    """The lead times of all authorities, with the working days of their nations and the groups that rows speak of."""

    rows: tuple[LeadTime, ...]
    calendars: Mapping[str, WorkingDays]
    groups: Mapping[str, NationGroup]

    def find(self, nation: str, licence_kind: str, destination: str) -> LeadTime:
        """Return the row that fits best: its own nation before any, and the narrowest group that holds the destination.

        UnknownName where no row has that kind of licence.
        """
        fitting = [
            row
            for row in self.rows
            if row.licence_kind == licence_kind and row.nation in {nation, ANY} and self._size(row, destination) is not None
        ]
        if not fitting:
            known = sorted({row.licence_kind for row in self.rows})
            near = nearest(licence_kind, known)
            hint = f"; did you mean '{near}'?" if near and near != licence_kind else ""
            raise UnknownName(
                f"{FILE}: no lead time of {nation} for a licence of kind '{licence_kind}' to {destination}; add a row with the"
                f" nation or '{ANY}' (kinds known: {', '.join(known)}){hint}"
            )
        return min(fitting, key=lambda row: (row.nation == ANY, self._size(row, destination)))

    def decision(self, application: date, nation: str, licence_kind: str, destination: str, quantile: float = MEDIAN) -> date:
        """Return the day by which that share of such applications, made on a day, is decided."""
        many = self.find(nation, licence_kind, destination).days(quantile)
        return self.calendar(nation).after(application, many)

    def apply_by(self, opening: date, nation: str, licence_kind: str, destination: str, quantile: float = MEDIAN) -> date:
        """Return the last working day on which to apply so that the decision is there on the day of opening."""
        many = self.find(nation, licence_kind, destination).days(quantile)
        return self.calendar(nation).before(opening, many)

    def calendar(self, nation: str) -> WorkingDays:
        """Return the working days of a nation; weekends only where no holidays of it are known."""
        return self.calendars.get(nation, WorkingDays())

    def _size(self, row: LeadTime, destination: str) -> int | None:
        """Return how many nations the row's destinations are, None where the destination is not among them."""
        if row.destination_group == destination:
            return 1
        if row.destination_group == ANY:
            return len(self.groups) + sum(len(group.nations) for group in self.groups.values())
        members = self.groups[row.destination_group].nations if row.destination_group in self.groups else frozenset()
        return len(members) if destination in members else None


def read(texts: Mapping[str, str], groups: Mapping[str, NationGroup]) -> LeadTimes:
    """Return the lead times that `leadtimes.csv` and `holidays.csv` state. InvalidRules with every fault of them.

    Args: groups, the groups of nations.toml, as the rulebook has them.
    """
    faults: list[Fault] = []
    rows: dict[tuple[str, str, str], LeadTime] = {}
    for line in lines(FILE, texts, COLUMNS, faults):
        row = _row(line, groups)
        key = (row.nation, row.licence_kind, row.destination_group)
        if key in rows:
            line.fault("licence_kind", f"a second lead time of {' to '.join((' '.join(key[:2]), key[2]))}")
        rows.setdefault(key, row)
    try:
        calendars = working_days.read(texts)
    except InvalidRules as error:
        faults += error.faults
    if faults:
        raise InvalidRules(tuple(faults))
    return LeadTimes(tuple(rows.values()), calendars, groups)


def _row(line: Line, groups: Mapping[str, NationGroup]) -> LeadTime:
    p10, p50, p90 = line.number_of("p10"), line.number_of("p50"), line.number_of("p90")
    if not (0 < p10 <= p50 <= p90 or p10 == p50 == p90 == 0):
        line.fault("p50", f"percentiles rise from above 0, or are all 0; {p10:g}, {p50:g}, {p90:g} do neither")
    group = line.text("destination_group")
    if group not in groups:
        line.nation("destination_group", (ANY,))
    return LeadTime(
        line.needed("authority"),
        line.nation("nation", (ANY,)),
        line.needed("licence_kind"),
        group,
        p10,
        p50,
        p90,
        line.choice("grade", GRADES),
        line.needed("source"),
        line.day("as_of"),
    )
