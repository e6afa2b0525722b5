"""Staff make promo codes and stop them."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from connects.acts.credits.redeem_promo import PromoTerms, make_promo, stop_promo
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.plain_form import PlainForm
from connects.console.pages import for_staff
from connects.console.tables.page import list_response
from connects.console.tables.promos import promo_table
from connects.market.grants.selectors import promo_named
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.wording.dates import day
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


class PromoForm(PlainForm):
    """A code, what it brings, and how often it may be used. Dates begin at midnight UTC."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    connects = forms.IntegerField(label="Connects", min_value=1, max_value=1_000)
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"), widget=forms.DateInput({"type": "date"})
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until (that day not included)"),
        widget=forms.DateInput({"type": "date"}),
    )
    for_each = forms.IntegerField(
        label=gettext_lazy("Uses for each account"), min_value=1, initial=1
    )
    in_all = forms.IntegerField(label=gettext_lazy("Uses in all"), min_value=1, required=False)
    lasts_days = forms.IntegerField(
        label=gettext_lazy("Days that its Connects live"),
        min_value=1,
        max_value=3_650,
        required=False,
    )

    def terms(self) -> PromoTerms:
        """The code as the services take it."""
        data = self.cleaned_data
        return PromoTerms(
            code=data["code"].strip().upper(),
            connects=data["connects"],
            valid_from=datetime.combine(data["valid_from"], time(), UTC),
            valid_until=datetime.combine(data["valid_until"], time(), UTC),
            for_each=data["for_each"],
            in_all=data["in_all"],
            lasts_days=data["lasts_days"],
        )


@for_staff(Act.READ_PROMOS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """All codes; sending the form makes one."""
    form = PromoForm(request.POST if request.method == "POST" else None)
    refusal, now = "", clock_now()
    if request.method == "POST" and form.is_valid():
        answer = make_promo(form.terms(), staff)
        if not isinstance(answer, Refused):
            messages.success(
                request,
                ngettext(
                    "{code} brings {n} Connect from {day} on.",
                    "{code} brings {n} Connects from {day} on.",
                    answer.connects,
                    code=answer.code,
                    day=day(answer.valid_from),
                ),
            )
            return redirect("console-promos")
        refusal = refusal_text(answer)
    context = {
        "form": form,
        "now": now,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    table = promo_table(now)
    return list_response(request, staff, table, "console/promos.html", context, status)


@for_staff(Act.MAKE_PROMOS)
def stop(request: HttpRequest, staff: User, code: str) -> HttpResponseBase:
    """End a code now."""
    promo = promo_named(code)
    if promo is None or request.method != "POST" or isinstance(stop_promo(promo, staff), Refused):
        raise Http404
    messages.success(request, _("{code} has ended. Nobody can redeem it.", code=promo.code))
    return redirect("console-promos")
