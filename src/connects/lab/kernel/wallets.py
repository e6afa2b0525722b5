"""Exact wallets as arrays: what `ledger.decide` does to lots, without its chain, keys and references.

Every function is the array's way of one module in `ledger.booking`, and answers with a status. The hard
case is the same as there: a refusal changes nothing, and an acceptance first expires what had come due.
So each function looks ahead (`due`) and touches the wallet only once it knows that it accepts.
A differential test plays random commands through both and compares lots, numbers, order and sums.
"""

from __future__ import annotations

from connects.lab.kernel.columns import (
    BALANCE,
    BALANCE_CAP,
    COST,
    COUNT,
    CREDITS,
    DEBT,
    EXPIRES,
    FILLED,
    FIRST,
    FULL,
    INSUFFICIENT,
    INVALID,
    ISSUED,
    KIND,
    LARGEST_CENTS,
    LAST,
    LOTS_USED,
    MOMENT,
    MOST,
    NEXT,
    NONE,
    NUMBER,
    OK,
    OUT_COST,
    OUT_CREDITS,
    OUT_DEBT_PAID,
    OUT_ENTRY,
    OUT_EXPIRED,
    OUT_EXPIRED_COST,
    OUT_WITHHELD,
    OUTS,
    PLAN,
    PURCHASE,
    ROOM,
    Wallets,
)
from connects.lab.kernel.compiled import compiled, inlined
from connects.lab.kernel.draws import can_draw, new_draw


@inlined
def due(wallets: Wallets, w: int, at: int) -> tuple[int, int, int]:
    """How many lots have come due, their Connects, and how many of these are no plan's."""
    first, count = wallets.book[w, FIRST], wallets.book[w, COUNT]
    lots, credits, no_plan = 0, 0, 0
    while lots < count and wallets.lots[first + lots, EXPIRES] <= at:
        held = wallets.lots[first + lots, CREDITS]
        credits += held
        if wallets.lots[first + lots, KIND] != PLAN:
            no_plan += held
        lots += 1
    return lots, credits, no_plan


@inlined
def start(wallets: Wallets, w: int, at: int) -> None:
    """Begin an accepted command: expire what has come due, one entry a lot."""
    for place in range(OUTS):
        wallets.out[place] = 0
    first = wallets.book[w, FIRST]
    if wallets.book[w, COUNT] and wallets.lots[first, EXPIRES] <= at:
        _expire_due(wallets, w, at)


@compiled
def _expire_due(wallets: Wallets, w: int, at: int) -> None:
    book = wallets.book[w]
    lots, credits, _ = due(wallets, w, at)
    for place in range(book[FIRST], book[FIRST] + lots):
        book[MOMENT] = max(book[MOMENT], wallets.lots[place, EXPIRES])
        wallets.out[OUT_EXPIRED_COST] += wallets.lots[place, COST]
    book[LAST] += lots
    wallets.out[OUT_EXPIRED] = credits
    book[BALANCE] -= credits
    drop(wallets, w, 0, lots)


@compiled
def drop(wallets: Wallets, w: int, place: int, lots: int) -> None:
    """Take so many lots out of the list, from a place on."""
    if lots:
        first, count = wallets.book[w, FIRST], wallets.book[w, COUNT]
        for to in range(first + place, first + count - lots):
            for column in range(6):
                wallets.lots[to, column] = wallets.lots[to + lots, column]
        wallets.book[w, COUNT] = count - lots


@inlined
def write_line(wallets: Wallets, w: int, at: int) -> int:
    """Count the command's own entry; it takes effect no earlier than the one before."""
    wallets.book[w, LAST] += 1
    wallets.book[w, MOMENT] = max(wallets.book[w, MOMENT], at)
    wallets.out[OUT_ENTRY] = wallets.book[w, LAST]
    return int(wallets.book[w, LAST])


@inlined
def has_room(wallets: Wallets, w: int, lots: int) -> bool:
    """Whether so many more lots fit, moving the wallet to twice the room where its own is used up."""
    if wallets.book[w, COUNT] + lots <= wallets.book[w, ROOM]:
        return True
    return _moved(wallets, w, lots)


@compiled
def _moved(wallets: Wallets, w: int, lots: int) -> bool:
    count, room = wallets.book[w, COUNT], wallets.book[w, ROOM]
    wanted = max(2 * room, count + lots)
    to = wallets.pools[LOTS_USED]
    if to + wanted > len(wallets.lots):
        return False
    first = wallets.book[w, FIRST]
    for place in range(count):
        for column in range(6):
            wallets.lots[to + place, column] = wallets.lots[first + place, column]
    wallets.book[w, FIRST] = to
    wallets.book[w, ROOM] = wanted
    wallets.pools[LOTS_USED] = to + wanted
    return True


@compiled
def burns_before(
    wallets: Wallets, place: int, kind: int, issued: int, expires: int, number: int
) -> bool:
    """Whether the lot at that place burns before one with these marks (`ledger.order.burn_key`)."""
    lot = wallets.lots[place]
    if lot[EXPIRES] != expires:
        return bool(lot[EXPIRES] < expires)
    bought, other = lot[KIND] == PURCHASE, kind == PURCHASE
    if bought != other:
        return not bought
    if lot[ISSUED] != issued:
        return bool(lot[ISSUED] < issued)
    return bool(lot[NUMBER] < number)


@compiled
def put_in(
    wallets: Wallets,
    w: int,
    number: int,
    kind: int,
    credits: int,
    cost: int,
    issued: int,
    expires: int,
) -> None:
    """Put a lot into its place in the burn order; the caller has seen that there is room."""
    first, count = wallets.book[w, FIRST], wallets.book[w, COUNT]
    place = first + count
    while place > first and not burns_before(wallets, place - 1, kind, issued, expires, number):
        for column in range(6):
            wallets.lots[place, column] = wallets.lots[place - 1, column]
        place -= 1
    lot = wallets.lots[place]
    lot[NUMBER], lot[KIND], lot[CREDITS] = number, kind, credits
    lot[COST], lot[ISSUED], lot[EXPIRES] = cost, issued, expires
    wallets.book[w, COUNT] = count + 1


@compiled
def expire(wallets: Wallets, w: int, at: int) -> int:
    """Expire every lot whose time has come."""
    start(wallets, w, at)
    return OK


@compiled
def room_under(wallets: Wallets, w: int, at: int, kind: int, limit: int, counts_plan: bool) -> int:
    """How many Connects the balance limit leaves room for; MOST where nothing limits this issue."""
    if limit == NONE or (kind == PLAN and not counts_plan):
        return MOST
    lots, credits, _ = due(wallets, w, at)
    held = wallets.book[w, BALANCE] - credits
    if not counts_plan:
        first = wallets.book[w, FIRST]
        for place in range(first + lots, first + wallets.book[w, COUNT]):
            if wallets.lots[place, KIND] == PLAN:
                held -= wallets.lots[place, CREDITS]
    return int(max(limit - held, 0))


@compiled
def issue(
    wallets: Wallets,
    w: int,
    kind: int,
    credits: int,
    cost: int,
    at: int,
    expires: int,
    limit: int,
    counts_plan: bool,
) -> int:
    """Open a lot, after paying the debt from it; over the limit it is cut, or refused if bought."""
    if not (0 < credits <= MOST and 0 <= cost <= LARGEST_CENTS and expires > at):
        return INVALID
    paid = min(wallets.book[w, DEBT], credits)
    wanted = credits - paid
    fits = min(wanted, room_under(wallets, w, at, kind, limit, counts_plan))
    if fits < wanted and kind == PURCHASE:
        return BALANCE_CAP
    if wallets.book[w, BALANCE] - due(wallets, w, at)[1] + fits > MOST:
        return INVALID
    if not has_room(wallets, w, 1):
        return FULL
    start(wallets, w, at)
    wallets.out[OUT_WITHHELD] = wanted - fits
    issued = max(at, wallets.book[w, MOMENT])
    number = write_line(wallets, w, at)
    if paid + fits:
        if fits:
            left = cost - cost * paid // (paid + fits)
            put_in(wallets, w, number, kind, fits, left, issued, expires)
        wallets.book[w, DEBT] -= paid
        wallets.book[w, BALANCE] += fits
        wallets.out[OUT_CREDITS], wallets.out[OUT_DEBT_PAID], wallets.out[OUT_COST] = (
            fits,
            paid,
            cost,
        )
    return OK


@compiled
def spend(wallets: Wallets, w: int, credits: int, at: int) -> int:
    """Pay from the lots that burn first: the last of its draws, which come back from there on."""
    if not 0 < credits <= MOST:
        return INVALID
    if wallets.book[w, DEBT] or wallets.book[w, BALANCE] - due(wallets, w, at)[1] < credits:
        return INSUFFICIENT
    if not can_draw(wallets, wallets.book[w, COUNT]):
        return FULL
    start(wallets, w, at)
    write_line(wallets, w, at)
    wallets.book[w, BALANCE] -= credits
    wallets.out[OUT_CREDITS] = credits
    first, used, head = wallets.book[w, FIRST], 0, NONE
    while credits:
        lot = wallets.lots[first + used]
        taken = min(lot[CREDITS], credits)
        cost = lot[COST] * taken // lot[CREDITS]
        place = new_draw(wallets)
        draw = wallets.draws[place]
        draw[NUMBER], draw[CREDITS], draw[COST], draw[KIND] = lot[NUMBER], taken, cost, lot[KIND]
        draw[ISSUED], draw[EXPIRES] = lot[ISSUED], lot[EXPIRES]
        draw[NEXT], draw[FILLED] = head, NONE
        head = place
        lot[CREDITS] -= taken
        lot[COST] -= cost
        credits -= taken
        wallets.out[OUT_COST] += cost
        if not lot[CREDITS]:
            used += 1
    if used:
        drop(wallets, w, 0, used)
    return head
