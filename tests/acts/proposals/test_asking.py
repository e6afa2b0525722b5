"""What a freelancer asks for: a price or a rate, as the job pays, and the days that they need."""

from typing import Any

import pytest

from connects.acts.jobs import publish
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.jobs.fields import BUDGET_CENTS_MOST, HOURLY_CENTS_MOST, JobFields
from connects.market.jobs.models import Job
from connects.market.proposals.asking import DAYS_MOST, Asking
from connects.market.proposals.models import Proposal
from connects.vocabulary.facts import JobKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, posted, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def job_of(here: Town, kind: JobKind) -> Job:
    with held_at(NOON):
        if kind is JobKind.FIXED:
            return posted(here.client, "Sing")
        answer = publish.post(
            JobFields(title="Help", kind=kind, hourly_min_cents=20_00), here.client
        )
    assert isinstance(answer, Job), answer
    return answer


def asked(job: Job, here: Town, **asking: Any) -> Proposal | Refused:
    with held_at(NOON):
        return submit(job, here.freelancer, ProposalForm(key="k", asking=Asking(**asking)))


@pytest.mark.parametrize(
    ("kind", "asking"),
    [
        (JobKind.FIXED, {"price_cents": 250_00, "days": 14}),
        (JobKind.FIXED, {"price_cents": BUDGET_CENTS_MOST, "days": DAYS_MOST}),
        (JobKind.FIXED, {}),
        (JobKind.HOURLY, {"hourly_cents": 1}),
        (JobKind.HOURLY, {"hourly_cents": HOURLY_CENTS_MOST, "days": 1}),
    ],
)
def test_what_is_asked_for_stands_on_the_proposal(
    here: Town, kind: JobKind, asking: dict[str, int]
) -> None:
    proposal = asked(job_of(here, kind), here, **asking)

    assert isinstance(proposal, Proposal), proposal
    proposal.refresh_from_db()
    assert (proposal.price_cents, proposal.hourly_cents, proposal.days) == tuple(
        asking.get(name) for name in ("price_cents", "hourly_cents", "days")
    )


@pytest.mark.parametrize(
    ("kind", "asking", "problem"),
    [
        (JobKind.FIXED, {"hourly_cents": 20_00}, "other_kind_of_pay"),
        (JobKind.HOURLY, {"price_cents": 20_00}, "other_kind_of_pay"),
        (JobKind.FIXED, {"price_cents": 0}, "not_positive"),
        (JobKind.FIXED, {"price_cents": BUDGET_CENTS_MOST + 1}, "too_large"),
        (JobKind.HOURLY, {"hourly_cents": HOURLY_CENTS_MOST + 1}, "too_large"),
        (JobKind.FIXED, {"days": 0}, "not_positive"),
        (JobKind.FIXED, {"days": DAYS_MOST + 1}, "too_large"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_and_costs_nothing(
    here: Town, kind: JobKind, asking: dict[str, int], problem: str
) -> None:
    job, before = job_of(here, kind), journal().wallet(here.freelancer.pk).balance
    answer = asked(job, here, **asking)

    assert isinstance(answer, Refused)
    assert (answer.parameters["problem"], answer.parameters["field"]) == (
        problem,
        next(iter(asking)),
    )
    assert journal().wallet(here.freelancer.pk).balance == before


def test_what_is_asked_for_does_not_change_what_a_proposal_costs(here: Town) -> None:
    answer = asked(job_of(here, JobKind.FIXED), here, price_cents=BUDGET_CENTS_MOST)

    assert isinstance(answer, Proposal)
    assert answer.paid == here.proposal.paid
