"""The clients' mornings: they publish posts, and invite."""

from __future__ import annotations

from math import exp, log

from connects.lab.kernel.chance import (
    ACCEPT,
    APPEAL,
    GROUP_OF,
    INVITE,
    KIND_OF_POST,
    LOOK,
    NEED,
    POST,
    REMOVE,
    WHERE,
    WILL,
    bell,
    uniform,
)
from connects.lab.kernel.columns import NONE
from connects.lab.kernel.compiled import inner
from connects.lab.kernel.knobs import (
    APPEAL_SPREAD,
    BUSY,
    CAPACITY_SHOWN,
    CHOICE_NOISE,
    GAIN,
    INVITED_ACCEPTS,
    INVITES,
    LOOK_DAYS,
    NOISE_POWER,
    RECOMMENDED,
)
from connects.lab.kernel.knobs import (
    LOOKING as LOOKING_SHARE,
)
from connects.lab.kernel.knobs import (
    REMOVED as REMOVED_SHARE,
)
from connects.lab.kernel.propose import is_listed, send
from connects.lab.kernel.state import (
    ANSWERED,
    BUSY_UNTIL,
    C_CATEGORY,
    C_ENDED,
    C_GONE,
    C_HIRES,
    C_LEFT_OPEN,
    D_DECLINED,
    D_INVITED,
    D_POSTS,
    DAY,
    FAILED,
    GHOST,
    HIRES,
    INVITED_FLAG,
    JOINED,
    LEFT,
    LOOKING,
    OPEN,
    P_ACTIVE,
    P_BUCKET,
    P_CATEGORY,
    P_CLIENT,
    P_DAY,
    P_DECLINED,
    P_DEMAND,
    P_END,
    P_ENDED,
    P_FIRST_DAY,
    P_GROUP,
    P_HEAD,
    P_HIRED,
    P_INVITED,
    P_LEFT_OPEN,
    P_LOOK,
    P_NEXT_DUE,
    P_OUTCOME,
    P_TYPE,
    P_WILL,
    POSTS,
    SEED,
    SERIOUS,
    Market,
)
from connects.lab.kernel.tables import Tables
from connects.lab.kernel.tables_of_prices import ENDED_MOST
from connects.lab.kernel.visit import quality

NEVER_LOOKS = 10**6


@inner
def publish(m: Market, t: Tables, by_job: float, technical: int) -> None:
    """Each client publishes with their own chance; those who invite do so at once."""
    day, seed = m.clock[DAY], m.clock[SEED]
    for client in range(len(m.clients.rate)):
        if m.clients.state[client, C_GONE]:
            continue
        if uniform(seed, client, day, POST) >= m.clients.rate[client]:
            continue
        post = m.clock[POSTS]
        if post >= len(m.posts):
            m.clock[FAILED] = 2
            return
        m.clock[POSTS] = post + 1
        _write_post(m, t, post, client)
        if by_job > 0 and uniform(seed, client, day, GROUP_OF) < by_job:
            m.posts[post, P_GROUP] = 1
        m.daily[day, D_POSTS] += 1
        _invite(m, t, post, technical)


@inner
def _write_post(m: Market, t: Tables, post: int, client: int) -> None:
    day, seed, k = m.clock[DAY], m.clock[SEED], m.knobs
    row, state = m.posts[post], m.clients.state[client]
    kind = 0
    drawn = uniform(seed, client, day, KIND_OF_POST)
    low, high = 0, len(t.weights) - 1
    while low < high:
        kind = (low + high) // 2
        if t.weights[kind] <= drawn:
            low = kind + 1
        else:
            high = kind
    kind = low
    category = state[C_CATEGORY]
    row[P_TYPE], row[P_CLIENT], row[P_DAY], row[P_CATEGORY] = kind, client, day, category
    row[P_HEAD], row[P_END], row[P_OUTCOME], row[P_HIRED] = NONE, NONE, OPEN, NONE
    row[P_FIRST_DAY], row[P_NEXT_DUE] = NONE, NONE
    row[P_ACTIVE], row[P_DEMAND] = day, m.demand[category]
    hires = state[C_HIRES]
    row[P_BUCKET] = 3 if hires >= 20 else 2 if hires >= 5 else 1 if hires >= 1 else 0
    if state[C_ENDED] <= ENDED_MOST:
        row[P_LEFT_OPEN], row[P_ENDED] = state[C_LEFT_OPEN], state[C_ENDED]
    else:  # the record is that of so many posts, in the same proportion
        row[P_LEFT_OPEN] = state[C_LEFT_OPEN] * ENDED_MOST // state[C_ENDED]
        row[P_ENDED] = ENDED_MOST
    m.need[post] = t.level[kind] + 0.8 * bell(seed, client, day, NEED)
    m.appeal[post] = exp(k[APPEAL_SPREAD] * bell(seed, client, day, APPEAL))
    # Who weighs larger stakes errs by more dollars.
    stake = m.worth[kind] * m.appeal[post] / k[GAIN]
    m.noise[post] = k[CHOICE_NOISE] * stake ** k[NOISE_POWER]
    place = m.board_count[category]
    m.board[category, place] = post
    m.board_count[category] = place + 1
    will, looks = _will(m, client), NEVER_LOOKS
    if will != GHOST:
        # A Weibull time with shape 1.3; its median is the parameter's.
        wait = -log(1.0 - uniform(seed, client, day, LOOK)) / 0.6931
        looks = day + 1 + int(k[LOOK_DAYS] * wait**0.77)
    row[P_WILL], row[P_LOOK] = will, looks
    schedule(m, post, first_step(m, post))


@inner
def _will(m: Market, client: int) -> int:
    drawn = uniform(m.clock[SEED], client, m.clock[DAY], WILL)
    ghost = m.clients.ghost[client]
    if drawn < ghost:
        return GHOST
    return LOOKING if drawn < ghost + m.knobs[LOOKING_SHARE] else SERIOUS


@inner
def first_step(m: Market, post: int) -> int:
    """The day on which something happens to the post next: it is removed, or looked at, or checked."""
    row, day = m.posts[post], m.clock[DAY]
    if uniform(m.clock[SEED], row[P_CLIENT], row[P_DAY], REMOVE) < m.knobs[REMOVED_SHARE]:
        return int(day + 3)
    return int(min(row[P_LOOK], day + 1))


@inner
def schedule(m: Market, post: int, day: int) -> None:
    """Put the post among those that are due on that day; beyond the end nothing happens to it."""
    if day < len(m.due):
        m.posts[post, P_NEXT_DUE] = m.due[day]
        m.due[day] = post


@inner
def _invite(m: Market, t: Tables, post: int, technical: int) -> None:
    """Clients invite a few whose record speaks for them; busy ones decline, some others answer."""
    day, seed, k, row = m.clock[DAY], m.clock[SEED], m.knobs, m.posts[post]
    client, category = row[P_CLIENT], row[P_CATEGORY]
    wanted, known = 0, 0
    if uniform(seed, client, day, INVITE) < k[INVITES]:
        wanted = 3
    if k[RECOMMENDED] > 0 and (technical >> category) & 1:
        known = int(k[RECOMMENDED])
        wanted += known
    if row[P_WILL] == GHOST:
        wanted = min(wanted, 1)
    count = m.member_count[category]
    for number in range(wanted):
        # Clients think of a few; who recommends knows many.
        w = _chosen(m, t, post, number, count, 6 if number < wanted - known else 24)
        if w == NONE:
            continue
        row[P_INVITED] += 1
        m.daily[day, D_INVITED] += 1
        busy = k[BUSY] > 0 and m.agents.state[w, BUSY_UNTIL] > day
        if busy:
            row[P_DECLINED] += 1
            m.daily[day, D_DECLINED] += 1
            continue
        accepts = uniform(seed, w, post, ACCEPT) < k[INVITED_ACCEPTS]
        if accepts and send(m, t, w, post, INVITED_FLAG):
            m.agents.state[w, ANSWERED] = post


@inner
def _chosen(m: Market, t: Tables, post: int, number: int, count: int, tries: int) -> int:
    """The best of those who come to mind: by match and record, and if shown, not busy."""
    seed, day, k = m.clock[SEED], m.clock[DAY], m.knobs
    best, found = -1e9, NONE
    for each in range(tries):
        w = m.members[
            m.posts[post, P_CATEGORY], int(uniform(seed, post, number * 32 + each, WHERE) * count)
        ]
        state = m.agents.state[w]
        if state[LEFT] or m.agents.traits[w, JOINED] > day:
            continue
        if k[CAPACITY_SHOWN] > 0 and state[BUSY_UNTIL] > day:
            continue
        worth = quality(m, t, w, post, False, True) + state[HIRES] / (state[HIRES] + 3.0)
        if worth > best and not is_listed(m, post, w):
            best, found = worth, w
    return found
