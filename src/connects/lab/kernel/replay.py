"""Play what happened to wallets, exactly, at the speed of arrays (`kernel.recorded`)."""

from __future__ import annotations

from connects.lab.kernel.columns import (
    BALANCE,
    COUNT,
    DEBT,
    DRAWS_FREE,
    DRAWS_USED,
    FIRST,
    FULL,
    HELD,
    INSUFFICIENT,
    LAST,
    LOTS_USED,
    MOMENT,
    NEVER,
    NONE,
    OK,
    OUT_CREDITS,
    OUT_DEBT_PAID,
    PURCHASE,
    ROOM,
)
from connects.lab.kernel.compiled import compiled, inner
from connects.lab.kernel.corrections import forfeit, write_off
from connects.lab.kernel.give_back import give_back
from connects.lab.kernel.recorded import (
    AT,
    BALANCE_AFTER,
    BOUGHT,
    BUY,
    BY_LEDGER,
    CENTS,
    CHARGE,
    DEBT_AFTER,
    DIFFERS,
    EVENT,
    EXPECTED_BALANCE,
    EXPECTED_ENTRY,
    EXPIRE,
    FINE,
    FORFEITED,
    GIVE_BACK,
    GIVEN,
    I_COST,
    I_CREDITS,
    I_EXPIRES,
    I_HELD,
    I_KIND,
    I_LIMIT,
    ISSUE,
    LINE,
    NOT_BOUGHT,
    P_HEAD,
    P_PAID,
    P_RETURNED,
    P_SENT,
    PAID,
    PROPOSE,
    REST,
    RETURN,
    RETURNED,
    REWARD,
    T_COUNTS_PLAN,
    T_TOPS_UP,
    TRIM,
    WRITE_OFF,
    A,
    B,
    C,
    Replay,
)
from connects.lab.kernel.replay_proposals import (
    REWARDS_SO_FAR,
    SENT_SO_FAR,
    count,
    count_expired,
    give_the_rest,
    give_what_is_due,
    propose,
    reward,
)
from connects.lab.kernel.wallets import expire, issue, spend, start, write_line


@compiled
def replay_all(r: Replay, expires_at: int) -> None:
    """Play every wallet to its end; what is due by `expires_at` expires then (NONE: nothing does)."""
    for w in range(len(r.first) - 1):
        _open(r)
        r.status[w] = FINE
        for place in range(r.first[w], r.first[w + 1]):
            status = _play(r, w, place)
            if status != FINE:
                r.status[w] = status
                break
        if r.status[w] == FINE and expires_at != NONE:
            expire(r.wallets, 0, expires_at)
            count_expired(r, w, expires_at)
        r.sums[w, BALANCE_AFTER] = r.wallets.book[0, BALANCE]
        r.sums[w, DEBT_AFTER] = r.wallets.book[0, DEBT]


@inner
def _open(r: Replay) -> None:
    """An empty wallet, in the room of the one before."""
    book = r.wallets.book[0]
    book[FIRST], book[COUNT], book[ROOM] = 0, 0, len(r.wallets.lots)
    book[BALANCE], book[DEBT], book[LAST], book[HELD] = 0, 0, 0, 0
    book[MOMENT] = -NEVER
    r.wallets.pools[LOTS_USED] = len(r.wallets.lots)
    r.wallets.pools[DRAWS_USED] = 0
    r.wallets.pools[DRAWS_FREE] = NONE
    r.recent[0, SENT_SO_FAR], r.recent[0, REWARDS_SO_FAR] = 0, 0


@inner
def _play(r: Replay, w: int, place: int) -> int:
    event = r.events[place]
    what, at = event[EVENT], event[AT]
    r.wallets.out[:] = 0
    if what == PROPOSE:
        status = propose(r, w, event[A], at)
    elif what == RETURN:
        status = give_what_is_due(r, w, event[A], event[B], at, event[C])
    elif what in (CHARGE, GIVE_BACK):
        status = _as_recorded(r, w, place)
    elif what in (ISSUE, BUY):
        status = _issue(r, w, event[A], at, what == BUY)
    elif what == REWARD:
        status = reward(r, w, event[A], at, event[B], event[C])
    elif what == REST:
        status = give_the_rest(r, w, event[A], at, event[C])
    else:
        status = _plain(r, w, place)
    if status != FINE:
        return status
    return _compared(r, place)


@inner
def _compared(r: Replay, place: int) -> int:
    """Whether the wallet is as its line says; a line of several expiries at once is the last of them."""
    event, book = r.events[place], r.wallets.book[0]
    if event[EXPECTED_ENTRY] == NONE or book[LAST] > event[EXPECTED_ENTRY]:
        return FINE
    if book[LAST] < event[EXPECTED_ENTRY] or book[BALANCE] != event[EXPECTED_BALANCE]:
        return DIFFERS + place
    return FINE


@inner
def _plain(r: Replay, w: int, place: int) -> int:
    event = r.events[place]
    what, at = event[EVENT], event[AT]
    if what == EXPIRE:
        expire(r.wallets, 0, at)
    elif what == TRIM:
        forfeit(r.wallets, 0, event[A], event[B] != 0, at, NONE, NONE, False)
        count(r, w, FORFEITED, r.wallets.out[OUT_CREDITS], at)
    elif what == WRITE_OFF:
        write_off(r.wallets, 0, min(event[A], r.wallets.book[0, DEBT]), at)
    elif what == LINE:
        start(r.wallets, 0, at)
        write_line(r.wallets, 0, at)
    else:
        return BY_LEDGER
    count_expired(r, w, at)
    return FINE


@inner
def _as_recorded(r: Replay, w: int, place: int) -> int:
    """A charge, or what came back of one, with the Connects that are recorded."""
    event = r.events[place]
    at = event[AT]
    if event[EVENT] == CHARGE:
        head = spend(r.wallets, 0, event[A], at)
        if head < 0:
            refused = head == INSUFFICIENT and event[EXPECTED_ENTRY] == NONE
            return FINE if refused else BY_LEDGER
        if event[B] != NONE:
            slot = r.slots[event[B]]
            slot[P_PAID], slot[P_HEAD], slot[P_SENT] = event[A], head, 1
        count(r, w, PAID, event[A], at)
    else:
        if event[A] == NONE:
            return BY_LEDGER
        slot = r.slots[event[A]]
        if not slot[P_SENT]:
            return BY_LEDGER
        back = give_back(
            r.wallets, 0, slot[P_HEAD], slot[P_PAID], slot[P_RETURNED], event[B], at, event[C]
        )
        if back != OK:
            return BY_LEDGER
        slot[P_RETURNED] += event[B]
        count(r, w, RETURNED, event[B], at)
    count_expired(r, w, at)
    return FINE


@inner
def _issue(r: Replay, w: int, number: int, at: int, is_sold: bool) -> int:
    """Issue a lot; `is_sold`: it is bought anew, under the rules of the rule book that is tried."""
    row = r.issues[number]
    if is_sold and r.terms[T_TOPS_UP] and r.wallets.book[0, BALANCE] >= row[I_HELD]:
        return FINE  # who holds as much without it does not buy
    counts = r.terms[T_COUNTS_PLAN] != 0
    status = issue(
        r.wallets,
        0,
        row[I_KIND],
        row[I_CREDITS],
        row[I_COST],
        at,
        row[I_EXPIRES],
        row[I_LIMIT],
        counts,
    )
    if status == OK:
        came = r.wallets.out[OUT_CREDITS] + r.wallets.out[OUT_DEBT_PAID]
        count(r, w, BOUGHT if row[I_KIND] == PURCHASE else GIVEN, came, at)
        count(r, w, CENTS, row[I_COST], at)
        count_expired(r, w, at)
        return FINE
    if is_sold and status != FULL:
        count(r, w, NOT_BOUGHT, row[I_CREDITS], at)
        return FINE
    return BY_LEDGER
