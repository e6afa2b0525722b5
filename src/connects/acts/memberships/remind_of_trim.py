"""Tell members, seven days ahead, what a renewal is going to trim.

A cursor says up to which instant they have been told, so the sweep costs what is due and not what
exists: the renewals seven days after the stretch between the cursor and now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.journals import journal
from connects.ledger.wallet import BEGINNING
from connects.market.members.selectors import chains_of, next_rollover
from connects.market.notices.models import ReminderCursor
from connects.market.plans.models import Subscription
from connects.market.plans.rows import SubscriptionRow, read_subscriptions
from connects.statements.rollover import rollover_loss
from connects.vocabulary.events import Event

AHEAD = timedelta(days=7)
BATCH = 1_000
_CURSOR = "rollover"


def next_due(until: datetime) -> datetime | None:
    """The instant of the first reminder that is due by `until` and not sent yet."""
    cursor, _ = ReminderCursor.objects.get_or_create(name=_CURSOR, defaults={"until": BEGINNING})
    first = _due(cursor.until, until).values_list("renews", flat=True).first()
    return None if first is None else first - AHEAD


def _due(after: datetime, until: datetime) -> QuerySet[Subscription]:
    rows = Subscription.objects.filter(
        next_try__isnull=True,
        frozen__isnull=True,
        renews__gt=after + AHEAD,
        renews__lte=until + AHEAD,
    )
    return rows.order_by("renews")


def do_due(until: datetime, _now: datetime) -> None:
    """Tell a batch of the members who are due by `until`, and advance the cursor to where it ends."""
    with transaction.atomic():
        cursor = ReminderCursor.objects.select_for_update().get(name=_CURSOR)
        rows = read_subscriptions(_due(cursor.until, until)[:BATCH])
        if len(rows) == BATCH:
            # A full batch may end amid the renewals of one instant; those belong to it, too.
            last = rows[-1].renews
            before = last - AHEAD - timedelta(microseconds=1)
            rows += [
                row for row in read_subscriptions(_due(before, last - AHEAD)) if row not in rows
            ]
            until = last - AHEAD
        put_in_outbox(_events(rows, until), until)
        cursor.until = until
        cursor.save(update_fields=["until"])


def _events(rows: list[SubscriptionRow], at: datetime) -> Iterator[Event]:
    accounts = [row.account for row in rows]
    wallets = journal().read(sorted(accounts))
    chains = chains_of(accounts, at)
    for row in rows:
        coming = next_rollover(chains[row.account], row.kind, row)
        lost = rollover_loss(wallets[row.account].wallet, coming)
        if lost:
            yield Event(
                key=f"rollover:{row.account}:{row.renews.isoformat()}",
                account=row.account,
                code="connects-not-rolling-over",
                parameters={
                    "connects": lost,
                    "when": row.renews.isoformat(),
                    "balance": wallets[row.account].wallet.balance,
                },
            )
