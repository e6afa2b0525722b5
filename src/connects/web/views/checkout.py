"""Buying Connects: before paying, paying, and what became of it."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from connects.acts.checks.purchases import CheckedPurchase, check_purchase
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import continue_payments as settlement
from connects.acts.purchases.continue_payments import Payment
from connects.bootstrap.providers import is_for_testing, takes_payments
from connects.market.invoices.selectors import documents_of
from connects.market.members.selectors import membership_of
from connects.market.payments.models import PaymentStatus
from connects.market.proposals.drafts import waiting_draft
from connects.market.proposals.models import ProposalDraft
from connects.market.proposals.statement import LATELY_MONTHS, added_up, outcomes_by_month
from connects.market.purchases.models import Purchase
from connects.market.purchases.selectors import bundle_offers
from connects.statements.checks.check import asked_first
from connects.statements.payment_words import DECLINES, NO_PAYMENTS, STATUSES
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_freelancers, render_page

CREDITS_MOST = 999_999


def may_pay(viewer: Viewer) -> None:
    """Raise Http404 unless the viewer pays for the account: for agencies, owners and admins do."""
    if viewer.acting is None or not viewer.acting.may_buy:
        raise Http404


@for_freelancers
def buy(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The bundles on offer, or any number where the rule book sells them one by one."""
    wanted = Typed(request.GET).whole_number("credits", most=CREDITS_MOST)
    if isinstance(wanted, int):
        return redirect("checkout", credits=wanted)
    lately = added_up(outcomes_by_month(viewer.account, viewer.now, LATELY_MONTHS))
    context = {
        "offers": [
            (each, lately.covered_by(each.connects)) for each in bundle_offers(viewer.account)
        ],
        "draft": _draft(viewer),
        "each": viewer.book.bundles.price_per_connect,
        "membership": membership_of(viewer.account, viewer.now),
        "is_test": is_for_testing(),
        "no_payments": "" if takes_payments() else NO_PAYMENTS,
    }
    return render_page(request, viewer, "web/buy.html", context)


@for_freelancers
def checkout(request: HttpRequest, viewer: Viewer, credits: int) -> HttpResponseBase:
    """Before paying: the price, the tax, the balance after, the expiry; then the payment."""
    may_pay(viewer)
    looked_at = check_purchase(viewer.account, credits)
    found = looked_at if isinstance(looked_at, CheckedPurchase) else None
    typed, refusal, asked = Typed(request.POST), "", None
    if request.method == "POST":
        # A form that was sent before is answered as then, whatever is true now.
        is_new = found and not purchases.was_ordered(viewer.account, typed.key())
        asked = asked_first(found.check, typed) if found and is_new else None
        if asked is None:
            answer = _order(viewer, credits, typed)
            if not isinstance(answer, Refused):
                return redirect(answer.page or answer_page(answer))
            refusal = refusal_text(answer)
    context = {
        "checkout": found.checkout if found else None,
        "check": found.check if found else None,
        "asked": asked,
        "order": found.checkout.order if found else None,
        "refusal": refusal or (refusal_text(looked_at) if isinstance(looked_at, Refused) else ""),
        "key": uuid4().hex,
        "is_test": is_for_testing(),
        "no_payments": "" if takes_payments() else NO_PAYMENTS,
    }
    is_refused = context["refusal"] or (asked is not None and not asked.is_first)
    status = ANSWERED_WITH_REFUSAL if is_refused else 200
    return render_page(request, viewer, "web/checkout.html", context, status=status)


def _order(viewer: Viewer, credits: int, typed: Typed) -> Purchase | Refused:
    return purchases.order(
        viewer.account,
        credits,
        typed.key(),
        typed.line("pay_with", 40),
        keep_method=typed.is_set("keep"),
    )


def _draft(viewer: Viewer) -> ProposalDraft | None:
    """The letter that was kept for the way to the till."""
    return None if viewer.user is None else waiting_draft(viewer.account, viewer.user)


def answer_page(payment: Payment) -> str:
    """The address of the page that says what became of a payment."""
    return reverse("payment", args=[payment.NOUN, payment.public_id])


def own_payment(viewer: Viewer, noun: str, public_id: str) -> Payment:
    """The viewer's own payment. Raises Http404 for any other."""
    found = settlement.payment_named(noun, public_id)
    if found is None or found.account_id != viewer.account.pk:
        raise Http404
    return found


@for_freelancers
def payment(request: HttpRequest, viewer: Viewer, noun: str, public_id: str) -> HttpResponseBase:
    """What became of a payment: what was bought, or what to do next."""
    found = own_payment(viewer, noun, public_id)
    context = {
        "payment": found,
        "draft": _draft(viewer),
        "status": STATUSES[found.status],
        "why": DECLINES.get(found.cause, ""),
        "documents": documents_of(found),
        "is_purchase": isinstance(found, Purchase),
        "is_open": found.status == PaymentStatus.PENDING,
        "is_test": found.provider == "test",
    }
    return render_page(request, viewer, "web/payment.html", context)


@for_freelancers
def back(request: HttpRequest, viewer: Viewer, noun: str, public_id: str) -> HttpResponseBase:
    """Show the payer, back from the provider's page, what became of the payment there."""
    found = own_payment(viewer, noun, public_id)
    if settlement.is_open(found):
        settlement.continue_any_payment(found, viewer.now)
    return redirect("payment", noun=noun, public_id=public_id)


@require_POST
@for_freelancers
def give_up(request: HttpRequest, viewer: Viewer, noun: str, public_id: str) -> HttpResponseBase:
    """The payer does not want to pay after all."""
    may_pay(viewer)
    settlement.give_up(own_payment(viewer, noun, public_id), viewer.now)
    return redirect("payment", noun=noun, public_id=public_id)
