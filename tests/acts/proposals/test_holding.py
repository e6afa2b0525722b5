"""Reserved proposals: seen by nobody, counted nowhere, and never left held for longer than was said."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from connects.acts.accounts.team import join_team
from connects.acts.credits.release_held import withdraw_held
from connects.acts.jobs.end import close
from connects.acts.leaving.close_account import close_account
from connects.acts.leaving.erase_account import erase_account
from connects.acts.leaving.export_data import topics
from connects.acts.memberships.freeze import freeze
from connects.acts.notices.outbox import deliver_outbox
from connects.acts.proposals.hold import hold_proposal, submit_held
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.market.jobs.models import CloseReason, Job
from connects.market.notices.models import Notice
from connects.market.people.models import Account
from connects.market.proposals.asking import Asking
from connects.market.proposals.models import HeldProposal, HoldEnd, Proposal
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.api.calling import signed_in
from tests.market.people import NOON, Town, posted, registered, town

pytestmark = pytest.mark.django_db
MINUTES = 900


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.fixture
def job(here: Town) -> Job:
    return posted(here.client, "Write a handbook")


def held(job: Job, account: Account, key: str = "k", seconds: int = MINUTES) -> HeldProposal:
    form = ProposalForm(key=key, cover_letter="Hello", asking=Asking(price_cents=250_00, days=14))
    answer = hold_proposal(job, account, form, seconds)
    assert isinstance(answer, HeldProposal), answer
    return answer


def sent(row: HeldProposal) -> Proposal:
    answer = submit_held(row)
    assert isinstance(answer, Proposal), answer
    return answer


def why_not(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return str(answer.parameters.get("problem") or answer.code.value)


def wallet(account: Account) -> tuple[int, int]:
    found = journal().wallet(account.pk)
    return found.balance, found.held


def later(**span: float) -> Any:
    return held_at(NOON + timedelta(**span))


def pass_time(**span: float) -> datetime:
    now = NOON + timedelta(**span)
    with held_at(now):
        run(now)
    return now


def whole() -> bool:
    return not any(proof.breaches for proof in verify(journal()))


def test_what_is_held_is_charged_when_it_is_submitted(here: Town, job: Job) -> None:
    before = wallet(here.freelancer)[0]
    row = held(job, here.freelancer)
    assert row.connects > 0
    assert wallet(here.freelancer) == (before - row.connects, row.connects)

    proposal = sent(row)

    assert wallet(here.freelancer) == (before - row.connects, 0)
    assert (proposal.public_id, proposal.paid) == (row.public_id, row.connects)
    assert proposal.cover_letter == "Hello"
    assert (proposal.price_cents, proposal.days) == (250_00, 14)
    assert proposal.spend_entry == journal().wallet(here.freelancer.pk).last_entry
    assert whole()


def test_nobody_is_told_and_nothing_counts_until_it_is_submitted(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)
    client = signed_in(here.user_of(here.client))
    deliver_outbox(NOON)
    assert not Notice.objects.filter(account=here.client, parameters__job=job.public_id).exists()
    assert "Ana" not in client.get(f"/posts/{job.public_id}/").content.decode()
    assert client.get(f"/proposals/{row.public_id}/").status_code == 404
    job.refresh_from_db()
    assert job.proposal_count == 0

    sent(row)

    deliver_outbox(NOON)
    assert Notice.objects.filter(account=here.client, parameters__job=job.public_id).exists()
    job.refresh_from_db()
    assert job.proposal_count == 1


def test_submitting_twice_is_submitting_once(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)

    assert sent(row) == sent(row)
    assert Proposal.objects.filter(job=job).count() == 1


def test_the_same_key_holds_once_and_another_job_under_it_is_refused(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)

    assert held(job, here.freelancer) == row
    other = hold_proposal(posted(here.client), here.freelancer, ProposalForm(key="k"), MINUTES)
    assert isinstance(other, Refused)
    assert wallet(here.freelancer)[1] == row.connects


def test_who_has_reserved_a_job_neither_reserves_nor_proposes_again(here: Town, job: Job) -> None:
    held(job, here.freelancer)

    again = hold_proposal(job, here.freelancer, ProposalForm(key="other"), MINUTES)
    direct = submit(job, here.freelancer, ProposalForm(key="third"))

    assert why_not(again) == why_not(direct) == "already_proposed"


def test_nothing_is_held_for_more_than_seven_days_or_for_no_time(here: Town, job: Job) -> None:
    for seconds in (0, -1, 7 * 86_400 + 1):
        answer = hold_proposal(job, here.freelancer, ProposalForm(key="k"), seconds)
        assert why_not(answer) == "not_a_number"
    assert held(job, here.freelancer, seconds=7 * 86_400).confirm_by == NOON + timedelta(days=7)


def test_what_nobody_submits_comes_back_at_its_instant_and_its_member_is_told(
    here: Town, job: Job
) -> None:
    before = wallet(here.freelancer)[0]
    row = held(job, here.freelancer)

    now = pass_time(hours=3)

    assert wallet(here.freelancer) == (before, 0)
    row.refresh_from_db()
    assert (row.end, row.ended) == (HoldEnd.RAN_OUT, NOON + timedelta(minutes=15))
    last = journal().entry(here.freelancer.pk, journal().wallet(here.freelancer.pk).last_entry)
    assert last.entry.effective == row.confirm_by
    deliver_outbox(now)
    (notice,) = Notice.objects.filter(account=here.freelancer, code="connects-released")
    assert notice.parameters["connects"] == row.connects


def test_a_microsecond_before_its_end_it_can_be_submitted_and_at_its_end_no_more(
    here: Town, job: Job
) -> None:
    row, other = held(job, here.freelancer), held(posted(here.client), here.freelancer, "other")

    with later(minutes=15, microseconds=-1):
        sent(row)
    with later(minutes=15):
        # Whether or not the worker has got that far.
        assert why_not(submit_held(other)) == "hold_expired"


def test_what_ran_out_may_be_reserved_anew_under_another_key(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)
    pass_time(minutes=15)

    with later(minutes=20):
        again = held(job, here.freelancer, "second")
        assert why_not(submit_held(row)) == "hold_expired"
        assert sent(again).paid == row.connects


def test_a_job_that_ends_releases_what_is_held_for_it(here: Town, job: Job) -> None:
    before = wallet(here.freelancer)[0]
    row = held(job, here.freelancer)

    close(job, here.client, CloseReason.NOT_HIRING)

    assert wallet(here.freelancer) == (before, 0)
    row.refresh_from_db()
    assert row.end == HoldEnd.JOB_ENDED
    assert why_not(submit_held(row)) == "job_closed"
    assert whole()


def test_a_suspended_account_holds_nothing_any_more(here: Town, job: Job) -> None:
    before = wallet(here.freelancer)[0]
    row = held(job, here.freelancer)

    suspend(here.freelancer, here.operator, "fraud")

    assert wallet(here.freelancer) == (before, 0)
    assert why_not(submit_held(row)) == "hold_expired"


def test_a_suspended_client_releases_what_is_held_for_their_jobs(here: Town, job: Job) -> None:
    before = wallet(here.freelancer)[0]
    held(job, here.freelancer)

    suspend(here.client, here.operator, "fraud")

    assert wallet(here.freelancer)[1] == 0
    assert wallet(here.freelancer)[0] >= before


def test_what_is_withdrawn_is_free_again_and_cannot_be_submitted(here: Town, job: Job) -> None:
    before = wallet(here.freelancer)[0]
    row = held(job, here.freelancer)

    for _ in range(2):
        assert isinstance(withdraw_held(row, here.freelancer), HeldProposal)

    assert wallet(here.freelancer) == (before, 0)
    assert why_not(submit_held(row)) == "withdrawn"
    assert why_not(withdraw_held(held(job, here.freelancer, "new"), here.client)) == "not_yours"


def test_what_was_sent_is_not_let_go(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)
    proposal = sent(row)

    assert why_not(withdraw_held(row, here.freelancer)) == "sent_already"
    assert isinstance(withdraw_proposal(proposal, here.freelancer), Proposal)


def test_what_is_held_counts_towards_the_spending_limit(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)
    first = here.proposal.paid
    set_spending_limit(here.freelancer, row.connects + first)
    here.freelancer.refresh_from_db()

    refused = submit(posted(here.client), here.freelancer, ProposalForm(key="over"))
    assert why_not(refused) == "spending_limit"

    withdraw_held(row, here.freelancer)
    assert isinstance(
        submit(posted(here.client), here.freelancer, ProposalForm(key="under")), Proposal
    )


def test_an_edit_between_hold_and_submit_does_not_change_what_is_paid(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)
    Job.objects.filter(pk=job.pk).update(budget_cents=100_000_00, revision=2)

    assert sent(row).paid == row.connects


def test_who_is_invited_between_hold_and_submit_does_not_pay(here: Town, job: Job) -> None:
    before = wallet(here.freelancer)[0]
    row = held(job, here.freelancer)
    invite_to_job(job, here.freelancer, here.client)

    proposal = sent(row)

    assert (proposal.paid, proposal.spend_entry) == (0, None)
    assert wallet(here.freelancer) == (before, 0)


def test_what_is_free_is_reserved_without_a_line(here: Town, job: Job) -> None:
    invite_to_job(job, here.freelancer, here.client)
    before = journal().wallet(here.freelancer.pk)

    row = held(job, here.freelancer)

    assert (row.connects, row.hold_entry) == (0, None)
    assert sent(row).paid == 0
    assert journal().wallet(here.freelancer.pk) == before


def test_a_newcomers_reservations_count_among_their_first_proposals(here: Town) -> None:
    fresh = registered("fresh", AccountKind.FREELANCER, "fair-2026")
    jobs = [posted(here.client, f"Job {number}", 3_000_00) for number in range(6)]

    prices = [held(job, fresh, f"k{n}").connects for n, job in enumerate(jobs)]

    assert len(set(prices[:5])) == 1
    assert prices[5] > prices[4]


def test_an_agencys_member_holds_the_agencys_connects_and_a_freeze_releases_them(
    here: Town, job: Job
) -> None:
    agency = registered("guild", AccountKind.AGENCY, "upwork-2018")
    join_team(here.freelancer, agency)
    before = wallet(agency)[0]
    form = ProposalForm(key="team", agency=agency)
    row = hold_proposal(job, here.freelancer, form, MINUTES)
    assert isinstance(row, HeldProposal), row
    assert wallet(agency) == (before - row.connects, row.connects)

    freeze(agency)

    assert wallet(agency) == (before, 0)


def test_a_closed_account_holds_nothing_and_an_erased_one_has_no_text(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)
    tables = {topic.name: list(topic.rows) for topic in topics(here.user_of(here.freelancer))}
    (exported,) = tables["ana/reserved-proposals"]
    assert exported["form"]["cover_letter"] == "Hello"  # type: ignore[index]

    closed = close_account(here.freelancer, None, "asked")
    assert isinstance(closed, Account), closed
    assert wallet(here.freelancer)[1] == 0
    erase_account(closed, here.operator, "asked")
    row.refresh_from_db()
    assert row.form == {}


def test_reservations_are_shown_to_their_member_who_can_let_them_go(here: Town, job: Job) -> None:
    before = wallet(here.freelancer)[0]
    row = held(job, here.freelancer)
    page = signed_in(here.user_of(here.freelancer))

    shown = page.get("/proposals/").content.decode()
    assert "Reserved" in shown
    assert "Write a handbook" in shown
    assert f"{row.connects} more held" in page.get("/membership/").content.decode()

    answer = page.post(f"/proposals/{row.public_id}/let-go/", follow=True)

    assert f"{row.connects} Connect" in answer.content.decode()
    assert wallet(here.freelancer) == (before, 0)


def test_nobody_lets_go_what_is_not_theirs(here: Town, job: Job) -> None:
    row = held(job, here.freelancer)

    answer = signed_in(here.user_of(here.client)).post(f"/proposals/{row.public_id}/let-go/")

    assert answer.status_code in (302, 403, 404)
    assert Client().post(f"/proposals/{row.public_id}/let-go/").status_code in (302, 403)
    assert wallet(here.freelancer)[1] == row.connects
