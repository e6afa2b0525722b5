"""Find who pays more and who pays less under a new card, group by group."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from connects.studies.card_fit import Card, PastPost, card_price
from connects.vocabulary.amounts import Cents, Connects

TENTHS = 10
FEWEST_POSTS = 30
GROUPINGS: dict[str, Callable[[PastPost], str]] = {
    "kind": lambda post: post.kind,
    "level": lambda post: post.level or "(not stated)",
    "category": lambda post: post.category or "(not stated)",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A group's mean Connects before and after, the percentages of its posts whose price rises and
    falls, and the most that one rises. `worth_cents` is the median of what its jobs are worth.
    """

    grouping: str
    name: str
    posts: int
    worth_cents: Cents
    before: float
    after: float
    more_percent: float
    less_percent: float
    most_more: Connects


def who_pays(posts: Sequence[PastPost], card: Card) -> list[Change]:
    """All posts; tenths of them by what they are worth; and by kind, level and category."""
    valued = sorted(
        (p for p in posts if p.value_cents > 0 and p.worth > 0), key=lambda post: post.worth
    )
    return [_change(*group, card) for group in _groups(valued)]


def _groups(posts: Sequence[PastPost]) -> Iterator[tuple[str, str, Sequence[PastPost]]]:
    yield "all", "all posts", posts
    count = min(TENTHS, len(posts))
    bounds = [place * len(posts) // count for place in range(count + 1)]
    for number in range(count):
        yield "value", f"tenth {number + 1}", posts[bounds[number] : bounds[number + 1]]
    for grouping, word in GROUPINGS.items():
        groups: dict[str, list[PastPost]] = defaultdict(list)
        for post in posts:
            groups[word(post)].append(post)
        large = {name: own for name, own in groups.items() if len(own) >= FEWEST_POSTS}
        if len(groups) > 1:
            yield from ((grouping, name, own) for name, own in sorted(large.items()))


def _change(grouping: str, name: str, posts: Sequence[PastPost], card: Card) -> Change:
    changes = [card_price(card, post.value_cents) - post.connects for post in posts]
    before = statistics.fmean(post.connects for post in posts)
    return Change(
        grouping=grouping,
        name=name,
        posts=len(posts),
        worth_cents=round(statistics.median(post.worth for post in posts)),
        before=before,
        after=before + statistics.fmean(changes),
        more_percent=100 * sum(change > 0 for change in changes) / len(changes),
        less_percent=100 * sum(change < 0 for change in changes) / len(changes),
        most_more=max(changes),
    )
