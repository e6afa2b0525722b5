"""Erase what is personal in a closed account, while the ledger stays whole.

What goes: names, addresses, profiles, cover letters, messages, texts of jobs, flags and appeals, payment
methods, notices, records of sign-ins. What stays: the journal, which holds numbers and references but
no names; prices, states and times of jobs and proposals, to which others' histories refer; receipts,
which the law requires us to keep; the audit.
"""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessLog
from django.db import transaction
from django.db.models import Q

from connects.acts.accounts.sessions import end_sessions
from connects.acts.events.publish import publish_events
from connects.acts.leaving.close_account import CLOSED, close_account
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.announcements.models import Reply
from connects.market.jobs.models import Cloud, Job, JobRevision, JobSkill, SavedSearch
from connects.market.moderation.models import Appeal, Flag
from connects.market.notices.models import (
    AccountEmail,
    AccountEmailState,
    Notice,
    NoticeEmail,
    OutboxEvent,
)
from connects.market.payments.models import BillingProfile
from connects.market.people.models import Account, Membership, User
from connects.market.people.permissions import Act, denied, is_staff
from connects.market.plans.models import PlanPayment
from connects.market.profiles.models import EmailInvitation, Profile
from connects.market.proposals.models import HeldProposal, Message, Proposal, ProposalDraft
from connects.market.purchases.models import Purchase
from connects.market.rollout.models import Cohort
from connects.market.trust.models import StaffAct
from connects.vocabulary.event_types import without_words
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

ERASED = "[erased]"
ERASED_NAME = "A former member"


def erase_account(account: Account, staff: User, reason: str) -> Account | Refused:
    """Close the account where it is open, and erase what is personal in it. It cannot be undone.

    Refused with `not_allowed` (by role, or what keeps an account from being closed) or `invalid`
    without a reason. One that is erased already stays so.
    """
    refused = denied(staff, Act.ERASE_PEOPLE)
    if refused is not None:
        return refused
    if not reason.strip():
        return invalid(Problem.REQUIRED, field="reason")
    now = clock_now()
    with transaction.atomic():
        if account.closed is None:
            closed = close_account(account, staff, reason)
            if isinstance(closed, Refused):
                return closed
        row = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if row.erased is None:
            note_act(staff, "erase", f"account:{row.pk}", reason, now)
            _erase_notices(row, now)
            _erase_texts(row)
            for person in _people_of(row):
                if not is_staff(person) and not Membership.objects.filter(user=person).exists():
                    _erase_person(person)
            _erase_handle_from_cohorts(row)
            _erase_row(row, now)
            put_in_outbox([Event(f"erased:{row.pk}", row.pk, "account.erased")], now)
            _erase_published(row)
    account.refresh_from_db()
    return account


def _people_of(account: Account) -> list[User]:
    """The people who acted for an account before it was closed."""
    lines = StaffAct.objects.filter(act=CLOSED, subject=f"account:{account.handle}")
    people = {number for line in lines for number in line.parameters.get("people", ())}
    return list(User.objects.filter(pk__in=people))


def _erase_published(account: Account) -> None:
    """Let programs hear of what happened to the account; then the outbox need not keep it."""
    while publish_events():
        pass
    OutboxEvent.objects.filter(account=account, unpublished=False).delete()


def _erase_texts(account: Account) -> None:
    own = Proposal.objects.filter(account=account)
    own.exclude(cover_letter="").update(cover_letter=ERASED)
    ProposalDraft.objects.filter(account=account).delete()
    HeldProposal.objects.filter(account=account).update(form={})
    written = Q(proposal__account=account, by_client=False) | Q(
        proposal__job__client=account, by_client=True
    )
    Message.objects.filter(written).update(text=ERASED)
    jobs = Job.objects.filter(client=account)
    JobRevision.objects.filter(job__in=jobs).update(fields={})
    jobs.update(title=ERASED, description="", skills=[])
    JobSkill.objects.filter(job__in=jobs).delete()
    Cloud.objects.filter(client=account).update(name=ERASED)
    Flag.objects.filter(by=account).exclude(text="").update(text=ERASED)
    Appeal.objects.filter(account=account).update(text=ERASED)
    Reply.objects.filter(account=account).update(text=ERASED)
    SavedSearch.objects.filter(account=account).delete()
    BillingProfile.objects.filter(account=account).delete()
    Profile.objects.filter(account=account).delete()
    EmailInvitation.objects.filter(Q(by=account) | Q(account=account)).delete()
    for payments in (
        Purchase.objects.filter(account=account),
        PlanPayment.objects.filter(account=account),
    ):
        payments.update(method_token="", method_customer="", method_label="")


def _erase_notices(account: Account, now: datetime) -> None:
    """The account's own notices go; in those of others its name and its jobs' titles are replaced."""
    titles = Job.objects.filter(client=account).values_list("title", flat=True)
    instead = {**dict.fromkeys(titles, ERASED), account.name: ERASED_NAME}
    own = OutboxEvent.objects.filter(account=account)
    own.filter(unpublished=False).delete()
    for event in own:
        # Programs have yet to hear of it; nobody else does.
        event.parameters = without_words(event.code, event.parameters)
        event.delivered = now
        event.save(update_fields=["parameters", "delivered"])
    Notice.objects.filter(account=account).delete()
    NoticeEmail.objects.filter(event__account=account).delete()
    partners = set(
        Proposal.objects.filter(account=account).values_list("job__client_id", flat=True)
    )
    partners |= set(
        Proposal.objects.filter(job__client=account).values_list("account_id", flat=True)
    )
    for rows in (
        OutboxEvent.objects.filter(account_id__in=partners),
        Notice.objects.filter(account_id__in=partners),
    ):
        for row in rows.iterator():
            cleaned = {
                key: instead.get(value, value) if isinstance(value, str) else value
                for key, value in row.parameters.items()
            }
            if cleaned != row.parameters:
                rows.filter(pk=row.pk).update(parameters=cleaned)


def _erase_person(person: User) -> None:
    AccessLog.objects.filter(username=person.email).delete()
    AccessAttempt.objects.filter(username=person.email).delete()
    addresses = AccountEmail.objects.filter(user=person).values("to")
    AccessLog.objects.filter(username__in=addresses).delete()
    # What tells them that their account is closed is still on its way; it goes with all old e-mails.
    waiting = AccountEmail.objects.filter(user=person, state=AccountEmailState.WAITING)
    waiting.update(user=None)
    AccountEmail.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    EmailInvitation.objects.filter(email=person.email).delete()
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    person.name, person.email = ERASED_NAME, f"erased-{person.pk}@erased.invalid"
    person.is_active = False
    person.last_login = None
    person.set_unusable_password()
    person.save()


def _erase_handle_from_cohorts(account: Account) -> None:
    """Handles are made from names, and a cohort may be a list of them."""
    for cohort in Cohort.objects.exclude(accounts=[]):
        if account.handle in cohort.accounts:
            cohort.accounts = [
                _erased_handle(account) if handle == account.handle else handle
                for handle in cohort.accounts
            ]
            cohort.save(update_fields=["accounts"])


def _erased_handle(account: Account) -> str:
    return f"erased-{account.pk}"


def _erase_row(account: Account, now: datetime) -> None:
    account.name, account.handle = ERASED_NAME, _erased_handle(account)
    account.country = ""
    account.erased = now
    account.save(update_fields=["name", "handle", "country", "erased"])
