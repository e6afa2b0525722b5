"""A client hires at the moment at which the freelancer withdraws: one of the two happens."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.parties import AccountKind
from tests.market.people import posted, proposed, registered

JOBS = 12

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def decided_at_once(address: str, *acts: str) -> Counter[str]:
    """What came of it, of all processes together."""
    environment = {**os.environ, "DATABASE_URL": address, "CONNECTS_VAR": str(settings.VAR)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.decider", act, str(JOBS)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for act in acts
    ]
    outcomes: Counter[str] = Counter()
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        for word in output.split():
            name, _, count = word.partition("=")
            outcomes[name] += int(count)
    return outcomes


def test_of_a_hire_and_a_withdrawal_at_once_exactly_one_happens(address: str) -> None:
    ana = registered("ana", AccountKind.FREELANCER, "fair-2026")
    acme = registered("acme", AccountKind.CLIENT, "fair-2026")
    for number in range(JOBS):
        proposed(posted(acme, f"Job {number}", budget_cents=20_00), ana, f"key-{number}")
    before = journal().wallet(ana.pk).balance

    outcomes = decided_at_once(address, "hire", "withdraw")

    sent = list(Proposal.objects.filter(account=ana))
    hired = [each for each in sent if each.status == ProposalStatus.HIRED]
    withdrawn = [each for each in sent if each.status == ProposalStatus.WITHDRAWN]
    assert outcomes == {"done": JOBS, "refused": JOBS}
    assert len(hired) + len(withdrawn) == JOBS
    assert [each.returned for each in hired] == [0] * len(hired)
    assert [each.opened for each in withdrawn] == [None] * len(withdrawn)
    came_back = sum(each.paid for each in withdrawn)
    assert journal().wallet(ana.pk).balance == before + came_back
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []
