"""What happens to one wallet under the rules: registration, cycles, purchases, rewards, its log."""

from __future__ import annotations

from connects.lab.kernel.columns import (
    BALANCE,
    BONUS,
    FULL,
    LAST,
    NONE,
    OK,
    OUT_COST,
    OUT_CREDITS,
    OUT_ENTRY,
    OUT_EXPIRED,
    OUT_EXPIRED_COST,
    OUT_GONE,
    PLAN,
    PURCHASE,
    SIGNUP,
)
from connects.lab.kernel.compiled import inlined, inner
from connects.lab.kernel.corrections import forfeit
from connects.lab.kernel.state import (
    A_CENTS,
    A_EXPIRED,
    A_FORFEITED,
    A_GRANTED,
    ACCOUNT_KIND,
    ANCHOR,
    COUNTING,
    D_BOUGHT,
    D_BREAKAGE,
    D_EXPIRED,
    D_PLAN_CENTS,
    D_REVENUE,
    DAY,
    FAILED,
    GROUP,
    L_BUY,
    L_CYCLE,
    L_REGISTER,
    LOG_USED,
    MONTH_CENTS,
    NEXT_CYCLE,
    PLAN_HELD,
    Market,
)
from connects.lab.kernel.tables import COUNTS_PLAN, PAID_PLANS_ONLY, TRIMS_BOUGHT, Tables
from connects.lab.kernel.wallets import issue, room_under


@inlined
def write_log(m: Market, kind: int, w: int, post: int, a: int, b: int, c: int, facts: int) -> None:
    """Write down what happened to a sampled wallet, with its balance after it."""
    if m.sampled[w] and m.clock[LOG_USED] < len(m.log):
        _write_line(m, kind, w, post, a, b, c, facts)


@inner
def _write_line(
    m: Market, kind: int, w: int, post: int, a: int, b: int, c: int, facts: int
) -> None:
    used = m.clock[LOG_USED]
    line = m.log[used]
    line[0], line[1], line[2], line[3] = kind, m.clock[DAY], w, post
    line[4], line[5], line[6], line[7] = a, b, c, m.wallets.out[OUT_CREDITS]
    line[8], line[9] = m.wallets.book[w, BALANCE], m.wallets.book[w, LAST]
    line[10] = facts
    m.clock[LOG_USED] = used + 1


@inlined
def count_lost(m: Market, w: int) -> None:
    """Count what expired as the last call began, or as it came back, and what had been paid for it."""
    out, daily = m.wallets.out, m.daily[m.clock[DAY]]
    gone = out[OUT_EXPIRED] + out[OUT_GONE]
    daily[D_EXPIRED] += gone
    daily[D_BREAKAGE] += out[OUT_EXPIRED_COST]
    if m.clock[COUNTING]:
        m.agents.tally[w, A_EXPIRED] += gone


@inner
def give(m: Market, t: Tables, w: int, kind: int, credits: int, cost: int) -> None:
    """Issue what is given, or comes with a plan; cut to fit under the limit."""
    g, day = m.agents.traits[w, GROUP], m.clock[DAY]
    plan, account = m.agents.traits[w, PLAN_HELD], m.agents.traits[w, ACCOUNT_KIND]
    counts = t.flags[g, COUNTS_PLAN] != 0
    limit = t.limit[g, plan, account]
    status = issue(m.wallets, w, kind, credits, cost, day, t.expires[g, day], limit, counts)
    if status == FULL:
        m.clock[FAILED] = 1
    elif status == OK:
        count_lost(m, w)
        if m.clock[COUNTING]:
            m.agents.tally[w, A_GRANTED] += m.wallets.out[OUT_CREDITS]


@inner
def register(m: Market, t: Tables, w: int, gifts: bool) -> None:
    """Open an account: its sign-up grant and its first month's Connects."""
    g, account = m.agents.traits[w, GROUP], m.agents.traits[w, ACCOUNT_KIND]
    m.wallets.out[:] = 0
    signup = t.signup[g, account]
    month = t.monthly[g, 0, account]
    if gifts and signup:
        give(m, t, w, SIGNUP, signup, 0)
    if gifts and month:
        give(m, t, w, PLAN, month, 0)
    write_log(m, L_REGISTER, w, NONE, int(gifts), 0, 0, 0)


@inner
def begin_cycle(m: Market, t: Tables, w: int) -> None:
    """Begin a billing cycle: trim what does not roll over, then the plan's Connects arrive."""
    traits, state, day = m.agents.traits[w], m.agents.state[w], m.clock[DAY]
    g, plan, account = traits[GROUP], traits[PLAN_HELD], traits[ACCOUNT_KIND]
    keep, credits = t.keep[g, plan, account], t.monthly[g, plan, account]
    cents = t.month_cents[g, plan, account]
    if keep != NONE:
        bought = t.flags[g, TRIMS_BOUGHT] != 0
        forfeit(m.wallets, w, keep, bought, day, NONE, NONE, False)
        count_lost(m, w)
        m.daily[day, D_BREAKAGE] += m.wallets.out[OUT_COST]
        if m.clock[COUNTING]:
            m.agents.tally[w, A_FORFEITED] += m.wallets.out[OUT_CREDITS]
    if credits:
        give(m, t, w, PLAN, credits, cents)
    m.daily[day, D_PLAN_CENTS] += cents
    m.daily[day, D_REVENUE] += cents
    if m.clock[COUNTING]:
        m.agents.tally[w, A_CENTS] += cents
    state[NEXT_CYCLE] = t.next_cycle[state[ANCHOR] - 1, day]
    write_log(m, L_CYCLE, w, NONE, plan, cents, 0, 0)


@inner
def buy(m: Market, t: Tables, w: int, needed: int, comfort: int) -> bool:
    """Buy the smallest bundle that covers the need, comfortably if money and limit allow."""
    traits, state = m.agents.traits[w], m.agents.state[w]
    g, plan, account = traits[GROUP], traits[PLAN_HELD], traits[ACCOUNT_KIND]
    if t.flags[g, PAID_PLANS_ONLY] and not t.month_cents[g, plan, account]:
        return False
    counts = t.flags[g, COUNTS_PLAN] != 0
    limit = t.limit[g, plan, account]
    room = room_under(m.wallets, w, m.clock[DAY], PURCHASE, limit, counts)
    left = m.agents.ceiling[w] * 100 - state[MONTH_CENTS]
    chosen = NONE
    for place in range(t.bundles.shape[2]):
        credits, cents = t.bundles[g, account, place, 0], t.bundles[g, account, place, 1]
        if not credits or credits > room or cents > left:
            break
        if credits >= needed:
            chosen = place
            if credits >= comfort:
                break
    if chosen == NONE:
        return False
    deliver(m, t, w, t.bundles[g, account, chosen, 0], t.bundles[g, account, chosen, 1])
    return bool(m.clock[FAILED] == 0)


@inner
def deliver(m: Market, t: Tables, w: int, credits: int, cents: int) -> None:
    """Issue what was bought. The room was seen before, so the limit does not refuse it any more."""
    g, day = m.agents.traits[w, GROUP], m.clock[DAY]
    status = issue(m.wallets, w, PURCHASE, credits, cents, day, t.expires[g, day], NONE, True)
    if status != OK:
        m.clock[FAILED] = 1
        return
    count_lost(m, w)
    m.agents.state[w, MONTH_CENTS] += cents
    m.daily[day, D_REVENUE] += cents
    m.daily[day, D_BOUGHT] += credits
    if m.clock[COUNTING]:
        m.agents.tally[w, A_CENTS] += cents
    write_log(m, L_BUY, w, NONE, credits, cents, 0, 0)


@inner
def reward(m: Market, t: Tables, w: int, credits: int) -> int:
    """Issue an interview's reward; the number of its entry."""
    give(m, t, w, BONUS, credits, 0)
    return int(m.wallets.out[OUT_ENTRY])
