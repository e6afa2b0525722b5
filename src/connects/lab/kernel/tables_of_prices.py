"""The tables of prices: asked for every kind of post, client's record and standing of a proposer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from connects.lab.kernel.clauses import NotSimulated
from connects.lab.kernel.columns import Whole
from connects.lab.population.posts import Posts
from connects.policy.terms import RuleBook
from connects.pricing import reasons
from connects.pricing.concessions import Standing, for_proposer
from connects.pricing.quote import Price, price
from connects.vocabulary.facts import Demand, JobFacts
from connects.vocabulary.refusals import Refused

HIRES = (0, 1, 5, 20)
"""A client's hires, as the market tells them apart: so many at least."""
ENDED_MOST = 60
"""A client's record counts the first so many posts."""
DEMAND_STATES = (0, 1_000_000)
"""Demand indices, in thousandths, below and above every threshold."""


def market_facts(facts: JobFacts, hires: int, left_open: int = 0, ended: int = 0) -> JobFacts:
    """The facts of a post whose client has hired so often, and left so many posts open."""
    return replace(
        facts,
        client_hires=hires,
        client_spend_cents=hires * 200_00,
        client_reviews=hires,
        client_rating_hundredths=480 if hires else 0,
        client_left_open=left_open,
        client_posts_ended=ended,
    )


def asked(facts: JobFacts, book: RuleBook, demand: int | Demand) -> Price:
    """The price, as the site asks for it. What the posts of a market say can always be meant."""
    told = Demand(index_thousandths=demand) if isinstance(demand, int) else demand
    found = price(facts, book, told)
    if isinstance(found, Refused):
        raise NotSimulated(book.label, [f"a post whose price is refused ({found.code})"])
    return found


def prices(book: RuleBook, posts: Posts) -> Whole:
    return np.array(
        [
            [
                [asked(market_facts(kind.facts, hires), book, index).connects for hires in HIRES]
                for index in DEMAND_STATES
            ]
            for kind in posts.kinds
        ],
        dtype=np.int64,
    )


def off(book: RuleBook, posts: Posts) -> Whole:
    """How many percent a client's record takes off, as the price's reasons say it."""
    found = np.zeros((ENDED_MOST + 1, ENDED_MOST + 1), dtype=np.int64)
    if book.free.client_record is None:
        return found
    facts = posts.kinds[0].facts
    for ended in range(1, ENDED_MOST + 1):
        for left in range(ended + 1):
            told = asked(market_facts(facts, 0, left, ended), book, 0).reasons
            said = [r.parameters["percent"] for r in told if r.code == reasons.CLIENT_RECORD]
            found[left, ended] = int(said[0] or 0) if said else 0
    return found


def recorded(book: RuleBook, posts: Posts, most: int) -> Whole:
    """What is left of each price after so many percent; asked of a post that has that price."""
    found = np.tile(np.arange(most + 1, dtype=np.int64)[:, None], (1, 101))
    if book.free.client_record is None:
        return found
    by_price = {
        asked(market_facts(kind.facts, hires), book, index).connects: (kind.facts, hires, index)
        for kind in posts.kinds
        for hires in HIRES
        for index in DEMAND_STATES
    }
    by_percent: dict[int, tuple[int, int]] = {}
    percents = off(book, posts)
    for ended in range(1, ENDED_MOST + 1):
        for left in range(ended + 1):
            by_percent.setdefault(int(percents[left, ended]), (left, ended))
    for connects, (facts, hires, index) in by_price.items():
        for percent, (left, ended) in by_percent.items():
            asks = market_facts(facts, hires, left, ended)
            found[connects, percent] = asked(asks, book, index).connects
    return found


def charged(book: RuleBook, most: int) -> Whole:
    """What a proposer pays of each price: by proposals sent, first to the job or not, invited or not."""
    newcomers = book.free.newcomers
    sent_most = 0 if newcomers is None else newcomers.proposals
    return np.array(
        [
            [
                [
                    [
                        for_proposer(
                            Price(connects, "", 0, ()),
                            book.free,
                            Standing(sent, to_job, invited=invited),
                        ).connects
                        for invited in (False, True)
                    ]
                    for to_job in (0, 1)
                ]
                for sent in range(sent_most + 1)
            ]
            for connects in range(most + 1)
        ],
        dtype=np.int64,
    )
