"""A proposal is sent and paid for, or nothing happens: what it costs, who may, and once for each key."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.jobs import publish
from connects.acts.jobs.end import close
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.quote import ProposalQuote, quote
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit, take_more
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Cloud, Job
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, posted, registered, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def sent(job: Job, account: Account, key: str = "k", **more: Any) -> Proposal | Refused:
    with held_at(NOON):
        return submit(job, account, ProposalForm(key=key, **more))


def refusal(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def balance(account: Account) -> int:
    return journal().wallet(account.pk).balance


def new_job(here: Town, title: str = "Sing", budget_cents: int = 30_00) -> Job:
    with held_at(NOON):
        return posted(here.client, title, budget_cents)


def quoted(job: Job, account: Account) -> ProposalQuote:
    with held_at(NOON):
        answer = quote(job, account)
    assert isinstance(answer, ProposalQuote), answer
    return answer


def test_a_quote_is_what_sending_then_costs(here: Town) -> None:
    for budget in (30_00, 300_00, 3_000_00):
        job, before = new_job(here, f"Work for {budget}", budget), balance(here.freelancer)
        told = quoted(job, here.freelancer)
        proposal = sent(job, here.freelancer, f"k{budget}")

        assert isinstance(proposal, Proposal)
        assert proposal.paid == told.price.connects
        assert balance(here.freelancer) == told.payment.balance_after == before - proposal.paid


def test_the_same_key_again_is_the_same_proposal_and_is_paid_once(here: Town) -> None:
    job, before = new_job(here), balance(here.freelancer)
    first, again = (sent(job, here.freelancer, "k") for _ in range(2))

    assert first == again
    assert balance(here.freelancer) == before - 1


def test_a_key_is_for_one_job(here: Town) -> None:
    assert isinstance(sent(new_job(here, "One"), here.freelancer, "k"), Proposal)
    before = balance(here.freelancer)

    assert refusal(sent(new_job(here, "Two"), here.freelancer, "k")) == "idempotency_key_reused"
    assert balance(here.freelancer) == before


def test_one_proposal_is_sent_to_a_job(here: Town) -> None:
    before = balance(here.freelancer)

    assert refusal(sent(here.job, here.freelancer, "another")) == "already_proposed"
    assert balance(here.freelancer) == before


@pytest.mark.parametrize(("most", "is_sent"), [(None, True), (1, True), (5, True), (0, False)])
def test_no_more_is_paid_than_was_shown(here: Town, most: int | None, is_sent: bool) -> None:
    job, before = new_job(here), balance(here.freelancer)
    answer = sent(job, here.freelancer, max_connects=most)

    assert isinstance(answer, Proposal) is is_sent
    assert balance(here.freelancer) == before - (1 if is_sent else 0)
    assert is_sent or refusal(answer) == "price_changed"


def test_who_cannot_pay_is_told_what_is_missing_and_pays_nothing(here: Town) -> None:
    answer = sent(new_job(here), here.agency)

    assert isinstance(answer, Refused)
    assert (answer.parameters["needed"], answer.parameters["balance"]) == (1, 0)
    assert quoted(new_job(here, "Hum"), here.agency).payment.missing == 1
    assert Proposal.objects.count() == 1


def test_a_closed_job_takes_no_proposal(here: Town) -> None:
    job = new_job(here)
    with held_at(NOON):
        close(job, here.client, CloseReason.NOT_HIRING)
        job.refresh_from_db()
        assert refusal(quote(job, here.freelancer)) == "job_closed"

    assert refusal(sent(job, here.freelancer)) == "job_closed"


def test_clients_and_the_suspended_send_nothing(here: Town) -> None:
    assert refusal(sent(new_job(here), here.stranger)) == "freelancers_only"
    with held_at(NOON):
        suspend(here.freelancer, None, "a fraud")
    here.freelancer.refresh_from_db()

    assert refusal(sent(new_job(here, "Hum"), here.freelancer)) == "suspended"
    assert refusal(quote(here.job, here.freelancer)) == "suspended"


@pytest.mark.parametrize(
    "form",
    [
        {"key": ""},
        {"key": "x" * 101},
        {"key": "a\nb"},
        {"cover_letter": "\0"},
        {"cover_letter": "x" * 5_001},
    ],
)
def test_a_form_that_cannot_be_kept_is_refused(here: Town, form: dict[str, str]) -> None:
    job, before = new_job(here), balance(here.freelancer)
    with held_at(NOON):
        answer = submit(job, here.freelancer, ProposalForm(**{"key": "k", **form}))  # type: ignore[arg-type]

    assert isinstance(answer, Refused)
    assert balance(here.freelancer) == before


def test_an_answer_to_an_invitation_is_free(here: Town) -> None:
    job, before = new_job(here, budget_cents=3_000_00), balance(here.freelancer)
    with held_at(NOON):
        invite_to_job(job, here.freelancer, here.client)
    proposal = sent(job, here.freelancer)

    assert isinstance(proposal, Proposal)
    assert (proposal.paid, proposal.spend_entry) == (0, None)
    assert balance(here.freelancer) == before


def test_a_job_of_a_circle_is_free_for_its_members_and_closed_to_others(here: Town) -> None:
    with held_at(NOON):
        cloud = make_cloud("Best", here.client, [here.freelancer])
        assert isinstance(cloud, Cloud)
        fields = JobFields(title="Secret", kind=JobKind.FIXED, budget_cents=3_000_00)
        job = publish.post(fields, here.client, cloud)
    assert isinstance(job, Job)

    assert refusal(sent(job, here.agency)) == "not_member"
    proposal = sent(job, here.freelancer)
    assert isinstance(proposal, Proposal)
    assert proposal.paid == 0


def test_only_its_client_lets_a_post_take_more(here: Town) -> None:
    with held_at(NOON):
        assert isinstance(take_more(here.job, here.client), Job)
        assert refusal(take_more(here.job, here.stranger)) == "not_yours"


def test_a_newcomers_first_proposals_cost_half_under_our_own_rules(here: Town) -> None:
    with held_at(NOON):
        new = registered("newcomer", AccountKind.FREELANCER, "fair-2026")
    costs = []
    for number in range(6):
        proposal = sent(new_job(here, f"Work {number}", 300_00), new, f"k{number}")
        assert isinstance(proposal, Proposal)
        costs.append(proposal.paid)

    assert costs == [2, 2, 2, 2, 2, 3]


def test_a_proposal_is_dated_when_it_was_sent(here: Town) -> None:
    job = new_job(here)
    with held_at(NOON + timedelta(hours=3)):
        answer = submit(job, here.freelancer, ProposalForm(key="k"))

    assert isinstance(answer, Proposal)
    assert answer.submitted == NOON + timedelta(hours=3)
