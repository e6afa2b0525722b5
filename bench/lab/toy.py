"""One toy market, three times: in Mesa, over bare numbers, and over exact lots.

Every day each freelancer comes with a chance of 0.35, reads eight of the day's posts, and proposes to
each with a chance of 0.3 for 4 Connects, buying 40 where they are short. Three days later a post is
filled with a chance of 0.35; otherwise its proposals' Connects come back. Each has as many people, since
all of them are slower where more is to be remembered.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import mesa
import numpy as np

from connects.lab.kernel.ahead import ask_for
from connects.lab.kernel.chance import mixed
from connects.lab.kernel.columns import FIRST, NEVER_DAY, NONE, PURCHASE, Wallets, make_wallets
from connects.lab.kernel.compiled import compiled, inner
from connects.lab.kernel.draws import free_draws
from connects.lab.kernel.give_back import give_back
from connects.lab.kernel.wallets import issue, spend

ACTIVE, WISH, FILLED = 0.35, 0.3, 0.35
READS, PRICE, BUNDLE, LATER = 8, 4, 40, 3
AGENTS_A_POST = 33
MOST_SENT = 100
"""To one post: about 28 are, and nobody is turned away."""
AHEAD = 16


@dataclass(frozen=True, slots=True)
class Rates:
    """What was done in a second of processor time."""

    agent_days: float
    proposals: float


class Freelancer(mesa.Agent):  # type: ignore[misc]
    def __init__(self, model: Market) -> None:
        super().__init__(model)
        self.connects = BUNDLE

    def step(self) -> None:
        chance = self.model.random.random
        if chance() >= ACTIVE:
            return
        posts = self.model.today
        for _ in range(READS):
            post = posts[int(chance() * len(posts))]
            if chance() < WISH:
                if self.connects < PRICE:
                    self.connects += BUNDLE
                self.connects -= PRICE
                post.append(self)
                self.model.proposals += 1


class Market(mesa.Model):  # type: ignore[misc]
    def __init__(self, agents: int) -> None:
        super().__init__(seed=1)
        self.today: list[list[Freelancer]] = []
        self.open: list[list[list[Freelancer]]] = []
        self.proposals = 0
        Freelancer.create_agents(self, agents)

    def step(self) -> None:
        self.today = [[] for _ in range(max(len(self.agents) // AGENTS_A_POST, 1))]
        self.open.append(self.today)
        self.agents.do("step")
        if len(self.open) > LATER:
            for post in self.open.pop(0):
                if self.random.random() >= FILLED:
                    for freelancer in post:
                        freelancer.connects += PRICE


def in_mesa(agents: int, days: int) -> Rates:
    market = Market(agents)
    begun = time.process_time()
    for _ in range(days):
        market.step()
    taken = time.process_time() - begun
    return Rates(agents * days / taken, market.proposals / taken)


@inner
def _share(seed: int, who: int, when: int) -> float:
    return float(mixed(seed, who, when, 1) >> np.uint64(11)) * 2.0**-53


@compiled
def bare_days(balances: Any, sent: Any, counts: Any, first: int, days: int) -> int:
    """Play days over bare balances; `sent[day, post]` are who proposed, `counts` how many."""
    posts, proposals = counts.shape[1], 0
    for day in range(first, first + days):
        slot = day % (LATER + 1)
        for post in range(posts):
            if day > LATER and _share(2, post, day) >= FILLED:
                for place in range(counts[slot, post]):
                    balances[sent[slot, post, place]] += PRICE
            counts[slot, post] = 0
        for w in range(len(balances)):
            if _share(1, w, day) >= ACTIVE:
                continue
            for number in range(READS):
                drawn = _share(3 + number, w, day)
                post = int(drawn * posts)
                if drawn * posts - post < WISH and counts[slot, post] < sent.shape[2]:
                    if balances[w] < PRICE:
                        balances[w] += BUNDLE
                    balances[w] -= PRICE
                    sent[slot, post, counts[slot, post]] = w
                    counts[slot, post] += 1
                    proposals += 1
    return proposals


@inner
def _ask_for_all(wallets: Wallets, whose: Any, heads: Any, count: int) -> None:
    """What is about to be given back is far apart: all of it is asked for at once."""
    for place in range(count):
        ask_for(wallets.draws, heads[place])
        ask_for(wallets.book, whose[place])
    for place in range(count):
        ask_for(wallets.lots, wallets.book[whose[place], FIRST])


@compiled
def exact_days(wallets: Wallets, sent: Any, draws: Any, counts: Any, first: int, days: int) -> int:
    """The same over exact lots: every return goes back to the lots that paid."""
    posts, proposals = counts.shape[1], 0
    for day in range(first, first + days):
        slot = day % (LATER + 1)
        for post in range(posts):
            back = day > LATER and _share(2, post, day) >= FILLED
            if back:
                _ask_for_all(wallets, sent[slot, post], draws[slot, post], counts[slot, post])
            for place in range(counts[slot, post]):
                head = draws[slot, post, place]
                if back:
                    give_back(wallets, sent[slot, post, place], head, PRICE, 0, PRICE, day, 30)
                free_draws(wallets, head)
            counts[slot, post] = 0
        for w in range(len(wallets.book)):
            if w + AHEAD < len(wallets.book):
                ask_for(wallets.book, w + AHEAD)
                ask_for(wallets.lots, wallets.book[w + AHEAD // 2, FIRST])
            if _share(1, w, day) >= ACTIVE:
                continue
            for number in range(READS):
                drawn = _share(3 + number, w, day)
                post = int(drawn * posts)
                if drawn * posts - post >= WISH or counts[slot, post] >= sent.shape[2]:
                    continue
                head = spend(wallets, w, PRICE, day)
                if head < 0:
                    issue(wallets, w, PURCHASE, BUNDLE, 600, day, day + 365, NONE, True)
                    head = spend(wallets, w, PRICE, day)
                if head >= 0:
                    sent[slot, post, counts[slot, post]] = w
                    draws[slot, post, counts[slot, post]] = head
                    counts[slot, post] += 1
                    proposals += 1
    return proposals


def over_bare_numbers(agents: int, days: int) -> Rates:
    posts = max(agents // AGENTS_A_POST, 1)
    balances = np.full(agents, BUNDLE, dtype=np.int64)
    sent = np.zeros((LATER + 1, posts, MOST_SENT), dtype=np.int64)
    counts = np.zeros((LATER + 1, posts), dtype=np.int64)
    bare_days(balances, sent, counts, 0, 1)
    begun = time.process_time()
    proposals = bare_days(balances, sent, counts, 1, days)
    taken = time.process_time() - begun
    return Rates(agents * days / taken, proposals / taken)


def over_exact_lots(agents: int, days: int) -> Rates:
    posts = max(agents // AGENTS_A_POST, 1)
    wallets = make_wallets(agents, lots=4, draws=agents * 8)
    sent = np.zeros((LATER + 1, posts, MOST_SENT), dtype=np.int32)
    draws = np.zeros((LATER + 1, posts, MOST_SENT), dtype=np.int32)
    counts = np.zeros((LATER + 1, posts), dtype=np.int64)
    exact_days(wallets, sent, draws, counts, 0, 1)
    begun = time.process_time()
    proposals = exact_days(wallets, sent, draws, counts, 1, days)
    taken = time.process_time() - begun
    assert int(wallets.book[:, 0].min()) >= 0
    assert days < NEVER_DAY
    return Rates(agents * days / taken, proposals / taken)
