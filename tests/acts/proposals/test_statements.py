"""How many statements a proposal makes."""

import os
from datetime import datetime

import pytest
from django.db import connection, transaction

from connects.acts.oversight.audit import client_act
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.by_name import NamedSubmission, NotFound
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit_many import Sent
from connects.acts.purchases import buy as purchases
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, registered
from tests.sent_statements import round_trips, sent_statements

# PostgreSQL writes the wallet, its entry and the mark with one statement, SQLite with three.
STATEMENTS_MOST = {"postgresql": 12, "sqlite": 14}

pytestmark = pytest.mark.django_db(transaction=True)


def proposed(job: Job, account: Account) -> Proposal | Refused:
    return proposals.submit(job, account, ProposalForm(key=job.title))


@pytest.mark.parametrize("book", ["upwork-2019-05", "fair-2026"])
def test_a_proposal_makes_a_dozen_statements_besides_begin_and_commit(book: str) -> None:
    ana = registered("ana", AccountKind.FREELANCER, book)
    acme = registered("acme", AccountKind.CLIENT, book)
    first, second = (posted(acme, f"Job {number}", budget_cents=30_00) for number in range(2))
    purchases.order(ana, 80, "bought")
    assert isinstance(proposed(first, ana), Proposal), "from then on the rule book is in memory"

    with sent_statements() as sent:
        assert isinstance(proposed(second, ana), Proposal)

    assert len(sent) - 2 <= STATEMENTS_MOST[connection.vendor], sent


# Begin, and whom and what it names; all that is asked of them; the wallet; its key; all that is
# written; commit.
ROUND_TRIPS = 6

if os.environ.get("DATABASE_URL", "").startswith("postgres"):

    def test_what_a_host_sends_takes_six_round_trips_also_after_a_rollback() -> None:
        """After it the server knows none of the statements that had been prepared."""
        ana = registered("ana", AccountKind.FREELANCER, "upwork-2019-05")
        acme = registered("acme", AccountKind.CLIENT, "upwork-2019-05")
        jobs = [posted(acme, f"Job {number}", budget_cents=30_00) for number in range(4)]
        purchases.order(ana, 80, "bought")
        assert all(isinstance(named(job, ana), Sent) for job in jobs[:2])

        with transaction.atomic():
            assert isinstance(named(jobs[2], ana), Sent)
            transaction.set_rollback(True)
        assert isinstance(named(jobs[2], ana), Sent)
        with round_trips() as begun:
            assert isinstance(named(jobs[3], ana), Sent)

        assert len(begun) == ROUND_TRIPS, begun


def named(job: Job, account: Account) -> Sent | Refused | NotFound:
    def audit(row: Proposal, now: datetime) -> StaffAct:
        return client_act("host", "", "charge", row.public_id, now, {})

    form = ProposalForm(key=job.title, external_id=job.title)
    return proposals.send_named(NamedSubmission(account.handle, job.public_id, form, audit))
