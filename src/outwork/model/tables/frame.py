"""The frame of a programme: its horizon and money, and the nations in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from outwork.model.table import Ge, Gt, Key, Le, Ref, Row, Rule, Unit


class Settings(Row):
    """One row that says when the programme begins, how long it runs and in which money it counts."""

    table_name: ClassVar[str] = "settings"
    single: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("weekly_buckets <= weeks", "the weekly buckets cannot outlast the horizon"),
        Rule("length(currency) = 3 AND currency = upper(currency)", "a currency has three capital letters, such as EUR"),
    )

    name: Annotated[str, Key()]
    """Name of the programme."""
    start: date
    """First day of the horizon; a Monday where steps are weeks."""
    weeks: Annotated[int, Unit("week"), Ge(1), Le(1040)]
    """Length of the horizon."""
    weekly_buckets: Annotated[int | None, Unit("week"), Ge(0)] = None
    """Weeks that are planned one by one; later ones in blocks of four. Blank: all of them one by one."""
    step_days: Annotated[int, Unit("day"), Ge(1), Le(366)] = 7
    """Length of the finest step of the plan; lead times are rounded up to whole steps."""
    currency: str = "EUR"
    """Money in which every amount is written."""
    discount_rate: Annotated[float, Unit("1/year"), Ge(0), Le(1)] = 0.0
    """Rate at which later money counts less."""
    qualification_weeks: Annotated[int, Unit("week"), Ge(1)] = 4
    """Qualifications may start only every so many weeks, counted from the start."""
    late_rate: Annotated[float, Unit("1/week"), Ge(0)] = 0.02
    """Lateness price of a demand that states none, as a share of the unit's value for each week."""
    short_rate: Annotated[float, Unit("1"), Gt(0)] = 2.0
    """Shortage price of a demand that states none, as a multiple of the unit's value."""


class Nation(Row):
    """A country that takes part or that goods pass."""

    table_name: ClassVar[str] = "nations"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule("length(nation) = 2 AND nation = upper(nation)", "a nation is written as two capital letters (ISO 3166 alpha-2)"),
    )

    nation: Annotated[str, Key()]
    """ISO 3166 alpha-2 code, such as NL."""
    name: str
    """Name of the country."""


class NationGroup(Row):
    """Membership of a nation in a group that rules speak of."""

    table_name: ClassVar[str] = "nation_groups"

    nation: Annotated[str, Key(), Ref("nations")]
    """The member."""
    grouping: Annotated[str, Key()]
    """Name of the group, such as EU, NATO or EEA."""
