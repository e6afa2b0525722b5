"""The freelancers' day: who comes, which posts they read, and which they find worth a proposal."""

from __future__ import annotations

from math import exp, log

from connects.lab.kernel.chance import (
    ACTIVE,
    GIVE_UP,
    MATCH,
    SEE,
    VISIBLE,
    WHERE,
    WISH,
    bell,
    uniform,
)
from connects.lab.kernel.columns import CREDITS, FIRST, KIND, NONE, PURCHASE
from connects.lab.kernel.compiled import inlined, inner
from connects.lab.kernel.knobs import (
    ATTENTION,
    BUSY,
    CHANCE_BASE,
    CHANCE_CROWD,
    CHANCE_FIT,
    CHANCE_RECORD,
    CROWDING,
    HELD_WEIGHT,
    LEVEL_SHOWN,
    LEVEL_WEIGHT,
    NEWEST_FIRST,
    OUTSIDE_PENALTY,
    OUTSIDE_SHARE,
    PRICE_SEEN,
    PRIOR,
    SHARED_POSTS,
    SIGNALS,
    SOFT_CAP,
    SOFT_CAP_DAYS,
    SOFT_CAP_HALVED,
    THICK,
    THICKNESS,
    UNEARNED,
)
from connects.lab.kernel.propose import book_of, is_listed, price_of, send
from connects.lab.kernel.state import (
    A_SIGNALS_OFFERED,
    A_SIGNALS_USED,
    ANSWERED,
    BUSY_UNTIL,
    CATEGORY,
    COUNTING,
    D_ACTIVE,
    D_SEEN,
    DAY,
    FAILED,
    GHOST,
    GROUP,
    HIRES,
    JOINED,
    LEFT,
    OPEN,
    OUTSIDE_FLAG,
    P_COUNT,
    P_DAY,
    P_GROUP,
    P_INVITED,
    P_OUTCOME,
    P_TYPE,
    P_WILL,
    POSTS,
    SEED,
    SEEN,
    SIGNALLED_FLAG,
    WOULD_SIGNAL_FLAG,
    Market,
)
from connects.lab.kernel.state import SIGNALS as SIGNALS_USED
from connects.lab.kernel.tables import ASKS_FROM, Tables

DOLLARS_A_CONNECT = 0.15
SIGNALS_A_WEEK = 2
WORTH_A_SIGNAL = 0.75


@inner
def visit_all(m: Market, t: Tables) -> None:
    """Everyone who comes today reads their own category, and now and then another."""
    day, seed, k = m.clock[DAY], m.clock[SEED], m.knobs
    reads = k[ATTENTION] * k[THICK] ** k[THICKNESS]
    for w in range(len(m.agents.skill)):
        state, traits = m.agents.state[w], m.agents.traits[w]
        if state[LEFT] or traits[JOINED] > day:
            continue
        chance = m.agents.activity[w]
        if k[BUSY] > 0 and state[BUSY_UNTIL] > day:
            chance *= 0.3
        if uniform(seed, w, day, ACTIVE) >= chance:
            continue
        m.daily[day, D_ACTIVE] += 1
        own = traits[CATEGORY]
        _read(m, t, w, own, reads, False)
        if uniform(seed, w, day, WHERE) < k[OUTSIDE_SHARE]:
            other = _another(m, w, own)
            if other != own:
                _read(m, t, w, other, reads * 0.5, True)
        state[SEEN] = m.clock[POSTS]
        if m.clock[FAILED]:
            return


@inner
def _another(m: Market, w: int, own: int) -> int:
    drawn = uniform(m.clock[SEED], w, m.clock[DAY], SEE)
    for category in range(len(m.shares)):
        if drawn < m.shares[category]:
            return category
    return own


@inner
def _first_unseen(m: Market, category: int, seen: int) -> int:
    """The place on the board of the first post that this freelancer has not seen and that is shown."""
    low, high = m.window[category], m.board_count[category]
    while low < high:
        middle = (low + high) // 2
        if m.board[category, middle] < seen:
            low = middle + 1
        else:
            high = middle
    return int(low)


@inner
def _read(m: Market, t: Tables, w: int, category: int, reads: float, outside: bool) -> None:
    """Read posts from the newest on, ever more sparsely, each at most once."""
    day, seed, k = m.clock[DAY], m.clock[SEED], m.knobs
    last = m.board_count[category]
    fresh = last - _first_unseen(m, category, m.agents.state[w, SEEN])
    if fresh <= 0:
        return
    count = int(reads + uniform(seed, w, day, SEE + 100 * int(outside)))
    before = -1
    for number in range(count):
        drawn = uniform(seed, w * 128 + number, day, SEE + 200 + int(outside))
        rank = int(fresh * ((number + drawn) / count) ** k[NEWEST_FIRST])
        if rank <= before or rank >= fresh:
            continue
        before = rank
        post = m.board[category, last - 1 - rank]
        m.daily[day, D_SEEN] += 1
        if _takes_more(m, t, w, post):
            _consider(m, t, w, post, outside)


@inlined
def _takes_more(m: Market, t: Tables, w: int, post: int) -> bool:
    """Whether the post is open to this freelancer's proposal."""
    k, row, day = m.knobs, m.posts[post], m.clock[DAY]
    if row[P_OUTCOME] != OPEN or (row[P_INVITED] and _has_answered(m, w, post)):
        return False
    if k[SOFT_CAP_HALVED] == 0 or row[P_GROUP] == 1:
        is_full = k[SOFT_CAP] > 0 and row[P_COUNT] >= k[SOFT_CAP]
        is_old = k[SOFT_CAP_DAYS] > 0 and day - row[P_DAY] >= k[SOFT_CAP_DAYS]
        if (is_full or is_old) and not _wants_more(m, post):
            return False
    if k[SHARED_POSTS] == 0:
        half = uniform(m.clock[SEED], post, 0, VISIBLE) < 0.5
        if half != (m.agents.traits[w, GROUP] == 1):
            return False
    asks = t.flags[book_of(m, w, post), ASKS_FROM]
    return asks == NONE or row[P_COUNT] < asks or _wants_more(m, post)


@inlined
def _has_answered(m: Market, w: int, post: int) -> bool:
    """Whether they proposed when they were invited; each reads a post once, so nobody else has before.

    Invitations come with the post, so who answered none since cannot be in the list, which is long.
    """
    return bool(m.agents.state[w, ANSWERED] >= post and is_listed(m, post, w))


@inlined
def _wants_more(m: Market, post: int) -> bool:
    """What a client says to more proposals: yes, until the list is one that would weary them.

    Who never looks does not answer.
    """
    row = m.posts[post]
    wearies = uniform(m.clock[SEED], post, 0, GIVE_UP) >= exp(-row[P_COUNT] / m.knobs[CROWDING])
    return bool(row[P_WILL] != GHOST and not wearies)


@inlined
def level_cost(m: Market, t: Tables, w: int, post: int, known: bool) -> float:
    """What the distance from the wanted level takes; where it is not stated, from the usual one."""
    skill = m.agents.skill[w]
    if known:
        return float((skill - m.need[post]) ** 2)
    return float((skill - t.level[m.posts[post, P_TYPE]]) ** 2)


@inlined
def quality(m: Market, t: Tables, w: int, post: int, outside: bool, known: bool) -> float:
    """How well this freelancer would do this job, as far as the wanted level is known."""
    match = bell(m.clock[SEED], w, post, MATCH)
    found = 0.6 * m.agents.skill[w] + 0.8 * match
    found -= m.knobs[LEVEL_WEIGHT] * level_cost(m, t, w, post, known)
    return float(found - (m.knobs[OUTSIDE_PENALTY] if outside else 0.0))


@inlined
def _consider(m: Market, t: Tables, w: int, post: int, outside: bool) -> None:
    """Propose where the chance of the job's gain is worth the effort and the Connects."""
    k, row, state = m.knobs, m.posts[post], m.agents.state[w]
    good = quality(m, t, w, post, outside, k[LEVEL_SHOWN] > 0)
    odds = k[CHANCE_BASE] + k[CHANCE_FIT] * good - k[CHANCE_CROWD] * log(1.0 + row[P_COUNT])
    odds += k[CHANCE_RECORD] * state[HIRES] / (state[HIRES] + 3.0)
    chance = 1.0 / (1.0 + exp(-odds))
    chance *= (k[PRIOR] + m.agents.learned[w, 1]) / (k[PRIOR] + m.agents.learned[w, 0])
    gain = min(chance, 1.0) * m.worth[row[P_TYPE]] * m.appeal[post]
    wish = gain - m.agents.effort[w] - _felt(m, t, w, post)
    drawn = uniform(m.clock[SEED], w, post, WISH)
    if drawn * (1.0 + exp(-wish / m.noise[post])) >= 1.0:
        return
    flags = (OUTSIDE_FLAG if outside else 0) | _signal(m, w, good)
    if send(m, t, w, post, flags):
        m.agents.learned[w, 0] += min(chance, 1.0)
        m.fits[post, 0] += good
        m.fits[post, 1] += 1.0
        if flags & SIGNALLED_FLAG and m.clock[COUNTING]:
            m.agents.tally[w, A_SIGNALS_USED] += 1


@inlined
def _felt(m: Market, t: Tables, w: int, post: int) -> float:
    """What the Connects feel like, in dollars: less what comes back, less if they were free."""
    price = price_of(m, t, w, post, False)
    if not price or not m.knobs[PRICE_SEEN]:
        return 0.0
    felt = price * DOLLARS_A_CONNECT * (1.0 - t.expected[book_of(m, w, post)]) * m.knobs[PRICE_SEEN]
    first = m.wallets.lots[m.wallets.book[w, FIRST]]
    if m.wallets.book[w, 1] and first[KIND] != PURCHASE and first[CREDITS] >= price:
        felt *= m.knobs[HELD_WEIGHT]
    elif m.agents.state[w, HIRES] == 0:
        felt *= m.knobs[UNEARNED]
    return float(felt)


@inlined
def _signal(m: Market, w: int, good: float) -> int:
    """Whether this is one of the week's best, for which a free signal would be used."""
    state, week = m.agents.state[w], m.clock[DAY] // 7 + 1
    if state[SIGNALS_USED] // 100 != week:
        state[SIGNALS_USED] = week * 100
        if m.clock[COUNTING]:
            m.agents.tally[w, A_SIGNALS_OFFERED] += SIGNALS_A_WEEK
    if good < WORTH_A_SIGNAL or state[SIGNALS_USED] % 100 >= SIGNALS_A_WEEK:
        return 0
    state[SIGNALS_USED] += 1
    return WOULD_SIGNAL_FLAG | (SIGNALLED_FLAG if m.knobs[SIGNALS] > 0 else 0)
