"""pgledger (github pgr0ss/pgledger): transfers by its function.

Its SQL is not part of this project: download `pgledger.sql` and let PGLEDGER_SQL name it. Several files
are separated as in PATH; where none of them makes `uuid_to_ulid`, which it calls for each of its ids, a
simpler function stands in, which costs less than theirs.
"""

from __future__ import annotations

import os
from pathlib import Path

from bench.ledger.pgbench import run
from bench.ledger.result import Rate, rate

ACCOUNTS = 10_000
BATCHES = (10, 100, 1_000)

TRANSFER = f"""
\\set a random(1, {ACCOUNTS})
\\set b 1 + (:a + random(0, {ACCOUNTS - 2})) % {ACCOUNTS}
SELECT id FROM pgledger_create_transfer('a' || :a::int, 'a' || :b::int, 1);
"""
TRANSFERS = """
SELECT count(*) FROM pgledger_create_transfers((
 SELECT array_agg(ROW('a' || a, 'a' || (1 + (a + step) % {accounts}), 1)::transfer_request)
 FROM (SELECT 1 + floor(random() * {accounts})::int AS a,
              floor(random() * ({accounts} - 1))::int AS step
       FROM generate_series(1, {size})) AS chosen));
"""


STAND_IN = """
CREATE OR REPLACE FUNCTION uuid_to_ulid(id uuid) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT replace(id::text, '-', '') $$;
"""


def install(files: str) -> None:
    """Its tables and functions, and accounts to transfer between."""
    from django.db import connection

    texts = [Path(file).read_text() for file in files.split(os.pathsep)]
    sql = "\n".join([STAND_IN, *texts])
    connection.ensure_connection()
    # libpq's own way takes many statements at once, as psql does.
    result = connection.connection.pgconn.exec_(sql.encode())
    if result.error_message:
        raise RuntimeError(f"{files}: {result.error_message.decode()}")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pgledger_accounts (id, name, currency, allow_negative_balance,"
            " allow_positive_balance, created_at, updated_at)"
            " SELECT 'a' || n, 'a' || n, 'USD', true, true, now(), now()"
            " FROM generate_series(1, %s) AS n",
            [ACCOUNTS],
        )


def transfers(url: str, callers: int, seconds: float, rounds: int) -> Rate:
    """Single transfers by so many clients."""
    found = [run(url, TRANSFER, callers, seconds) for _ in range(rounds)]
    return rate("pgledger, single transfers", callers, found)


def batches(url: str, seconds: float, rounds: int) -> list[Rate]:
    """Transfers a second in its own batches, by one client."""
    rates = []
    for size in BATCHES:
        script = TRANSFERS.format(accounts=ACCOUNTS, size=size)
        found = [run(url, script, 1, seconds) * size for _ in range(rounds)]
        rates.append(rate(f"pgledger, batches of {size:,}", 1, found))
    return rates
