"""Ownership: who counts as listed because of those who own it.

A company counts as listed where owners that are listed, or count as such, hold half of it or more together (the guidance of
the US Treasury of 13 August 2014 on entities owned by blocked persons, which adds shares up; the EU's best practices of
2018 and since ask for control besides, which a person must judge). An owner that counts as listed counts with its whole
share, however little of it belongs to the listed person in the end. Both sets grow from those who are listed by themselves
until nothing is added, so owners that own each other in a circle do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stake:
    """Somebody's share in a company [1], None where it is unknown, or a seat on its board; role is owner or director."""

    owner: str
    asset: str
    role: str
    share: float | None = None


@dataclass(frozen=True)
class Tainted:
    """Those who count as listed, and those whom a person must look at, each with the reason in a sentence."""

    block: Mapping[str, str]
    review: Mapping[str, str]


def taint(stakes: Sequence[Stake], block: Collection[str], review: Collection[str], owned: float, noticed: float) -> Tainted:
    """Return who counts as listed and who is to be reviewed because of owners and directors, those named left out.

    Args: block and review, those who are so by themselves; owned and noticed, shares as in Options [1].
    """
    by_asset = _by_asset(stakes)
    closed: dict[str, str] = {}
    _grow(closed, by_asset, lambda held: _closing(held, {*block, *closed}, owned))
    doubtful: dict[str, str] = {}
    whole = {*block, *closed}
    _grow(doubtful, by_asset, lambda held: _doubting(held, whole, {*review, *doubtful}, noticed))
    alone = {*block, *review}
    return Tainted(
        {each: why for each, why in closed.items() if each not in block},
        {each: why for each, why in doubtful.items() if each not in alone and each not in closed},
    )


def behind(stakes: Iterable[Stake], asset: str) -> dict[str, Stake]:
    """Return everybody behind a company, however far, each with one stake by which it is reached; circles are walked once."""
    by_asset = _by_asset(stakes)
    found: dict[str, Stake] = {}
    edge = [asset]
    while edge:
        edge = [each.owner for at in edge for each in by_asset.get(at, ()) if _new(found, each, asset)]
    return found


def _new(found: dict[str, Stake], stake: Stake, asset: str) -> bool:
    if stake.owner in found or stake.owner == asset:
        return False
    found[stake.owner] = stake
    return True


def _by_asset(stakes: Iterable[Stake]) -> dict[str, list[Stake]]:
    found: dict[str, list[Stake]] = {}
    for each in stakes:
        if each.owner != each.asset:
            found.setdefault(each.asset, []).append(each)
    return found


def _grow(into: dict[str, str], by_asset: Mapping[str, list[Stake]], why: Callable[[Sequence[Stake]], str]) -> None:
    """Add companies until a round adds none."""
    grown = True
    while grown:
        grown = False
        for asset, held in by_asset.items():
            if asset not in into and (reason := why(held)):
                into[asset] = reason
                grown = True


def _closing(held: Sequence[Stake], listed: Collection[str], owned: float) -> str:
    """Say by whom a company is owned to the share that closes it."""
    owners = [each for each in held if each.role == "owner" and each.owner in listed]
    total = sum(each.share or 0.0 for each in owners)
    if total < owned - 1e-9:
        return ""
    return f"owned to {total:.0%} by those who are listed: {_shares(owners)}"


def _doubting(held: Sequence[Stake], listed: Collection[str], doubtful: Collection[str], noticed: float) -> str:
    """Say why a person must look: a listed owner or director of any share, or a large or unknown share of a doubtful one."""
    direct = [each for each in held if each.owner in listed]
    if direct:
        control = "whether it controls the company is for a person to judge"
        return f"a listed {direct[0].role} stands behind it: {_shares(direct)}; {control}"
    large = [each for each in held if each.owner in doubtful and (each.share is None or each.share >= noticed)]
    return f"under review itself is the {large[0].role} {_shares(large)}" if large else ""


def _shares(stakes: Sequence[Stake]) -> str:
    """Name owners with their shares, and directors."""
    return ", ".join(f"{each.owner} ({_holding(each)})" for each in stakes)


def _holding(stake: Stake) -> str:
    if stake.role != "owner":
        return stake.role
    return "share unknown" if stake.share is None else f"{stake.share:.0%}"
