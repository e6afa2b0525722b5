"""Play a market: one arm and one seed, day by day.

    play(Arm("now", shipped("upwork-2023")), population("upwork-2023"), seed=1, days=180, warm_up=30)

Everything hangs on the arm, the population and the seed alone, so a run gives the same wherever and
beside whatever it runs. Where an array was too small the run begins anew with more room.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import numpy as np

from connects.lab.behaviour.parameters import Behaviour
from connects.lab.kernel import state as st
from connects.lab.kernel.columns import DRAWS_USED, LOTS_USED, grow
from connects.lab.kernel.day import tick
from connects.lab.kernel.tables import Tables, tables_of
from connects.lab.kernel.tables_of_prices import asked
from connects.lab.measures import Played
from connects.lab.population.agents import Population
from connects.lab.population.posts import Posts, read_posts
from connects.lab.setting import Size, drawn_market
from connects.policy.shelf import shipped
from connects.policy.terms import RuleBook
from connects.vocabulary.facts import Demand
from connects.vocabulary.returns import ReturnCause, Stage

START = date(2026, 1, 1)
YARDSTICK = "upwork-2023"
"""The rule book by which posts are valued in every arm."""
DEMAND_DAYS = 28
ROOMIEST = 64


@dataclass(frozen=True, slots=True)
class Mixed:
    """A second rule book for a share of the accounts, or of the posts."""

    book: RuleBook
    share: float
    by: Literal["account", "job"] = "account"


@dataclass(frozen=True, slots=True)
class Arm:
    """One way in which the market could be: its rules, how people act, and who lives under others."""

    name: str
    book: RuleBook
    behaviour: Behaviour = field(default_factory=Behaviour)
    mixed: Mixed | None = None

    @property
    def books(self) -> tuple[RuleBook, ...]:
        """The first rule book, and the second where there is one."""
        return (self.book,) if self.mixed is None else (self.book, self.mixed.book)


class MarketTooLarge(MemoryError):
    """The market does not fit into this machine's memory."""


def play(
    arm: Arm,
    population: Population,
    *,
    seed: int,
    days: int,
    warm_up: int = 0,
    sample: float = 0.0,
    start: date = START,
) -> Played:
    """Play so many days; what is counted is what happens after the warm-up.

    `sample` is the share of wallets whose every line is logged. Raises NotSimulated where a rule book
    has a clause that the market does not know, and MarketTooLarge.
    """
    tables, posts = prepared(arm, population, days, start)
    by_account = arm.mixed.share if arm.mixed and arm.mixed.by == "account" else 0.0
    roomier = 1
    while True:
        size = Size(days, warm_up, seed, sample, roomier)
        try:
            market = drawn_market(population, arm.behaviour, tables, size, by_account)
            market, early = _play_days(arm, population, tables, posts, market, start)
        except MemoryError as error:
            raise MarketTooLarge(f"{population.freelancers} freelancers for {days} days") from error
        if not market.clock[st.FAILED]:
            return Played.of(arm.name, population, tables, market, size, early)
        roomier *= 2
        if roomier > ROOMIEST:
            raise MarketTooLarge(f"{population.freelancers} freelancers for {days} days")


def prepared(
    arm: Arm, population: Population, days: int, start: date = START
) -> tuple[Tables, Posts]:
    """The tables of an arm, and the kinds of posts that they price."""
    posts = read_posts(population.posts, population.verified_percent)
    posts = posts.valued_by(shipped(YARDSTICK))
    asked_for = _tables(arm.books, posts, start, days)
    return asked_for._replace(expected=_expected(arm)), posts


_KNOWN: dict[tuple[object, ...], Tables] = {}


def _tables(books: tuple[RuleBook, ...], posts: Posts, start: date, days: int) -> Tables:
    """The tables, made once for a rule book's text as long as the process lives."""
    key = (*(book.model_dump_json() for book in books), posts, start, days)
    if key not in _KNOWN:
        if len(_KNOWN) > 20:
            _KNOWN.clear()
        _KNOWN[key] = tables_of(books, posts, start, days)
    return _KNOWN[key]


def _expected(arm: Arm) -> st.Real:
    """The share of a Connect that freelancers expect to come back, by what they believe of posts."""
    void = arm.behaviour.value("void_belief")
    seen = arm.behaviour.value("returns_seen")
    found = []
    for book in arm.books:
        posts, returns = book.posts, book.returns
        ends = posts is not None and (posts.silent_after_days or posts.expires_after_days)
        silent = returns.percent(ReturnCause.NEVER_CLOSED, Stage.UNOPENED) if ends else 0
        unread = returns.unread.percent if returns.unread else 0
        found.append(seen * void * max(silent, unread) / 100)
    return np.array(found)


def _play_days(
    arm: Arm,
    population: Population,
    tables: Tables,
    posts: Posts,
    market: st.Market,
    start: date,
) -> tuple[st.Market, st.Small]:
    """The market after its last day, and how many proposals each post had after its first."""
    by_job = arm.mixed.share if arm.mixed and arm.mixed.by == "job" else 0.0
    technical = sum(
        1 << place for place, category in enumerate(population.categories) if category.technical
    )
    watch = _DemandWatch(arm.books, tables, posts)
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    early = np.zeros(len(market.posts), dtype=np.int32)
    for day in range(len(market.daily)):
        market.clock[st.DAY] = day
        before = int(market.clock[st.POSTS])
        watch.read(market, day)
        market = with_room(market)
        tick(market, tables, by_job, technical, (midnight + timedelta(days=day)).day)
        if market.clock[st.FAILED]:
            break
        fresh = slice(before, int(market.clock[st.POSTS]))
        early[fresh] = market.posts[fresh, st.P_COUNT]
    return market, early


def with_room(market: st.Market) -> st.Market:
    """The market with more room for lots and draws, where a day could use up what there is."""
    wallets = market.wallets
    crowded = 10 * wallets.pools[LOTS_USED] > 7 * len(wallets.lots) or 10 * wallets.pools[
        DRAWS_USED
    ] > 8 * len(wallets.draws)
    return market._replace(wallets=grow(wallets)) if crowded else market


class _DemandWatch:
    """Reads each category's demand every morning, where a rule book's price hangs on it."""

    def __init__(self, books: Sequence[RuleBook], tables: Tables, posts: Posts) -> None:
        self.books = books
        self.probes = [
            self._probe(tables, number, posts) if book.card.demand is not None else None
            for number, book in enumerate(books)
        ]

    def _probe(self, tables: Tables, number: int, posts: Posts) -> tuple[int, int] | None:
        """A kind of post that costs more where demand is high, and that higher price."""
        low, high = tables.base[number, :, 0, 0], tables.base[number, :, 1, 0]
        unlike = np.flatnonzero(low != high)
        self.posts = posts
        return (int(unlike[0]), int(high[unlike[0]])) if len(unlike) else None

    def read(self, market: st.Market, day: int) -> None:
        """Note whether demand is high, as the rule books say it of the last 28 days."""
        if not any(self.probes) or day % 7:
            return
        rows = market.posts[: market.clock[st.POSTS]]
        rows = rows[rows[:, st.P_DAY] >= day - DEMAND_DAYS]
        if not len(rows):
            return
        categories = len(market.demand)
        jobs = np.bincount(rows[:, st.P_CATEGORY], minlength=categories)
        sent = np.bincount(rows[:, st.P_CATEGORY], rows[:, st.P_COUNT], minlength=categories)
        average = max(float(sent.sum()) / len(rows), 1e-9)
        for category in range(categories):
            index = int(1000 * sent[category] / max(int(jobs[category]), 1) / average)
            market.demand[category] = self._high(Demand(index, int(jobs[category])))

    def _high(self, demand: Demand) -> int:
        bits = 0
        for number, (book, probe) in enumerate(zip(self.books, self.probes, strict=True)):
            if probe is not None:
                facts = self.posts.kinds[probe[0]].facts
                bits |= int(asked(facts, book, demand).connects == probe[1]) << number
        return bits


@dataclass(frozen=True, slots=True)
class Wanted:
    """One run among many."""

    arm: Arm
    population: Population
    seed: int
    days: int
    warm_up: int = 0

    def play(self) -> Played:
        return play(self.arm, self.population, seed=self.seed, days=self.days, warm_up=self.warm_up)


def play_all(wanted: Sequence[Wanted], processes: int = 1) -> list[Played]:
    """All of these runs, in their order, whatever the number of processes."""
    if processes <= 1 or len(wanted) <= 1:
        return [each.play() for each in wanted]
    with pool_of(processes) as pool:
        return list(pool.map(Wanted.play, wanted))


def pool_of(processes: int) -> ProcessPoolExecutor:
    """Processes to play in, which end soon after this one, even where it is killed."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, context, _end_with_parent, (os.getpid(),))


def _end_with_parent(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
