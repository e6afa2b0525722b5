"""The journal distributed by wallet, on the cluster that CITUS_URL names.

Without a cluster there is nothing to collect here, rather than a test that looks green; the summary of
the run says so.
"""

import os
import re
import subprocess
import sys

from connects.journal import schema
from tests.architecture.sources import ROOT
from tests.servers.citus import SCRIPT, said_at_the_end

LEDGER_TESTS = [
    "tests/journal/test_contract.py",
    "tests/journal/databases/postgresql/test_on_citus.py",
    "tests/journal/test_plain_spends.py",
    "tests/journal/proof/test_roots.py",
    "tests/journal/proof/test_verify.py",
    "tests/ledger/test_model.py",
    "tests/faults/test_group_commit.py",
    "tests/faults/test_post_alone.py",
    "tests/faults/test_verify_processes.py",
]

if CLUSTER := os.environ.get("CITUS_URL"):

    def test_the_ledgers_tests_hold_on_a_cluster() -> None:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n0", *LEDGER_TESTS],
            env={**os.environ, "DATABASE_URL": CLUSTER or "", "CONNECTS_ON_CITUS": "1"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_script_distributes_both_tables_by_wallet() -> None:
    distributed = dict(
        re.findall(r"create_distributed_table\('(\w+)', '(\w+)'", SCRIPT.read_text())
    )

    assert distributed == {"journal_wallet": "id", "journal_entry": "wallet"}


def test_every_unique_key_of_the_journal_holds_the_wallet() -> None:
    tables = "\n".join(schema.creation("postgresql"))

    keys = re.findall(r"(\w+) BIGINT NOT NULL PRIMARY KEY|PRIMARY KEY \((\w+)", tables)
    unique = re.findall(r"UNIQUE INDEX \w+ ON \w+ \((\w+)", tables)
    assert keys == [("id", ""), ("", "wallet")]
    assert unique == ["wallet"]


def test_the_summary_says_whether_a_cluster_was_there() -> None:
    there = bool(os.environ.get("CITUS_URL"))

    assert ("NOT tested" in said_at_the_end()) != there
