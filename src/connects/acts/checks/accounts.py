"""Checks of what staff do to an account: suspend, end the membership, take Connects back, erase."""

from __future__ import annotations

from connects.acts.checks.refunds import preview_refund
from connects.acts.credits.forecast_returns import forecast_void
from connects.acts.leaving.close_account import what_closing_means, why_not_closed
from connects.acts.staff.end_membership import is_on_free_plan, payments_of_the_month
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.jobs.models import JobStatus
from connects.market.members.selectors import party_of
from connects.market.people.models import Account, TeamMembership, User
from connects.market.people.permissions import Act, denied
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.statements.checks import staff as words
from connects.statements.checks.check import Check
from connects.statements.checks.plans import check_of_end_of_plan
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed

_WAITING = (ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)


def check_suspension(account: Account, staff: User | None) -> Check | Refused:
    """What ends or stops if the account is suspended now. Refused as suspending is."""
    refused = denied(staff, Act.SUSPEND_ACCOUNTS)
    if refused is not None:
        return refused
    if account.kind == AccountKind.CLIENT:
        return words.check_of_client_suspension(account.name, forecast_void(account, clock_now()))
    waiting = Proposal.objects.filter(
        account=account, status__in=_WAITING, job__status=JobStatus.OPEN
    )
    team = TeamMembership.objects.filter(agency=account, left__isnull=True)
    return words.check_of_member_suspension(
        account.name, held(account), waiting.count(), _paid_plan(account), team.count()
    )


def check_reinstatement(account: Account, staff: User | None) -> Check | Refused:
    """What the account may do again. Refused as reinstating is."""
    refused = denied(staff, Act.SUSPEND_ACCOUNTS)
    if refused is None and account.closed is not None:
        refused = not_allowed(Problem.CLOSED)
    return refused or words.check_of_reinstatement(account.name)


def check_end_of_membership(
    account: Account, staff: User | None, *, money_back: bool
) -> Check | Refused:
    """What goes back if the membership ends now. Refused as ending it is."""
    refused = denied(staff, Act.END_MEMBERSHIPS)
    if refused is not None:
        return refused
    if not AccountKind(account.kind).holds_wallet:
        return invalid(Problem.NO_WALLET, field="account")
    plan = _paid_plan(account)
    if not plan:
        return invalid(Problem.NOTHING_TO_CANCEL, field="plan")
    refunds = []
    for payment in payments_of_the_month(account) if money_back else ():
        told = preview_refund(payment)
        if isinstance(told, Refused):
            return told
        refunds.append(told)
    return check_of_end_of_plan(
        account.name, plan, tuple(refunds), money_back=money_back, balance=held(account)
    )


def check_erasure(account: Account, staff: User | None) -> Check | Refused:
    """What ends and is erased. Refused as erasing is."""
    refused = denied(staff, Act.ERASE_PEOPLE)
    if refused is None and account.closed is None:
        refused = why_not_closed(account)
    if refused is not None:
        return refused
    return words.check_of_erasure(account.name, what_closing_means(account, clock_now()).lines())


def check_void(
    account: Account, staff: User | None, lot: int, credits: Connects | None
) -> Check | Refused:
    """What is taken of a lot. Refused as taking it back is."""
    refused = denied(staff, Act.TAKE_BACK_CONNECTS)
    if refused is not None:
        return refused
    found = journal().wallet(account.pk).lot(lot)
    left = found.credits if found is not None and found.live_at(clock_now()) else 0
    asked = left if credits is None else credits
    if not 1 <= asked <= left:
        return invalid(Problem.MORE_THAN_IS_LEFT, credits=asked, left=left)
    return words.check_of_void(account.name, asked, held(account))


def held(account: Account) -> Connects:
    """What the account holds now."""
    now = clock_now()
    return sum(lot.credits for lot in journal().wallet(account.pk).lots if lot.live_at(now))


def _paid_plan(account: Account) -> str:
    """The title of the plan that the account pays for; "" where it is on a free one."""
    if is_on_free_plan(account):
        return ""
    party = party_of(account, clock_now())
    return party.book.plan(party.plan).title
