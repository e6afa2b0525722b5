"""Payments, for staff: those that need someone, and refunds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.checks.refunds import check_refund
from connects.acts.money.refund import looked_at, refund_payment
from connects.acts.oversight.audit import note_reading
from connects.acts.purchases.continue_payments import (
    Payment,
    continue_any_payment,
    payment_named,
)
from connects.acts.staff.care_for_payment import (
    is_unknown,
    mark_not_charged,
    repayments_of,
)
from connects.bootstrap.clock import now as clock_now
from connects.console.checks import checked
from connects.console.pages import for_staff, staff_page
from connects.console.tables.money import PAYMENT_TABLE, PURCHASE_TABLE
from connects.console.tables.page import list_response
from connects.market.invoices.selectors import documents_of
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.statements.payment_words import CARE, DECLINES, STATUSES
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _


@for_staff(Act.READ_PAYMENTS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every payment, for Connects and for memberships."""
    return list_response(request, staff, PAYMENT_TABLE, "console/payments.html")


@for_staff(Act.READ_PAYMENTS)
def purchases(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every purchase of Connects."""
    return list_response(request, staff, PURCHASE_TABLE)


@for_staff(Act.READ_PAYMENTS)
def payment(request: HttpRequest, staff: User, noun: str, public_id: str) -> HttpResponseBase:
    """One payment; its form refunds it, asks the provider again, or drops what was never charged."""
    found = payment_named(noun, public_id)
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        answer = _act(request, staff, found)
        if isinstance(answer, HttpResponse):
            return answer
        refusal = answer
        if not refusal:
            return redirect("console-payment", noun, public_id)
        found = payment_named(noun, public_id) or found  # a refused act may have moved it
    note_reading(staff, Act.READ_PAYMENTS, found.reference, clock_now())
    context = {
        "payment": found,
        "status": STATUSES[found.status],
        "why": DECLINES.get(found.cause, found.cause),
        "care": CARE.get(found.care, ""),
        "repayments": repayments_of(found),
        "documents": documents_of(found),
        "is_refundable": found.status in (PaymentStatus.PAID, PaymentStatus.MISMATCHED),
        "is_open": found.status not in (PaymentStatus.DECLINED, PaymentStatus.ABANDONED),
        "is_unknown": is_unknown(found),
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/payment.html", context, status)


def _act(request: HttpRequest, staff: User, found: Payment) -> HttpResponse | str:
    """Do what the form says, or show what it would do; what is wrong with it, if anything."""
    act, reason = Typed(request.POST).choice("act"), Typed(request.POST).reason()
    if act == "look":
        refused = denied(staff, Act.REFUND_PAYMENTS)
        if refused is not None:
            return refusal_text(refused)
        continue_any_payment(found, clock_now())
        return ""
    if act not in ("refund", "drop", "looked-at"):
        raise Http404
    if not reason:
        return _("Give a reason. Nothing was changed.")
    answer: Payment | Refused | HttpResponse
    match act:
        case "refund":
            answer = _refund(request, staff, found, reason)
            if isinstance(answer, HttpResponse):
                return answer
        case "drop":
            answer = mark_not_charged(found, staff, reason, clock_now())
        case _:
            answer = looked_at(found, staff, reason)
    return refusal_text(answer) if isinstance(answer, Refused) else ""


def _refund(
    request: HttpRequest, staff: User, found: Payment, reason: str
) -> Payment | Refused | HttpResponse:
    """Give back the amount that the form names; all that is left where it names none."""
    typed, amount = Typed(request.POST), None
    if typed.line("amount"):
        cents = typed.cents("amount", found.received_currency)
        if isinstance(cents, Refused):
            return cents
        amount = Money(cents, found.received_currency)
    check = check_refund(found, staff, amount)
    if isinstance(check, Refused):
        return check
    asked = checked(request, staff, check)
    if asked is not None:
        return asked
    answer = refund_payment(found, staff, reason, amount)
    if not isinstance(answer, Refused):
        messages.success(request, f"{check.means}.")
    return answer
