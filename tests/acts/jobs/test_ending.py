"""However a post ends, every proposal gets back what its rules say, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.credits import return_paid
from connects.acts.jobs import end, reopen
from connects.acts.jobs import publish as jobs
from connects.acts.proposals import client_acts
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.submission import ProposalForm
from connects.acts.rules.move_accounts import enrol
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.jobs.facts import fields_of
from connects.market.jobs.models import SILENT, CloseReason, Job, JobStatus
from connects.market.members.selectors import rule_book_of
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import posted, proposed, registered

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
BOOK = "fair-2026"
pytestmark = pytest.mark.django_db


def crowd(number: int) -> tuple[Account, Job, list[Account]]:
    """A client with a post, and as many freelancers who have proposed to it."""
    acme = registered("acme", AccountKind.CLIENT, BOOK)
    job = posted(acme, "A shop", 1_000_00)
    people = [registered(f"f{n}", AccountKind.FREELANCER, BOOK) for n in range(number)]
    for account in people:
        proposed(job, account)
    job.refresh_from_db()
    return acme, job, people


def returned(account: Account) -> int:
    totals = journal().totals(account.pk)
    return totals[EntryKind.RETURN].entries if EntryKind.RETURN in totals else 0


def whole() -> bool:
    return not [proof for proof in verify(journal()) if proof.breaches]


def test_a_post_with_many_proposals_is_closed_at_once_and_pays_back_in_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(return_paid, "AT_ONCE_MOST", 3)
    monkeypatch.setattr(return_paid, "BATCH", 2)
    with held_at(START):
        acme, job, people = crowd(5)
        end.close(job, acme, CloseReason.NOT_HIRING)
        job.refresh_from_db()
        assert job.status == JobStatus.CLOSED
        assert [returned(account) for account in people] == [0] * 5

    return_paid.do_due(START, START)  # one batch, and the worker stops
    assert sum(map(returned, people)) == 2
    run(START)
    run(START)

    assert [returned(account) for account in people] == [1] * 5
    job.refresh_from_db()
    assert (job.owes, job.owes_since) == ("", None)
    assert whole()


def test_who_was_hired_or_has_withdrawn_gets_nothing_of_a_large_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(return_paid, "AT_ONCE_MOST", 0)
    with held_at(START):
        acme, job, people = crowd(3)
        client_acts.hire(Proposal.objects.get(account=people[0]), acme)
        end.close(job, acme, CloseReason.FILLED)
        run(START)

    assert [returned(account) for account in people] == [0, 1, 1]


def test_a_silent_post_can_be_opened_again_for_some_days_and_nobody_is_charged_twice() -> None:
    with held_at(START):
        acme, job, (ana, ben) = crowd(2)
    closed = START + timedelta(days=21)
    run(closed)
    job.refresh_from_db()
    assert (job.status, job.close_reason) == (JobStatus.CLOSED, SILENT)
    held = journal().wallet(ana.pk).balance

    with held_at(closed + timedelta(days=3)):
        assert isinstance(reopen.reopen(job, ben), Refused)
        assert isinstance(reopen.reopen(job, acme), Job)
        run(closed + timedelta(days=3))
    job.refresh_from_db()
    assert job.status == JobStatus.OPEN
    assert job.proposal_count == 2
    assert journal().wallet(ana.pk).balance == held

    again = closed + timedelta(days=3 + 21)
    run(again)
    job.refresh_from_db()
    assert job.status == JobStatus.CLOSED
    assert journal().wallet(ana.pk).balance == held
    assert reopen.reopens_until(job, rule_book_of(acme, again)) == again + timedelta(days=7)
    with held_at(again + timedelta(days=7, seconds=1)):
        answer = reopen.reopen(job, acme)
    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.JOB_CLOSED
    assert whole()


def test_an_edit_of_substance_is_activity_and_one_of_nothing_is_not() -> None:
    with held_at(START):
        acme, job, _ = crowd(1)
    later = START + timedelta(days=6)
    with held_at(later):
        jobs.edit(job, fields_of(job), acme)
        job.refresh_from_db()
        assert job.client_active == START
        jobs.edit(job, replace(fields_of(job), title="A larger shop"), acme)
    job.refresh_from_db()
    assert job.client_active == later


def test_posts_of_rules_without_silence_wait_for_ever() -> None:
    with held_at(START):
        acme = registered("acme", AccountKind.CLIENT, "upwork-2019-05")
        job = posted(acme)
    run(START + timedelta(days=400))

    job.refresh_from_db()
    assert job.status == JobStatus.OPEN


def test_who_moves_to_rules_that_close_quiet_posts_is_reminded_under_them_first() -> None:
    with held_at(START):
        acme = registered("acme", AccountKind.CLIENT, "upwork-2019-05")
        job = posted(acme)
    moved = START + timedelta(days=20)  # after the first reminder, of those that never close
    run(moved)
    with held_at(moved):
        enrol(acme, BOOK, notice=False)
    run(moved + timedelta(days=20))

    job.refresh_from_db()
    told = OutboxEvent.objects.filter(code="post-waiting").order_by("id")
    assert job.status == JobStatus.OPEN
    assert [event.parameters["closing"] for event in told] == [
        None,
        *[(moved + timedelta(days=21)).isoformat()] * 2,
    ]

    run(moved + timedelta(days=21))

    job.refresh_from_db()
    assert job.ended == moved + timedelta(days=21)


def test_a_proposal_in_the_same_second_as_the_close_is_refused_or_paid_back() -> None:
    with held_at(START):
        acme, job, _ = crowd(1)
        cem = registered("cem", AccountKind.FREELANCER, BOOK)
        end.close(job, acme, CloseReason.NOT_HIRING)
        answer = proposals.submit(job, cem, ProposalForm(key="late"))

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.JOB_CLOSED
