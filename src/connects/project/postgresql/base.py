"""A connection is asked whether it lives once a second, and not with every request.

Django asks before the first query of each request, which is a round trip: a third of what it takes to
read a wallet. Where a connection is lost within a second of its last check, one request fails with 503,
as it would have had it come a moment sooner; the next one connects anew.

The hard case is a request that begins within that second and ends after it. It is not asked then: the
question would begin a transaction where Django has just ended one, and the request would fail although
all that it did is kept.

Where a transaction, or a part of it, is rolled back, psycopg lets the server forget what was prepared.
"""

from __future__ import annotations

from time import monotonic

from django.db.backends.postgresql import base
from typing_extensions import override

from connects.journal.databases.postgresql.libpq import forget_prepared

TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Trusts a connection that was made, or found to live, within the last second."""

    found_alive = float("-inf")

    @override
    def connect(self) -> None:
        super().connect()
        self.found_alive = monotonic()

    @override
    def is_usable(self) -> bool:
        usable = super().is_usable()
        if usable:
            self.found_alive = monotonic()
        return usable

    @override
    def close_if_health_check_failed(self) -> None:
        if monotonic() - self.found_alive >= TRUSTED_SECONDS:
            super().close_if_health_check_failed()
        else:
            self.health_check_done = True

    @override
    def rollback(self) -> None:
        super().rollback()
        forget_prepared(self)

    @override
    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        forget_prepared(self)
