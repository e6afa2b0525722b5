"""Plans: which there are, what changing costs and brings, promo codes, failed payments."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from connects.acts.checks.plans import CheckedPlan, check_plan
from connects.acts.credits.redeem_promo import redeem_promo
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases import retry_renewal
from connects.acts.purchases.change_plan import PlanChanged
from connects.acts.purchases.retry_renewal import Retried
from connects.acts.rules.move_accounts import put_away
from connects.bootstrap.providers import is_for_testing, takes_payments
from connects.market.grants.models import PromoRedemption
from connects.market.members.selectors import membership_of, wallet_of
from connects.market.payments.models import PaymentStatus
from connects.market.proposals.statement import outcomes_by_month, whole_months
from connects.statements.checks.check import asked_first
from connects.statements.payment_words import NO_PAYMENTS
from connects.statements.plan_costs import PACE_MONTHS, pace_of, plan_advice, plan_costs
from connects.statements.refusal_words import refusal_text
from connects.statements.words import day_text
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.limits import told_to_wait
from connects.web.viewer import Viewer, for_freelancers, render_page
from connects.web.views.checkout import answer_page, may_pay
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext


@for_freelancers
def choose(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The plans of the account's rule book, and the one it is on."""
    held, kind = membership_of(viewer.account, viewer.now), AccountKind(viewer.account.kind)
    months = outcomes_by_month(viewer.account, viewer.now, PACE_MONTHS + 1)
    whole = whole_months(months, viewer.account.registered, PACE_MONTHS)
    pace = pace_of([month.kept for month in whole])
    costs = {cost.plan.name: cost for cost in plan_costs(held.book, kind, pace)} if pace else {}
    options = [
        {
            "plan": plan,
            "per_month": plan.monthly_connects(kind),
            "price": Money(plan.price(kind), held.book.currency),
            "cost": costs.get(plan.name),
        }
        for plan in held.book.plans
    ]
    context = {
        "membership": held,
        "options": options,
        "advice": plan_advice(tuple(costs.values()), held.party.plan, pace),
        "whole_months": len(whole),
    }
    return render_page(request, viewer, "web/plans.html", context)


@for_freelancers
def change(request: HttpRequest, viewer: Viewer, name: str) -> HttpResponseBase:
    """Before a plan is changed: what it costs and brings, and when; then the change."""
    may_pay(viewer)
    looked_at = check_plan(viewer.account, name)
    found = looked_at if isinstance(looked_at, CheckedPlan) else None
    typed, refusal, asked = Typed(request.POST), "", None
    if request.method == "POST":
        asked = (
            asked_first(found.check, typed) if found and not _is_repeated(viewer, typed) else None
        )
        if asked is None:
            answer = _subscribe(viewer, name, typed)
            if not isinstance(answer, Refused):
                _say_changed(request, viewer, answer, found)
                return redirect(_after(answer))
            refusal = told_to_wait(request, answer)
    checkout = found.checkout if found else None
    context = {
        "checkout": checkout,
        "check": found.check if found else None,
        "asked": asked,
        "offer": checkout.offer if checkout else None,
        "is_now": checkout is not None and checkout.offer.at_once,
        "refusal": refusal or (refusal_text(looked_at) if isinstance(looked_at, Refused) else ""),
        "key": uuid4().hex,
        "is_test": is_for_testing(),
        "no_payments": "" if takes_payments() else NO_PAYMENTS,
    }
    is_refused = context["refusal"] or (asked is not None and not asked.is_first)
    status = ANSWERED_WITH_REFUSAL if is_refused else 200
    return render_page(request, viewer, "web/plan_change.html", context, status=status)


def _is_repeated(viewer: Viewer, typed: Typed) -> bool:
    """Whether the form was sent before: then it is answered as then, whatever is true now."""
    return plans.was_ordered(viewer.account, typed.key())


def _subscribe(viewer: Viewer, name: str, typed: Typed) -> PlanChanged | Refused:
    return plans.subscribe(
        viewer.account,
        name,
        typed.key(),
        typed.line("pay_with", 40) or None,
        keep_method=typed.is_set("keep"),
    )


def _say_changed(
    request: HttpRequest, viewer: Viewer, changed: PlanChanged, found: CheckedPlan | None
) -> None:
    """Say what is so now; while a payment waits for its payer, nothing is."""
    payment, offer = changed.payment, changed.offer
    if payment is not None and payment.status != PaymentStatus.PAID:
        return
    if not offer.at_once:
        begins = day_text(offer.begins)
        messages.success(
            request,
            _(
                "You change to {plan} on {day}. Until then nothing changes.",
                plan=offer.title,
                day=begins,
            ),
        )
        return
    held = membership_of(viewer.account, viewer.now).balance
    lost = found.lost if found is not None else 0
    said = [
        _("You are on {plan}.", plan=offer.title),
        ngettext("{n} Connect did not roll over.", "{n} Connects did not roll over.", lost)
        if lost
        else "",
        ngettext("You have {n} Connect.", "You have {n} Connects.", held),
    ]
    messages.success(request, " ".join(filter(None, said)))


def _after(changed: PlanChanged) -> str:
    """Where to go on: to the provider's page, or to what became of it."""
    payment = changed.payment
    if payment is None:
        return reverse("membership")
    return payment.page or answer_page(payment)


_RETRIED = {
    Retried.NOTHING_TO_TRY: mark("There is no failed payment to try again."),
    Retried.PAID: mark("The payment went through, so your membership goes on."),
    Retried.FAILED: mark("The payment failed again. Change how you pay, then try again."),
    Retried.NO_ANSWER: mark("We have no answer to the payment yet. We will ask again soon."),
    Retried.ENDED: mark(
        "The payment failed for the last time, so your membership has ended. You can choose the"
        " plan again."
    ),
}


@require_POST
@for_freelancers
def pay_again(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Try a membership's failed payment again, now."""
    may_pay(viewer)
    became = retry_renewal.retry_when_asked(viewer.account.pk, viewer.now)
    if isinstance(became, Refused):
        messages.error(request, refusal_text(became))
        return redirect("membership")
    tell = messages.success if became is Retried.PAID else messages.error
    tell(request, _(_RETRIED[became]))
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
            messages.success(request, _redeemed_text(viewer, answer))
            return redirect("membership")
        refusal = told_to_wait(request, answer)
    context = {"refusal": refusal, "code": code, "key": uuid4().hex}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/promo.html", context, status=status)


def _redeemed_text(viewer: Viewer, redeemed: PromoRedemption) -> str:
    return ngettext(
        "{code} brings {n} Connect. You have {balance} now.",
        "{code} brings {n} Connects. You have {balance} now.",
        redeemed.promo.connects,
        code=redeemed.promo.code,
        balance=wallet_of(viewer.account.pk).balance,
    )


@require_POST
@for_freelancers
def move_read(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Put the message of a change of rules away."""
    put_away(viewer.account, viewer.now)
    return redirect("find-work")
