"""Invitations: a client asks an account to propose, and the answer is free where the rules say so."""

from __future__ import annotations

from django.db import transaction

from connects.acts.credits.return_paid import give_back
from connects.acts.jobs.end import open_job
from connects.acts.jobs.note_activity import note_activity
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.notices.tell_account import tell_account
from connects.acts.oversight.count_acts import count_act
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job
from connects.market.limits.table import INVITATIONS
from connects.market.members.selectors import rule_book_of
from connects.market.pages import Page, page_of
from connects.market.people.models import Account, Membership
from connects.market.proposals.models import Invitation, Proposal
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.returns import ReturnCause

INVITATIONS_MOST = 100
"""The most invitations that one post may send."""


def invite_to_job(job: Job, account: Account, client: Account) -> Invitation | Refused:
    """Invite an account; if it has already paid for a proposal, it gets back what the rule book says.

    An account that was invited before stays invited. Refused with `not_allowed` (not the client's job,
    the client's own account, too many), `job_closed` or `invalid`.
    """
    if not AccountKind(account.kind).holds_wallet:
        return invalid(Problem.NO_WALLET, field="account")
    now = clock_now()
    with transaction.atomic():
        locked = open_job(job, client)
        if isinstance(locked, Refused):
            return locked
        if _same_people(account, client):
            return not_allowed(Problem.SELF_INVITATION)
        earlier = Invitation.objects.filter(job=locked, account=account).first()
        if earlier is not None:
            return earlier
        if Invitation.objects.filter(job=locked).count() >= INVITATIONS_MOST:
            return not_allowed(Problem.TOO_MANY_INVITATIONS)
        refused = count_act(INVITATIONS, f"account:{client.pk}", now)
        if refused is not None:
            return refused
        invitation = Invitation.objects.create(job=locked, account=account, invited=now)
        note_activity(locked, rule_book_of(client, now), now)
        put_in_outbox([_event(invitation, client)], now)
        paid = Proposal.objects.filter(job=locked, account=account, spend_entry__isnull=False)
        give_back(list(paid.exclude(status="withdrawn")), ReturnCause.INVITED_LATER, now)
        return invitation


def _same_people(account: Account, client: Account) -> bool:
    people = Membership.objects.filter(account=account).values("user")
    return Membership.objects.filter(account=client, user__in=people).exists()


def _event(invitation: Invitation, client: Account) -> Event:
    return Event(
        key=f"invited:{invitation.pk}",
        account=invitation.account_id,
        code="invited",
        parameters={
            "job": invitation.job.public_id,
            "title": invitation.job.title,
            "client": client.name,
        },
    )


def decline_invitation(job: Job, account: Account) -> Invitation | Refused:
    """The invited account says no. Refused with `not_allowed` where it was not invited."""
    with transaction.atomic():
        rows = Invitation.objects.select_for_update(of=("self",))
        invitation = rows.filter(job=job, account=account).first()
        if invitation is None:
            return not_allowed(Problem.NOT_INVITED)
        if invitation.declined is None:
            invitation.declined = now = clock_now()
            invitation.save(update_fields=["declined"])
            tell_account(
                job.client_id,
                "invitation-declined",
                f"{invitation.pk}",
                now,
                job=job.public_id,
                title=job.title,
                name=account.name,
            )
        return invitation


def is_invited(job: Job, account: Account) -> bool:
    """Whether the account was invited; one that declined may still change its mind."""
    return Invitation.objects.filter(job=job, account=account).exists()


def invitations_of(account: Account, number: int) -> Page[Invitation]:
    """An account's invitations, newest first."""
    rows = Invitation.objects.filter(account=account).select_related("job", "job__client")
    return page_of(rows.order_by("-invited", "-id"), number)
