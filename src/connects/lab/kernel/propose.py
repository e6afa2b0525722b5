"""Sending a proposal: what it costs this freelancer, paying it, and its row."""

from __future__ import annotations

from connects.lab.kernel.books import buy, count_lost, write_log
from connects.lab.kernel.chance import PLACEBO as PLACEBO_DRAW
from connects.lab.kernel.chance import uniform
from connects.lab.kernel.columns import (
    BALANCE,
    DEBT,
    FULL,
    INSUFFICIENT,
    NONE,
    OUT_CREDITS,
)
from connects.lab.kernel.compiled import inlined, inner
from connects.lab.kernel.knobs import PLACEBO
from connects.lab.kernel.state import (
    A_OUTSIDE,
    A_PROPOSALS,
    A_SPENT,
    A_UNPAID,
    BOOSTED_FLAG,
    COUNTING,
    D_PROPOSALS,
    D_SPENT,
    D_UNPAID,
    DAY,
    FAILED,
    GROUP,
    HIRES,
    INVITED_FLAG,
    L_PROPOSE,
    OUTSIDE_FLAG,
    P_ACTIVE,
    P_BOOSTED,
    P_BUCKET,
    P_COUNT,
    P_DEMAND,
    P_ENDED,
    P_FIRST_DAY,
    P_GROUP,
    P_HEAD,
    P_LEFT_OPEN,
    P_NEWCOMERS,
    P_OUTSIDE,
    P_PAID_COUNT,
    P_SIGNALLED,
    P_SPENT,
    P_TYPE,
    PROPOSALS_FREE,
    PROPOSALS_USED,
    R_AGENT,
    R_DAY,
    R_DRAWS,
    R_FLAGS,
    R_NEXT,
    R_PAID,
    R_RETURNED,
    R_REWARD,
    R_REWARD_LOT,
    R_STAGE,
    SEED,
    SENT,
    UNOPENED,
    WOULD_SIGNAL_FLAG,
    Market,
)
from connects.lab.kernel.tables import USES_RECORD, Tables
from connects.lab.kernel.wallets import spend


@inlined
def book_of(m: Market, w: int, post: int) -> int:
    """Under which of the two rule books this freelancer pays for this post."""
    return int(m.agents.traits[w, GROUP] | m.posts[post, P_GROUP])


@inner
def is_listed(m: Market, post: int, w: int) -> bool:
    """Whether this freelancer has proposed to the post already."""
    place = m.posts[post, P_HEAD]
    while place != NONE:
        if m.proposals[place, R_AGENT] == w:
            return True
        place = m.proposals[place, R_NEXT]
    return False


@inlined
def price_of(m: Market, t: Tables, w: int, post: int, invited: bool) -> int:
    """What the proposal costs this freelancer now, in Connects."""
    g, row = book_of(m, w, post), m.posts[post]
    connects = t.base[g, row[P_TYPE], (row[P_DEMAND] >> g) & 1, row[P_BUCKET]]
    if t.flags[g, USES_RECORD]:
        connects = t.recorded[g, connects, t.off[g, row[P_LEFT_OPEN], row[P_ENDED]]]
    sent = min(m.agents.state[w, SENT], t.charged.shape[2] - 1)
    return int(t.charged[g, connects, sent, min(row[P_COUNT], 1), int(invited)])


@inner
def send(m: Market, t: Tables, w: int, post: int, flags: int) -> bool:
    """Pay and propose; buys Connects where the wallet is short. Whether it was sent."""
    day, row = m.clock[DAY], m.posts[post]
    sent_before, to_job = m.agents.state[w, SENT], row[P_COUNT]
    price = price_of(m, t, w, post, (flags & INVITED_FLAG) != 0)
    draws = NONE
    m.wallets.out[OUT_CREDITS] = 0
    if price:
        draws = _pay(m, t, w, price)
        if draws < NONE:
            if m.clock[FAILED] == 0:
                m.daily[day, D_UNPAID] += 1
                if m.clock[COUNTING]:
                    m.agents.tally[w, A_UNPAID] += 1
                standing = min(sent_before, 999) * 4 + min(to_job, 1) * 2 + (flags & INVITED_FLAG)
                write_log(m, L_PROPOSE, w, post, price, 0, standing, _facts(m, w, post))
            return False
        count_lost(m, w)
    _write_row(m, w, post, price, draws, flags)
    standing = min(sent_before, 999) * 4 + min(to_job, 1) * 2 + (flags & INVITED_FLAG)
    write_log(m, L_PROPOSE, w, post, price, 1, standing, _facts(m, w, post))
    return True


@inlined
def _facts(m: Market, w: int, post: int) -> int:
    """What the price hung on: kind of post, demand, client's hires, posts left open and ended."""
    row = m.posts[post]
    demand = (row[P_DEMAND] >> book_of(m, w, post)) & 1
    facts = row[P_TYPE] * 2 + demand
    return int(((facts * 4 + row[P_BUCKET]) * 64 + row[P_LEFT_OPEN]) * 64 + row[P_ENDED])


@inlined
def _pay(m: Market, t: Tables, w: int, price: int) -> int:
    day = m.clock[DAY]
    draws = spend(m.wallets, w, price, day)
    if draws == INSUFFICIENT:
        short = max(price - m.wallets.book[w, BALANCE], 1) + m.wallets.book[w, DEBT]
        if not buy(m, t, w, short, max(8 * price, short)):
            return INSUFFICIENT
        draws = spend(m.wallets, w, price, day)
    if draws == FULL:
        m.clock[FAILED] = 1
    return int(draws)


@inlined
def _write_row(m: Market, w: int, post: int, price: int, draws: int, flags: int) -> None:
    day, row, state = m.clock[DAY], m.posts[post], m.agents.state[w]
    place = m.clock[PROPOSALS_FREE]
    if place != NONE:
        m.clock[PROPOSALS_FREE] = m.proposals[place, R_NEXT]
    else:
        place = m.clock[PROPOSALS_USED]
        if place >= len(m.proposals):
            m.clock[FAILED] = 1
            return
        m.clock[PROPOSALS_USED] = place + 1
    if m.knobs[PLACEBO] > 0 and uniform(m.clock[SEED], w, post, PLACEBO_DRAW) < m.knobs[PLACEBO]:
        flags |= BOOSTED_FLAG
    proposal = m.proposals[place]
    proposal[R_AGENT], proposal[R_DAY], proposal[R_PAID] = w, day, price
    proposal[R_DRAWS], proposal[R_STAGE], proposal[R_RETURNED] = draws, UNOPENED, 0
    proposal[R_FLAGS], proposal[R_NEXT] = flags, row[P_HEAD]
    proposal[R_REWARD], proposal[R_REWARD_LOT] = 0, NONE
    row[P_HEAD] = place
    if row[P_COUNT] == 0:
        row[P_FIRST_DAY] = day
    row[P_COUNT] += 1
    row[P_ACTIVE] = day
    row[P_SPENT] += price
    row[P_PAID_COUNT] += int(price > 0)
    row[P_OUTSIDE] += int((flags & OUTSIDE_FLAG) != 0)
    row[P_NEWCOMERS] += int(state[HIRES] == 0)
    row[P_BOOSTED] += int((flags & BOOSTED_FLAG) != 0)
    row[P_SIGNALLED] += int((flags & WOULD_SIGNAL_FLAG) != 0)
    state[SENT] += 1
    m.daily[day, D_PROPOSALS] += 1
    m.daily[day, D_SPENT] += price
    if m.clock[COUNTING]:
        tally = m.agents.tally[w]
        tally[A_PROPOSALS] += 1
        tally[A_SPENT] += price
        tally[A_OUTSIDE] += int((flags & OUTSIDE_FLAG) != 0)
