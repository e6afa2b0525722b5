"""The auction for top places as arrays: who gets one, and what each pays."""

from __future__ import annotations

import numpy as np

from connects.lab.kernel.columns import NONE, Whole

UNIFORM, PAY_AS_BID, SECOND_PRICE = range(3)


def settle(bids: Whole, reached: Whole, places: int, reserve: int, pricing: int) -> Whole:
    """What each bidder pays, NONE where they get no place.

    The highest bids from the reserve on win; of equal ones who reached it first. `UNIFORM`: all pay
    the highest bid that got no place, the reserve at least. `PAY_AS_BID`: their own. `SECOND_PRICE`:
    the bid below theirs.
    """
    order = np.lexsort((reached, -bids))
    order = order[bids[order] >= reserve]
    winners = order[:places]
    pays = np.full(len(bids), NONE, dtype=np.int64)
    if pricing == PAY_AS_BID:
        pays[winners] = bids[winners]
        return pays
    below = np.append(bids[order], reserve)
    if pricing == UNIFORM:
        pays[winners] = below[len(winners)]
    else:
        pays[winners] = below[1 : len(winners) + 1]
    return np.where(pays == NONE, NONE, np.maximum(pays, reserve))
