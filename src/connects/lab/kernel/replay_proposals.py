"""What a replay makes of proposals: what they cost, what comes back, what their interviews bring."""

from __future__ import annotations

from connects.lab.kernel.columns import (
    BALANCE,
    BONUS,
    DEBT,
    INSUFFICIENT,
    NEVER,
    NONE,
    OK,
    OUT_CREDITS,
    OUT_DEBT_PAID,
    OUT_ENTRY,
    OUT_EXPIRED,
    OUT_GONE,
    PURCHASE,
)
from connects.lab.kernel.compiled import inner
from connects.lab.kernel.corrections import reverse_young
from connects.lab.kernel.give_back import give_back
from connects.lab.kernel.recorded import (
    AGENCY,
    BOUGHT,
    BUYS_LIMIT,
    BY_LEDGER,
    CENTS,
    EXPIRED,
    FINE,
    FREE,
    GIVEN,
    MAY_BUY,
    MISSING,
    P_BEFORE,
    P_FEW,
    P_HEAD,
    P_PAID,
    P_PRICE,
    P_RETURNED,
    P_REWARD,
    P_REWARD_LOT,
    P_REWARDED,
    P_SENT,
    P_SHUT,
    P_TIMES,
    PAID,
    PROPOSALS,
    REFUSED,
    RETURNED,
    SHUT,
    STAGE_COUNT,
    T_COUNTS_PLAN,
    T_NEWCOMER_UNTIL,
    T_REMOVED,
    T_REWARD_IN,
    T_REWARD_TAKEN_BACK,
    T_SINCE,
    T_TOPS_UP,
    T_WITHDRAWN,
    TWIN,
    WOULD_BUY,
    WOULD_CENTS,
    Replay,
)
from connects.lab.kernel.wallets import due, issue, room_under, spend

SENT_SO_FAR, REWARDS_SO_FAR = 0, 1
"""Of `recent`: its first row counts, the others are a wallet's rewards: an instant, and Connects."""


@inner
def count(r: Replay, w: int, column: int, amount: int, at: int) -> None:
    if at >= r.terms[T_SINCE]:
        r.sums[w, column] += amount


@inner
def count_expired(r: Replay, w: int, at: int) -> None:
    count(r, w, EXPIRED, r.wallets.out[OUT_EXPIRED] + r.wallets.out[OUT_GONE], at)


@inner
def propose(r: Replay, w: int, number: int, at: int) -> int:
    """Send a proposal, twice or not at all where behaviour says so, as far as the Connects suffice."""
    slot = r.slots[number]
    if slot[P_SHUT]:
        count(r, w, SHUT, slot[P_TIMES], at)
        return FINE
    for twin in range(slot[P_TIMES]):
        few = r.recent[0, SENT_SO_FAR] < r.terms[T_NEWCOMER_UNTIL]
        credits = slot[P_FEW] if few else slot[P_PRICE]
        if slot[P_BEFORE] != NONE:
            before = r.slots[slot[P_BEFORE]]
            if before[P_SENT] and not before[P_PAID]:
                credits = 0
        if credits:
            head = _paid(r, w, credits, at)
            if head < 0:
                if head != INSUFFICIENT:
                    return BY_LEDGER
                count(r, w, REFUSED, 1, at)
                continue
            slot[P_HEAD + twin * TWIN] = head
            count(r, w, PAID, credits, at)
        else:
            count(r, w, FREE, 1, at)
        slot[P_PAID + twin * TWIN] = credits
        slot[P_SENT] += 1 << twin
        r.recent[0, SENT_SO_FAR] += 1
        count(r, w, PROPOSALS, 1, at)
    return FINE


@inner
def _paid(r: Replay, w: int, credits: int, at: int) -> int:
    """Pay for a proposal, after buying what is missing where that is what people do."""
    head = spend(r.wallets, 0, credits, at)
    if head != INSUFFICIENT:
        if head >= 0:
            count_expired(r, w, at)
        return head
    held = r.wallets.book[0, BALANCE] - due(r.wallets, 0, at)[1]
    missing = credits - held + r.wallets.book[0, DEBT]
    chosen = _bundle(r, w, missing, at)
    count(r, w, MISSING, missing, at)
    if chosen == NONE:
        return INSUFFICIENT
    bundle = r.bundles[r.people[w, AGENCY], chosen]
    count(r, w, WOULD_BUY, bundle[0], at)
    count(r, w, WOULD_CENTS, bundle[1], at)
    if not r.terms[T_TOPS_UP] or not r.people[w, MAY_BUY]:
        return INSUFFICIENT
    expires = r.bundles[0, len(r.bundles[0]) - 1, 0]
    ends = NEVER if expires == NONE else at + expires
    status = issue(r.wallets, 0, PURCHASE, bundle[0], bundle[1], at, ends, NONE, True)
    if status != OK:
        return status
    count_expired(r, w, at)
    count(r, w, BOUGHT, bundle[0], at)
    count(r, w, CENTS, bundle[1], at)
    return spend(r.wallets, 0, credits, at)


@inner
def _bundle(r: Replay, w: int, missing: int, at: int) -> int:
    """The smallest bundle that covers what is missing and fits under the limit; NONE: there is none."""
    counts = r.terms[T_COUNTS_PLAN] != 0
    room = room_under(r.wallets, 0, at, PURCHASE, r.people[w, BUYS_LIMIT], counts)
    # The last row says how long bought Connects live.
    for place in range(len(r.bundles[0]) - 1):
        credits = r.bundles[r.people[w, AGENCY], place, 0]
        if not credits or credits > room + r.wallets.book[0, DEBT]:
            return NONE
        if credits >= missing:
            return place
    return NONE


@inner
def give_what_is_due(r: Replay, w: int, number: int, cause: int, at: int, grace: int) -> int:
    """What the rule book gives back of a proposal for that cause, less what came back before."""
    slot, came = r.slots[number], 0
    for twin in range(2):
        if not slot[P_SENT] & (1 << twin):
            continue
        paid, before = slot[P_PAID + twin * TWIN], slot[P_RETURNED + twin * TWIN]
        credits = r.back[cause, paid] - before
        if not paid or credits <= 0:
            continue
        status = _give(r, w, number, twin, credits, at, grace)
        if status != FINE:
            return status
        came += 1
    if came and cause // STAGE_COUNT in (r.terms[T_WITHDRAWN], r.terms[T_REMOVED]):
        r.recent[0, SENT_SO_FAR] -= came
    return _taken_back(r, number, at) if came else FINE


@inner
def give_the_rest(r: Replay, w: int, number: int, at: int, grace: int) -> int:
    """An appeal was granted: all that has not come back comes back."""
    slot = r.slots[number]
    if not slot[P_SENT] & 1:
        return FINE
    credits = slot[P_PAID] - slot[P_RETURNED]
    return _give(r, w, number, 0, credits, at, grace) if credits > 0 else FINE


@inner
def _give(r: Replay, w: int, number: int, twin: int, credits: int, at: int, grace: int) -> int:
    slot, by = r.slots[number], twin * TWIN
    status = give_back(
        r.wallets,
        0,
        slot[P_HEAD + by],
        slot[P_PAID + by],
        slot[P_RETURNED + by],
        credits,
        at,
        grace,
    )
    if status != OK:
        return BY_LEDGER
    slot[P_RETURNED + by] += credits
    count(r, w, RETURNED, credits, at)
    count_expired(r, w, at)
    return FINE


@inner
def reward(r: Replay, w: int, number: int, at: int, expires: int, limit: int) -> int:
    """Reward an interview that a paid proposal won, up to so many Connects within so many days."""
    slot = r.slots[number]
    if not slot[P_SENT] & 1 or not slot[P_PAID] or slot[P_RETURNED]:
        return FINE
    given, rewards = 0, r.recent[0, REWARDS_SO_FAR]
    for place in range(1, rewards + 1):
        if r.recent[place, 0] > at - r.terms[T_REWARD_IN]:
            given += r.recent[place, 1]
    paid = min(slot[P_PAID], len(r.earned) - 1)
    credits = r.earned[paid, min(given, r.earned.shape[1] - 1)]
    if not credits:
        return FINE
    if rewards + 1 >= len(r.recent):
        return BY_LEDGER
    r.recent[0, REWARDS_SO_FAR] = rewards + 1
    r.recent[rewards + 1, 0], r.recent[rewards + 1, 1] = at, credits
    counts = r.terms[T_COUNTS_PLAN] != 0
    if issue(r.wallets, 0, BONUS, credits, 0, at, expires, limit, counts) != OK:
        return BY_LEDGER
    came = r.wallets.out[OUT_CREDITS] + r.wallets.out[OUT_DEBT_PAID]
    slot[P_REWARD], slot[P_REWARD_LOT] = came, r.wallets.out[OUT_ENTRY]
    slot[P_REWARDED] = at
    count(r, w, GIVEN, came, at)
    count_expired(r, w, at)
    return FINE


@inner
def _taken_back(r: Replay, number: int, at: int) -> int:
    """Take a reward back whose proposal's Connects came back; an old one needs the whole history."""
    slot = r.slots[number]
    if not slot[P_REWARD] or not r.terms[T_REWARD_TAKEN_BACK]:
        return FINE
    if at - slot[P_REWARDED] > r.terms[T_REWARD_TAKEN_BACK]:
        return BY_LEDGER
    reverse_young(r.wallets, 0, slot[P_REWARD_LOT], slot[P_REWARD], at)
    slot[P_REWARD] = 0
    return FINE
