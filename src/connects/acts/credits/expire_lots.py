"""Lots expire at their instant."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.bootstrap.journals import journal
from connects.market.members.selectors import rule_books_of
from connects.movements.expire_lots import expire_lots

BATCH = 1_000


def next_due(until: datetime) -> datetime | None:
    """The instant at which the first lot expires, by `until`."""
    expiry = journal().next_expiry()
    return expiry if expiry is not None and expiry <= until else None


def do_due(until: datetime, now: datetime) -> None:
    """Expire a batch of the lots that end by `until`, each at its own instant."""
    with transaction.atomic():
        wallets = journal().wallets_expiring(until, BATCH)
        labels = {wallet: book.label for wallet, book in rule_books_of(wallets, until).items()}
        expire_lots(journal(), labels, until, now)
