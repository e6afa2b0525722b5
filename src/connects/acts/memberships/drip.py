"""Single Connects that come every so many hours, until the plan's quota is full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from connects.bootstrap.journals import journal
from connects.market.members.selectors import party_under, rule_books_of
from connects.market.plans.models import Subscription
from connects.market.plans.rows import lock_free, save_subscriptions
from connects.movements.drip_connects import drip_connects

BATCH = 1_000


def next_due(until: datetime) -> datetime | None:
    """The instant of the first drip that is due by `until`."""
    rows = Subscription.objects.filter(next_drip__lte=until, frozen__isnull=True)
    return rows.order_by("next_drip").values_list("next_drip", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Issue the Connects that dripped in by `until`, for a batch of accounts: all of their instants at
    once.

    Nothing else happens to these wallets before `until`, so each account is visited once, however many
    drips it has missed.
    """
    due = Subscription.objects.filter(next_drip__lte=until, frozen__isnull=True).order_by(
        "next_drip"
    )
    with transaction.atomic():
        rows = lock_free(due[:BATCH])
        books = rule_books_of((row.account for row in rows), until)
        drips = []
        for row in rows:
            assert row.next_drip is not None
            party = party_under(books[row.account], row.account, row.kind, row.plan)
            rule = party.book.plan(party.plan).drip
            if rule is None:
                row.next_drip = None
                continue
            instants = tuple(_instants(row.next_drip, until, rule.every_minutes))
            drips.append((party, instants))
            row.next_drip = instants[-1] + timedelta(minutes=rule.every_minutes)
        drip_connects(journal(), drips, now)
        save_subscriptions(rows)


def _instants(first: datetime, until: datetime, every_minutes: int) -> Iterator[datetime]:
    at = first
    while at <= until:
        yield at
        at += timedelta(minutes=every_minutes)
