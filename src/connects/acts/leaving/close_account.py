"""Close an account: what is open ends by its ordinary rules, and nobody acts for it any more.

The wallet is not touched. Nobody can spend what is in it, and it expires on its own dates; so the books
stay as they are, and nothing has to be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.sessions import end_sessions
from connects.acts.credits.release_held import release_of_account
from connects.acts.jobs import end
from connects.acts.memberships.leave import want_no_longer
from connects.acts.notices.send_account_emails import write_account_email
from connects.acts.oversight.audit import note_act
from connects.acts.proposals.offer import answer_offer
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.speech import speaking
from connects.ledger.lots import LotKind
from connects.market.earnings.models import EarningsBalance
from connects.market.jobs.models import CloseReason, Job, JobStatus
from connects.market.keys.models import ApiKey
from connects.market.members.selectors import rule_book_of, wallet_of
from connects.market.payments.models import PaymentMethod, PaymentStatus
from connects.market.people.models import (
    Account,
    InvitationState,
    Membership,
    TeamInvitation,
    TeamMembership,
    User,
)
from connects.market.people.permissions import is_staff
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.purchases.models import Purchase, TopUp
from connects.statements.account_emails import AccountEmailKind
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext

_WAITING = (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)
CLOSED = "close-account"


@dataclass(frozen=True, slots=True)
class Closing:
    """The consequences of closing an account, in numbers.

    `bought` of the `connects` were paid for, with `cost_cents`; `letters` are the proposals to its open
    jobs, whose Connects go back by the rules. `plan` is "" on a free one.
    """

    connects: Connects
    bought: Connects
    cost_cents: Cents
    proposals: int
    jobs: int
    letters: int
    plan: str
    plan_until: datetime | None
    keys: int
    currency: str

    def lines(self) -> tuple[str, ...]:
        """The same in words."""
        told = []
        if self.connects:
            told.append(self._of_connects())
        if self.proposals:
            told.append(
                ngettext(
                    "{n} open proposal: withdrawn. What comes back goes into the wallet, where nobody"
                    " can spend it.",
                    "{n} open proposals: withdrawn. What comes back goes into the wallet, where nobody"
                    " can spend it.",
                    self.proposals,
                )
            )
        if self.jobs:
            closed = ngettext(
                "{n} open job: closed without hiring.",
                "{n} open jobs: closed without hiring.",
                self.jobs,
            )
            back = ngettext(
                "{n} proposal to them: Connects go back by the rules.",
                "{n} proposals to them: Connects go back by the rules.",
                self.letters,
            )
            told.append(f"{closed} {back}")
        if self.plan:
            told.append(
                _("{plan}: ends, and is not charged again. Nothing is refunded.", plan=self.plan)
            )
        if self.keys:
            told.append(
                ngettext("{n} API key: stops working.", "{n} API keys: stop working.", self.keys)
            )
        told.append(_("Receipts and the history of Connects are kept as long as the law asks."))
        return tuple(told)

    def _of_connects(self) -> str:
        stay = _(
            "Nobody can spend them any more. They are not paid out, and expire on their own dates."
        )
        held = ngettext("{n} Connect.", "{n} Connects.", self.connects)
        if self.bought:
            held = ngettext(
                "{n} Connect, {bought} of them bought for {cost}.",
                "{n} Connects, {bought} of them bought for {cost}.",
                self.connects,
                bought=self.bought,
                cost=Money(self.cost_cents, self.currency),
            )
        return f"{held} {stay}"


def what_closing_means(account: Account, now: datetime) -> Closing:
    """Preview what would end, be withdrawn or be lost if the account were closed now."""
    holds_wallet = AccountKind(account.kind).holds_wallet
    lots = [lot for lot in wallet_of(account.pk).lots if lot.live_at(now)] if holds_wallet else []
    bought = [lot for lot in lots if lot.kind is LotKind.PURCHASE]
    jobs = Job.objects.filter(client=account, status=JobStatus.OPEN)
    counted = jobs.aggregate(jobs=Count("id", distinct=True), letters=Count("proposals"))
    subscription = Subscription.objects.filter(account=account).first()
    has_plan = (
        subscription is not None
        and PlanPayment.objects.filter(
            account=account, plan=subscription.plan, status=PaymentStatus.PAID
        ).exists()
    )
    return Closing(
        connects=sum(lot.credits for lot in lots),
        bought=sum(lot.credits for lot in bought),
        cost_cents=sum(lot.cost_cents for lot in bought),
        proposals=_open_proposals(account).count(),
        jobs=counted["jobs"],
        letters=counted["letters"],
        plan=subscription.plan.capitalize() if subscription and has_plan else "",
        plan_until=subscription.renews if subscription and has_plan else None,
        keys=ApiKey.objects.filter(account=account, revoked=None).count(),
        currency=rule_book_of(account, now).currency,
    )


def why_not_closed(account: Account) -> Refused | None:
    """The reason why the account cannot be closed yet, if any."""
    if account.closed is not None:
        return not_allowed(Problem.CLOSED)
    if EarningsBalance.objects.filter(account=account, cents__gt=0).exists():
        return not_allowed(Problem.EARNINGS_LEFT)
    pending = Purchase.objects.filter(account=account, status=PaymentStatus.PENDING)
    if pending.exists():
        return not_allowed(Problem.PAYMENT_UNDER_WAY)
    return None


def close_account(account: Account, by: User | None, reason: str) -> Account | Refused:
    """End everything that is open, and let nobody act for the account any more.

    People who act for no other account can no longer sign in, and their address is free again. Refused
    with `not_allowed` if money is left or in flight, or if an agency would lose its only owner.
    """
    now = clock_now()
    with transaction.atomic():
        row = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        refused = why_not_closed(row)
        if refused is not None:
            return refused
        means = what_closing_means(row, now)
        refused = _end_what_is_open(row, now)
        if refused is not None:
            transaction.set_rollback(True)
            return refused
        row.closed = now
        row.suspended = row.suspended or now
        row.save(update_fields=["closed", "suspended"])
        people = list(User.objects.filter(memberships__account=row).order_by("pk"))
        # Whose account it was is not written elsewhere: an erasure years later looks it up here.
        note_act(
            by, CLOSED, f"account:{row.handle}", reason, now, {"people": [p.pk for p in people]}
        )
        _let_go_of(people, row, means, now)
    account.refresh_from_db()
    return account


def _end_what_is_open(account: Account, now: datetime) -> Refused | None:
    for job in Job.objects.filter(client=account, status=JobStatus.OPEN).order_by("id"):
        end.close(job, account, CloseReason.NOT_HIRING)
    for proposal in _open_proposals(account).order_by("id"):
        if proposal.status == ProposalStatus.OFFERED:
            answer_offer(proposal, account, accepts=False)
        else:
            withdraw_proposal(proposal, account)
    release_of_account(account, now)
    for team in TeamMembership.objects.filter(account=account, left__isnull=True):
        left = leave_team(account, team.agency)
        if isinstance(left, Refused):
            return left
    TeamMembership.objects.filter(agency=account, left__isnull=True).update(left=now)
    of_teams = TeamInvitation.objects.filter(Q(agency=account) | Q(account=account))
    of_teams.filter(state=InvitationState.OPEN).update(
        state=InvitationState.WITHDRAWN, answered=now
    )
    want_no_longer(account.pk, now)
    TopUp.objects.filter(account=account).delete()
    PaymentMethod.objects.filter(account=account).delete()
    ApiKey.objects.filter(account=account, revoked=None).update(revoked=now)
    return None


def _open_proposals(account: Account) -> QuerySet[Proposal]:
    return Proposal.objects.filter(account=account, status__in=_WAITING, job__status=JobStatus.OPEN)


def _let_go_of(people: list[User], account: Account, means: Closing, now: datetime) -> None:
    """Tell the people who acted for the account, each in their language, and end their access if they
    act for no other.
    """
    Membership.objects.filter(account=account).delete()
    for person in people:
        with speaking(person.language):
            told = means.lines()
        parameters = {"account": account.name, "lines": told, "when": now.isoformat()}
        write_account_email(
            AccountEmailKind.CLOSED, person.email, now, user=person, parameters=parameters
        )
        if not is_staff(person) and not person.memberships.exists():
            end_access(person)


def end_access(person: User) -> None:
    """Let a person sign in no more, and free their address, so that they can come back as a newcomer."""
    end_sessions(person)
    EmailAddress.objects.filter(user=person).delete()
    person.email = f"closed-{person.pk}@closed.invalid"
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["email", "is_active", "password"])
