"""How many statements a proposal makes."""

import pytest
from django.db import connection

from connects.acts.proposals import submit as proposals
from connects.acts.proposals.submission import ProposalForm
from connects.acts.purchases import buy as purchases
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, registered
from tests.sent_statements import sent_statements

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
