"""Proposing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from connects.acts.jobs.end import open_job
from connects.acts.jobs.note_activity import note_activity
from connects.acts.proposals.by_name import NamedSubmission, NotFound, submit_found
from connects.acts.proposals.gather import gathered
from connects.acts.proposals.submission import ProposalForm, Submission
from connects.acts.proposals.submit_many import Sent, submit_many
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import key_reused


def submit(
    job: Job, account: Account, form: ProposalForm, member: User | None = None
) -> Proposal | Refused:
    """Send a proposal and pay for it, or change nothing.

    The same key again gives the first proposal again. Refused with `not_allowed` (a post of an account
    that the person acts for among it, `own_account`), `not_member` (of the
    agency that it is sent for, or of the job's cloud), `job_closed`, `already_proposed`,
    `price_changed`, `insufficient_connects` or `invalid`; and with `busy` where too many wait.
    """
    answer = send(Submission(job.pk, account, form, member))
    return answer.proposal if isinstance(answer, Sent) else answer


def send(submission: Submission) -> Sent | Refused:
    """The same, with what the wallet holds after it.

    Where the site is served, those who send at the same time share a transaction (`gather`).
    """
    try:
        if not connection.in_atomic_block and (group := gathered(submission.job)) is not None:
            answer = group.post(submission)
            assert not isinstance(answer, NotFound), "its job and account were found before"
            return answer
        with transaction.atomic():
            (alone,) = submit_many([submission], clock_now())
            if isinstance(alone, Refused):
                transaction.set_rollback(True)
            return alone
    except IntegrityError:
        # Two requests with one key for two jobs: each locks its own job, the second one lands here.
        return key_reused(submission.form.key)


def send_named(submission: NamedSubmission) -> Sent | Refused | NotFound:
    """The same for what a host sends by its own ids."""
    if not connection.in_atomic_block and (group := gathered(submission.job)) is not None:
        try:
            return group.post(submission)
        except IntegrityError:
            return key_reused(submission.form.key)
    answers = send_many([submission])
    return key_reused(submission.form.key) if answers is None else answers[0]


def send_many(submissions: Sequence[NamedSubmission]) -> list[Sent | Refused | NotFound] | None:
    """Send many in one transaction, each charged or refused by itself.

    None, and nothing sent, where another transaction used one of their keys or ids at the same time:
    then each is to be sent by itself.
    """
    try:
        with transaction.atomic():
            return submit_found(submissions, clock_now())
    except IntegrityError:
        return None


def take_more(job: Job, client: Account) -> Job | Refused:
    """The client wants more proposals than the soft cap. Refused with `not_allowed` or `job_closed`."""
    with transaction.atomic():
        locked = open_job(job, client)
        if not isinstance(locked, Refused):
            locked.takes_more = True
            locked.save(update_fields=["takes_more"])
            now = clock_now()
            note_activity(locked, rule_book_of(client, now), now)
        return locked
