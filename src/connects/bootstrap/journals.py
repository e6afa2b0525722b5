"""The journal that this installation writes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, connections, transaction

from connects.bootstrap.clock import now
from connects.journal.batch import completed
from connects.journal.databases.choose import store_of
from connects.journal.group_commit import LIMITS, ConnectionLost, GroupCommit, Limits
from connects.journal.port import Outcome
from connects.journal.post import Journal
from connects.ledger.commands import Command

# PostgreSQL's classes of errors after which there is no connection: 08, and 57P when it shuts down.
_CONNECTION_STATES = ("08", "57P")


def journal(alias: str = "default") -> Journal:
    """The journal in the database that Django calls `alias`, for this thread."""
    return Journal(store_of(alias))


def post_alone(
    commands: Sequence[Command], recorded: datetime, alias: str = "default"
) -> list[Outcome]:
    """Post for a caller who has no transaction of their own; what is posted is committed.

    Optimistically where the database gains by it, in two round trips. Each wallet's commands then stand
    or fall together, but not the whole batch: where this raises, some may have been posted, and to send
    all of them again is safe.
    """
    own = journal(alias)
    optimistic = own.store.optimistic
    outcomes: list[Outcome | None] = [None] * len(commands)
    if optimistic is not None:
        outcomes = optimistic.post_alone(commands, recorded)

    def under_locks(left: Sequence[Command]) -> list[Outcome]:
        with transaction.atomic(using=alias, durable=True):
            return own.post(left, recorded)

    return completed(commands, outcomes, under_locks)


def group_commit(
    alias: str = "default", limits: Limits = LIMITS, clock: Callable[[], datetime] = now
) -> GroupCommit[Command, Outcome]:
    """One for this process, on a connection of its own; close it when the process ends.

    A caller must not have a transaction of its own under way that holds the wallet it posts to.
    """
    return GroupCommit(OwnTransactions(alias, clock), limits)


@dataclass(frozen=True, slots=True)
class OwnTransactions:
    """Posts each batch in a transaction of its own. See `journal.group_commit.Committer`."""

    alias: str
    clock: Callable[[], datetime]

    def post(self, commands: Sequence[Command]) -> list[Outcome]:
        """Post and commit; once more where the connection had gone, which keys make safe."""
        try:
            return self._post(commands)
        except ConnectionLost:
            return self._post(commands)

    def _post(self, commands: Sequence[Command]) -> list[Outcome]:
        try:
            return post_alone(commands, self.clock(), self.alias)
        except (OperationalError, InterfaceError) as error:
            if not is_lost(error):
                raise
            self.close()
            raise ConnectionLost(str(error)) from error

    def close(self) -> None:
        """Close this thread's connection."""
        connections[self.alias].close()


def is_lost(error: Exception) -> bool:
    """Whether there is no connection any more."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_CONNECTION_STATES)
