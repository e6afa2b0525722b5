"""Post batches in transactions of their own, as group commit does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError, connections

from connects.journal.group_commit import ConnectionLost

C = TypeVar("C")
O = TypeVar("O")  # noqa: E741 outcomes

# PostgreSQL's classes of errors after which there is no connection: 08, and 57P when it shuts down.
_CONNECTION_STATES = ("08", "57P")


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
