"""Several processes share a proof, and find what one would."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from connects.bootstrap.journals import journal
from connects.journal.proof.verify_range import RANGE
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind

NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
WALLETS = RANGE + 10

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def verified(address: str, *more: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("connects")
    environment = {**os.environ, "DATABASE_URL": address, "CONNECTS_VAR": str(settings.VAR)}
    return subprocess.run(
        [program, "verify", "--processes", "2", *more],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_processes_prove_all_wallets_and_name_the_broken_one(address: str) -> None:
    wallets = range(1, WALLETS + 1)
    issues = [
        Issue(
            wallet=wallet,
            key="issue",
            reference="x",
            rule_book="x",
            effective=NOW,
            kind=LotKind.BONUS,
            credits=5,
            expires=None,
        )
        for wallet in wallets
    ]
    with transaction.atomic():
        journal().store.open_wallets(wallets)
        journal().post(issues, NOW)

    whole = verified(address)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_wallet SET debt = 1 WHERE id = %s", [WALLETS])
    broken = verified(address, "--incremental")

    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert f"{WALLETS:,} wallets with {WALLETS:,} entries; 0 do not agree" in whole.stdout
    assert broken.returncode == 1
    assert f"wallet {WALLETS}: wallet: stored debt 1, journal says 0" in broken.stdout
    assert f"{WALLETS - 1:,} of them unchanged" in broken.stdout
