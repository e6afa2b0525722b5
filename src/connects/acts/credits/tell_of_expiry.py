"""Tell members what has expired: once for each wallet and instant, however often the sweep runs.

Not only the sweep expires lots: whatever is posted to a wallet first expires what has come due there. So
this reads the journal, where each expiry stands, whoever wrote it. A cursor says up to which instant
members have been told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.journals import journal
from connects.journal.port import EntryId
from connects.journal.reading import whole_wallets
from connects.ledger.wallet import BEGINNING
from connects.market.notices.models import ReminderCursor
from connects.movements.tell_of_expiry import tell_of_expiry

BATCH = 1_000
_CURSOR = "expired"
_OF_REMINDERS = "expiry"


def _cursor() -> ReminderCursor:
    """How far members have been told.

    An installation that told nothing before begins where its reminders stand, so that nobody hears of
    what ended long ago; a new marketplace begins with the first lot.
    """
    of_reminders = ReminderCursor.objects.filter(name=_OF_REMINDERS).first()
    begin = BEGINNING if of_reminders is None else of_reminders.until
    return ReminderCursor.objects.get_or_create(name=_CURSOR, defaults={"until": begin})[0]


def next_due(until: datetime) -> datetime | None:
    """`until`, where a lot has ended since the cursor: by then all expiries that are due are written.

    So nothing that expires has to wait until the lot before it was told of.
    """
    first = next(journal().lots_expiring(_cursor().until, until, 1), None)
    return None if first is None else until


def do_due(until: datetime, _now: datetime) -> None:
    """Put into the outbox what has expired by `until`, and move the cursor there."""
    with transaction.atomic():
        cursor = ReminderCursor.objects.select_for_update().get(name=_CURSOR)
        for lots in whole_wallets(journal().lots_expiring(cursor.until, until), BATCH):
            _tell([(lot.wallet, lot.lot) for lot in lots], until)
        cursor.until = until
        cursor.save(update_fields=["until"])


def _tell(lots: Sequence[EntryId], now: datetime) -> None:
    expiries = [record.entry for record in journal().expiries_of(lots)]
    issued = journal().entries(sorted({(each.wallet, each.draws[0].lot) for each in expiries}))
    as_issued = {where: record.entry.lot for where, record in issued.items()}
    put_in_outbox(
        tell_of_expiry(expiries, {where: lot for where, lot in as_issued.items() if lot}), now
    )
