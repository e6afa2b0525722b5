"""Who withdrew may propose to the same job again, where their rule book lets them."""

from datetime import timedelta

import pytest

from connects.acts.jobs.end import close
from connects.acts.proposals.client_acts import hire
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.jobs.models import CloseReason, Job
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.market.proposals.selectors import own_proposal
from connects.market.proposals.sending_again import SENT_TO_A_JOB_MOST
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, posted, registered

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)
"""By when bids have dripped in."""


def someone(rule_book: str) -> tuple[Job, Account]:
    with held_at(NOON):
        job = posted(registered("acme", AccountKind.CLIENT))
        ana = registered("ana", AccountKind.FREELANCER, rule_book)
    run(LATER)
    return job, ana


def sent(job: Job, account: Account, key: str) -> Proposal | Refused:
    with held_at(LATER):
        return submit(job, account, ProposalForm(key=key))


def withdrawn(job: Job, account: Account, key: str) -> Proposal:
    first = sent(job, account, key)
    assert isinstance(first, Proposal), first
    with held_at(LATER + timedelta(hours=1)):
        answer = withdraw_proposal(first, account)
    assert isinstance(answer, Proposal), answer
    return answer


def code(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return answer.code.value


def test_without_the_clause_a_withdrawn_proposal_stays_the_only_one() -> None:
    job, ana = someone("upwork-2019-05")
    withdrawn(job, ana, "first")

    assert code(sent(job, ana, "second")) == "already_proposed"


def test_who_retracts_may_bid_again_for_another_bid() -> None:
    job, ana = someone("freelancer-com")
    first = withdrawn(job, ana, "first")
    before = journal().wallet(ana.pk).balance

    second = sent(job, ana, "second")

    assert isinstance(second, Proposal)
    assert (second.paid, journal().wallet(ana.pk).balance) == (1, before - 1)
    assert own_proposal(ana, job) == second != first


def test_the_key_of_a_withdrawn_proposal_still_answers_with_that_one() -> None:
    job, ana = someone("freelancer-com")
    first = withdrawn(job, ana, "first")
    second = sent(job, ana, "second")

    assert sent(job, ana, "first") == first
    assert sent(job, ana, "second") == second
    assert Proposal.objects.filter(job=job, account=ana).count() == 2


def test_only_what_was_withdrawn_can_be_sent_again() -> None:
    job, ana = someone("freelancer-com")
    withdrawn(job, ana, "first")
    sent(job, ana, "second")

    assert code(sent(job, ana, "third")) == "already_proposed"


def test_an_older_version_of_the_rules_does_not_let_them() -> None:
    job, ana = someone("freelancer-com@2")
    withdrawn(job, ana, "first")

    assert code(sent(job, ana, "second")) == "already_proposed"


@pytest.mark.parametrize(("is_first", "paid"), [(True, 0), (False, 1)])
def test_one_sent_again_is_free_only_if_the_first_one_was(is_first: bool, paid: int) -> None:
    job, ana = someone("peopleperhour")
    if not is_first:
        with held_at(NOON):
            ben = registered("ben", AccountKind.FREELANCER, "peopleperhour")
        sent(job, ben, "before")
    first = withdrawn(job, ana, "first")
    job.refresh_from_db()
    second = sent(job, ana, "second")

    assert isinstance(second, Proposal)
    assert (first.paid, second.paid) == (paid, paid)


def test_a_job_counts_who_proposed_and_not_how_often() -> None:
    job, ana = someone("freelancer-com")
    withdrawn(job, ana, "first")
    sent(job, ana, "second")

    job.refresh_from_db()
    assert job.proposal_count == 1


def test_nobody_can_send_without_end() -> None:
    job, ana = someone("freelancer-com")
    for number in range(SENT_TO_A_JOB_MOST):
        withdrawn(job, ana, f"k{number}")

    assert code(sent(job, ana, "one more")) == "already_proposed"


def test_what_is_sent_again_is_hired_and_the_withdrawn_one_stays_withdrawn() -> None:
    job, ana = someone("freelancer-com")
    first = withdrawn(job, ana, "first")
    second = sent(job, ana, "second")
    assert isinstance(second, Proposal)
    with held_at(LATER + timedelta(days=1)):
        hire(second, job.client)
        close(job, job.client, CloseReason.FILLED)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("withdrawn", "hired")
