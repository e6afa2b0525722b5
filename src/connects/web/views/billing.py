"""Ways to pay, billing details, automatic top-ups, receipts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.money import save_method
from connects.acts.money.set_billing_details import set_billing_profile
from connects.acts.purchases import top_up
from connects.billing.port import MethodKind
from connects.bootstrap.providers import is_for_testing, provider_of, takes_payments
from connects.market.invoices.models import Document
from connects.market.invoices.selectors import PAGE, own_document, own_documents
from connects.market.payments.methods import kept_methods
from connects.market.payments.taxes import billing_profile
from connects.market.people.models import Account
from connects.market.purchases.models import TopUp
from connects.market.purchases.selectors import bundle_offers, top_up_of
from connects.statements.payment_words import NO_PAYMENTS
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.amounts import Money, decimal_from_cents
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.receipt_pdf import document_pdf, printed_document
from connects.web.viewer import Viewer, for_freelancers, render_page
from connects.web.views.checkout import CREDITS_MOST, may_pay
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


@for_freelancers
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The ways to pay in their order, the billing details, the top-up."""
    may_pay(viewer)
    refusal = ""
    if request.method == "POST":
        answer = _act(request, viewer)
        if isinstance(answer, str):
            return redirect(answer)
        if not isinstance(answer, Refused):
            messages.success(request, _done_text(request, viewer))
            return redirect("billing")
        refusal = refusal_text(answer)
    rule = top_up_of(viewer.account)
    context = {
        "methods": kept_methods(viewer.account),
        "has_earnings": any(m.kind == MethodKind.EARNINGS for m in kept_methods(viewer.account)),
        "new_kinds": [kind for kind in (MethodKind.CARD, MethodKind.PAYPAL) if provider_of(kind)],
        "is_test": is_for_testing(),
        "no_payments": "" if takes_payments() else NO_PAYMENTS,
        "profile": billing_profile(viewer.account),
        "top_up": rule,
        "top_up_typed": _top_up_typed(request, rule, viewer.book.currency),
        "offers": bundle_offers(viewer.account),
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/billing.html", context, status=status)


_DONE = {
    "add": mark("The way to pay is saved."),
    "first": mark("Renewals and auto top-ups try this way to pay first."),
    "remove": mark("The way to pay is removed."),
    "details": mark("Your billing details are saved. They stand on the receipts from now on."),
    "top-up-end": mark("Auto top-up is off. You buy when you choose to."),
}


def _done_text(request: HttpRequest, viewer: Viewer) -> str:
    act, found = Typed(request.POST).choice("act"), top_up_of(viewer.account)
    if act != "top-up" or found is None:
        return _(_DONE[act])
    return _(
        "Auto top-up is on. Below {below} Connects we buy {credits}, for at most {most} a month.",
        below=found.below,
        credits=found.credits,
        most=Money(found.most_cents, viewer.book.currency),
    )


def _act(request: HttpRequest, viewer: Viewer) -> object:
    account, typed = viewer.account, Typed(request.POST)
    match typed.choice("act"):
        case "add":
            return _add(request, viewer)
        case "first":
            return save_method.put_first(account, typed.row("method") or 0)
        case "remove":
            return save_method.forget(account, typed.row("method") or 0)
        case "details":
            return set_billing_profile(
                account,
                name=typed.name("name"),
                address=typed.text("address"),
                country=typed.line("country"),
                tax_number=typed.name("tax_number"),
            )
        case "top-up":
            return _top_up(request, account, viewer.book.currency)
        case "top-up-end":
            top_up.end_top_up(account)
            return account
        case _:
            raise Http404


def _add(request: HttpRequest, viewer: Viewer) -> object:
    kind = Typed(request.POST).choice("kind")
    back = settings.ADDRESS + reverse("billing-back")
    answer = save_method.add(viewer.account, kind, back, viewer.now)
    if isinstance(answer, save_method.ProviderPage):
        request.session[save_method.SESSION_KEY] = [answer.provider, answer.reference]
        return answer.address
    return answer


@for_freelancers
def back(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The member comes back from entering a way to pay."""
    may_pay(viewer)
    provider, reference = request.session.pop(save_method.SESSION_KEY, ("", ""))
    if provider:
        save_method.save_entered_method(viewer.account, provider, reference, viewer.now)
    return redirect("billing")


def _top_up_typed(request: HttpRequest, rule: TopUp | None, currency: str) -> dict[str, str]:
    """What the form of the auto top-up holds: what was just refused, or the rule as it stands."""
    if Typed(request.POST).choice("act") == "top-up":
        return {name: Typed(request.POST).line(name) for name in ("below", "credits", "most")}
    if rule is None:
        return {}
    most = decimal_from_cents(rule.most_cents, currency)
    return {"below": str(rule.below), "credits": str(rule.credits), "most": most}


def _top_up(request: HttpRequest, account: Account, currency: str) -> object:
    typed = Typed(request.POST)
    most, below, credits = (
        typed.cents("most", currency),
        typed.whole_number("below", 1, CREDITS_MOST),
        typed.whole_number("credits", 1, CREDITS_MOST),
    )
    if isinstance(most, Refused):
        return most
    if isinstance(below, Refused):
        return below
    return (
        credits
        if isinstance(credits, Refused)
        else top_up.set_top_up(account, below, credits, most)
    )


@for_freelancers
def receipts(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Receipts and credit notes, newest first."""
    may_pay(viewer)
    older_than = Typed(request.GET).row("before")
    found = own_documents(viewer.account, older_than)
    context = {
        "documents": found[:PAGE],
        "next_before": found[PAGE - 1].pk if len(found) > PAGE else None,
        "is_first_page": older_than is None,
    }
    return render_page(request, viewer, "web/receipts.html", context)


def _document_or_404(viewer: Viewer, series: str, number: int) -> Document:
    may_pay(viewer)
    found = own_document(viewer.account, series, number)
    if found is None:
        raise Http404
    return found


@for_freelancers
def receipt(request: HttpRequest, viewer: Viewer, series: str, number: int) -> HttpResponseBase:
    """One of them as a page, which shows every character that was written."""
    found = _document_or_404(viewer, series, number)
    context = {"document": found, "paper": printed_document(found)}
    return render_page(request, viewer, "web/receipt.html", context)


@for_freelancers
def receipt_pdf(request: HttpRequest, viewer: Viewer, series: str, number: int) -> HttpResponseBase:
    """One of them as a PDF."""
    found = _document_or_404(viewer, series, number)
    response = HttpResponse(document_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.label}.pdf"'
    return response
