"""Check what a refund takes, before it is made.

How much is taken follows from all repayments of a payment and from what is left of its lots. So the
Connects are taken just as a refund takes them, in a transaction that is rolled back; the provider is
not asked.
"""

from __future__ import annotations

from django.db import transaction

from connects.acts.money.compare_repayments import lock_payment
from connects.acts.money.refund import cents_to_refund
from connects.acts.money.repay import ask_back
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.payments.models import Payable
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.plans.models import PlanPayment, Subscription
from connects.statements.checks.check import Check
from connects.statements.checks.plans import Refund, check_of_refund
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Refused


def check_refund(payment: Payable, staff: User | None, amount: Money | None) -> Check | Refused:
    """The money that would go back, and the Connects with it. Refused as refunding is."""
    refused = denied(staff, Act.REFUND_PAYMENTS)
    if refused is not None:
        return refused
    told = preview_refund(payment, amount)
    return told if isinstance(told, Refused) else check_of_refund(told)


def preview_refund(payment: Payable, amount: Money | None = None) -> Refund | Refused:
    """What a refund of `amount`, or of all that is left, would take now. Nothing is changed."""
    now = clock_now()
    with transaction.atomic():
        row = lock_payment(payment)
        cents = cents_to_refund(row, amount)
        if isinstance(cents, Refused):
            return cents
        before, plan = journal().wallet(row.account_id), _plan_of(row)
        ask_back(row, cents, now)
        after, ends = journal().wallet(row.account_id), plan != _plan_of(row)
        transaction.set_rollback(True)
    owed = after.debt - before.debt
    taken = before.balance - after.balance
    return Refund(
        who=row.account.name,
        what=row.description,
        amount=Money(cents, row.received_currency),
        taken=taken + owed,
        from_lots=taken,
        debt=owed,
        balance=before.balance,
        plan=payment.title if ends and isinstance(payment, PlanPayment) else "",
    )


def _plan_of(row: Payable) -> tuple[str, str] | None:
    """The plan that the payer is on, and the one that its month ends with."""
    rows = Subscription.objects.filter(account_id=row.account_id)
    return rows.values_list("plan", "next_plan").first()
