"""Keep a letter that is being written, and let go of it."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from connects.acts.proposals.quote import problem_of_proposer
from connects.acts.proposals.submission import COVER_LETTER_CHARACTERS
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job
from connects.market.people.models import Account, User
from connects.market.proposals.asking import Asking, asking_problem
from connects.market.proposals.models import ProposalDraft
from connects.vocabulary.facts import JobKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed
from connects.vocabulary.typed_input import text_refused

DRAFTS_MOST = 200
"""So many letters a person may have begun for one account."""


def save_draft(
    job: Job, account: Account, member: User, letter: str, asking: Asking
) -> ProposalDraft | Refused:
    """Keep what a person has written so far, in place of what they kept for this job before.

    Refused with `not_allowed` (no proposer, or too many drafts) or `invalid`.
    """
    refused = (
        problem_of_proposer(account)
        or text_refused("cover_letter", letter, COVER_LETTER_CHARACTERS)
        or asking_problem(asking, JobKind(job.kind))
    )
    if refused is not None:
        return refused
    own = ProposalDraft.objects.filter(account=account, member=member)
    with transaction.atomic():
        if own.exclude(job=job).count() >= DRAFTS_MOST:
            return not_allowed(Problem.TOO_MANY_DRAFTS, most=DRAFTS_MOST)
        written = {"cover_letter": letter, "saved": clock_now(), **asdict(asking)}
        draft, _ = own.update_or_create(job=job, account=account, member=member, defaults=written)
        return draft


def discard_draft(job: Job, account: Account, member: User) -> None:
    """Let go of a letter that was begun; of one that is not there, nothing."""
    ProposalDraft.objects.filter(job=job, account=account, member=member).delete()
