"""When tracks are confirmed and when they end: by likelihood ratio, by count, or by silence.

Wald's sequential test for tracks (Blackman and Popoli 1999, section 6.2): the log-likelihood ratio of "there is a thing" over
"all its detections are false" grows by ln(detects N(v; 0, S) / density) with a detection, and by ln(1 - detects) with a miss.
"""

from __future__ import annotations

from typing import Final

from outwork.watch.frames import Ints
from outwork.watch.kernel import called
from outwork.watch.track.associate.shares import Shares
from outwork.watch.track.bank import Bank, move
from outwork.watch.track.gate import Edges
from outwork.watch.track.look import Eye
from outwork.watch.track.rule import Now, Rule

HALF: Final = 0.5
"""Share of detections [1] from which a scan counts as a detection of the track, not a miss."""
PERIODS: Final = 6.0
"""Periods of a sensor [1] for which a track that it saw may stay silent."""


@called
def note(bank: Bank, rows: Ints, eye: Eye, identity: Ints, edges: Edges, shares: Shares, rule: Rule, now: Now) -> None:
    """Note in the tracks `rows` [n] what the scan, with these identities, gave them, or that it gave them nothing."""
    ratio, hits, misses, updated, sensor, silence = bank.ratio, bank.hits, bank.misses, bank.updated, bank.sensor, bank.patience
    gain, hit, weight, seen, start, plot, named = (
        shares.gain, shares.hit, shares.weight, edges.seen, edges.start, edges.plot, bank.identity,
    )  # fmt: skip
    for i in range(len(rows)):
        row = rows[i]
        ratio[row] = min(ratio[row] + gain[i], rule.ceiling)
        if hit[i] <= HALF:
            misses[row] += 1 if seen[i] > 0.0 else 0
            continue
        hits[row] += 1
        misses[row], updated[row], sensor[row], silence[row] = 0, now.time, eye.number, now.patience
        for e in range(start[i], start[i + 1]):
            if weight[e] > HALF and identity[plot[e]] != 0:
                named[row] = identity[plot[e]]


@called
def judge(bank: Bank, count: int, rule: Rule, now: Now) -> int:
    """Confirm the tracks that have earned it, end those that must, and return how many are left; the last fill their places."""
    ratio, least, hits, misses, confirmed = bank.ratio, bank.least, bank.hits, bank.misses, bank.confirmed
    updated, silence, counted = bank.updated, bank.patience, rule.counted == 1
    row = 0
    while row < count:
        if (hits[row] if counted else ratio[row]) >= rule.confirm:
            confirmed[row] = 1
        if counted:
            over = misses[row] >= (rule.confirmed if confirmed[row] == 1 else rule.tentative)
        else:
            over = ratio[row] < least[row]
        if over or now.time - updated[row] > silence[row]:
            count -= 1
            move(bank, count, row)
        else:
            row += 1
    return count


def patience(period: float, silence: float) -> float:
    """Return the silence [s] that a track may keep after a detection by a sensor with this period [s]."""
    return max(silence, PERIODS * period)
