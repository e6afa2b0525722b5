"""The clients' afternoons: they look at a list, open some, interview, hire or do not."""

from __future__ import annotations

from math import exp

from connects.lab.kernel.books import reward, write_log
from connects.lab.kernel.chance import (
    GIVE_UP,
    JUDGE,
    RELEVANCE,
    REPLY,
    RESERVE,
    SIGNAL,
    bell,
    uniform,
)
from connects.lab.kernel.chance import (
    OPENS as OPENS_DRAW,
)
from connects.lab.kernel.columns import NONE
from connects.lab.kernel.compiled import inner
from connects.lab.kernel.knobs import (
    BUSY,
    CROWDING,
    LETTERS,
    ORDER_NOISE,
    PLACEBO_COUNTS,
    POSITION_COUNTS,
    PROMINENCE,
    PROMOTION,
    RECORD_LEARNED,
    RECORD_WEIGHT,
    RESERVATION,
    SIGNAL_NOISE,
    SIGNAL_SAYS,
    SIGNAL_WORTH,
)
from connects.lab.kernel.knobs import (
    OPENS as OPENS_MEAN,
)
from connects.lab.kernel.propose import book_of
from connects.lab.kernel.state import (
    A_FIRST_HIRE,
    A_HIRES,
    A_REWARDED,
    BOOSTED_FLAG,
    BUSY_UNTIL,
    COUNTING,
    D_HIRES,
    D_OPENED,
    D_REWARDED,
    DAY,
    ENGAGED,
    HIRES,
    INVITED_FLAG,
    L_REWARD,
    LEFT,
    LOOKING,
    OPENED,
    OUTSIDE_FLAG,
    P_BOOSTED,
    P_DISTANCE,
    P_FIT,
    P_HEAD,
    P_HIRED,
    P_OPENED,
    P_SIGNALLED_HIRE,
    P_TYPE,
    P_WILL,
    R_AGENT,
    R_FLAGS,
    R_NEXT,
    R_PAID,
    R_REWARD,
    R_REWARD_LOT,
    R_STAGE,
    SEED,
    SIGNALLED_FLAG,
    TREATED,
    WOULD_SIGNAL_FLAG,
    Market,
)
from connects.lab.kernel.tables import (
    REWARD_AT_MOST,
    REWARD_DAYS,
    REWARD_NEEDS_ANSWER,
    REWARD_VERIFIED,
    Tables,
)
from connects.lab.kernel.visit import quality

GONE = -1e9
INTERVIEWED = 3


@inner
def look(m: Market, t: Tables, post: int) -> bool:
    """The client reads the list, in its order, and hires the best of those opened; whether they hired."""
    count = _list(m, t, post)
    if count == 0:
        return False
    row, k, seed = m.posts[post], m.knobs, m.clock[SEED]
    # Whom they asked themselves does not weary them.
    gives_up = uniform(seed, post, 0, GIVE_UP) >= exp(-_unasked(m, count) / k[CROWDING])
    opens = _opens(m, post, count)
    if gives_up:
        opens = opens // 2 + 1 if count > 1 else 1
    opens = min(opens, count)
    for number in range(opens):
        _open(m, _next_in_order(m, number, count))
    row[P_OPENED] = opens
    m.daily[m.clock[DAY], D_OPENED] += opens
    return _choose(m, t, post, gives_up)


@inner
def _unasked(m: Market, count: int) -> int:
    """How many of the list were not invited."""
    found = 0
    for number in range(count):
        found += int((m.proposals[m.listed[number], R_FLAGS] & INVITED_FLAG) == 0)
    return found


@inner
def _opens(m: Market, post: int, count: int) -> int:
    """How many the client opens: a geometric number, at least one."""
    drawn = uniform(m.clock[SEED], post, 0, OPENS_DRAW)
    mean, opens = m.knobs[OPENS_MEAN], 1
    reach = 1.0 - 1.0 / mean
    chance = reach
    while opens < count and drawn < chance:
        opens += 1
        chance *= reach
    return opens


@inner
def _list(m: Market, t: Tables, post: int) -> int:
    """Write the list: for each proposal what it says, and how high it stands."""
    seed, k, place, count = m.clock[SEED], m.knobs, m.posts[post, P_HEAD], 0
    noise = k[SIGNAL_NOISE] / max(k[LETTERS], 1e-3) ** 0.5
    while place != NONE and count < len(m.listed):
        proposal = m.proposals[place]
        w, flags = proposal[R_AGENT], proposal[R_FLAGS]
        good = quality(m, t, w, post, (flags & OUTSIDE_FLAG) != 0, True)
        says = good + noise * bell(seed, w, post, SIGNAL)
        # Who reads a noisier sign trusts it less.
        says *= 1.0 / (1.0 + noise * noise * 0.5)
        says += k[RECORD_WEIGHT] * m.agents.state[w, HIRES] / (m.agents.state[w, HIRES] + 3.0)
        if flags & SIGNALLED_FLAG and k[SIGNAL_SAYS] > 0:
            says += k[SIGNAL_WORTH]
        order = says + k[ORDER_NOISE] * bell(seed, w, post, RELEVANCE)
        if flags & BOOSTED_FLAG and k[PLACEBO_COUNTS] > 0:
            order += k[PROMINENCE]
        if flags & INVITED_FLAG:
            order += k[PROMINENCE]
        if m.agents.state[w, TREATED] == 1:
            order += k[PROMOTION]
        if k[POSITION_COUNTS] == 0:
            order = bell(seed, w, post, JUDGE)
        m.listed[count] = place
        m.scores[count, 0], m.scores[count, 1] = says, order
        count += 1
        place = proposal[R_NEXT]
    return count


@inner
def _next_in_order(m: Market, opened: int, count: int) -> int:
    """The highest of those not opened yet; it is swapped to the front part of the list."""
    best = opened
    for number in range(opened + 1, count):
        if m.scores[number, 1] > m.scores[best, 1]:
            best = number
    place, says, order = m.listed[best], m.scores[best, 0], m.scores[best, 1]
    m.listed[best] = m.listed[opened]
    m.scores[best, 0], m.scores[best, 1] = m.scores[opened, 0], m.scores[opened, 1]
    m.listed[opened], m.scores[opened, 0], m.scores[opened, 1] = place, says, order
    return int(place)


@inner
def _open(m: Market, place: int) -> None:
    m.proposals[place, R_STAGE] = OPENED


@inner
def _choose(m: Market, t: Tables, post: int, gives_up: bool) -> bool:
    """Interview the best of those opened, and hire the first good enough one who is not busy."""
    row, k, seed = m.posts[post], m.knobs, m.clock[SEED]
    least = k[RESERVATION] + 0.7 * bell(seed, post, 0, RESERVE)
    if row[P_WILL] == LOOKING:
        least += 1.2
    if gives_up:
        least += 2.0
    for _ in range(min(INTERVIEWED, row[P_OPENED])):
        best = 0
        for number in range(1, row[P_OPENED]):
            if m.scores[number, 0] > m.scores[best, 0]:
                best = number
        if m.scores[best, 0] < least:
            return False
        place = m.listed[best]
        m.scores[best, 0] = GONE
        m.proposals[place, R_STAGE] = ENGAGED
        _reward(m, t, post, place)
        w = m.proposals[place, R_AGENT]
        if m.agents.state[w, LEFT] or (
            k[BUSY] > 0 and m.agents.state[w, BUSY_UNTIL] > m.clock[DAY]
        ):
            continue
        hire(m, t, post, place)
        return True
    return False


@inner
def hire(m: Market, t: Tables, post: int, place: int) -> None:
    """Hire the author of that proposal."""
    day, row = m.clock[DAY], m.posts[post]
    w, flags = m.proposals[place, R_AGENT], m.proposals[place, R_FLAGS]
    state = m.agents.state[w]
    row[P_HIRED] = w
    row[P_FIT] = int(1000 * quality(m, t, w, post, (flags & OUTSIDE_FLAG) != 0, True))
    row[P_DISTANCE] = int(1000 * abs(m.agents.skill[w] - m.need[post]))
    if flags & BOOSTED_FLAG:
        row[P_BOOSTED] += 1000
    if flags & WOULD_SIGNAL_FLAG:
        row[P_SIGNALLED_HIRE] = 1
    m.daily[day, D_HIRES] += 1
    m.agents.learned[w, 1] += 1.0
    if m.clock[COUNTING]:
        if state[HIRES] == 0:
            m.agents.tally[w, A_FIRST_HIRE] = day
        m.agents.tally[w, A_HIRES] += 1
    if m.knobs[RECORD_LEARNED] > 0:
        state[HIRES] += 1
    if m.knobs[BUSY] > 0:
        state[BUSY_UNTIL] = max(state[BUSY_UNTIL], day + t.lasts[row[P_TYPE]] // 2)


@inner
def _reward(m: Market, t: Tables, post: int, place: int) -> None:
    """What an interview brings that a paid proposal won, if the freelancer answers."""
    proposal = m.proposals[place]
    w, day = proposal[R_AGENT], m.clock[DAY]
    g = book_of(m, w, post)
    if t.flags[g, REWARD_AT_MOST] == 0 or proposal[R_PAID] == 0:
        return
    answers = uniform(m.clock[SEED], w, post, REPLY) < 0.85
    if (t.flags[g, REWARD_NEEDS_ANSWER] and not answers) or (
        t.flags[g, REWARD_VERIFIED] and not t.verified[m.posts[post, P_TYPE]]
    ):
        return
    days, given = t.flags[g, REWARD_DAYS], 0
    for back in range(days):
        given += m.agents.rewards[(day - back) % m.agents.rewards.shape[0], w]
    earned = t.earned[g, proposal[R_PAID], min(given, t.earned.shape[2] - 1)]
    if not earned:
        return
    m.agents.rewards[day % m.agents.rewards.shape[0], w] += earned
    proposal[R_REWARD_LOT] = reward(m, t, w, earned)
    proposal[R_REWARD] = earned
    m.daily[day, D_REWARDED] += earned
    if m.clock[COUNTING]:
        m.agents.tally[w, A_REWARDED] += earned
    write_log(m, L_REWARD, w, post, proposal[R_PAID], earned, given, 0)
