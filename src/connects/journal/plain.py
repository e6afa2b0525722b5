"""The plain spend, done on the rows: most of what a marketplace posts, in a third of the time.

A spend is plain where the lot that burns first holds more than it costs, no lot has come due and the
wallet owes nothing. Then one lot gets smaller and all else stays, so neither lots nor entry need to be
made into values and back. The order of lots is not decided here: rows keep it, and the first one is
the first one. Whatever is not plain goes through `ledger.decide`, and a property test holds the two to
the same rows.
"""

from __future__ import annotations

from connects.journal.chain import chained
from connects.journal.port import Row
from connects.journal.rows import PostedRows
from connects.ledger.commands import Spend
from connects.ledger.entries import SPENDING, EntryKind
from connects.ledger.lots import share

FIRST_LOT = "[["
_HOLD = EntryKind.HOLD.value

# Looked up once for each spend: asking an enumeration's member for its value costs as much again.
_SPENDING = {kind: kind.value for kind in SPENDING}


def plain_spend(row: Row, command: Spend, effective: int, recorded: int) -> PostedRows | None:
    """The entry's row and the wallet's after it; None where the spend is not plain.

    `effective` is the command's own instant, in microseconds like `recorded`.
    """
    wallet, balance, debt, last_entry, moment, next_expiry, head, lots, held, address = row
    credits = command.credits
    if debt or credits <= 0 or (next_expiry is not None and next_expiry <= effective):
        return None
    spent_as = _SPENDING.get(command.kind)
    if spent_as is None or not lots.startswith(FIRST_LOT):
        return None
    number, kind, holds, cost, rest = lots[2:].split(",", 4)
    left = int(holds) - credits
    if left <= 0:
        return None
    taken = share(int(cost), int(holds), credits)
    balance, moment = balance - credits, max(effective, moment)
    columns = (
        wallet,
        last_entry + 1,
        spent_as,
        -credits,
        balance,
        f"[[{number},{-credits},{-taken}]]",
        None,
        None,
        None,
        0,
        0,
        command.reference,
        command.key,
        command.digest(),
        command.rule_book,
        moment,
        recorded,
    )
    entry = chained(head, columns)
    lots = f"[[{number},{kind},{left},{int(cost) - taken},{rest}"
    held_after = held + (credits if spent_as == _HOLD else 0)
    state = (
        wallet,
        balance,
        debt,
        last_entry + 1,
        moment,
        next_expiry,
        entry[-1],
        lots,
        held_after,
        address,
    )
    return PostedRows(entry, state)
