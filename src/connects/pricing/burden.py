"""The burden of a proposal: its Connects, in money, as a share of what the job is worth.

Four Connects weigh differently on a job of $50 and on one of $5,000. The shares are ratios, of which
means and intervals are taken; they never become money.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Cents, Connects
from connects.vocabulary.parties import AccountKind
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

FEWEST_POSTS = 30
DECILES = 10
NORMAL_95 = 1.96
NOT_STATED = mark("(not stated)")


@dataclass(frozen=True, slots=True)
class PricedPost:
    """A post with its price: value in cents, and the words that it may be grouped by."""

    value_cents: Cents
    connects: Connects
    kind: str
    level: str = ""
    category: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Burden:
    """The burden of one group of posts. Shares are percent; `low` and `high` hold the mean by 95 %."""

    name: str
    posts: int
    value_cents: Cents
    connects: float
    mean: float
    low: float
    high: float
    median: float
    few: bool = False


@dataclass(frozen=True, slots=True)
class Fairness:
    """A rule book's burden over a set of posts, whole and by groups.

    `unvalued` posts are worth nothing by the rule book and have no share. `tilt` is how many times the
    median share of the tenth with the least value is that of the tenth with the most.
    """

    credit_cents_thousandths: int
    whole: Burden
    by: dict[str, tuple[Burden, ...]]
    unvalued: int
    tilt: float | None


def credit_price(book: RuleBook) -> int:
    """What a Connect costs a freelancer in the smallest bundle, in thousandths of a cent.

    None for sale means that Connects have no price: 0.
    """
    if book.bundles.price_per_connect is not None:
        return book.bundles.price_per_connect * 1_000
    offers = book.bundles.offered_to(AccountKind.FREELANCER)
    if not offers:
        return 0
    smallest = min(offers, key=lambda bundle: bundle.connects)
    return smallest.price * 1_000 // smallest.connects


def fairness(posts: Iterable[PricedPost], credit_cents_thousandths: int) -> Fairness | None:
    """The burden of all posts that are worth something; None where there are none."""
    valued, unvalued = [], 0
    for post in posts:
        if post.value_cents > 0:
            valued.append(post)
        else:
            unvalued += 1
    if not valued:
        return None

    def share(post: PricedPost) -> float:
        return post.connects * credit_cents_thousandths / (10 * post.value_cents)

    deciles = tuple(_burden(name, group, share) for name, group in _deciles(valued))
    by = {
        "value": deciles,
        "kind": _grouped(valued, lambda post: post.kind, share),
        "level": _grouped(valued, lambda post: post.level, share),
        "category": _grouped(valued, lambda post: post.category, share),
        "country": _grouped(valued, lambda post: post.country, share),
    }
    tilt = deciles[0].median / deciles[-1].median if deciles[-1].median else None
    whole = _burden("all posts", valued, share)
    return Fairness(credit_cents_thousandths, whole, by, unvalued, tilt)


def _deciles(posts: Sequence[PricedPost]) -> list[tuple[str, list[PricedPost]]]:
    """Tenths of the posts in the order of their value; fewer where there are fewer posts."""
    ordered = sorted(posts, key=lambda post: post.value_cents)
    count = min(DECILES, len(ordered))
    bounds = [place * len(ordered) // count for place in range(count + 1)]
    tenths = [ordered[bounds[n] : bounds[n + 1]] for n in range(count)]
    return [
        (_("tenth {number}", number=number), tenth) for number, tenth in enumerate(tenths, start=1)
    ]


def _grouped(
    posts: Sequence[PricedPost],
    word: Callable[[PricedPost], str],
    share: Callable[[PricedPost], float],
) -> tuple[Burden, ...]:
    """Groups by a word, the heaviest burden first; groups of fewer than 30 posts go together."""
    groups: dict[str, list[PricedPost]] = defaultdict(list)
    for post in posts:
        groups[word(post) or _(NOT_STATED)].append(post)
    large = {name: group for name, group in groups.items() if len(group) >= FEWEST_POSTS}
    small = [post for name, group in groups.items() if name not in large for post in group]
    found = sorted(
        (_burden(name, group, share) for name, group in large.items()),
        key=lambda burden: (-burden.mean, burden.name),
    )
    if small:
        count = len(groups) - len(large)
        name = (
            next(iter(groups.keys() - large.keys()))
            if count == 1
            else _("{count} smaller groups", count=count)
        )
        found.append(_burden(name, small, share))
    return tuple(found)


def _burden(name: str, posts: Sequence[PricedPost], share: Callable[[PricedPost], float]) -> Burden:
    shares = [share(post) for post in posts]
    mean = statistics.fmean(shares)
    spread = statistics.stdev(shares) if len(shares) > 1 else 0.0
    margin = NORMAL_95 * spread / math.sqrt(len(shares))
    return Burden(
        name=name,
        posts=len(posts),
        value_cents=round(statistics.median(post.value_cents for post in posts)),
        connects=statistics.fmean(post.connects for post in posts),
        mean=mean,
        low=max(mean - margin, 0.0),
        high=mean + margin,
        median=statistics.median(shares),
        few=len(posts) < FEWEST_POSTS,
    )
