"""Pages for finance: taxes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from connects.acts.money.set_tax import HIGHEST_BASIS_POINTS, set_tax
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.plain_form import PlainForm
from connects.console.pages import for_staff, staff_page
from connects.market.payments.selectors import tax_rates
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.countries import country_choices, country_name
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.wording import figures
from connects.wording.dates import day
from connects.wording.messages import gettext as _


class TaxForm(PlainForm):
    """A country's tax from a day on."""

    country = forms.CharField(label=gettext_lazy("Country"), max_length=60)
    name = forms.CharField(label=gettext_lazy("Name on receipts, such as VAT"), max_length=30)
    percent = forms.DecimalField(
        label=gettext_lazy("Percent"),
        min_value=0,
        max_value=HIGHEST_BASIS_POINTS // 100,
        decimal_places=2,
    )
    starts = forms.DateField(
        label=gettext_lazy("From (midnight UTC)"), widget=forms.DateInput({"type": "date"})
    )
    reverse_charge = forms.BooleanField(
        label=gettext_lazy("Businesses with a tax number account for it themselves"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Countries are named in the language of the page."""
        super().__init__(*args, **kwargs)
        self.fields["country"].widget = forms.Select(choices=country_choices())


def _tax_text(data: dict[str, Any]) -> str:
    return _(
        "{name} in {country} is {share} from {day} on.",
        name=data["name"].strip(),
        country=country_name(data["country"]),
        share=figures.percent(data["percent"] / 100),
        day=day(data["starts"]),
    )


@for_staff(Act.SET_TAXES)
def taxes(request: HttpRequest, staff: User) -> HttpResponseBase:
    """All tax rates; sending the form lets another one take over."""
    form = TaxForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = set_tax(
            data["country"],
            data["name"].strip(),
            int(data["percent"] * 100),
            datetime.combine(data["starts"], time(), UTC),
            staff,
            clock_now(),
            reverse_charge=data["reverse_charge"],
        )
        if not isinstance(answer, Refused):
            messages.success(request, _tax_text(data))
            return redirect("console-taxes")
        refusal = refusal_text(answer)
    context = {"form": form, "rates": tax_rates(), "now": clock_now(), "refusal": refusal}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/taxes.html", context, status)
