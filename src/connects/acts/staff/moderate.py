"""Flagging posts, deciding on flags, suspending accounts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.credits.release_held import release_of_account
from connects.acts.jobs.take_down import make_void, remove_job
from connects.acts.notices.tell_account import tell_account
from connects.acts.oversight.audit import note_act, reason_refused
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.jobs.models import Job
from connects.market.moderation.models import Flag, FlagState
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


def dismiss_flags(job: Job, staff: User | None, reason: str) -> Job | Refused:
    """The flags are not justified; the post stays. Refused with `not_allowed`."""
    refused = denied(staff, Act.DECIDE_FLAGS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        _decide(job, FlagState.DISMISSED, now)
        note_act(staff, "dismiss-flags", f"job:{job.public_id}", reason, now)
    return job


def reopen_flags(job: Job, staff: User | None) -> Job | Refused:
    """Take the last dismissal of a post's flags back: they wait for a decision again.

    Refused with `not_allowed`.
    """
    refused = denied(staff, Act.DECIDE_FLAGS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        dismissed = Flag.objects.filter(job=job, state=FlagState.DISMISSED)
        last = dismissed.order_by("-decided").values_list("decided", flat=True).first()
        if last is not None:
            dismissed.filter(decided=last).update(state=FlagState.OPEN, decided=None)
            note_act(staff, "reopen-flags", f"job:{job.public_id}", "", now)
    return job


def uphold_flags(job: Job, staff: User | None, reason: str) -> Job | Refused:
    """The post breaks the terms: it is removed, and everyone's Connects come back.

    Refused with `not_allowed` or `job_closed`.
    """
    with transaction.atomic():
        answer = remove_job(job, staff, reason)
        if not isinstance(answer, Refused):
            _decide(job, FlagState.UPHELD, clock_now())
        return answer


def _decide(job: Job, state: FlagState, now: datetime) -> None:
    """Decide on a post's open flags, and tell the members who raised them."""
    flags = Flag.objects.filter(job=job, state=FlagState.OPEN)
    by = list(flags.filter(by__isnull=False).values_list("by_id", flat=True).distinct())
    flags.update(state=state, decided=now)
    for account in by:
        tell_account(
            account,
            "flag-decided",
            job.public_id,
            now,
            title=job.title,
            job=job.public_id,
            upheld=state is FlagState.UPHELD,
        )


def suspend(account: Account, staff: User | None, reason: str) -> Account | Refused:
    """Suspend an account: it neither posts nor proposes, and a client's open posts are void.

    Refused with `not_allowed`, or `invalid` without a reason. One that is suspended already stays so.
    """
    refused = denied(staff, Act.SUSPEND_ACCOUNTS) or reason_refused(staff, reason)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if row.suspended is None:
            row.suspended = now
            row.save(update_fields=["suspended"])
            if row.kind == AccountKind.CLIENT:
                make_void(row, now)
            else:
                release_of_account(row, now)
            note_act(staff, "suspend", f"account:{row.handle}", reason, now)
            is_client = row.kind == AccountKind.CLIENT
            tell_account(
                row.pk,
                "suspended",
                row.handle,
                now,
                reason=reason,
                client=is_client,
                # What was held for proposals is free again by now.
                balance=None if is_client else journal().wallet(row.pk).balance,
            )
    account.refresh_from_db()
    return account


def reinstate(account: Account, staff: User | None, reason: str) -> Account | Refused:
    """End a suspension; posts that it made void stay so.

    Refused with `not_allowed`, also where the account was closed: that is for good.
    """
    refused = denied(staff, Act.SUSPEND_ACCOUNTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if row.closed is not None:
            return not_allowed(Problem.CLOSED)
        if row.suspended is not None:
            row.suspended = None
            row.save(update_fields=["suspended"])
            tell_account(row.pk, "reinstated", row.handle, now)
        note_act(staff, "reinstate", f"account:{account.handle}", reason, now)
    account.refresh_from_db()
    return account
