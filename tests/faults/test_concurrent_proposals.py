"""Many proposals at once, from several processes, draw on one wallet."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from connects.acts.purchases import buy as purchases
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind
from tests.market.people import posted, registered

PROCESSES = 4
PROPOSALS = 200

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def sent(address: str, *runs: tuple[int, int, str]) -> Counter[str]:
    """What came of all proposals that the processes sent at the same time."""
    environment = {**os.environ, "DATABASE_URL": address, "CONNECTS_VAR": str(settings.VAR)}
    program = [sys.executable, "-m", "tests.faults.proposer", "ana"]
    processes = [
        subprocess.Popen(
            [*program, str(first), str(last), *([key] if key else [])],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first, last, key in runs
    ]
    outcomes: Counter[str] = Counter()
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        for word in output.split():
            name, _, count = word.partition("=")
            outcomes[name] += int(count)
    return outcomes


def whole() -> bool:
    return [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_two_hundred_concurrent_proposals_never_overdraw_and_never_charge_twice(
    address: str,
) -> None:
    ana = registered("ana", AccountKind.FREELANCER)
    acme = registered("acme", AccountKind.CLIENT)
    for number in range(PROPOSALS):
        posted(acme, f"Job {number}", budget_cents=30_00)
    purchases.order(ana, 80, "first")
    purchases.order(ana, 20, "second")
    share = PROPOSALS // PROCESSES

    outcomes = sent(address, *((n * share, (n + 1) * share, "") for n in range(PROCESSES)))

    # 120 Connects pay for 120 proposals of one Connect each, whoever comes first.
    assert outcomes == {"accepted": 120, "insufficient_connects": 80}
    assert journal().wallet(ana.pk).balance == 0
    assert journal().totals(ana.pk)[EntryKind.SPEND].entries == 120
    assert Proposal.objects.filter(account=ana, paid=1).count() == 120
    assert whole()


def test_one_key_from_several_processes_at_once_is_charged_once(address: str) -> None:
    ana = registered("ana", AccountKind.FREELANCER)
    posted(registered("acme", AccountKind.CLIENT), "Job 0")

    outcomes = sent(address, *((0, 1, "one-key") for _ in range(PROCESSES)))

    assert outcomes == {"accepted": PROCESSES}
    assert journal().wallet(ana.pk).balance == 16
    assert Proposal.objects.filter(account=ana).count() == 1
    assert whole()
