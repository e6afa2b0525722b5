"""A withdrawn proposal is over: its client does nothing with it, and neither does who sent it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from connects.acts.jobs import take_down
from connects.acts.notices.send_emails import send_emails
from connects.acts.proposals import client_acts, offer
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.message import answer_client
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.acts.staff import moderate as moderation
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.grants.models import InterviewReward
from connects.market.notices.models import Notice, NoticeEmail, NoticePreference
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.states import ALLOWED, ProposalAct, may
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, registered

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
LETTER = "I draw logos by hand"
pytestmark = pytest.mark.django_db

CLIENT_ACTS: list[Callable[[Proposal, Account], object]] = [
    client_acts.open_proposal,
    client_acts.shortlist,
    client_acts.message,
    lambda proposal, client: client_acts.message(proposal, client, "Are you there?"),
    client_acts.decline,
    client_acts.hire,
    offer.make_offer,
]


@pytest.fixture
def ana() -> Account:
    with held_at(NOW):
        return registered("ana", AccountKind.FREELANCER, "fair-2026")


@pytest.fixture
def acme() -> Account:
    with held_at(NOW):
        return registered("acme", AccountKind.CLIENT, "fair-2026")


@pytest.fixture
def here(ana: Account, acme: Account) -> Iterator[Proposal]:
    """A proposal that waits for its client."""
    with held_at(NOW):
        form = ProposalForm(key="first", cover_letter=LETTER)
        sent = proposals.submit(posted(acme), ana, form)
        assert isinstance(sent, Proposal), sent
        yield sent


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def client_of(account: Account) -> Client:
    client = Client()
    user = User.objects.get(memberships__account=account)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_table_names_every_act_and_allows_only_reading_it_to_its_sender() -> None:
    assert set(ALLOWED) == set(ProposalAct)
    withdrawn = Proposal(status=ProposalStatus.WITHDRAWN)

    assert [act for act in ProposalAct if may(act, withdrawn)] == []


@pytest.mark.parametrize("act", CLIENT_ACTS)
def test_a_client_does_nothing_with_what_was_withdrawn(
    here: Proposal, ana: Account, acme: Account, act: Callable[[Proposal, Account], object]
) -> None:
    before = journal().wallet(ana.pk).balance
    withdraw_proposal(here, ana)

    assert problem(act(here, acme)) == "withdrawn"
    here.refresh_from_db()
    assert (here.status, here.opened, here.messaged) == ("withdrawn", None, None)
    assert journal().wallet(ana.pk).balance == before + here.paid
    assert not InterviewReward.objects.exists()


def test_who_withdrew_goes_on_with_nothing(here: Proposal, ana: Account, acme: Account) -> None:
    client_acts.message(here, acme, "When can you begin?")
    withdraw_proposal(here, ana)

    assert problem(answer_client(here, ana, "Tomorrow.")) == "withdrawn"
    assert problem(offer.answer_offer(here, ana, accepts=True)) == "withdrawn"
    assert problem(withdraw_proposal(here, ana)) == "job_closed"


def test_its_letter_is_shown_to_nobody_but_who_sent_it(
    here: Proposal, ana: Account, acme: Account
) -> None:
    page = f"/proposals/{here.public_id}/"
    client_acts.message(here, acme, "When can you begin?")
    answer_client(here, ana, "On a Monday in June.")
    assert LETTER in client_of(acme).get(page).content.decode()
    withdraw_proposal(here, ana)

    shown = client_of(acme).get(page).content.decode()
    listed = client_of(acme).get(f"/posts/{here.job.public_id}/").content.decode()
    assert "withdrew this proposal" in shown
    for text in (LETTER, "On a Monday", 'name="act"'):
        assert text not in shown
        assert text not in listed
    assert LETTER in client_of(ana).get(page).content.decode()


@pytest.mark.parametrize("act", ["shortlist", "decline", "offer", "hire", "message"])
def test_the_pages_of_a_client_refuse_it_too(
    here: Proposal, ana: Account, acme: Account, act: str
) -> None:
    withdraw_proposal(here, ana)
    sent = client_of(acme).post(
        f"/proposals/{here.public_id}/", {"act": act, "text": "Come all the same"}
    )

    assert sent.status_code == 409
    assert "was withdrawn" in sent.content.decode()


@pytest.mark.parametrize("delivered", [False, True])
def test_what_the_client_was_not_told_yet_is_not_told(
    here: Proposal, ana: Account, acme: Account, settings: object, delivered: bool
) -> None:
    settings.SENDS_LETTERS = True  # type: ignore[attr-defined]
    client_acts.message(here, acme, "When can you begin?")
    answer_client(here, ana, "On Monday.")
    if delivered:
        run(NOW)
    withdraw_proposal(here, ana)
    run(NOW)
    send_emails(NOW)

    told = Notice.objects.filter(account=acme).values_list("code", flat=True)
    assert list(told) == ["proposal-withdrawn"]
    (sent,) = (sent for sent in mail.outbox if "acme@test.example" in sent.to)
    assert sent.subject == "Ana withdrew: Draw a logo"
    assert "On Monday" not in str(sent.body)


def test_a_digest_goes_out_without_what_was_withdrawn(
    here: Proposal, ana: Account, acme: Account
) -> None:
    person = User.objects.get(memberships__account=acme)
    NoticePreference.objects.create(user=person, group="work", how="digest")
    other = proposals.submit(posted(acme, "Other"), ana, ProposalForm(key="other"))
    assert isinstance(other, Proposal)
    for proposal in (here, other):
        client_acts.message(proposal, acme, "Hello")
        answer_client(proposal, ana, "Hello")
    run(NOW)
    withdraw_proposal(here, ana)
    send_emails(NOW + timedelta(days=1))

    letters = NoticeEmail.objects.filter(user=person)
    assert {letter.event.parameters["proposal"] for letter in letters} == {other.public_id}


def test_a_client_may_think_again_about_whom_they_declined_or_offered(
    here: Proposal, ana: Account, acme: Account
) -> None:
    offer.make_offer(here, acme)
    client_acts.decline(here, acme)
    assert problem(offer.answer_offer(here, ana, accepts=True)) == "no_offer"
    hired = client_acts.hire(here, acme)

    assert isinstance(hired, Proposal)
    assert hired.status == "hired"
    for act in (client_acts.decline, client_acts.shortlist, offer.make_offer):
        assert problem(act(here, acme)) == "hired_already"


def test_nobody_writes_on_about_a_post_that_was_removed(
    here: Proposal, ana: Account, acme: Account
) -> None:
    client_acts.message(here, acme, "Pay me outside of this site")
    take_down.remove_job(here.job, None, "contact outside")

    assert problem(answer_client(here, ana, "Where?")) == "job_closed"


def test_the_suspended_do_not_act_for_or_against_anyone(
    here: Proposal, ana: Account, acme: Account
) -> None:
    client_acts.message(here, acme, "Hello")
    offer.make_offer(here, acme)
    moderation.suspend(ana, None, "spam")

    assert problem(answer_client(here, ana, "Hello")) == "suspended"
    assert problem(offer.answer_offer(here, ana, accepts=True)) == "suspended"
