"""What the server says where others came between, as exceptions that optimistic posting knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import TracebackType
from typing import Any

# What the server says where it broke off one of several that held each other up: a deadlock, or what
# an operator's stricter isolation does not allow. Nor is anything done where it has forgotten a prepared
# statement, as it does when psycopg rolls back.
_CONTENTIONS = ("40P01", "40001", "26000")
_LOCK_TIMEOUT = "55P03"


class Contention(Exception):
    """Others came between, and the database broke off what was tried; nothing of it stands."""


class KeyAnswered(Exception):
    """An idempotency key of the batch had been answered before; nothing of what was tried stands."""


@dataclass(frozen=True, slots=True)
class _Translated:
    """Within it, what the server says of a repeated key or of contention is raised as such."""

    states: Collection[str]

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            return
        diagnosis = _diagnosis(error)
        if diagnosis is None:
            return
        if diagnosis.constraint_name == "journal_entry_key":
            raise KeyAnswered from error
        if diagnosis.sqlstate in self.states:
            raise Contention from error


AS_CONTENTION = _Translated(_CONTENTIONS)
AS_CONTENTION_OR_TIMEOUT = _Translated((*_CONTENTIONS, _LOCK_TIMEOUT))


def _diagnosis(error: BaseException) -> Any:
    """What the database, or Django for it, knows of an error."""
    return getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
