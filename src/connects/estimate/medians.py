"""Medians of groups of posts: what an estimate has to beat, and what a rule book can hold."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from connects.estimate.posts import Post
from connects.vocabulary.amounts import Cents

GROUPS: dict[str, Callable[[Post], str]] = {
    "global": lambda _: "",
    "category": lambda p: p.category,
    "subcategory": lambda p: p.subcategory,
    "level and duration": lambda p: f"{p.level}|{p.duration}",
}


@dataclass(slots=True)
class Medians:
    """Median cents by grouping and group; posts of a group that was never seen get the global one."""

    by_group: dict[str, dict[str, Cents]]

    def of(self, grouping: str, post: Post) -> Cents:
        groups = self.by_group[grouping]
        return groups.get(GROUPS[grouping](post), self.by_group["global"][""])


def medians_of(posts: Sequence[Post], fewest: int = 1) -> Medians:
    """The medians of posts that state their amount, in groups of at least `fewest`."""
    amounts: dict[str, dict[str, list[Cents]]] = {name: defaultdict(list) for name in GROUPS}
    for post in posts:
        for name, key in GROUPS.items():
            amounts[name][key(post)].append(post.target_cents or 0)
    return Medians(
        {
            name: {
                key: round(statistics.median(cents))
                for key, cents in groups.items()
                if len(cents) >= fewest
            }
            for name, groups in amounts.items()
        }
    )
