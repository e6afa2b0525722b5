"""Titles and descriptions as numbers, where posts come with their texts.

Words and pairs of neighbours fall into numbered buckets, and a ridge regression gives each bucket a
weight: how much more (in logarithms) posts offer that say so. One number for the title and one for the
description are what the trees see. A text that is missing has no number.

Buckets are no secret: who guesses a word can look its weight up. A model with texts is as private as
the texts.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from connects.estimate.posts import Post

NAMES = ("title's words", "description's words")
PARTS: tuple[Callable[[Post], str], ...] = (lambda p: p.title, lambda p: p.description)
MISSING = -99.0
BUCKETS = 1 << 15
FEWEST_POSTS = 3
ENOUGH_TEXTS = 20
WORDS_MOST = 300
STRENGTH = 0.5
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Words:
    """The weight of each bucket, by its number."""

    weights: dict[int, float]

    def number(self, text: str) -> float:
        """How much more expensive than others a post with this text is, as a logarithm."""
        found = buckets(text)
        if not found:
            return MISSING
        known = (self.weights[bucket] for bucket in found if bucket in self.weights)
        return math.fsum(known) / math.sqrt(len(found))


def numbers(words: Sequence[Words], post: Post) -> list[float]:
    """The post's numbers in the order of `NAMES`."""
    return [own.number(part(post)) for own, part in zip(words, PARTS, strict=True)]


def buckets(text: str) -> list[int]:
    """The buckets of a text's words and pairs of words, in order; long texts by their beginning."""
    words: list[str] = []
    for match in _WORD.finditer(text.lower()):
        words.append(match.group())
        if len(words) == WORDS_MOST:
            break
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    return sorted({zlib.crc32(each.encode()) % BUCKETS for each in (*words, *pairs)})


def words_of(posts: Sequence[Post], amounts: Sequence[float]) -> tuple[Words, ...]:
    """Weights for titles and for descriptions, learned from posts and their log amounts."""
    return tuple(_weighed([part(post) for post in posts], amounts) for part in PARTS)


def have_texts(posts: Iterable[Post]) -> bool:
    """Whether enough of the posts come with texts to learn from them."""
    return sum(bool(post.title or post.description) for post in posts) >= ENOUGH_TEXTS


def _weighed(texts: Sequence[str], amounts: Sequence[float]) -> Words:
    # The only part that needs libraries: a web process reads weights and never makes them.
    from connects.estimate.grow import ridge  # noqa: PLC0415

    told = [
        (found, amount)
        for text, amount in zip(texts, amounts, strict=True)
        if (found := buckets(text))
    ]
    counts = Counter(bucket for found, _ in told for bucket in found)
    kept = sorted(bucket for bucket, count in counts.items() if count >= FEWEST_POSTS)
    if not kept:
        return Words({})
    place = {bucket: number for number, bucket in enumerate(kept)}
    cells = [
        [(place[bucket], 1 / math.sqrt(len(found))) for bucket in found if bucket in place]
        for found, _ in told
    ]
    weights = ridge(cells, len(kept), [amount for _, amount in told], STRENGTH)
    return Words({bucket: round(own, 4) for bucket, own in zip(kept, weights, strict=True)})
