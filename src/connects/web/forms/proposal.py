"""The form of a proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from connects.acts.proposals.submission import COVER_LETTER_CHARACTERS
from connects.bootstrap.plain_form import PlainForm
from connects.market.jobs.models import Job
from connects.market.proposals.asking import DAYS_MOST, Asking, asking_problem
from connects.statements.problem_words import beside_field
from connects.vocabulary.facts import JobKind
from connects.web.forms.fields import MoneyField, PlainTextField, in_currency
from connects.wording.messages import gettext as _

_FIELDS = {"price_cents": "amount", "hourly_cents": "amount", "days": "days"}


class LetterForm(PlainForm):
    """A letter, with the price or rate that its writer asks for and the days that they need."""

    cover_letter = PlainTextField(
        label=gettext_lazy("Your letter"),
        required=False,
        max_length=COVER_LETTER_CHARACTERS,
        widget=forms.Textarea(attrs={"aria-describedby": "letter-hint"}),
    )
    amount = MoneyField(label=gettext_lazy("Your price"))
    days = forms.IntegerField(
        label=gettext_lazy("Ready in (days)"),
        required=False,
        min_value=1,
        max_value=DAYS_MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, job: Job, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = JobKind(job.kind)
        self.fields["amount"].label = (
            _("Your price") if self.kind is JobKind.FIXED else _("Your rate an hour")
        )
        in_currency(self, currency)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        problem = None if self.errors else asking_problem(self.asking(), self.kind)
        if problem is not None:
            words = beside_field(str(problem.parameters["problem"]))
            self.add_error(_FIELDS[str(problem.parameters["field"])], words)
        return cleaned

    def asking(self) -> Asking:
        """What is asked for, as the services take it."""
        amount, days = self.cleaned_data.get("amount"), self.cleaned_data.get("days")
        if self.kind is JobKind.FIXED:
            return Asking(price_cents=amount, days=days)
        return Asking(hourly_cents=amount, days=days)


def initial_of_asking(asking: Asking) -> dict[str, Any]:
    """What was asked for before, as the form begins with it."""
    cents = asking.price_cents if asking.hourly_cents is None else asking.hourly_cents
    return {"amount": cents, "days": asking.days}
