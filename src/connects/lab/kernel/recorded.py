"""What a replay hands to the compiled code: what happens to wallets, one after another, and the sums.

Wallets do not know each other, so that each is played alone, from its first event to its last, and its
room is used again for the next one. Each event is a row of `events`:

    EVENT, AT, A, B, C, EXPECTED_ENTRY, EXPECTED_BALANCE

`NONE` is expected where nothing is recorded to compare with.
"""

from __future__ import annotations

from typing import NamedTuple

from connects.lab.kernel.columns import Wallets, Whole
from connects.vocabulary.returns import Stage

EVENT, AT, A, B, C, EXPECTED_ENTRY, EXPECTED_BALANCE = range(7)
EVENT_COLUMNS = 7

(
    ISSUE,  # A: its issue
    CHARGE,  # A: Connects, B: its slot (or NONE)
    GIVE_BACK,  # A: slot, B: Connects, C: grace
    EXPIRE,
    TRIM,  # A: what may be kept, B: bought ones, too
    WRITE_OFF,  # A: Connects
    LINE,  # a line that changed nothing
    PROPOSE,  # A: slot
    RETURN,  # A: slot, B: cause and stage, C: grace
    REST,  # A: slot, C: grace
    REWARD,  # A: slot, B: expires, C: limit
    BUY,  # A: its issue
    HOLD,  # A: number of the recorded line. From here on: by the ledger alone.
    RELEASE,
    REVERSE,
    REINSTATE,
    VOID,
) = range(17)
STAGE_COUNT = len(Stage)
"""Cause and stage are one number: `cause * STAGE_COUNT + stage`."""

# An issue. LIMIT is NONE where nothing limits it; NUMBER is that of the recorded line, or NONE; HELD is
# what the recorded wallet held after a purchase.
I_KIND, I_CREDITS, I_COST, I_EXPIRES, I_LIMIT, I_NUMBER, I_HELD = range(7)
ISSUE_COLUMNS = 7

# A slot: a proposal, or a recorded charge. Where a behaviour makes two of one, what stands for the second
# follows at +TWIN.
P_PRICE, P_FEW, P_TIMES, P_SHUT, P_BEFORE, P_SENT, P_REWARD, P_REWARD_LOT = range(8)
P_PAID, P_RETURNED, P_HEAD = 8, 9, 10
TWIN = 3
P_REWARDED = 14
SLOT_COLUMNS = 15

# What a rule book says to all.
(
    T_NEWCOMER_UNTIL,
    T_COUNTS_PLAN,
    T_REWARD_IN,
    T_REWARD_TAKEN_BACK,
    T_WITHDRAWN,
    T_REMOVED,
    T_TOPS_UP,
    T_SINCE,
) = range(8)
TERMS = 8
"""T_REWARD_TAKEN_BACK: how old a reward may be to be taken back here, in microseconds; 0: none is.
T_WITHDRAWN and T_REMOVED: the causes for which a proposal counts as not sent. T_TOPS_UP:
whether who lacks Connects buys the smallest bundle. T_SINCE: from which instant on it is counted."""

# What is counted, a row a wallet.
(
    PROPOSALS,
    FREE,
    REFUSED,
    SHUT,
    PAID,
    RETURNED,
    GIVEN,
    BOUGHT,
    CENTS,
    EXPIRED,
    FORFEITED,
    MISSING,
    WOULD_BUY,
    WOULD_CENTS,
    NOT_BOUGHT,
    BALANCE_AFTER,
    DEBT_AFTER,
) = range(17)
SUMS = (
    "proposals free refused closed paid returned given bought revenue_cents expired forfeited"
    " missing would_buy would_buy_cents not_bought balance debt"
).split()

# What became of a wallet; a difference is its event's place plus DIFFERS.
FINE, BY_LEDGER, DIFFERS = 0, 1, 2


class Replay(NamedTuple):
    """All that is played: the events of wallet `w` are those from `first[w]` to `first[w + 1]`.

    `terms` are the rule book's, `back[cause and stage, paid]` what comes back in all, `earned[paid,
    given]` what an interview brings, `bundles[agency]` what may be bought as (Connects, cents), from
    small to large; `people` has for each wallet whether it is an agency, the limit for what it buys, and
    whether it has ever bought.
    """

    first: Whole
    events: Whole
    issues: Whole
    slots: Whole
    people: Whole
    terms: Whole
    back: Whole
    earned: Whole
    bundles: Whole
    recent: Whole
    wallets: Wallets
    sums: Whole
    status: Whole


AGENCY, BUYS_LIMIT, MAY_BUY = range(3)
