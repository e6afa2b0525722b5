"""What comes back of a spend, to its lots or as a new one (`ledger.booking.give_back`, `put_back`)."""

from __future__ import annotations

from connects.lab.kernel.columns import (
    BALANCE,
    COST,
    COUNT,
    CREDITS,
    DEBT,
    EXPIRES,
    FILLED,
    FIRST,
    FULL,
    HELD,
    INVALID,
    ISSUED,
    KIND,
    LAST,
    MOMENT,
    MOST,
    NEXT,
    NONE,
    NUMBER,
    OK,
    OUT_COST,
    OUT_CREDITS,
    OUT_DEBT_PAID,
    OUT_EXPIRED_COST,
    OUT_GONE,
    RETURN,
    Wallets,
)
from connects.lab.kernel.compiled import compiled, inlined, inner
from connects.lab.kernel.wallets import drop, due, has_room, put_in, start, write_line


@compiled
def give_back(
    wallets: Wallets,
    w: int,
    head: int,
    spent: int,
    returned: int,
    credits: int,
    at: int,
    grace: int,
) -> int:
    """Put back `credits` of a spend of `spent`, of which `returned` came back before.

    `head` is what `spend` answered. They pay the debt first. No grace is NONE.
    """
    return _give_back(wallets, w, head, spent, returned, credits, at, grace, False)


@compiled
def release(
    wallets: Wallets,
    w: int,
    head: int,
    held: int,
    released: int,
    credits: int,
    at: int,
    grace: int,
) -> int:
    """Put back `credits` of a hold of `held`, of which `released` came back before."""
    status = _give_back(wallets, w, head, held, released, credits, at, grace, True)
    if status == OK:
        wallets.book[w, HELD] -= credits
    return status


@inlined
def _give_back(
    wallets: Wallets,
    w: int,
    head: int,
    spent: int,
    returned: int,
    credits: int,
    at: int,
    grace: int,
    passes: bool,
) -> int:
    """`passes`: what pays a debt passes through the lot that it came from, as releases' does."""
    if not 0 < credits <= MOST or returned + credits > spent:
        return INVALID
    paid = min(wallets.book[w, DEBT], credits)
    if wallets.book[w, BALANCE] - due(wallets, w, at)[1] + credits - paid > MOST:
        return INVALID
    if not has_room(wallets, w, _draws(wallets, head) + 1):
        return FULL
    start(wallets, w, at)
    at = max(at, wallets.book[w, MOMENT])
    number = write_line(wallets, w, at)
    wallets.book[w, DEBT] -= paid
    wallets.book[w, BALANCE] += credits - paid
    wallets.out[OUT_CREDITS], wallets.out[OUT_DEBT_PAID] = credits - paid, paid
    late, late_cost, ended = _put_back(
        wallets, w, head, returned, credits, credits - paid, at, grace, passes
    )
    if late:
        put_in(wallets, w, number, RETURN, late, late_cost, at, at + grace)
    if ended:
        _expire_filled(wallets, w, head, number, at)
    return OK


@inlined
def _draws(wallets: Wallets, head: int) -> int:
    count = 0
    while head != NONE:
        count += 1
        head = wallets.draws[head, NEXT]
    return count


@inlined
def _put_back(
    wallets: Wallets,
    w: int,
    head: int,
    skip: int,
    credits: int,
    kept: int,
    at: int,
    grace: int,
    passes: bool,
) -> tuple[int, int, bool]:
    """Fill the lots; what is late and its cost, and whether a lot that has ended was filled.

    The first `skip` came back before. Of the `credits` after them only the first `kept` are put back:
    the draws that would end soonest pay the debt.
    """
    late, late_cost, ended = 0, 0, False
    while head != NONE and credits:
        draw = wallets.draws[head]
        skipped = min(skip, draw[CREDITS])
        taken = min(draw[CREDITS] - skipped, credits)
        skip -= skipped
        credits -= taken
        left = min(taken, kept)
        kept -= left
        is_late = grace != NONE and draw[KIND] != RETURN and draw[EXPIRES] - at < grace
        if taken and not is_late and (left or passes):
            draw[FILLED] = wallets.book[w, LAST]
            ended = ended or draw[EXPIRES] <= at
        if left:
            # Cumulative shares, so that the parts of a draw's cost add up to it exactly.
            share = draw[COST]
            if left < draw[CREDITS]:
                share = draw[COST] * (skipped + taken) // draw[CREDITS]
                share = (share - draw[COST] * skipped // draw[CREDITS]) * left // taken
            wallets.out[OUT_COST] += share
            if is_late:
                late += left
                late_cost += share
            else:
                _fill(wallets, w, head, left, share)
        head = draw[NEXT]
    return late, late_cost, ended


@inlined
def _fill(wallets: Wallets, w: int, head: int, credits: int, cost: int) -> None:
    """Put credits back into the lot that a draw took them from, open or not."""
    draw = wallets.draws[head]
    first = wallets.book[w, FIRST]
    for place in range(first, first + wallets.book[w, COUNT]):
        if wallets.lots[place, NUMBER] == draw[NUMBER]:
            wallets.lots[place, CREDITS] += credits
            wallets.lots[place, COST] += cost
            return
    put_in(wallets, w, draw[NUMBER], draw[KIND], credits, cost, draw[ISSUED], draw[EXPIRES])


@inner
def _expire_filled(wallets: Wallets, w: int, head: int, number: int, at: int) -> None:
    """Lots that had ended when this entry filled them expire with it, each by an entry of its own."""
    place = 0
    while (
        place < wallets.book[w, COUNT]
        and wallets.lots[wallets.book[w, FIRST] + place, EXPIRES] <= at
    ):
        lot = wallets.lots[wallets.book[w, FIRST] + place]
        if _was_filled(wallets, head, lot[NUMBER], number):
            wallets.book[w, LAST] += 1
            wallets.book[w, BALANCE] -= lot[CREDITS]
            wallets.out[OUT_GONE] += lot[CREDITS]
            wallets.out[OUT_EXPIRED_COST] += lot[COST]
            drop(wallets, w, place, 1)
        else:
            place += 1


@inner
def _was_filled(wallets: Wallets, head: int, lot: int, number: int) -> bool:
    while head != NONE:
        if wallets.draws[head, NUMBER] == lot and wallets.draws[head, FILLED] == number:
            return True
        head = wallets.draws[head, NEXT]
    return False
