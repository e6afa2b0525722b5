"""Cancel payments that are no longer wanted: never requested again, and cancelled at the provider if in
flight.

Repeating a request with the same key is how an unanswered charge is otherwise settled. Here it could
take money that nobody wants to pay any more. So a payment that the provider has never confirmed is left
to the provider's webhook, and to staff (`care`).
"""

from __future__ import annotations

from datetime import datetime

from connects.acts.money.move_earnings import paid_from_earnings
from connects.acts.money.request_payment import charge_of, payer_of
from connects.acts.money.settle import P, settle_payment
from connects.acts.oversight.audit import note_act
from connects.billing.port import Answer, DeclineCause, Declined, Unreachable
from connects.bootstrap.providers import EARNINGS, TEST, provider_named
from connects.market.payments.models import Payable, PaymentStatus

NEVER_ASKED = Declined(DeclineCause.ABANDONED, "its payer let go of it")


def is_unwanted(payment: Payable, now: datetime) -> bool:
    """Whether the payment must not be charged: its payer left or is suspended, whatever was ordered
    before.

    If suspended, the first caller records it.
    """
    if payment.unwanted is not None:
        return True
    if payment.status != PaymentStatus.PENDING or payment.account.suspended is None:
        return False
    payment.unwanted = now
    payment.save(update_fields=["unwanted"])
    return True


def cancel_payment(payment: P, now: datetime) -> P:
    """Cancel it at the provider; what was taken before goes back (`settle`)."""
    answer = _cancelled(payment)
    if answer is not None:
        return settle_payment(payment, answer, lambda *_: None, now)
    if payment.look_again is not None:
        payment.look_again = None
        payment.save(update_fields=["look_again"])
        note_act(None, "payment-unknown", payment.reference, payment.cause, now)
    return payment


def _cancelled(payment: Payable) -> Answer | None:
    """Cancel at the provider; None if only the provider could say what became of it, and has never
    named it.
    """
    if payment.provider in (TEST, ""):
        return NEVER_ASKED
    if payment.provider == EARNINGS:
        charge = charge_of(payment, payer_of(payment.account))
        return paid_from_earnings(payment.account_id, charge) or NEVER_ASKED
    if not payment.provider_reference:
        return None
    try:
        return provider_named(payment.provider).cancel(payment.provider_reference)
    except LookupError as problem:
        return Unreachable(str(problem))
