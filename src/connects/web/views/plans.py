"""Plans: which there are, what changing costs and brings, promo codes, failed payments."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.actions.change_plan import PlanOffer
from connects.market.grants.promos import redeem
from connects.market.members.selectors import membership
from connects.market.plans import renewals
from connects.market.plans import services as plans
from connects.market.purchases import payments
from connects.market.rollout.selectors import put_away
from connects.statements.words import refusal_text
from connects.vocabulary.refusals import Refused
from connects.web.viewer import Viewer, for_freelancers, page, text_asked

ANSWERED_WITH_REFUSAL = 409


def _may_pay(viewer: Viewer) -> None:
    """Only owners choose an agency's plan, as only they buy."""
    if viewer.acting is None or not viewer.acting.may_buy:
        raise Http404


@for_freelancers
def choose(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The plans of the account's rule book, and the one it is on."""
    held = membership(viewer.account, viewer.now)
    options = [
        {"plan": plan, "per_month": plan.monthly_connects(held.party.kind)}
        for plan in held.book.plans
    ]
    return page(request, viewer, "web/plans.html", {"membership": held, "options": options})


@for_freelancers
def change(request: HttpRequest, viewer: Viewer, name: str) -> HttpResponseBase:
    """Before a plan is changed: what it costs and brings, and when; then the change."""
    _may_pay(viewer)
    refusal = ""
    if request.method == "POST":
        if request.POST.get("card"):
            declines = request.POST.get("card") == "declined"
            payments.set_method(viewer.account, declines=declines)
        answer = plans.subscribe(viewer.account, name, request.POST.get("key", ""))
        if not isinstance(answer, Refused):
            return redirect("membership")
        refusal = refusal_text(answer)
    offer = plans.quote(viewer.account, name)
    context = {
        "offer": offer if isinstance(offer, PlanOffer) else None,
        "is_now": isinstance(offer, PlanOffer) and offer.at_once,
        "refusal": refusal or (refusal_text(offer) if isinstance(offer, Refused) else ""),
        "key": uuid4().hex,
    }
    status = ANSWERED_WITH_REFUSAL if context["refusal"] else 200
    return page(request, viewer, "web/plan_change.html", context, status=status)


@require_POST
@for_freelancers
def pay_again(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Try a membership's failed payment again, now."""
    _may_pay(viewer)
    payments.set_method(viewer.account, declines=request.POST.get("card") == "declined")
    renewals.retry_now(viewer.account.pk, viewer.now)
    return redirect("membership")


@for_freelancers
def promo(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Redeem a promo code."""
    _may_pay(viewer)
    refusal = ""
    code = text_asked(request, "code")
    if request.method == "POST":
        code = request.POST.get("code", "")
        answer = redeem(viewer.account, code, request.POST.get("key", ""))
        if not isinstance(answer, Refused):
            return redirect("membership")
        refusal = refusal_text(answer)
    context = {"refusal": refusal, "code": code, "key": uuid4().hex}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return page(request, viewer, "web/promo.html", context, status=status)


@require_POST
@for_freelancers
def move_read(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Put the message of a change of rules away."""
    put_away(viewer.account, viewer.now)
    return redirect("find-work")
