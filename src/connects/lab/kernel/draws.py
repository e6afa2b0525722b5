"""The pool of draws: what spends took of lots, as long as something of it may come back."""

from __future__ import annotations

from connects.lab.kernel.ahead import ask_for
from connects.lab.kernel.columns import DRAWS_FREE, DRAWS_USED, NEXT, NONE, Wallets
from connects.lab.kernel.compiled import compiled, inlined


@inlined
def can_draw(wallets: Wallets, draws: int) -> bool:
    """Whether the pool has room for so many more draws; freed ones are not counted."""
    return bool(wallets.pools[DRAWS_USED] + draws <= len(wallets.draws))


@inlined
def new_draw(wallets: Wallets) -> int:
    """A place for a draw: one that was freed, or the next one."""
    place = wallets.pools[DRAWS_FREE]
    if place != NONE:
        following = wallets.draws[place, NEXT]
        wallets.pools[DRAWS_FREE] = following
        if following != NONE:
            ask_for(wallets.draws, following)
        return int(place)
    place = wallets.pools[DRAWS_USED]
    wallets.pools[DRAWS_USED] = place + 1
    return int(place)


@compiled
def free_draws(wallets: Wallets, head: int) -> None:
    """Forget what a spend took: nothing comes back of it any more."""
    while head != NONE:
        following = wallets.draws[head, NEXT]
        wallets.draws[head, NEXT] = wallets.pools[DRAWS_FREE]
        wallets.pools[DRAWS_FREE] = head
        head = following
