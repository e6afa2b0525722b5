"""A reservation is read by who made it, holds its Connects, and has run out when its time is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from connects.acts.credits.release_held import withdraw_held
from connects.acts.jobs.end import close
from connects.acts.proposals.hold import hold_proposal, submit_held
from connects.acts.proposals.submission import ProposalForm
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import CloseReason, Job
from connects.market.people.models import Account
from connects.market.proposals.held import (
    end_of,
    held_by_reference,
    held_for_proposals,
    last_reservation,
    live,
    reference_of_held,
    reservation_of,
    reservations_called,
    reservations_of,
    state_of_held,
)
from connects.market.proposals.models import HeldProposal, HoldEnd, Proposal
from connects.market.proposals.own_list import own_called
from connects.market.proposals.pipeline import ProposalState, state_of
from connects.market.proposals.selectors import jobs_by_reference
from tests.market.people import NOON, Town, posted, town

pytestmark = pytest.mark.django_db

MINUTES = 900
OVER = NOON + timedelta(seconds=MINUTES)


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.fixture
def job(here: Town) -> Job:
    return posted(here.client, "Sing", 30_00)


def held(job: Job, account: Account, key: str = "k", seconds: int = MINUTES) -> HeldProposal:
    answer = hold_proposal(job, account, ProposalForm(key=key, cover_letter="Hello"), seconds)
    assert isinstance(answer, HeldProposal), answer
    return answer


def stands(row: HeldProposal, at: datetime = NOON) -> tuple[ProposalState, HoldEnd | None]:
    row.refresh_from_db()
    return state_of_held(row, at), end_of(row, at)


def test_what_runs_out_first_comes_first_and_is_seen_by_its_account_alone(
    here: Town, job: Job
) -> None:
    late, soon = held(job, here.freelancer), held(posted(here.client), here.freelancer, "k2", 60)

    assert reservations_of(here.freelancer) == [soon, late]
    assert reservations_of(here.agency) == []
    assert reservation_of(here.freelancer, late.public_id) == late
    assert reservation_of(here.agency, late.public_id) is None
    assert held_for_proposals(here.freelancer) == late.connects + soon.connects
    assert held_for_proposals(here.agency) == 0


def test_a_reservation_has_run_out_at_its_instant_though_nobody_swept_it(
    here: Town, job: Job
) -> None:
    row = held(job, here.freelancer)

    assert stands(row, OVER - timedelta(seconds=1)) == (ProposalState.HELD, None)
    assert stands(row, OVER) == (ProposalState.WITHDRAWN, HoldEnd.RAN_OUT)
    assert live().filter(pk=row.pk).exists(), "its Connects are held until the worker is through"


def test_a_reservation_says_how_it_ended(here: Town, job: Job) -> None:
    withdrawn = held(job, here.freelancer)
    withdraw_held(withdrawn, here.freelancer)
    assert stands(withdrawn) == (ProposalState.WITHDRAWN, HoldEnd.WITHDRAWN)

    ended = held(job, here.freelancer, "k2")
    close(job, here.client, CloseReason.NOT_HIRING)
    assert stands(ended) == (ProposalState.CLOSED, HoldEnd.JOB_ENDED)
    assert last_reservation(here.freelancer, job) == ended
    assert held_for_proposals(here.freelancer) == 0


def test_what_was_sent_goes_by_the_proposals_name_from_then_on(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)
    reference = reference_of_held(row)
    assert held_by_reference({reference, "purchase:1", ""}) == {reference: row}
    assert jobs_by_reference({reference}) == {reference: job}
    assert own_called(here.freelancer, row.public_id) == row

    proposal = submit_held(row)
    assert isinstance(proposal, Proposal), proposal

    assert proposal.reference == reference
    assert state_of(proposal) is ProposalState.SUBMITTED
    assert own_called(here.freelancer, row.public_id) == proposal
    assert last_reservation(here.freelancer, job) is None
    assert jobs_by_reference({reference}) == {reference: job}


def test_a_host_finds_a_reservation_by_its_own_id(here: Town, job: Job) -> None:
    row, other = held(job, here.freelancer), held(posted(here.client), here.freelancer, "k2")
    HeldProposal.objects.filter(pk=row.pk).update(external_id="p-77")

    assert reservations_called(["p-77", other.public_id, "none"]) == {
        "p-77": row,
        other.public_id: other,
    }
    assert reservations_called([row.public_id]) == {}
