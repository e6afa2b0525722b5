"""How a database is asked and told in batches: what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper

from connects.journal.databases.postgresql.citus import Citus, distributes
from connects.journal.databases.postgresql.store import PostgreSQL
from connects.journal.databases.sqlite import SQLite
from connects.journal.port import EntryId, Replaced, Row, UnderWay

Rows: TypeAlias = list[Row]


class Dialect(Protocol):
    """How one database takes batches, over Django's connection to it.

    From `tried_from` commands on it pays to try a batch (`journal.tried`); None: never.
    """

    @property
    def tried_from(self) -> int | None: ...

    def lock(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[int], *, update: bool
    ) -> Rows:
        """Read wallets by id, locking them for the transaction where `update`."""

    def posting(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> AbstractContextManager[Callable[[], Rows]]:
        """See `journal.port.Store.posting`; the call gives the entries that bear one of the keys."""

    def trying(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
        """See `journal.port.Store.trying`."""

    def under_way(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[UnderWay]:
        """See `journal.port.Store.under_way`."""

    def lock_at_once(self, connection: BaseDatabaseWrapper, wallets: Sequence[int]) -> bool:
        """See `journal.port.Store.lock_at_once`."""

    def by_key(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> Sequence[Row]:
        """Entries by wallet and idempotency key."""

    @property
    def posts_unlocked(self) -> bool:
        """Whether it has the next three; see `journal.unlocked`."""

    def read_with_keys(
        self, connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, str]]
    ) -> Sequence[Row]:
        """For each key its wallet's row with its place, and whether an entry bears it already."""

    def read_unlocked(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[int]
    ) -> Sequence[Row]:
        """Wallets by id, with their places."""

    def write_unmoved(
        self,
        connection: BaseDatabaseWrapper,
        wallets: Sequence[Row],
        before: Sequence[int],
        entries: Sequence[Row],
    ) -> Sequence[int]:
        """See `journal.port.Store.write_unmoved`."""

    def by_number(self, connection: BaseDatabaseWrapper, ids: Sequence[EntryId]) -> Rows:
        """Entries by wallet and number."""

    def returns_after(self, connection: BaseDatabaseWrapper, ids: Sequence[EntryId]) -> Rows:
        """See `journal.port.Store.returns_after`."""

    def write(
        self, connection: BaseDatabaseWrapper, wallets: Sequence[Row], entries: Sequence[Row]
    ) -> Replaced:
        """Replace wallets' rows and append entries."""

    def resting_lots(self, connection: BaseDatabaseWrapper, wallet: int) -> str | None:
        """See `journal.port.Store.resting_lots`."""

    def write_resting(self, connection: BaseDatabaseWrapper, lots: Mapping[int, str]) -> None:
        """See `journal.port.Store.write_resting`."""


DIALECTS: dict[str, Dialect] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}
CITUS = Citus()

_distributed: dict[tuple[str, str], bool] = {}


def dialect_of(connection: BaseDatabaseWrapper) -> Dialect:
    """The dialect of a connection's database. PostgreSQL is asked once in a process about Citus."""
    if connection.vendor != "postgresql":
        return DIALECTS[connection.vendor]
    database = (connection.alias, connection.settings_dict["NAME"])
    distributed = _distributed.get(database)
    if distributed is None:
        distributed = _distributed[database] = distributes(connection)
    return CITUS if distributed else DIALECTS["postgresql"]
