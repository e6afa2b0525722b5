"""What each post costs under a rule book: every kind of post is priced once, by `pricing.price`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from connects.lab.replay.reading.columns import Column, Source, Table, Unusable
from connects.lab.replay.record import places_among_sorted
from connects.market.jobs.fields import words_of
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import Demand, Estimate, JobFacts, JobKind, Level, Range


def facts_of(told: Mapping[str, Any]) -> JobFacts:
    """A post as the pricing rules see it, from its columns; texts may have been left out."""
    kind = JobKind(told["kind"])
    title, description = told.get("title") or "", told.get("description") or ""
    return JobFacts(
        kind=kind,
        budget_cents=told["budget_cents"],
        hourly_min_cents=told["hourly_min_cents"],
        hourly_max_cents=told["hourly_max_cents"],
        duration_days=_range(told["duration_least_days"], told["duration_most_days"]),
        hours_per_week=_range(told["hours_least"], told["hours_most"]),
        level=Level(told["level"]) if told["level"] else None,
        category=told["category"] or None,
        client_payment_verified=_yes(told["client_payment_verified"]),
        client_posts_ended=told["client_posts_ended"] or 0,
        client_left_open=told["client_left_open"] or 0,
        client_hires=told["client_hires"] or 0,
        description_characters=len(description) or told["description_characters"] or None,
        budget_open=bool(told["budget_open"]),
        words=words_of(kind, title, description),
    )


def _yes(told: object) -> bool | None:
    return None if told is None else bool(told)


def _range(least: int | None, most: int | None) -> Range | None:
    return None if least is None else Range(least, most)


def _asked(told: Mapping[str, Any], book: RuleBook) -> int:
    demand = Demand(told["demand_index_thousandths"] or 0, told["demand_jobs"])
    cents, low, high = (told[f"estimate{part}_cents"] for part in ("", "_low", "_high"))
    estimate = None
    if cents is not None and low is not None and high is not None:
        estimate = Estimate(cents, low, high, "")
    answer = price(facts_of(told), book, demand, estimate)
    return answer.connects if isinstance(answer, Price) else 0


def prices_of(source: Source, posts: Table, book: RuleBook) -> Column:
    """The card's price of each post's present revision, in the order of the posts."""
    found = np.zeros(len(posts["id"]), np.int32)
    for told, ids in source.alike(with_texts=reads_texts(book)):
        places = places_among_sorted(ids, posts["id"])
        if (places < 0).any():
            raise Unusable(
                f"What post {ids[places < 0][0]} says is told, and it is not there itself."
            )
        found[places] = _asked(told, book)
    return found


def reads_texts(book: RuleBook) -> bool:
    """Whether a price may rest on what a post's texts say: budgets are doubted by them."""
    return book.value.doubt is not None


def prices_of_proposals(
    record_posts: Table, proposals: Table, prices: Column, source: Source, book: RuleBook
) -> Column:
    """The card's price of each proposal: that of the revision that it was sent to."""
    found: Column = prices[proposals["post"]]
    earlier = np.flatnonzero(proposals["revision"] != record_posts["revision"][proposals["post"]])
    if not len(earlier):
        return found
    revised = {key: _asked(told, book) for key, told in source.revised().items()}
    ids = record_posts["id"][proposals["post"][earlier]]
    for place, post, revision in zip(earlier, ids, proposals["revision"][earlier], strict=True):
        known = revised.get((int(post), int(revision)))
        if known is not None:
            found[place] = known
    return found
