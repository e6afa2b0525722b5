"""What the marketplace takes: a rollover's trim, grants that were a mistake, debt that is forgiven."""

from __future__ import annotations

from connects.lab.kernel.columns import (
    BALANCE,
    BONUS,
    COST,
    COUNT,
    COURTESY,
    CREDITS,
    DEBT,
    EXPIRES,
    FIRST,
    INVALID,
    ISSUED,
    KIND,
    MOST,
    NONE,
    NUMBER,
    OK,
    OUT_COST,
    OUT_CREDITS,
    PLAN,
    PURCHASE,
    RETURN,
    SIGNUP,
    Wallets,
)
from connects.lab.kernel.compiled import compiled
from connects.lab.kernel.wallets import drop, start, write_line


@compiled
def trim_rank(kind: int) -> int:
    """Plan Connects are trimmed first, then grants, then what came back, then what was bought."""
    if kind == PLAN:
        return 0
    if kind in (SIGNUP, BONUS, COURTESY):
        return 1
    return 2 if kind == RETURN else 3


@compiled
def forfeit(
    wallets: Wallets,
    w: int,
    keep: int,
    bought_too: bool,
    at: int,
    moved: int,
    carried_keep: int,
    carried_bought: bool,
) -> int:
    """Trim to at most `keep`. What was issued up to `moved` keeps earlier limits (NONE: never moved)."""
    start(wallets, w, at)
    excess = wallets.book[w, BALANCE] - keep
    if excess <= 0:
        return OK
    spare = _spare(wallets, w, moved, carried_keep)
    for rank in range(4 if bought_too else 3):
        excess, spare = _trim_rank(wallets, w, rank, excess, spare, moved, carried_bought)
    if wallets.out[OUT_CREDITS]:
        write_line(wallets, w, at)
        _drop_empty(wallets, w)
    return OK


@compiled
def _spare(wallets: Wallets, w: int, moved: int, carried_keep: int) -> int:
    """How many of the carried credits exceed what their own time allowed."""
    if NONE in (moved, carried_keep):
        return 0
    first, held = wallets.book[w, FIRST], 0
    for place in range(first, first + wallets.book[w, COUNT]):
        if wallets.lots[place, ISSUED] <= moved:
            held += wallets.lots[place, CREDITS]
    return max(held - carried_keep, 0)


@compiled
def _trim_rank(
    wallets: Wallets, w: int, rank: int, excess: int, spare: int, moved: int, carried_bought: bool
) -> tuple[int, int]:
    first = wallets.book[w, FIRST]
    for place in range(first, first + wallets.book[w, COUNT]):
        lot = wallets.lots[place]
        if excess <= 0 or trim_rank(lot[KIND]) != rank:
            continue
        taken = min(lot[CREDITS], excess)
        if moved != NONE and lot[ISSUED] <= moved:
            kept = lot[KIND] == PURCHASE and not carried_bought
            taken = 0 if kept else min(taken, spare)
            spare -= taken
        if taken:
            _take(wallets, w, place, taken)
            excess -= taken
    return excess, spare


@compiled
def _take(wallets: Wallets, w: int, place: int, credits: int) -> None:
    lot = wallets.lots[place]
    cost = lot[COST] * credits // lot[CREDITS]
    lot[CREDITS] -= credits
    lot[COST] -= cost
    wallets.book[w, BALANCE] -= credits
    wallets.out[OUT_CREDITS] += credits
    wallets.out[OUT_COST] += cost


@compiled
def _drop_empty(wallets: Wallets, w: int) -> None:
    place = 0
    while place < wallets.book[w, COUNT]:
        if wallets.lots[wallets.book[w, FIRST] + place, CREDITS]:
            place += 1
        else:
            drop(wallets, w, place, 1)


@compiled
def void(wallets: Wallets, w: int, number: int, credits: int, at: int) -> int:
    """Take back what is left of a lot; refused where it has fewer left."""
    first = wallets.book[w, FIRST]
    for place in range(first, first + wallets.book[w, COUNT]):
        lot = wallets.lots[place]
        if lot[NUMBER] == number and lot[EXPIRES] > at and 0 < credits <= lot[CREDITS]:
            gone = wallets.book[w, COUNT]
            start(wallets, w, at)
            write_line(wallets, w, at)
            _take(wallets, w, place - (gone - wallets.book[w, COUNT]), credits)
            _drop_empty(wallets, w)
            return OK
    return INVALID


@compiled
def write_off(wallets: Wallets, w: int, credits: int, at: int) -> int:
    """Forgive debt; refused where the wallet owes less."""
    if not 0 < credits <= MOST or credits > wallets.book[w, DEBT]:
        return INVALID
    start(wallets, w, at)
    write_line(wallets, w, at)
    wallets.book[w, DEBT] -= credits
    return OK


@compiled
def reverse_young(wallets: Wallets, w: int, number: int, issued: int, at: int) -> int:
    """Take a whole lot back that is too young to have ended, or to have come back late.

    So what is missing of it is spent, and becomes debt. Older lots need `ledger.booking.provenance`.
    """
    start(wallets, w, at)
    write_line(wallets, w, at)
    left, first = 0, wallets.book[w, FIRST]
    for place in range(first, first + wallets.book[w, COUNT]):
        if wallets.lots[place, NUMBER] == number:
            left = wallets.lots[place, CREDITS]
            _take(wallets, w, place, left)
    if left:
        _drop_empty(wallets, w)
    wallets.book[w, DEBT] += issued - left
    return OK
