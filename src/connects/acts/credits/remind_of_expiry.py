"""Remind members of expiries: once for each lot and number of days, however often the sweep runs.

A cursor says up to which instant reminders have been sent. A reminder due `days` before an expiry is
found through the index on expiries, so the sweep costs what is due and not what exists.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.journals import journal
from connects.journal.reading import whole_wallets
from connects.ledger.wallet import BEGINNING
from connects.market.members.editions import book_of
from connects.market.members.models import RuleBookEdition
from connects.market.members.selectors import rule_books_of
from connects.market.notices.models import ReminderCursor
from connects.movements.remind_of_expiry import remind_of_expiry

BATCH = 1_000
_CURSOR = "expiry"


def _days_in_use() -> tuple[int, ...]:
    """Each number of days at which some rule book in use reminds."""
    books = map(book_of, RuleBookEdition.objects.all())
    return tuple(sorted({days for book in books for days in book.expiry.notice_days}))


def _cursor() -> ReminderCursor:
    """How far reminders have been sent; in a new marketplace, to the beginning of time."""
    return ReminderCursor.objects.get_or_create(name=_CURSOR, defaults={"until": BEGINNING})[0]


def next_due(until: datetime) -> datetime | None:
    """The instant of the first reminder that is due by `until` and not sent yet."""
    cursor = _cursor()
    firsts: list[datetime] = []
    for days in _days_in_use():
        ahead = timedelta(days=days)
        lots = journal().lots_expiring(cursor.until + ahead, until + ahead, 1)
        firsts.extend(lot.expires - ahead for lot in islice(lots, 1))
    return min(firsts, default=None)


def do_due(until: datetime, _now: datetime) -> None:
    """Put into the outbox what is due by `until`, and move the cursor there."""
    with transaction.atomic():
        cursor = ReminderCursor.objects.select_for_update().get(name=_CURSOR)
        for days in _days_in_use():
            _send(cursor.until, until, days)
        cursor.until = until
        cursor.save(update_fields=["until"])


def _send(after: datetime, until: datetime, days: int) -> None:
    ahead = timedelta(days=days)
    expiring = journal().lots_expiring(after + ahead, until + ahead)
    for lots in whole_wallets(expiring, BATCH):
        wallets = journal().read(sorted({lot.wallet for lot in lots}))
        books = rule_books_of(wallets, until)
        # Who registered after the reminder's instant has a lot too short-lived to be reminded of.
        told = [
            lot
            for lot in lots
            if lot.wallet in books and days in books[lot.wallet].expiry.notice_days
        ]
        held = {number: row.wallet for number, row in wallets.items()}
        put_in_outbox(remind_of_expiry(held, told, days), until)
