"""The journal that this installation writes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from connects.journal.databases.choose import store_of
from connects.journal.port import Outcome
from connects.journal.post import Journal, completed
from connects.ledger.commands import Command


def journal(alias: str = "default") -> Journal:
    """The journal in the database that Django calls `alias`, for this thread."""
    return Journal(store_of(alias))


def post_alone(
    commands: Sequence[Command], recorded: datetime, alias: str = "default"
) -> list[Outcome]:
    """Post what has nothing else to stand or fall with; what is posted is committed.

    Optimistically where the database gains by it, in two round trips. Each wallet's commands then stand
    or fall together, but not the whole batch: where this raises, some may have been posted, and to send
    all of them again is safe. Where the caller has a transaction, it is posted within that.
    """
    own = journal(alias)
    optimistic = own.store.optimistic
    outcomes: list[Outcome | None] = [None] * len(commands)
    if optimistic is not None:
        outcomes = optimistic.post_alone(commands, recorded)

    def under_locks(left: Sequence[Command]) -> list[Outcome]:
        with transaction.atomic(using=alias):
            return own.post(left, recorded)

    return completed(commands, outcomes, under_locks)
