"""`run(until)`: everything that is due by an instant happens, in time order.

Each source is asked once a turn for the first instant at which it has something to do; the earliest
source then does its work as of that very instant, in one transaction of its own. So a
year that passes at once (a scenario, a worker that was down) leaves the same history as one that
passes second by second.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from connects.due.expiry import ExpirySource
from connects.due.reminders import ReminderSource
from connects.due.source import Source
from connects.market.notices.services import deliver_outbox

# At one instant a reminder comes before the expiry that it speaks of.
SOURCES: Sequence[Source] = (ReminderSource(), ExpirySource())


def run(until: datetime, sources: Sequence[Source] = SOURCES) -> int:
    """Do all that is due by `until` (UTC); how many turns that took."""
    turns = 0
    while True:
        instants = [(source.first_due(until), source) for source in sources]
        due = [(at, source) for at, source in instants if at is not None]
        if not due:
            break
        at, source = min(due, key=lambda pair: pair[0])
        with transaction.atomic():
            source.do(at, until)
        turns += 1
    while deliver_outbox(until):
        turns += 1
    return turns
