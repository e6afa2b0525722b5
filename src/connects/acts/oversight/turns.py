"""Taking turns under a name, before there is a row of it that could be locked.

A host repeats a request whose answer is late, while the first is still on its way. Both find that
nothing has been done, and both would do it. So they take turns under the name in the address, in the
transaction that does it, and the second one finds what the first has done.
"""

from __future__ import annotations

import hashlib

from django.db import connection


def take_turns(*names: str) -> None:
    """Wait until no other transaction has a turn under one of these names; then it is the caller's.

    It ends with the transaction. Whoever takes several takes them at once, and before any row is locked,
    so that nobody waits in a circle; see docs/locking.md.
    """
    if not names or connection.vendor != "postgresql":
        return  # SQLite's transactions are the only writer from their beginning.
    with connection.cursor() as cursor:
        numbers = sorted({_number(name) for name in names})
        cursor.execute(
            "SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) number", [numbers]
        )


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
