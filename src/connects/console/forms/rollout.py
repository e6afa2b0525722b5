"""The form of a rollout: from, to, notice, and up to six cohorts in the order in which they move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from connects.acts.rules.plan_rollout import CohortPlan, RolloutPlan
from connects.bootstrap.plain_form import PlainForm
from connects.console.forms.cohort import CohortForm
from connects.wording.dates import day
from connects.wording.messages import gettext as _

COHORTS = 6
_NOT_CHOSEN = {"required": gettext_lazy("Choose rules.")}


class RolloutForm(PlainForm):
    """A rollout: the two rule books, and the days of notice for everyone."""

    before = forms.ChoiceField(label=gettext_lazy("From"), error_messages=_NOT_CHOSEN)
    after = forms.ChoiceField(label=gettext_lazy("To"), error_messages=_NOT_CHOSEN)
    notice_days = forms.IntegerField(
        label=gettext_lazy("Days of notice"), min_value=0, max_value=365, initial=7
    )

    def __init__(self, books: tuple[tuple[str, str], ...], *args: Any, **kwargs: Any) -> None:
        """`books` are the rules to choose from, each with its title; none is chosen to begin with."""
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext_lazy("Choose rules")), *books]

    def keeps_notice(self, lines: Iterable[CohortForm], now: datetime) -> bool:
        """Whether every cohort gets the notice; on those that would not stands from when on they do.

        A draft cannot be edited, so this is said before it is kept.
        """
        earliest = now + timedelta(days=self.cleaned_data["notice_days"])
        first = earliest.date() + timedelta(days=1)
        late = [line for line in lines if line.begins_before(earliest)]
        for line in late:
            line.add_error(
                "effective",
                _("Choose {first} or later, so that they get their notice.", first=day(first)),
            )
        return not late

    def plan(self, cohorts: tuple[CohortPlan, ...]) -> RolloutPlan:
        """The rollout as the services take it."""
        data = self.cleaned_data
        return RolloutPlan(
            before=data["before"],
            after=data["after"],
            notice_days=data["notice_days"],
            cohorts=cohorts,
        )


CohortLines = forms.formset_factory(CohortForm, extra=COHORTS, max_num=COHORTS)
