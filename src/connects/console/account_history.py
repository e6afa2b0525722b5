"""An account's last lines, and its balance as a line, for the first page about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.console.charts import balance_line
from connects.journal.port import Record
from connects.market.members.selectors import wallet_history
from connects.market.people.models import Account

SHOWN_LINES = 4
DRAWN_LINES = 100
DRAWN = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class LastLines:
    """The newest lines of a history, and the balance through them as far as half a year back."""

    lines: tuple[Record, ...]
    number: int
    begun: datetime
    first: int
    line: str


def last_lines(account: Account, balance: int, now: datetime) -> LastLines | None:
    """The end of an account's history, which ends with what it holds now; None where it has none."""
    records = wallet_history(account, DRAWN_LINES).records
    if not records:
        return None
    drawn = [r.entry for r in reversed(records) if r.entry.effective > now - DRAWN]
    points = [(entry.effective, entry.balance) for entry in drawn] + [(now, balance)]
    return LastLines(
        lines=records[:SHOWN_LINES],
        number=records[0].entry.number,
        begun=points[0][0],
        first=points[0][1],
        line=balance_line(points),
    )
