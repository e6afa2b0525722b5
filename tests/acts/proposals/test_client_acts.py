"""What a client does with a proposal: opens, shortlists, writes, declines, offers, hires; each once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from connects.acts.jobs.end import close
from connects.acts.proposals import client_acts, offer
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.jobs.models import CloseReason, Job
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, posted, proposed, town

pytestmark = pytest.mark.django_db

ClientAct = Callable[[Proposal, Account], Proposal | Refused]


def write(proposal: Proposal, client: Account) -> Proposal | Refused:
    return client_acts.message(proposal, client, "When can you begin?")


ACTS: dict[str, ClientAct] = {
    "open": client_acts.open_proposal,
    "shortlist": client_acts.shortlist,
    "write": write,
    "decline": client_acts.decline,
    "offer": offer.make_offer,
    "hire": client_acts.hire,
}


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def act(name: str, here: Town, client: Account | None = None, hours: int = 1) -> object:
    with held_at(NOON + timedelta(hours=hours)):
        return ACTS[name](here.proposal, client or here.client)


def done(name: str, here: Town, hours: int = 1) -> Proposal:
    answer = act(name, here, hours=hours)
    assert isinstance(answer, Proposal), answer
    return Proposal.objects.get(pk=here.proposal.pk)


def refusal(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def told(code: str) -> list[int]:
    return list(OutboxEvent.objects.filter(code=code).values_list("account_id", flat=True))


@pytest.mark.parametrize("name", ACTS)
def test_whatever_a_client_does_opens_the_proposal_and_is_activity(here: Town, name: str) -> None:
    row = done(name, here)

    assert row.opened == NOON + timedelta(hours=1)
    assert row.unread_due is None
    assert Job.objects.get(pk=here.job.pk).client_active == NOON + timedelta(hours=1)


@pytest.mark.parametrize("name", ACTS)
def test_another_client_does_nothing_with_it(here: Town, name: str) -> None:
    assert refusal(act(name, here, here.stranger)) == "not_yours"
    assert Proposal.objects.get(pk=here.proposal.pk).opened is None


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_charged_or_given_back_by_it(here: Town, name: str) -> None:
    before = journal().wallet(here.freelancer.pk)
    done(name, here)

    assert journal().wallet(here.freelancer.pk) == before


@pytest.mark.parametrize("name", ["shortlist", "offer", "hire", "decline"])
def test_a_closed_job_is_over(here: Town, name: str) -> None:
    with held_at(NOON):
        close(here.job, here.client, CloseReason.NOT_HIRING)

    assert refusal(act(name, here)) == "own_job_over"


def test_the_first_time_is_what_is_noted(here: Town) -> None:
    for hours in (1, 2):
        for name in ("open", "shortlist", "write"):
            done(name, here, hours)
    row = Proposal.objects.get(pk=here.proposal.pk)

    assert {row.opened, row.shortlisted, row.messaged} == {NOON + timedelta(hours=1)}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("open", ProposalStatus.SUBMITTED),
        ("shortlist", ProposalStatus.SUBMITTED),
        ("write", ProposalStatus.SUBMITTED),
        ("decline", ProposalStatus.DECLINED),
        ("offer", ProposalStatus.OFFERED),
        ("hire", ProposalStatus.HIRED),
    ],
)
def test_an_act_leaves_the_proposal_in_its_state(
    here: Town, name: str, status: ProposalStatus
) -> None:
    assert done(name, here).status == status


def test_an_offer_is_told_once_and_its_answer_too(here: Town) -> None:
    for _ in range(2):
        done("offer", here)
    assert told("offer") == [here.freelancer.pk]
    with held_at(NOON + timedelta(hours=2)):
        answer = offer.answer_offer(here.proposal, here.freelancer, accepts=True)

    assert isinstance(answer, Proposal)
    assert answer.status == ProposalStatus.HIRED
    assert told("offer-answered") == [here.client.pk]


def test_a_declined_offer_may_be_made_again(here: Town) -> None:
    done("offer", here)
    with held_at(NOON + timedelta(hours=2)):
        declined = offer.answer_offer(here.proposal, here.freelancer, accepts=False)
    assert isinstance(declined, Proposal)
    assert declined.status == ProposalStatus.SUBMITTED

    assert done("offer", here, hours=3).status == ProposalStatus.OFFERED


def test_only_who_was_offered_the_job_answers_and_only_while_it_stands(here: Town) -> None:
    with held_at(NOON):
        early = offer.answer_offer(here.proposal, here.freelancer, accepts=True)
    assert refusal(early) == "no_offer"
    done("offer", here)
    with held_at(NOON + timedelta(hours=2)):
        assert refusal(offer.answer_offer(here.proposal, here.agency, accepts=True)) == "not_yours"
        close(here.job, here.client, CloseReason.NOT_HIRING)
        late = offer.answer_offer(here.proposal, here.freelancer, accepts=True)

    assert refusal(late) == "job_closed"


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\0", "x" * 4_001])
def test_a_message_that_cannot_be_sent_changes_nothing(here: Town, text: str) -> None:
    with held_at(NOON):
        answer = client_acts.message(here.proposal, here.client, text)

    assert isinstance(answer, Refused)
    assert Proposal.objects.get(pk=here.proposal.pk).messaged is None


def test_a_hire_closes_nothing_and_leaves_the_others_to_be_hired(here: Town) -> None:
    with held_at(NOON):
        job = posted(here.client, "Sing", 30_00)
        other = proposed(job, here.freelancer, "k2")
        client_acts.hire(other, here.client)

    assert done("hire", here).status == ProposalStatus.HIRED
    assert Job.objects.get(pk=job.pk).status == "open"
