"""The journal that this installation writes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError, connections, transaction

from connects.bootstrap.clock import now
from connects.journal.batch import completed
from connects.journal.databases.choose import store_of
from connects.journal.group_commit import LIMITS, ConnectionLost, GroupCommit, Limits
from connects.journal.port import Outcome
from connects.journal.post import Journal
from connects.ledger.commands import Command

C = TypeVar("C")
O = TypeVar("O")  # noqa: E741 outcomes

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
    return GroupCommit(
        OwnTransactions(lambda commands: post_alone(commands, clock(), alias), alias), limits
    )


@dataclass(frozen=True, slots=True)
class OwnTransactions(Generic[C, O]):
    """Posts each batch by `write`, which commits it. See `journal.group_commit.Committer`."""

    write: Callable[[Sequence[C]], list[O]]
    alias: str = "default"

    def post(self, commands: Sequence[C]) -> list[O]:
        """Post and commit; once more where the connection had gone, which keys make safe."""
        try:
            return self._post(commands)
        except ConnectionLost:
            return self._post(commands)

    def _post(self, commands: Sequence[C]) -> list[O]:
        try:
            return self.write(commands)
        except (OperationalError, InterfaceError) as error:
            if not _is_lost(error):
                raise
            self.close()
            raise ConnectionLost(str(error)) from error

    def close(self) -> None:
        """Close this thread's connection."""
        connections[self.alias].close()


def _is_lost(error: Exception) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_CONNECTION_STATES)
