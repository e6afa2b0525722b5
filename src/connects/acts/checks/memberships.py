"""Checks of what staff take back from an account: its membership, its Connects."""

from __future__ import annotations

from connects.acts.checks.refunds import preview_refund
from connects.acts.staff.end_membership import is_on_free_plan, payments_of_the_month
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.members.selectors import party_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.statements.checks import staff as words
from connects.statements.checks.check import Check
from connects.statements.checks.plans import check_of_end_of_plan
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def check_end_of_membership(
    account: Account, staff: User | None, *, money_back: bool
) -> Check | Refused:
    """What goes back if the membership ends now. Refused as ending it is."""
    refused = denied(staff, Act.END_MEMBERSHIPS)
    if refused is not None:
        return refused
    if not AccountKind(account.kind).holds_wallet:
        return invalid(Problem.NO_WALLET, field="account")
    plan = paid_plan(account)
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


def paid_plan(account: Account) -> str:
    """The title of the plan that the account pays for; "" where it is on a free one."""
    if is_on_free_plan(account):
        return ""
    party = party_of(account, clock_now())
    return party.book.plan(party.plan).title
