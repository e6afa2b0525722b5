"""Taking turns under a name, before there is a row of it that could be locked.

A host repeats a request whose answer is late, while the first is still on its way. Both find that
nothing has been done, and both would do it. So they take turns under the name in the address, in the
transaction that does it, and the second one finds what the first has done.

That takes milliseconds. Who waits much longer is told so, lest a host that repeats what hangs takes up
every thread that could answer it.
"""

from __future__ import annotations

import hashlib

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

SECONDS_MOST = 2.0
"""So long is waited for a turn."""


class TurnTaken(Exception):
    """Another transaction has had the turn for so long that it is no longer waited for."""


def take_turns(*names: str) -> None:
    """Wait until no other transaction has a turn under one of these names; then it is the caller's.

    It ends with the transaction. Whoever takes several takes them at once, and before any row is locked,
    so that nobody waits in a circle; see docs/locking.md. Raises `TurnTaken`, after which the caller's
    transaction is to be rolled back.
    """
    if not names or connection.vendor != "postgresql":
        return  # SQLite's transactions are the only writer from their beginning.
    numbers = sorted({_number(name) for name in names})
    with connection.cursor() as cursor:
        # One that is free, as nearly all are, is had by one statement.
        if len(numbers) == 1 and _is_had(cursor, numbers[0]):
            return
        cursor.execute("SELECT current_setting('lock_timeout')")
        (before,) = cursor.fetchone()
        cursor.execute(_LET_WAIT, [f"{SECONDS_MOST * 1_000:.0f}ms"])
        try:
            cursor.execute(_WAIT, [numbers])
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) == _LOCK_TIMEOUT:
                raise TurnTaken from error
            raise
        cursor.execute(_LET_WAIT, [before])


_WAIT = "SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) number"
_LET_WAIT = "SELECT set_config('lock_timeout', %s, true)"
_LOCK_TIMEOUT = "55P03"


def _is_had(cursor: CursorWrapper, number: int) -> bool:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s::bigint)", [number])
    (is_ours,) = cursor.fetchone()
    return bool(is_ours)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
