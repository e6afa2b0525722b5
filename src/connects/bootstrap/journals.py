"""The journal that this installation writes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError, connections, transaction

from connects.journal.databases.choose import store_of
from connects.journal.group_commit import ConnectionLost
from connects.journal.port import Outcome
from connects.journal.post import Journal, completed
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
