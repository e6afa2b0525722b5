"""What stands in which column of a wallet's arrays, and what the functions on them answer."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from connects.ledger.lots import LotKind

Whole = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.signedinteger[Any]]
"""Whole numbers of 64 bits, or of 32 where instants are days."""

NONE = -1
NEVER = 2**62
"""The expiry of a lot that never does, where instants are microseconds."""
NEVER_DAY = 2**31 - 1
"""The same where they are days."""
MOST = 2**31 - 1
LARGEST_CENTS = 2**31 - 1
"""What a lot may cost here: less than in the ledger, so that shares of it fit into 64 bits."""

KINDS = (
    LotKind.SIGNUP,
    LotKind.PLAN,
    LotKind.BONUS,
    LotKind.COURTESY,
    LotKind.PURCHASE,
    LotKind.RETURN,
)
"""A lot's kind is its place here."""
SIGNUP, PLAN, BONUS, COURTESY, PURCHASE, RETURN = range(6)

# A wallet.
FIRST, COUNT, ROOM, BALANCE, DEBT, LAST, MOMENT, HELD = range(8)
# An open lot, and what a spend took of one; NEXT is the draw before it, which comes back after it, and
# FILLED the last entry that put something of it back into its own lot.
NUMBER, CREDITS, COST, KIND, ISSUED, EXPIRES = range(6)
NEXT, FILLED = 6, 7
# What the last call did.
(
    OUT_ENTRY,
    OUT_CREDITS,
    OUT_COST,
    OUT_WITHHELD,
    OUT_EXPIRED,
    OUT_EXPIRED_COST,
    OUT_DEBT_PAID,
    OUT_GONE,
) = range(8)
OUTS = 8
# The pools of lots and draws.
LOTS_USED, DRAWS_USED, DRAWS_FREE = range(3)

OK = 0
INSUFFICIENT = -2
BALANCE_CAP = -3
INVALID = -4
FULL = -5
"""There is no room in the pools; nothing was changed. `grow`, and ask again."""


class Wallets(NamedTuple):
    """All wallets: `book` has a row for each, `lots` their open lots, `draws` what spends took.

    The lots of a wallet are neighbours, in burn order. All three are of 32 bits where instants are days:
    a market waits for memory most of its time. `out` says what the last call did, `pools` how far the two
    pools are used.
    """

    book: Numbers
    lots: Numbers
    draws: Numbers
    out: Whole
    pools: Whole


def make_wallets(count: int, lots: int = 8, draws: int = 1024, *, in_days: bool = True) -> Wallets:
    """So many empty wallets, with room for some open lots each; it grows."""
    kind, never = (np.int32, NEVER_DAY) if in_days else (np.int64, NEVER)
    book: Numbers = np.zeros((count, 8), dtype=kind)
    book[:, FIRST] = np.arange(count) * lots
    book[:, ROOM] = lots
    book[:, MOMENT] = -never
    pools = np.array([count * lots, 0, NONE], dtype=np.int64)
    room = max(2 * count * lots, 1024)
    return Wallets(
        book,
        np.zeros((room, 6), dtype=kind),
        np.zeros((max(draws, 16), 8), dtype=kind),
        np.zeros(8, dtype=np.int64),
        pools,
    )


def grow(wallets: Wallets) -> Wallets:
    """The same wallets with twice the room in each pool that is more than half used."""
    lots, draws = wallets.lots, wallets.draws
    if 2 * wallets.pools[LOTS_USED] > len(lots):
        lots = np.concatenate([lots, np.zeros_like(lots)])
    if 2 * wallets.pools[DRAWS_USED] > len(draws):
        draws = np.concatenate([draws, np.zeros_like(draws)])
    return wallets._replace(lots=lots, draws=draws)
