"""How a planner says it: names, dates and amounts."""

from __future__ import annotations

from datetime import timedelta

from outwork.plan.network import Network

CENTS = 100
"""EUR below which cents are told."""


def day(network: Network, step: int) -> str:
    """Return the first day of a step, for example 2027-05-03."""
    return network.horizon.day(step).isoformat()


def last_day(network: Network, step: int) -> str:
    """Return the last day of a step."""
    return (network.horizon.day(step + 1) - timedelta(days=1)).isoformat()


def number(amount: float) -> str:
    """Return a quantity with as many digits as a person reads: 12, 2.5, 1,200."""
    rounded = round(amount, 2)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.2f}".rstrip("0")


def money(amount: float) -> str:
    """Return an amount, for example 41,000 EUR; cents below 100 EUR."""
    return f"{amount:,.2f} EUR" if abs(amount) < CENTS else f"{amount:,.0f} EUR"


def plural(count: float, noun: str) -> str:
    """Return for example: 1 day, 9 days, 2.5 units."""
    return f"{number(count)} {noun}" + ("" if count == 1 else "s")


def listed(names: list[str]) -> str:
    """Return for example: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
