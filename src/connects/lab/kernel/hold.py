"""Connects that are set aside: a hold, and the charge that it pays (`ledger.booking.capture`)."""

from __future__ import annotations

from connects.lab.kernel.columns import (
    COST,
    CREDITS,
    EXPIRES,
    FILLED,
    FULL,
    HELD,
    INVALID,
    ISSUED,
    KIND,
    NEXT,
    NONE,
    NUMBER,
    OUT_COST,
    OUT_CREDITS,
    Wallets,
)
from connects.lab.kernel.compiled import compiled, inner
from connects.lab.kernel.draws import can_draw, new_draw
from connects.lab.kernel.wallets import spend, start, write_line


@compiled
def hold(wallets: Wallets, w: int, credits: int, at: int) -> int:
    """Set Connects aside: the last of its draws, or why not."""
    head = spend(wallets, w, credits, at)
    if head >= 0:
        wallets.book[w, HELD] += credits
    return head


@compiled
def capture(wallets: Wallets, w: int, head: int, held: int, released: int, at: int) -> int:
    """Pay with all that is still held, whatever has happened meanwhile: the last of the charge's draws.

    The release fills the lots and the charge empties them at once, so that no lot changes.
    """
    left = held - released
    if left <= 0:
        return INVALID
    if not can_draw(wallets, _count(wallets, head)):
        return FULL
    start(wallets, w, at)
    write_line(wallets, w, at)
    write_line(wallets, w, at)
    wallets.book[w, HELD] -= left
    wallets.out[OUT_CREDITS] = left
    return _charged(wallets, head, released)


@inner
def _count(wallets: Wallets, head: int) -> int:
    count = 0
    while head != NONE:
        count += 1
        head = wallets.draws[head, NEXT]
    return count


@inner
def _charged(wallets: Wallets, head: int, skip: int) -> int:
    """The draws of the hold after those that came back, as the charge's own, in the same order."""
    first, before = NONE, NONE
    while head != NONE:
        of = wallets.draws[head]
        skipped = min(skip, of[CREDITS])
        skip -= skipped
        taken = of[CREDITS] - skipped
        if taken:
            place = new_draw(wallets)
            draw = wallets.draws[place]
            draw[NUMBER], draw[KIND], draw[CREDITS] = of[NUMBER], of[KIND], taken
            draw[COST] = of[COST] - of[COST] * skipped // of[CREDITS]
            draw[ISSUED], draw[EXPIRES] = of[ISSUED], of[EXPIRES]
            draw[NEXT], draw[FILLED] = NONE, NONE
            wallets.out[OUT_COST] += draw[COST]
            if before == NONE:
                first = place
            else:
                wallets.draws[before, NEXT] = place
            before = place
        head = of[NEXT]
    return int(first)
