"""Payments that need a person, and what staff do with one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.notices.tell_account import tell_account
from connects.acts.oversight.audit import note_act
from connects.acts.purchases.continue_payments import Payment
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.settlement.models import Repayment
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def repayments_of(payment: Payment) -> list[Repayment]:
    """The repayments of a payment, oldest first."""
    return list(Repayment.objects.filter(subject=payment.reference).order_by("began", "id"))


def is_unknown(payment: Payment) -> bool:
    """Whether the provider never said what became of it, and we no longer ask."""
    return payment.status == PaymentStatus.PENDING and payment.look_again is None


def mark_not_charged(
    payment: Payment, staff: User, reason: str, now: datetime
) -> Payment | Refused:
    """Mark a payment as not charged, as staff have seen at the provider. Refused with `not_allowed` or
    `invalid`.

    If it was charged after all, the provider's webhook or list will say so.
    """
    refused = denied(staff, Act.REFUND_PAYMENTS)
    if refused is not None:
        return refused
    with transaction.atomic():
        row = type(payment).objects.select_for_update(of=("self",)).get(pk=payment.pk)
        if not is_unknown(row):
            return invalid(Problem.NOT_UNKNOWN, field="purchase")
        row.status = PaymentStatus.ABANDONED
        row.save(update_fields=["status"])
        note_act(staff, "payment-dropped", row.reference, reason, now)
        tell_account(row.account_id, "payment-not-made", row.reference, now, **row.facts)
    return row
