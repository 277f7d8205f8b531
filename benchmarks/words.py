"""How well words are read as processes that are not in the lists: every tenth name is left out in turn, and then asked for.

precision: of the texts that got an answer, the share for which it is the process, or one that the process is a kind of
coverage:  of all texts, the share that got an answer
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from outwork.match.words import Recogniser, Taxonomy, read
from outwork.match.words.folding import fold
from outwork.store import taxonomy

FOLDS = 10
SPEED = 10_000


def main(_: Sequence[str]) -> None:
    words = read(taxonomy.texts())
    right, answered, asked = leave_out(words)
    print(f"{'language':9}{'names':>7}{'precision':>11}{'coverage':>10}")
    for language in [*sorted(asked), "all"]:
        some = [language] if language != "all" else sorted(asked)
        good, told, all_of = (sum(each[one] for one in some) for each in (right, answered, asked))
        print(f"{language:9}{all_of:7}{good / max(1, told):11.3f}{told / max(1, all_of):10.3f}")
    reader = Recogniser(words, {})
    texts = [f"{each.text} {number}" for number, each in enumerate(words.aliases * 2)][:SPEED]
    begun = time.perf_counter()
    reader.recognise_all(texts)
    print(f"{len(texts):,} texts in {time.perf_counter() - begun:.2f} s")


def leave_out(words: Taxonomy) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Return by language how many answers are right, how many there are, and how many names were left out."""
    right, answered, asked = defaultdict[str, int](int), defaultdict[str, int](int), defaultdict[str, int](int)
    for number in range(FOLDS):
        left = [each for each in words.aliases if crc32(fold(each.text).encode()) % FOLDS == number]
        kept = tuple(each for each in words.aliases if crc32(fold(each.text).encode()) % FOLDS != number)
        found = Recogniser(replace(words, aliases=kept), {}).recognise_all([each.text for each in left])
        for alias, one in zip(left, found, strict=True):
            asked[alias.language] += 1
            answered[alias.language] += one.code is not None
            right[alias.language] += one.code is not None and words.narrower(alias.process, one.code)
    return right, answered, asked


if __name__ == "__main__":
    main([])
