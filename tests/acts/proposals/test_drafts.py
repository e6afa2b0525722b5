"""A letter that is being written is kept for its writer alone, until it is sent or let go."""

import pytest

from connects.acts.jobs.end import close
from connects.acts.leaving.erase_account import erase_account
from connects.acts.leaving.export_data import topics
from connects.acts.proposals import drafts
from connects.acts.proposals.drafts import discard_draft, save_draft
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import CloseReason, Job
from connects.market.people.models import Account, User
from connects.market.proposals.asking import NOTHING_ASKED, Asking
from connects.market.proposals.drafts import draft_for, drafts_of, waiting_draft
from connects.market.proposals.models import Proposal, ProposalDraft
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, posted, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


@pytest.fixture
def job(here: Town) -> Job:
    with held_at(NOON):
        return posted(here.client, "Sing")


@pytest.fixture
def ana(here: Town) -> User:
    return here.user_of(here.freelancer)


def kept(job: Job, account: Account, user: User, letter: str = "I would begin") -> ProposalDraft:
    with held_at(NOON):
        answer = save_draft(job, account, user, letter, Asking(price_cents=250_00, days=9))
    assert isinstance(answer, ProposalDraft), answer
    return answer


def test_what_is_kept_last_takes_the_place_of_what_was_kept_before(
    here: Town, job: Job, ana: User
) -> None:
    kept(job, here.freelancer, ana)
    kept(job, here.freelancer, ana, "I would begin on Monday")

    found = draft_for(job, here.freelancer, ana)
    assert found is not None
    assert (found.cover_letter, found.price_cents, found.days) == (
        "I would begin on Monday",
        250_00,
        9,
    )
    assert drafts_of(here.freelancer, ana, "", 1).total == 1


def test_a_draft_is_for_its_writer_and_their_account_alone(here: Town, job: Job, ana: User) -> None:
    kept(job, here.freelancer, ana)

    assert draft_for(job, here.agency, ana) is None
    assert draft_for(job, here.freelancer, here.user_of(here.agency)) is None


def test_a_draft_is_gone_once_it_is_sent(here: Town, job: Job, ana: User) -> None:
    kept(job, here.freelancer, ana)
    other = kept(here.job, here.freelancer, ana)
    with held_at(NOON):
        assert isinstance(submit(job, here.freelancer, ProposalForm(key="k"), ana), Proposal)

    assert list(ProposalDraft.objects.all()) == [other]


def test_a_draft_stays_where_sending_is_refused(here: Town, job: Job, ana: User) -> None:
    kept(job, here.freelancer, ana)
    with held_at(NOON):
        answer = submit(job, here.freelancer, ProposalForm(key="k", max_connects=0), ana)

    assert isinstance(answer, Refused)
    assert draft_for(job, here.freelancer, ana) is not None


def test_a_draft_can_be_let_go_of_twice(here: Town, job: Job, ana: User) -> None:
    kept(job, here.freelancer, ana)
    for _ in range(2):
        discard_draft(job, here.freelancer, ana)

    assert draft_for(job, here.freelancer, ana) is None


def test_a_draft_waits_until_its_job_closes(here: Town, job: Job, ana: User) -> None:
    draft = kept(job, here.freelancer, ana)
    assert waiting_draft(here.freelancer, ana) == draft

    close(job, here.client, CloseReason.NOT_HIRING)

    assert waiting_draft(here.freelancer, ana) is None
    assert draft_for(job, here.freelancer, ana) == draft


@pytest.mark.parametrize("letter", ["x" * 5_001, "nul \x00"])
def test_what_cannot_be_sent_cannot_be_kept(here: Town, job: Job, ana: User, letter: str) -> None:
    answer = save_draft(job, here.freelancer, ana, letter, NOTHING_ASKED)

    assert isinstance(answer, Refused)
    assert answer.parameters["field"] == "cover_letter"


def test_who_cannot_propose_keeps_no_drafts(here: Town, job: Job, ana: User) -> None:
    suspend(here.freelancer, None, "spam")
    here.freelancer.refresh_from_db()

    assert isinstance(save_draft(job, here.freelancer, ana, "", NOTHING_ASKED), Refused)
    client = here.user_of(here.client)
    assert isinstance(save_draft(job, here.client, client, "", NOTHING_ASKED), Refused)


def test_there_is_an_end_to_drafts(
    here: Town, job: Job, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "DRAFTS_MOST", 1)
    kept(job, here.freelancer, ana)
    kept(job, here.freelancer, ana, "the same one again")

    answer = save_draft(here.job, here.freelancer, ana, "another", NOTHING_ASKED)

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "too_many_drafts"


def test_drafts_are_exported_with_the_account_and_erased_with_it(
    here: Town, job: Job, ana: User
) -> None:
    kept(job, here.freelancer, ana)
    exported = {topic.name: list(topic.rows) for topic in topics(ana)}
    assert [row["cover_letter"] for row in exported["ana/drafts"]] == ["I would begin"]

    assert isinstance(erase_account(here.freelancer, here.operator, "asked for"), Account)

    assert not ProposalDraft.objects.exists()
