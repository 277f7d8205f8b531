"""When tracks are confirmed and when they end: by likelihood ratio, by count, or by silence.

Wald's sequential test for tracks (Blackman and Popoli 1999, section 6.2): the log-likelihood ratio of "there is a thing" over
"all its detections are false" grows by ln(detects N(v; 0, S) / density) with a detection, and by ln(1 - detects) with a miss.
"""

from __future__ import annotations

from typing import Final

from outwork.watch.frames import Ints
from outwork.watch.kernel import compiled
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank, move
from outwork.watch.track.gate import Edges
from outwork.watch.track.look import Eye
from outwork.watch.track.rule import Now, Rule

HALF: Final = 0.5
"""Share of detections [1] from which a scan counts as a detection of the track, not a miss."""
PERIODS: Final = 6.0
"""Periods of a sensor [1] for which a track that it saw may stay silent."""


@compiled
def note(bank: Bank, rows: Ints, eye: Eye, identity: Ints, edges: Edges, shares: Shares, rule: Rule, now: Now) -> None:
    """Note in the tracks `rows` [n] what the scan, with these identities, gave them, or that it gave them nothing."""
    for i in range(len(rows)):
        row = rows[i]
        bank.ratio[row] = min(bank.ratio[row] + shares.gain[i], rule.ceiling)
        if shares.hit[i] <= HALF:
            bank.misses[row] += 1 if edges.seen[i] > 0.0 else 0
            continue
        bank.hits[row] += 1
        bank.misses[row] = 0
        bank.updated[row] = now.time
        bank.sensor[row] = eye.number
        bank.patience[row] = now.patience
        for e in range(edges.start[i], edges.start[i + 1]):
            name = identity[edges.plot[e]]
            if shares.weight[e] > HALF and name != 0:
                bank.identity[row] = name


@compiled
def ends(bank: Bank, row: int, rule: Rule, now: Now) -> bool:
    """Return whether a track ends now."""
    if now.time - bank.updated[row] > bank.patience[row]:
        return True
    if rule.counted == 0:
        return bool(bank.ratio[row] < bank.least[row])
    return bool(bank.misses[row] >= (rule.confirmed if bank.confirmed[row] == 1 else rule.tentative))


@compiled
def judge(bank: Bank, count: int, rule: Rule, now: Now) -> int:
    """Confirm the tracks that have earned it, end those that must, and return how many are left; the last fill their places."""
    row = 0
    while row < count:
        earned = bank.hits[row] if rule.counted == 1 else bank.ratio[row]
        if earned >= rule.confirm:
            bank.confirmed[row] = 1
        if ends(bank, row, rule, now):
            count -= 1
            move(bank, count, row)
        else:
            row += 1
    return count


def patience(period: float, silence: float) -> float:
    """Return the silence [s] that a track may keep after a detection by a sensor with this period [s]."""
    return max(silence, PERIODS * period)
