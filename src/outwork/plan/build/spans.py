"""Where in time a variable lives, and when what it starts arrives.

A *span* is the part of a bucket in which a member of a block may act. What starts evenly over the steps of a span with
a lead of k steps arrives evenly k steps later; the arrivals are shared out over the buckets that they fall in. With
buckets of one step this is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outwork.model.axis import Array, Index, join
from outwork.model.horizon import Horizon
from outwork.plan.network.technology import Shut


@dataclass(frozen=True, eq=False)
class Spans:
    """Parts of buckets. All arrays [span]: member of the block; bucket; first and last step, both included."""

    member: Index
    bucket: Index
    first: Index
    last: Index

    def __len__(self) -> int:
        """Return the number of spans."""
        return len(self.member)

    @property
    def steps(self) -> Index:
        """Length [step]. [span]."""
        return self.last - self.first + 1

    def keep(self, kept: Index) -> Spans:
        """Return some of the spans, by position."""
        return Spans(self.member[kept], self.bucket[kept], self.first[kept], self.last[kept])


def spans(horizon: Horizon, first: Index, last: Index) -> Spans:
    """Cut the windows first..last of members [step] at the edges of buckets; windows that are empty have no span."""
    last = np.minimum(last, horizon.steps - 1)
    member = np.flatnonzero((first <= last) & (last >= 0))
    begin = horizon.bucket_of[np.maximum(first[member], 0)]
    count = horizon.bucket_of[last[member]] - begin + 1
    member = np.repeat(member, count)
    bucket = np.arange(len(member)) - np.repeat(np.cumsum(count) - count - begin, count)
    low = np.maximum(np.maximum(first[member], 0), horizon.edges[bucket])
    return Spans(member, bucket, low, np.minimum(last[member], horizon.edges[bucket + 1] - 1))


def open_parts(own: Spans, member: Index, shut: Shut) -> Spans:
    """Return spans without shut times at their ends. Args: member [span], whose shut times are meant.

    A shut time inside a span stays, for what is done in a bucket is spread over it; with buckets of one step there is none.
    """
    here, which = join(member, shut.member)
    first, last = own.first.copy(), own.last.copy()
    begins = (shut.first[which] <= own.first[here]) & (own.first[here] <= shut.last[which])
    ends = (shut.first[which] <= own.last[here]) & (own.last[here] <= shut.last[which])
    first[here[begins]] = shut.last[which[begins]] + 1
    last[here[ends]] = shut.first[which[ends]] - 1
    return Spans(own.member, own.bucket, first, last).keep(np.flatnonzero(first <= last))


def arrivals(horizon: Horizon, own: Spans, lead: Index) -> tuple[Index, Index, Array]:
    """Return (span, bucket, share) of all arrivals within the horizon. Args: lead [span] in steps."""
    low, high = own.first + lead, own.last + lead
    inside = low < horizon.steps
    begin = horizon.bucket_of[np.minimum(low, horizon.steps - 1)]
    finish = horizon.bucket_of[np.minimum(high, horizon.steps - 1)]
    count = np.where(inside, finish - begin + 1, 0)
    span = np.repeat(np.arange(len(own)), count)
    bucket = np.arange(len(span)) - np.repeat(np.cumsum(count) - count - begin, count)
    share = overlap(low[span], high[span], horizon.edges[bucket], horizon.edges[bucket + 1] - 1)
    return span, bucket, share / own.steps[span]


def overlap(first: Index, last: Index, other_first: Index, other_last: Index) -> Array:
    """Return how many steps two windows have in common."""
    shared: Array = np.maximum(np.minimum(last, other_last) - np.maximum(first, other_first) + 1, 0).astype(np.float64)
    return shared


def mean(horizon: Horizon, by_step: Array) -> Array:
    """Return the mean of an array over the steps of every bucket. [..., step] to [..., bucket]."""
    average: Array = total(horizon, by_step) / horizon.lengths
    return average


def total(horizon: Horizon, by_step: Array) -> Array:
    """Return the sum of an array over the steps of every bucket. [..., step] to [..., bucket]."""
    total: Array = np.add.reduceat(by_step, horizon.edges[:-1], axis=-1)
    return total
