"""Lots expire at their instant."""

from __future__ import annotations

from datetime import datetime

from connects.bootstrap.journals import journal, post_alone
from connects.journal.slices import slices
from connects.market.members.selectors import rule_books_of
from connects.movements.expire_lots import expiries

BATCH = 1_000


def next_due(until: datetime) -> datetime | None:
    """The instant at which the first lot expires, by `until`."""
    expiry = journal().next_expiry()
    return expiry if expiry is not None and expiry <= until else None


def do_due(until: datetime, now: datetime) -> None:
    """Expire a batch of the lots that end by `until`, each at its own instant.

    Nothing else stands or falls with an expiry, so no wallet is locked for it: where the lots of many
    members end at one midnight, those who propose then need not wait until all of them have ended.
    """
    wallets = journal().wallets_expiring(until, BATCH)
    labels = {wallet: book.label for wallet, book in rule_books_of(wallets, until).items()}
    for each in slices(expiries(labels, until)):
        post_alone(each, now)
