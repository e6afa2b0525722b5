"""One tick of the market: a day."""

from __future__ import annotations

from connects.lab.kernel.books import begin_cycle, register
from connects.lab.kernel.chance import LUCKY, STAY, uniform
from connects.lab.kernel.compiled import compiled, inner
from connects.lab.kernel.end import step_all
from connects.lab.kernel.knobs import LEAVES, RANDOM_HIRES, RECORD_LEARNED
from connects.lab.kernel.publish import publish
from connects.lab.kernel.state import (
    ANCHOR,
    COUNTING,
    D_JOINED,
    D_LEFT,
    DAY,
    FAILED,
    HIRES,
    JOINED,
    LEFT,
    MONTH_CENTS,
    NEXT_CYCLE,
    P_DAY,
    POSTS,
    SEED,
    SEEN,
    TREATED,
    WARM_UP,
    Market,
)
from connects.lab.kernel.tables import Tables
from connects.lab.kernel.visit import visit_all

BOARD_DAYS = 14
"""For so many days a post is shown among the newest."""


LUCKY_ONE, LIKENESS = 2, 3
"""Marks of newcomers who were hired once at random, and of those who could have been."""


@compiled
def tick(m: Market, t: Tables, by_job: float, technical: int, first_of_month: int) -> None:
    """Play the clock's day: accounts, clients' posts, freelancers, what becomes of posts."""
    day = m.clock[DAY]
    m.clock[COUNTING] = int(day >= m.clock[WARM_UP])
    _accounts(m, t, first_of_month)
    _move_windows(m)
    if m.clock[FAILED] == 0:
        publish(m, t, by_job, technical)
    if m.clock[FAILED] == 0:
        visit_all(m, t)
    if m.clock[FAILED] == 0:
        step_all(m, t)


@inner
def _accounts(m: Market, t: Tables, first_of_month: int) -> None:
    day, state = m.clock[DAY], m.agents.state
    for w in range(len(m.agents.skill)):
        joined = m.agents.traits[w, JOINED]
        if joined == day:
            register(m, t, w, True)
            state[w, ANCHOR] = first_of_month
            state[w, NEXT_CYCLE] = t.next_cycle[first_of_month - 1, day]
            state[w, SEEN] = max(m.clock[POSTS] - 1, 0)
            m.daily[day, D_JOINED] += 1
        elif joined < day and state[w, LEFT] == 0 and state[w, NEXT_CYCLE] == day:
            begin_cycle(m, t, w)
            _month_ends(m, w)
        if m.clock[FAILED]:
            return
    if m.knobs[RANDOM_HIRES] > 0 and day == m.clock[WARM_UP]:
        _hire_at_random(m)
    m.agents.rewards[day % m.agents.rewards.shape[0], :] = 0


@inner
def _month_ends(m: Market, w: int) -> None:
    """A month's ceiling begins anew; who only lost may leave."""
    state, day = m.agents.state[w], m.clock[DAY]
    lost = m.agents.learned[w, 0] > 0.5 and m.agents.learned[w, 1] == 0.0
    state[MONTH_CENTS] = 0
    if lost and uniform(m.clock[SEED], w, day, STAY) < m.knobs[LEAVES]:
        state[LEFT] = 1
        m.daily[day, D_LEFT] += 1


@inner
def _hire_at_random(m: Market) -> None:
    """Hire some of those without any hire once, whoever they are; the others are their likeness."""
    for w in range(len(m.agents.skill)):
        state = m.agents.state[w]
        if state[HIRES] == 0 and m.agents.traits[w, JOINED] <= m.clock[DAY]:
            lucky = uniform(m.clock[SEED], w, 0, LUCKY) < m.knobs[RANDOM_HIRES]
            state[TREATED] = LUCKY_ONE if lucky else LIKENESS
            if lucky and m.knobs[RECORD_LEARNED] > 0:
                state[HIRES] = 1


@inner
def _move_windows(m: Market) -> None:
    """Posts that are too old are shown no longer."""
    for category in range(len(m.window)):
        place = m.window[category]
        while place < m.board_count[category]:
            if m.posts[m.board[category, place], P_DAY] > m.clock[DAY] - BOARD_DAYS:
                break
            place += 1
        m.window[category] = place
