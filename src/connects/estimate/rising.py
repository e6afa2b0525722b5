"""Estimates that never fall where a post asks for more: isotonic repair of what an ensemble says.

Trees, tables and the offers of a client know level, length and hours in many ways at once, so no
constraint on the trees alone would hold. Instead the same post is asked as it would be with less and
with more of each: the largest answer among those with no more, and the smallest among those with no
less, both rise; so does their middle, and where the answers rise by themselves it is the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from connects.estimate.judgement import Guess
from connects.estimate.posts import DURATIONS, LEVELS, WORKLOADS, Post
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Estimate, JobKind

POSTS_AT_ONCE = 500
LOG_CENTS_MOST = math.log(100_000_000_00)

Part = Callable[[Guess], float]


def less_and_more(post: Post) -> tuple[list[Post], list[Post]]:
    """The post as it would be with no more level, length and hours, and with no less; itself in both."""
    workload = post.workload if post.kind is JobKind.HOURLY else ""
    said = ((LEVELS, post.level), (DURATIONS, post.duration), (WORKLOADS, workload))
    less = product(*(_up_to(words, own) for words, own in said))
    more = product(*(_from(words, own) for words, own in said))
    return [_as(post, each) for each in less], [_as(post, each) for each in more]


def _up_to(words: Sequence[str], own: str) -> Sequence[str]:
    return words[: words.index(own) + 1] if own in words else (own,)


def _from(words: Sequence[str], own: str) -> Sequence[str]:
    return words[words.index(own) :] if own in words else (own,)


def _as(post: Post, said: tuple[str, ...]) -> Post:
    level, duration, workload = said
    if post.kind is not JobKind.HOURLY:
        workload = post.workload
    if (level, duration, workload) == (post.level, post.duration, post.workload):
        return post
    return replace(post, level=level, duration=duration, workload=workload)


def between(less: Sequence[Guess], more: Sequence[Guess]) -> Guess:
    """The middle of the largest of those with no more and the smallest of those with no less."""

    def middle(part: Part) -> float:
        return (max(map(part, less)) + min(map(part, more))) / 2

    return Guess(
        middle(lambda guess: guess.amount),
        middle(lambda guess: guess.low),
        middle(lambda guess: guess.high),
    )


def risen(ask: Callable[[Sequence[Post]], Sequence[Guess]], posts: Sequence[Post]) -> list[Guess]:
    """What is said of posts, made to rise; `ask` answers for all their variants at once."""
    sides = [less_and_more(post) for post in posts]
    guesses = iter(ask([own for less, more in sides for own in (*less, *more)]))
    found = []
    for less, more in sides:
        fewer = list(islice(guesses, len(less)))
        found.append(between(fewer, list(islice(guesses, len(more)))))
    return found


def in_slices(posts: Sequence[Post]) -> Iterator[Sequence[Post]]:
    """Posts as many at a time as their variants fit into memory easily."""
    for begin in range(0, len(posts), POSTS_AT_ONCE):
        yield posts[begin : begin + POSTS_AT_ONCE]


def in_cents(found: Guess, model: str) -> Estimate:
    """The guess as an estimate that `model` made."""
    return Estimate(_cents(found.amount), _cents(found.low), _cents(found.high), model)


def _cents(logarithm: float) -> Cents:
    return max(round(math.exp(min(logarithm, LOG_CENTS_MOST))), 1)
