"""Estimates that never fall where a post asks for more: isotonic repair of what an ensemble says.

Trees, tables and the offers of a client know level, length and hours in many ways at once, so no
constraint on the trees alone would hold. Instead the same post is asked as it would be with every other
level, length and hours: the largest answer among those with no more, and the smallest among those with
no less, both rise; so does their middle, and where the answers rise by themselves it is the answer.

Where the client offered something very like one of these posts, its answer is worth more than those for
posts that nobody offered. So answers that rest on the most alike offers are made to rise among
themselves, and all others only have to keep to what these leave them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product

from connects.estimate.judgement import Ends, Guess
from connects.estimate.posts import DURATIONS, LEVELS, WORKLOADS, Post
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Estimate, JobKind

POSTS_AT_ONCE = 500
LOG_CENTS_MOST = math.log(100_000_000_00)

Order = tuple[tuple[int, ...], tuple[int, ...]]
"""The places of posts with no more, and of those with no less; a post's own is in both."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a post, and how alike the offers are that it rests on (0: on none)."""

    guess: Guess
    likeness: int = 0

    def widened(self, by: Ends) -> Answer:
        return Answer(self.guess.widened(by), self.likeness)


@dataclass(frozen=True, slots=True)
class Variants:
    """A post with every level, length and hours; only those that it states itself are changed.

    `own` is the post's place, `orders` say of each place which others ask for no more and no less.
    """

    posts: list[Post]
    own: int
    orders: tuple[Order, ...]


def variants_of(post: Post) -> Variants:
    workload = post.workload if post.kind is JobKind.HOURLY else ""
    said = ((LEVELS, post.level), (DURATIONS, post.duration), (WORKLOADS, workload))
    words = [known if own in known else (own,) for known, own in said]
    combined = list(product(*words))
    own = combined.index((post.level, post.duration, workload))
    posts = [_as(post, each) for each in combined]
    return Variants(posts, own, _orders(tuple(map(len, words))))


@lru_cache
def _orders(shape: tuple[int, ...]) -> tuple[Order, ...]:
    places = list(product(*map(range, shape)))
    return tuple(
        (
            tuple(n for n, other in enumerate(places) if _is_no_more(other, own)),
            tuple(n for n, other in enumerate(places) if _is_no_more(own, other)),
        )
        for own in places
    )


def _is_no_more(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))


def _as(post: Post, said: tuple[str, ...]) -> Post:
    level, duration, workload = said
    if post.kind is not JobKind.HOURLY:
        workload = post.workload
    if (level, duration, workload) == (post.level, post.duration, post.workload):
        return post
    return replace(post, level=level, duration=duration, workload=workload)


def _rising(answers: Sequence[float], told: Told, trusted: Sequence[int]) -> float:
    """The answer for the post itself, made to rise; `trusted` are the places that come first."""
    among = frozenset(trusted)

    def middle(place: int, answer: Callable[[int], float], allowed: frozenset[int]) -> float:
        less, more = told.orders[place]
        highest = max(answer(each) for each in less if each in allowed)
        return (highest + min(answer(each) for each in more if each in allowed)) / 2

    if told.own in among:
        return middle(told.own, answers.__getitem__, among)
    firm = {place: middle(place, answers.__getitem__, among) for place in trusted}

    def kept(place: int) -> float:
        less, more = told.orders[place]
        lowest = max((firm[each] for each in less if each in firm), default=-math.inf)
        highest = min((firm[each] for each in more if each in firm), default=math.inf)
        return firm.get(place, min(max(answers[place], lowest), highest))

    return middle(told.own, kept, frozenset(range(len(answers))))


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a post's variants: `own` is the post's place among them."""

    own: int
    orders: tuple[Order, ...]
    answers: tuple[Answer, ...]

    @property
    def likeness(self) -> int:
        """How alike the offers are that the answer for the post itself rests on."""
        return self.answers[self.own].likeness

    def risen(self) -> Guess:
        """What is said of the post itself, made to rise."""
        most = max(answer.likeness for answer in self.answers)
        trusted = [place for place, own in enumerate(self.answers) if own.likeness == most]
        amount, low, high = (
            _rising(said, self, trusted)
            for said in zip(*(own.guess.parts for own in self.answers), strict=True)
        )
        return Guess(amount, low, high)


def told_of(ask: Callable[[Sequence[Post]], Sequence[Answer]], posts: Sequence[Post]) -> list[Told]:
    """What is said of posts and their variants; `ask` answers for all of them at once."""
    asked = [variants_of(post) for post in posts]
    answers = iter(ask([own for variants in asked for own in variants.posts]))
    return [Told(each.own, each.orders, tuple(islice(answers, len(each.posts)))) for each in asked]


def risen(ask: Callable[[Sequence[Post]], Sequence[Answer]], posts: Sequence[Post]) -> list[Guess]:
    """What is said of posts, made to rise."""
    return [told.risen() for told in told_of(ask, posts)]


def in_slices(posts: Sequence[Post]) -> Iterator[Sequence[Post]]:
    """Posts as many at a time as their variants fit into memory easily."""
    for begin in range(0, len(posts), POSTS_AT_ONCE):
        yield posts[begin : begin + POSTS_AT_ONCE]


def in_cents(found: Guess, model: str) -> Estimate:
    """The guess as an estimate that `model` made."""
    return Estimate(_cents(found.amount), _cents(found.low), _cents(found.high), model)


def _cents(logarithm: float) -> Cents:
    return max(round(math.exp(min(logarithm, LOG_CENTS_MOST))), 1)
