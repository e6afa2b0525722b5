"""Export everything that is stored about a person: plain values, one file for each topic.

A person gets what is theirs: their access, and the accounts that they own. Of an agency in which they
are a member, only that they are. Nothing of it opens anything: no hashes, tokens or secret links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from axes.models import AccessLog
from django.db.models import QuerySet

from connects.acts.accounts.register import OWNER_ROLES
from connects.bootstrap.journals import journal
from connects.journal.port import Record
from connects.market.announcements.models import Reply
from connects.market.earnings.models import EarningsMovement
from connects.market.grants.models import Badge
from connects.market.invoices.models import Document
from connects.market.jobs.models import Job, SavedSearch
from connects.market.keys.models import ApiKey
from connects.market.moderation.models import Appeal, Flag
from connects.market.notices.models import AccountEmail, Notice, NoticePreference
from connects.market.payments.models import BillingProfile, PaymentMethod
from connects.market.people.models import Account, Membership, TeamMembership, User
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.profiles.models import EmailInvitation, Profile
from connects.market.proposals.models import (
    HeldProposal,
    Invitation,
    Message,
    Proposal,
    ProposalDraft,
)
from connects.market.purchases.models import Purchase
from connects.statements.account_emails import account_email_text
from connects.statements.notices.table import notice_text
from connects.vocabulary.parties import AccountKind

Values = Mapping[str, object]
_PAYMENT = (
    "public_id price_cents tax_cents tax_name currency method method_label status ordered paid"
    " went_back"
)
_PROPOSAL = (
    "public_id job__public_id job__title cover_letter price_cents hourly_cents days status paid returned"
    " return_reason last_return rule_book submitted opened shortlisted messaged offered"
)
_PROFILE = "title about skills hourly_cents currency country shown_to changed"
_DRAFT = "job__public_id job__title cover_letter price_cents hourly_cents days saved"
_HELD = "public_id job__public_id job__title form connects held confirm_by ended end"
_MESSAGE = "proposal__public_id by_client text sent"
_JOB = (
    "public_id title description kind budget_cents hourly_min_cents hourly_max_cents category skills"
    " level status close_reason posted ended proposal_count"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of an export: its name without ending, and its rows."""

    name: str
    rows: Iterable[Values]


def own_accounts(user: User) -> list[Account]:
    """The accounts whose data are the person's own."""
    roles = [role.value for role in OWNER_ROLES.values()]
    rows = Membership.objects.filter(user=user, role__in=roles).select_related("account")
    return [row.account for row in rows.order_by("id")]


def topics(user: User) -> Iterator[Topic]:
    """Everything about a person, topic by topic; rows are read as they are written out."""
    person = {"name": user.name, "email": user.email, "last_sign_in": user.last_login}
    yield Topic("person", [person])
    mine = {"user": user}
    yield _table("addresses", EmailAddress.objects.filter(**mine), "email verified primary")
    sessions = UserSession.objects.filter(**mine)
    yield _table("sessions", sessions, "ip user_agent created_at last_seen_at")
    sign_ins = AccessLog.objects.filter(username=user.email)
    yield _table("sign-ins", sign_ins, "ip_address user_agent attempt_time")
    yield Topic("e-mails-about-access", _account_emails(user))
    yield _table("notice-preferences", NoticePreference.objects.filter(**mine), "group how")
    keys = ApiKey.objects.filter(**mine)
    yield _table("api-keys", keys, "name prefix scopes made expires last_used revoked")
    memberships = Membership.objects.filter(**mine)
    yield _table("accounts", memberships, "account__handle account__name role")
    for account in own_accounts(user):
        for topic in (*_of_work(account), *_of_money(account)):
            yield Topic(f"{account.handle}/{topic.name}", topic.rows)


def documents(user: User) -> Iterator[Document]:
    """The person's receipts and credit notes."""
    yield from Document.objects.filter(account__in=own_accounts(user)).order_by("id")


def _of_work(account: Account) -> Iterator[Topic]:
    mine = {"account": account}
    yield Topic("profile", [_profile(account)])
    shown = Profile.objects.filter(**mine)
    yield _table("shown-profile", shown, _PROFILE)
    yield _table("proposals", Proposal.objects.filter(**mine), _PROPOSAL)
    yield _table("drafts", ProposalDraft.objects.filter(**mine), _DRAFT)
    yield _table("reserved-proposals", HeldProposal.objects.filter(**mine), _HELD)
    on_proposals = Message.objects.filter(proposal__account=account)
    yield _table("messages-on-proposals", on_proposals, _MESSAGE)
    on_jobs = Message.objects.filter(proposal__job__client=account)
    yield _table("messages-on-jobs", on_jobs, _MESSAGE)
    invitations = Invitation.objects.filter(**mine)
    yield _table("invitations", invitations, "job__public_id invited declined")
    addresses = EmailInvitation.objects.filter(by=account)
    yield _table("invited-addresses", addresses, "email job__public_id role invited withdrawn")
    yield _table("jobs", Job.objects.filter(client=account), _JOB)
    yield Topic("notices", _notices(account))
    flags = Flag.objects.filter(by=account)
    yield _table("flags", flags, "job__public_id reason text state raised")
    yield _table("appeals", Appeal.objects.filter(**mine), "text state reason made decided")
    yield _table("replies", Reply.objects.filter(**mine), "announcement__slug text posted")
    yield _table("saved-searches", SavedSearch.objects.filter(**mine), "name query saved")


def _of_money(account: Account) -> Iterator[Topic]:
    mine = {"account": account}
    if AccountKind(account.kind).holds_wallet:
        yield Topic("wallet", map(_line, journal().records(account.pk)))
    yield _table("purchases", Purchase.objects.filter(**mine), f"credits {_PAYMENT}")
    yield _table("memberships", PlanPayment.objects.filter(**mine), f"plan title {_PAYMENT}")
    earnings = EarningsMovement.objects.filter(**mine)
    yield _table("earnings", earnings, "cents balance_cents what happened")


def _table(name: str, rows: QuerySet[Any], columns: str) -> Topic:
    return Topic(name, rows.order_by("pk").values(*columns.split()).iterator())


def _profile(account: Account) -> Values:
    subscription = Subscription.objects.filter(account=account).values("plan", "renews").first()
    billing = BillingProfile.objects.filter(account=account)
    methods = PaymentMethod.objects.filter(account=account)
    return {
        "handle": account.handle,
        "name": account.name,
        "kind": account.kind,
        "country": account.country,
        "registered": account.registered,
        "suspended": account.suspended,
        "spends_most": account.spends_most,
        "plan": subscription,
        "billing": billing.values("name", "address", "country", "tax_number").first(),
        "ways_to_pay": list(methods.values("kind", "label", "expires", "added")),
        "badges": list(Badge.objects.filter(account=account).values("name", "earned", "lost")),
        "teams": list(
            TeamMembership.objects.filter(account=account).values(
                "agency__name", "role", "joined", "left"
            )
        ),
    }


def _line(record: Record) -> Values:
    entry = record.entry
    return {
        "number": entry.number,
        "effective": entry.effective,
        "kind": entry.kind.value,
        "credits": entry.credits,
        "balance": entry.balance,
        "reference": entry.reference,
        "rule_book": entry.rule_book,
        "hash": record.hash.hex(),
    }


def _notices(account: Account) -> Iterator[Values]:
    for notice in Notice.objects.filter(account=account).order_by("id").iterator():
        text = notice_text(notice.code, notice.parameters)
        yield {"received": notice.received, "text": text, "read": notice.read}


def _account_emails(user: User) -> Iterator[Values]:
    for email in AccountEmail.objects.filter(user=user).order_by("id").iterator():
        text = account_email_text(email.kind, email.parameters)
        yield {
            "to": email.to,
            "written": email.written,
            "subject": text.subject,
            "text": " ".join(text.lines),
        }
