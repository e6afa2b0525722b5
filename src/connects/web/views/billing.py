"""Ways to pay, billing details, automatic top-ups, receipts."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.billing.port import MethodKind
from connects.bootstrap.providers import is_for_testing, provider_of
from connects.market.invoices.selectors import PAGE, own_document, own_documents
from connects.market.payments import keeping
from connects.market.payments.methods import kept_methods
from connects.market.payments.taxes import billing_profile, set_billing_profile
from connects.market.people.models import Account
from connects.market.purchases import top_ups
from connects.market.purchases.models import TopUp
from connects.market.purchases.selectors import offers
from connects.statements.words import refusal_text
from connects.vocabulary.amounts import cents_from_decimal
from connects.vocabulary.refusals import RefusalCode, Refused
from connects.web.receipt_pdf import document_pdf
from connects.web.viewer import Viewer, for_freelancers, page, text_asked
from connects.web.views.checkout import ANSWERED_WITH_REFUSAL, may_pay


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
            return redirect("billing")
        refusal = refusal_text(answer)
    context = {
        "methods": kept_methods(viewer.account),
        "has_earnings": any(m.kind == MethodKind.EARNINGS for m in kept_methods(viewer.account)),
        "new_kinds": [kind for kind in (MethodKind.CARD, MethodKind.PAYPAL) if provider_of(kind)],
        "is_test": is_for_testing(),
        "profile": billing_profile(viewer.account),
        "top_up": TopUp.objects.filter(account=viewer.account).first(),
        "offers": offers(viewer.account),
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return page(request, viewer, "web/billing.html", context, status=status)


def _act(request: HttpRequest, viewer: Viewer) -> object:
    account = viewer.account
    match request.POST.get("act"):
        case "add":
            return _add(request, viewer)
        case "first":
            return keeping.put_first(account, _number(request, "method"))
        case "remove":
            return keeping.forget(account, _number(request, "method"))
        case "details":
            return set_billing_profile(
                account,
                name=request.POST.get("name", ""),
                address=request.POST.get("address", ""),
                country=request.POST.get("country", ""),
                tax_number=request.POST.get("tax_number", ""),
            )
        case "top-up":
            return _top_up(request, account)
        case "top-up-end":
            top_ups.end_top_up(account)
            return account
        case _:
            raise Http404


def _add(request: HttpRequest, viewer: Viewer) -> object:
    kind = request.POST.get("kind", "")
    back = settings.ADDRESS + reverse("billing-back")
    answer = keeping.add(viewer.account, kind, back, viewer.now)
    if isinstance(answer, keeping.Elsewhere):
        request.session[keeping.SESSION_KEY] = [answer.provider, answer.reference]
        return answer.address
    return answer


@for_freelancers
def back(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The member comes back from entering a way to pay."""
    may_pay(viewer)
    provider, reference = request.session.pop(keeping.SESSION_KEY, ("", ""))
    if provider:
        keeping.keep_entered(viewer.account, provider, reference, viewer.now)
    return redirect("billing")


def _top_up(request: HttpRequest, account: Account) -> object:
    try:
        most = cents_from_decimal(request.POST.get("most", ""))
    except ValueError:
        return Refused(RefusalCode.INVALID, {"problem": "not_an_amount", "field": "most"})
    return top_ups.set_top_up(account, _number(request, "below"), _number(request, "credits"), most)


def _number(request: HttpRequest, name: str) -> int:
    """A small whole number of the form; 0, which nothing is, where it is none."""
    text = request.POST.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@for_freelancers
def receipts(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Receipts and credit notes, newest first."""
    may_pay(viewer)
    before = text_asked(request, "before")
    older_than = int(before) if before.isascii() and before.isdigit() and len(before) < 12 else None
    found = own_documents(viewer.account, older_than)
    context = {
        "documents": found[:PAGE],
        "next_before": found[PAGE - 1].pk if len(found) > PAGE else None,
        "is_first_page": older_than is None,
    }
    return page(request, viewer, "web/receipts.html", context)


@for_freelancers
def receipt_pdf(request: HttpRequest, viewer: Viewer, series: str, number: int) -> HttpResponseBase:
    """One of them as a PDF."""
    may_pay(viewer)
    found = own_document(viewer.account, series, number)
    if found is None:
        raise Http404
    response = HttpResponse(document_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.label}.pdf"'
    return response
