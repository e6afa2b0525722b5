"""Plans: which there are, what changing costs and brings, promo codes, failed payments."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from connects.acts.credits.redeem_promo import redeem_promo
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases import retry_renewal
from connects.acts.purchases.change_plan import PlanChanged, PlanCheckout
from connects.acts.rules.move_accounts import put_away
from connects.bootstrap.providers import is_for_testing, takes_payments
from connects.market.members.selectors import membership_of
from connects.statements.payment_words import NO_PAYMENTS
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.limits import told_to_wait
from connects.web.viewer import Viewer, for_freelancers, render_page
from connects.web.views.checkout import answer_page, may_pay


@for_freelancers
def choose(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The plans of the account's rule book, and the one it is on."""
    held = membership_of(viewer.account, viewer.now)
    options = [
        {
            "plan": plan,
            "per_month": plan.monthly_connects(held.party.kind),
            "price": Money(plan.price(held.party.kind), held.book.currency),
        }
        for plan in held.book.plans
    ]
    return render_page(request, viewer, "web/plans.html", {"membership": held, "options": options})


@for_freelancers
def change(request: HttpRequest, viewer: Viewer, name: str) -> HttpResponseBase:
    """Before a plan is changed: what it costs and brings, and when; then the change."""
    may_pay(viewer)
    refusal = ""
    if request.method == "POST":
        answer = plans.subscribe(
            viewer.account,
            name,
            Typed(request.POST).key(),
            Typed(request.POST).line("pay_with", 40) or None,
            keep_method=Typed(request.POST).is_set("keep"),
        )
        if not isinstance(answer, Refused):
            return redirect(_after(answer))
        refusal = told_to_wait(request, answer)
    looked_at = plans.checkout(viewer.account, name)
    checkout = looked_at if isinstance(looked_at, PlanCheckout) else None
    context = {
        "checkout": checkout,
        "offer": checkout.offer if checkout else None,
        "is_now": checkout is not None and checkout.offer.at_once,
        "refusal": refusal or (refusal_text(looked_at) if isinstance(looked_at, Refused) else ""),
        "key": uuid4().hex,
        "is_test": is_for_testing(),
        "no_payments": "" if takes_payments() else NO_PAYMENTS,
    }
    status = ANSWERED_WITH_REFUSAL if context["refusal"] else 200
    return render_page(request, viewer, "web/plan_change.html", context, status=status)


def _after(changed: PlanChanged) -> str:
    """Where to go on: to the provider's page, or to what became of it."""
    payment = changed.payment
    if payment is None:
        return reverse("membership")
    return payment.page or answer_page(payment)


@require_POST
@for_freelancers
def pay_again(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Try a membership's failed payment again, now."""
    may_pay(viewer)
    retry_renewal.retry_now(viewer.account.pk, viewer.now)
    return redirect("membership")


@for_freelancers
def promo(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Redeem a promo code."""
    may_pay(viewer)
    refusal = ""
    code = Typed(request.GET).line("code")
    if request.method == "POST":
        code = Typed(request.POST).line("code")
        answer = redeem_promo(viewer.account, code, Typed(request.POST).key())
        if not isinstance(answer, Refused):
            return redirect("membership")
        refusal = told_to_wait(request, answer)
    context = {"refusal": refusal, "code": code, "key": uuid4().hex}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/promo.html", context, status=status)


@require_POST
@for_freelancers
def move_read(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Put the message of a change of rules away."""
    put_away(viewer.account, viewer.now)
    return redirect("find-work")
