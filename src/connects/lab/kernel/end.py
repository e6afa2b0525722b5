"""What becomes of posts: looked at, closed, forgotten, removed; and what comes back of proposals."""

from __future__ import annotations

from connects.lab.kernel.books import count_lost, write_log
from connects.lab.kernel.chance import FORGET, REMOVE, uniform
from connects.lab.kernel.columns import FULL, NONE
from connects.lab.kernel.compiled import inlined, inner
from connects.lab.kernel.corrections import reverse_young
from connects.lab.kernel.draws import free_draws
from connects.lab.kernel.give_back import give_back
from connects.lab.kernel.knobs import FORGETS, PROPOSALS_ARE_ACTIVITY
from connects.lab.kernel.knobs import REMOVED as REMOVED_SHARE
from connects.lab.kernel.look import look
from connects.lab.kernel.propose import book_of
from connects.lab.kernel.publish import schedule
from connects.lab.kernel.state import (
    A_RETURNED,
    C_ENDED,
    C_HIRES,
    C_LEFT_OPEN,
    CLOSED,
    COUNTING,
    D_RETURNED,
    DAY,
    FAILED,
    FORGOTTEN,
    HIRED,
    L_RETURN,
    L_TAKE_BACK,
    P_ACTIVE,
    P_BACK,
    P_CLIENT,
    P_DAY,
    P_END,
    P_GROUP,
    P_HEAD,
    P_HIRED,
    P_LOOK,
    P_NEXT_DUE,
    P_OUTCOME,
    PROPOSALS_FREE,
    R_AGENT,
    R_DAY,
    R_DRAWS,
    R_NEXT,
    R_PAID,
    R_RETURNED,
    R_REWARD,
    R_REWARD_LOT,
    R_STAGE,
    REMOVED,
    SEED,
    SILENT,
    UNOPENED,
    Market,
)
from connects.lab.kernel.tables import (
    EXPIRES_DAYS,
    GRACE,
    LATE_AFTER,
    REWARD_TAKEN_BACK,
    SILENT_DAYS,
    UNREAD_DAYS,
    Tables,
)

FORGOTTEN_DAYS = 60
"""After so many days a post that nothing ends is forgotten, and nothing comes back of it any more."""

# Causes by their place in `ReturnCause`.
CLOSED_WITHOUT_HIRE, CLOSED_LATE, CLOSED_AFTER_HIRE, REMOVED_FOR_TERMS = range(4)
NEVER_CLOSED, UNREAD = 5, 6


@inner
def step_all(m: Market, t: Tables) -> None:
    """Everything that is due today, post by post."""
    post = m.due[m.clock[DAY]]
    while post != NONE:
        following = m.posts[post, P_NEXT_DUE]
        _step(m, t, post)
        if m.clock[FAILED]:
            return
        post = following


@inner
def _step(m: Market, t: Tables, post: int) -> None:
    day, row, seed = m.clock[DAY], m.posts[post], m.clock[SEED]
    if uniform(seed, row[P_CLIENT], row[P_DAY], REMOVE) < m.knobs[REMOVED_SHARE]:
        if day >= row[P_DAY] + 3:
            _end(m, t, post, REMOVED, REMOVED_FOR_TERMS)
            return
    elif day == row[P_LOOK]:
        if look(m, t, post):
            _end(m, t, post, HIRED, CLOSED_AFTER_HIRE)
            return
        row[P_ACTIVE] = day
        if uniform(seed, post, 0, FORGET) >= m.knobs[FORGETS]:
            _end(m, t, post, CLOSED, CLOSED_WITHOUT_HIRE)
            return
    _check_unread(m, t, post)
    if m.clock[FAILED] or _ended_by_silence(m, t, post):
        return
    schedule(m, post, _next_step(m, t, post))


@inlined
def _active(m: Market, post: int) -> int:
    """When the client last did something; proposals count only where that is what is tried."""
    row = m.posts[post]
    looked = row[P_LOOK] if row[P_LOOK] <= m.clock[DAY] else row[P_DAY]
    if m.knobs[PROPOSALS_ARE_ACTIVITY] > 0:
        return int(max(looked, row[P_ACTIVE]))
    return int(looked)


@inner
def _ended_by_silence(m: Market, t: Tables, post: int) -> bool:
    """End a post whose client is silent, or that is too old, as its rule book says."""
    day, row = m.clock[DAY], m.posts[post]
    g = row[P_GROUP]
    silent, expires = t.flags[g, SILENT_DAYS], t.flags[g, EXPIRES_DAYS]
    if silent != NONE and day >= _active(m, post) + silent:
        _end(m, t, post, SILENT, NEVER_CLOSED)
        return True
    if expires != NONE and day >= row[P_DAY] + expires:
        _end(m, t, post, SILENT, NEVER_CLOSED)
        return True
    if silent == NONE and expires == NONE and day >= row[P_DAY] + FORGOTTEN_DAYS:
        _end(m, t, post, FORGOTTEN, NONE)
        return True
    return False


@inner
def _next_step(m: Market, t: Tables, post: int) -> int:
    """The next day on which something may happen to the post."""
    day, row, seed = m.clock[DAY], m.posts[post], m.clock[SEED]
    g, until = row[P_GROUP], row[P_DAY] + FORGOTTEN_DAYS
    if t.flags[g, EXPIRES_DAYS] != NONE:
        until = min(until, row[P_DAY] + t.flags[g, EXPIRES_DAYS])
    if t.flags[g, SILENT_DAYS] != NONE:
        until = min(until, _active(m, post) + t.flags[g, SILENT_DAYS])
    if row[P_LOOK] > day:
        until = min(until, row[P_LOOK])
    if uniform(seed, row[P_CLIENT], row[P_DAY], REMOVE) < m.knobs[REMOVED_SHARE]:
        until = min(until, row[P_DAY] + 3)
    for book in range(len(t.flags)):
        unread = t.flags[book, UNREAD_DAYS]
        if unread != NONE and row[P_LOOK] > day:
            until = min(until, max(day + 1, row[P_DAY] + unread))
    return int(max(until, day + 1))


@inner
def _check_unread(m: Market, t: Tables, post: int) -> None:
    """What the client has not opened after so many days comes back in part; the proposal goes on."""
    place, day = m.posts[post, P_HEAD], m.clock[DAY]
    while place != NONE:
        proposal = m.proposals[place]
        unread = t.flags[book_of(m, proposal[R_AGENT], post), UNREAD_DAYS]
        if unread == NONE:
            return
        if proposal[R_STAGE] == UNOPENED and day - proposal[R_DAY] == unread:
            _give_back(m, t, post, place, UNREAD)
        place = proposal[R_NEXT]


@inner
def _end(m: Market, t: Tables, post: int, outcome: int, cause: int) -> None:
    """End the post, give back what its rules say, and forget its proposals."""
    row, day = m.posts[post], m.clock[DAY]
    row[P_END], row[P_OUTCOME] = day, outcome
    client = m.clients.state[row[P_CLIENT]]
    client[C_ENDED] += 1
    client[C_HIRES] += int(outcome == HIRED)
    client[C_LEFT_OPEN] += int(outcome in (SILENT, FORGOTTEN))
    place = row[P_HEAD]
    while place != NONE:
        proposal = m.proposals[place]
        if cause != NONE and not (outcome == HIRED and proposal[R_AGENT] == row[P_HIRED]):
            _give_back(m, t, post, place, cause)
        if m.clock[FAILED]:
            return
        free_draws(m.wallets, proposal[R_DRAWS])
        following = proposal[R_NEXT]
        proposal[R_NEXT] = m.clock[PROPOSALS_FREE]
        m.clock[PROPOSALS_FREE] = place
        place = following
    row[P_HEAD] = NONE


@inlined
def _give_back(m: Market, t: Tables, post: int, place: int, cause: int) -> None:
    """Give back what the rules say of this proposal for that cause, less what came back before."""
    proposal, day = m.proposals[place], m.clock[DAY]
    w, paid = proposal[R_AGENT], proposal[R_PAID]
    if not paid:
        return
    g = book_of(m, w, post)
    if cause == CLOSED_WITHOUT_HIRE and day - m.posts[post, P_DAY] > t.flags[g, LATE_AFTER]:
        cause = CLOSED_LATE
    credits = t.back[g, cause, proposal[R_STAGE], paid] - proposal[R_RETURNED]
    if credits <= 0:
        return
    status = give_back(
        m.wallets,
        w,
        proposal[R_DRAWS],
        paid,
        proposal[R_RETURNED],
        credits,
        day,
        t.flags[g, GRACE],
    )
    if status == FULL:
        m.clock[FAILED] = 1
        return
    count_lost(m, w)
    proposal[R_RETURNED] += credits
    m.posts[post, P_BACK] += credits
    m.daily[day, D_RETURNED] += credits
    if m.clock[COUNTING]:
        m.agents.tally[w, A_RETURNED] += credits
    write_log(m, L_RETURN, w, post, cause, proposal[R_STAGE], credits, 0)
    if proposal[R_REWARD] and t.flags[g, REWARD_TAKEN_BACK]:
        reverse_young(m.wallets, w, proposal[R_REWARD_LOT], proposal[R_REWARD], day)
        write_log(m, L_TAKE_BACK, w, post, proposal[R_REWARD], 0, 0, 0)
        proposal[R_REWARD] = 0
