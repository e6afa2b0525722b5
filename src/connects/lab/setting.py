"""A market on its first morning: the arrays, drawn from a population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from connects.lab.kernel import state as st
from connects.lab.kernel.columns import NONE, Whole, make_wallets
from connects.lab.population.agents import Population

if TYPE_CHECKING:
    from connects.lab.behaviour.parameters import Behaviour
    from connects.lab.kernel.tables import Tables

REWARD_DAYS_MOST = 31
LISTED_MOST = 4096
"""So many proposals of one post a client can have in their list."""


@dataclass(frozen=True, slots=True)
class Size:
    """How long and how large: rooms are raised, and the run begun anew, where they do not suffice."""

    days: int
    warm_up: int
    seed: int
    sampled: float = 0.0
    roomier: int = 1


def drawn_market(
    population: Population, behaviour: Behaviour, tables: Tables, size: Size, share: float
) -> st.Market:
    """The market. `share` is the part of accounts that lives under the second rule book."""
    chance = np.random.Generator(np.random.Philox(size.seed))
    agents = _agents(population, behaviour, size, share, chance)
    clients = _clients(population, behaviour, chance)
    posts, rooms = _rooms(float(clients.rate.sum()), size.days, size.roomier)
    categories = len(population.categories)
    members, member_count = _members(agents.traits[:, st.CATEGORY], categories)
    count = len(agents.skill)
    shares = np.cumsum([category.posts for category in population.categories])
    return st.Market(
        wallets=make_wallets(count, draws=rooms),
        agents=agents,
        clients=clients,
        posts=np.zeros((posts, st.POST), dtype=np.int32),
        need=np.zeros(posts),
        appeal=np.ones(posts),
        noise=np.ones(posts),
        worth=_worth(behaviour, tables),
        proposals=np.zeros((rooms, st.PROPOSAL), dtype=np.int32),
        board=np.zeros((categories, posts), dtype=np.int32),
        board_count=np.zeros(categories, dtype=np.int64),
        window=np.zeros(categories, dtype=np.int64),
        due=np.full(size.days, NONE, dtype=np.int64),
        shares=shares / shares[-1],
        members=members,
        member_count=member_count,
        clock=_clock(size),
        daily=np.zeros((size.days, st.DAILY), dtype=np.int64),
        log=np.zeros((_log_lines(count, size), st.LOG), dtype=np.int64),
        sampled=(chance.random(count) < size.sampled).astype(np.int64),
        demand=np.zeros(categories, dtype=np.int64),
        knobs=np.array(behaviour.values()),
        scores=np.zeros((LISTED_MOST, 2)),
        listed=np.zeros(LISTED_MOST, dtype=np.int64),
        fits=np.zeros((posts, 2)),
    )


def rooms_for(population: Population, days: int) -> tuple[int, int]:
    """For how many posts, and for how many open proposals, a market of these people has room."""
    a_day = population.clients * population.posts_per_client_and_month / 30
    return _rooms(a_day, days, roomier=1)


def _rooms(posts_a_day: float, days: int, roomier: int) -> tuple[int, int]:
    posts = int(posts_a_day * days * 1.15 * roomier) + 2000
    still_open = posts if days < 60 else posts * 60 // days
    return posts, max(still_open * 24 * roomier, 5000)


def _log_lines(count: int, size: Size) -> int:
    return int(count * size.sampled * size.days * 4) + 1000 if size.sampled else 1


def _clock(size: Size) -> Whole:
    clock = np.zeros(9, dtype=np.int64)
    clock[st.PROPOSALS_FREE] = NONE
    clock[st.SEED], clock[st.WARM_UP] = size.seed, size.warm_up
    return clock


def _worth(behaviour: Behaviour, tables: Tables) -> st.Real:
    """What each kind of post leaves to its winner, in dollars."""
    dollars = np.maximum(tables.dollars, 1.0) / 100
    worth = behaviour.value("gain") * dollars ** behaviour.value("gain_power")
    if behaviour.value("value_seen"):
        return worth
    weights = np.diff(tables.weights, prepend=0.0)
    return np.full_like(worth, float((worth * weights).sum()))


def _agents(
    population: Population,
    behaviour: Behaviour,
    size: Size,
    share: float,
    chance: np.random.Generator,
) -> st.Agents:
    base = population.freelancers
    count = base + int(base * population.arrivals_per_year * size.days / 365)
    countries = population.countries
    weights = np.array([each.freelancers for each in countries])
    country = chance.choice(len(countries), count, p=weights / weights.sum())
    wages = np.array([each.effort for each in countries])[country]
    skill = chance.standard_normal(count)
    shape = behaviour.value("activity_shape")
    activity = np.minimum(chance.gamma(shape, behaviour.value("activity") / shape, count), 0.95)
    spread = behaviour.value("effort_spread")
    effort = behaviour.value("effort") * wages * np.exp(spread * chance.standard_normal(count))
    ceiling = behaviour.value("ceiling") * np.exp(0.8 * chance.standard_normal(count))
    traits, state = _traits(population, behaviour, size, chance, count)
    traits[:, st.COUNTRY] = country
    traits[:, st.GROUP] = chance.random(count) < share
    before = (traits[:, st.JOINED] < 0) & (
        chance.random(count) < population.hired_before_percent / 100
    )
    state[:, st.HIRES] = np.where(before, 1 + chance.poisson(3 * np.exp(0.5 * skill)), 0)
    return st.Agents(
        skill=skill,
        effort=effort,
        activity=activity,
        ceiling=ceiling,
        traits=traits,
        state=state,
        learned=np.zeros((count, 2)),
        tally=np.zeros((count, st.AGENT_TALLY), dtype=np.int64),
        rewards=np.zeros((REWARD_DAYS_MOST, count), dtype=np.int32),
    )


def _traits(
    population: Population,
    behaviour: Behaviour,
    size: Size,
    chance: np.random.Generator,
    count: int,
) -> tuple[Whole, Whole]:
    base = population.freelancers
    traits = np.zeros((count, st.TRAITS), dtype=np.int64)
    state = np.zeros((count, st.AGENT_STATE), dtype=np.int64)
    weights = np.array([category.freelancers for category in population.categories])
    traits[:, st.CATEGORY] = chance.choice(len(weights), count, p=weights / weights.sum())
    traits[:, st.ACCOUNT_KIND] = chance.random(count) < population.agency_percent / 100
    traits[:base, st.PLAN_HELD] = chance.random(base) < population.plus_percent / 100
    traits[:base, st.JOINED] = NONE
    traits[base:, st.JOINED] = chance.integers(0, size.days, count - base)
    state[:, st.ANCHOR] = chance.integers(1, 29, count)
    state[:, st.NEXT_CYCLE] = state[:, st.ANCHOR] - 1
    state[:, st.ANSWERED] = NONE
    state[:, st.TREATED] = chance.random(count) < behaviour.value("promoted")
    # Newcomers with a record would not be newcomers, and who was there has sent some proposals.
    state[:base, st.SENT] = 100
    return traits, state


def _members(category: Whole, categories: int) -> tuple[Whole, Whole]:
    counts = np.bincount(category, minlength=categories)
    members = np.zeros((categories, max(int(counts.max()), 1)), dtype=np.int64)
    for number in range(categories):
        members[number, : counts[number]] = np.flatnonzero(category == number)
    return members, counts.astype(np.int64)


def _clients(
    population: Population, behaviour: Behaviour, chance: np.random.Generator
) -> st.Clients:
    count = population.clients
    weights = np.array([category.posts for category in population.categories])
    rate = np.exp(0.9 * chance.standard_normal(count))
    rate *= population.posts_per_client_and_month / 30 / rate.mean()
    mean = behaviour.value("ghosts")
    ghost = chance.beta(max(mean * 3, 1e-3), max((1 - mean) * 3, 1e-3), count) if mean else None
    state = np.zeros((count, st.CLIENT_STATE), dtype=np.int64)
    state[:, st.C_CATEGORY] = chance.choice(len(weights), count, p=weights / weights.sum())
    return st.Clients(np.minimum(rate, 0.95), np.zeros(count) if ghost is None else ghost, state)
