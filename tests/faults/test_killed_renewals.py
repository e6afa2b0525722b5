"""A worker that is killed amid renewals and expiries is taken up where it stopped."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from connects.acts.purchases import change_plan as plans
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.plans.models import PlanPayment, Subscription
from connects.vocabulary.parties import AccountKind
from tests.market.people import registered

ACCOUNTS = 200
BEGIN = datetime(2019, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def worker(address: str, until: datetime) -> subprocess.Popen[str]:
    environment = {**os.environ, "DATABASE_URL": address, "CONNECTS_VAR": str(settings.VAR)}
    program = [sys.executable, "-m", "tests.faults.renewer", until.isoformat()]
    return subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True)


def killed_after(process: subprocess.Popen[str], turns: int) -> None:
    assert process.stdout is not None
    for _ in range(turns):
        assert process.stdout.readline()
    process.kill()
    process.wait(60)
    process.stdout.close()


def test_a_worker_that_is_killed_renews_charges_and_expires_nothing_twice(address: str) -> None:
    for number in range(ACCOUNTS):
        with held_at(BEGIN + timedelta(seconds=number)):
            account = registered(f"a{number}", AccountKind.FREELANCER, "upwork-2023")
            if number % 4 == 0:
                plans.subscribe(account, "plus", "first")
    until = BEGIN + timedelta(days=31, hours=1)

    for turns in (1, 2, 3):
        killed_after(worker(address, until), turns)
    last = worker(address, until)
    output, _ = last.communicate(timeout=120)

    assert last.returncode == 0
    assert output, "the last worker found something left to do"
    for held in Subscription.objects.select_related("account"):
        totals = journal().totals(held.account_id)
        months = 3 if held.plan == "plus" else 2  # who chose Plus has had a month of Basic, too
        assert totals[EntryKind.PLAN].entries == months, held.account.handle
        assert held.renews > until
    assert PlanPayment.objects.filter(status="paid").count() == ACCOUNTS // 4 * 2
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_two_workers_at_once_renew_charge_and_expire_nothing_twice(address: str) -> None:
    for number in range(ACCOUNTS // 2):
        with held_at(BEGIN + timedelta(seconds=number)):
            account = registered(f"a{number}", AccountKind.FREELANCER, "upwork-2023")
            if number % 4 == 0:
                plans.subscribe(account, "plus", "first")
    until = BEGIN + timedelta(days=31, hours=1)

    workers = [worker(address, until), worker(address, until)]
    outputs = [each.communicate(timeout=120)[0] for each in workers]

    assert [each.returncode for each in workers] == [0, 0]
    assert any(outputs)
    for held in Subscription.objects.select_related("account"):
        months = 3 if held.plan == "plus" else 2
        totals = journal().totals(held.account_id)
        assert totals[EntryKind.PLAN].entries == months, held.account.handle
        assert held.renews > until
    assert PlanPayment.objects.filter(status="paid").count() == ACCOUNTS // 2 // 4 * 2
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []
