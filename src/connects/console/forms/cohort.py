"""The form of one cohort of a rollout."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from connects.acts.rules.plan_rollout import CohortPlan
from connects.bootstrap.plain_form import PlainForm
from connects.market.rollout.models import CohortKind
from connects.wording.messages import gettext as _

FILE_BYTES_MOST = 10_000_000


class CohortForm(PlainForm):
    """One cohort; without a kind it is left out. Dates begin at midnight UTC."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who"),
        required=False,
        choices=[("", gettext_lazy("nobody")), *CohortKind.choices],
    )
    value = forms.CharField(
        label=gettext_lazy("Percent, countries (Germany, France) or plan"),
        required=False,
        max_length=400,
    )
    effective = forms.DateField(
        label=gettext_lazy("On"), required=False, widget=forms.DateInput({"type": "date"})
    )
    accounts = forms.FileField(
        label=gettext_lazy("CSV file with a column of handles"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") and not cleaned.get("effective") and "effective" not in self.errors:
            self.add_error("effective", _("Say from which day on these accounts move."))
        if not cleaned.get("kind") and self.has_changed():
            self.add_error("kind", _("Choose who this cohort is, or clear its other fields."))
        file = cleaned.get("accounts")
        if file is not None and file.size > FILE_BYTES_MOST:
            self.add_error("accounts", _("This file is larger than 10 MB."))
        elif file is not None:
            cleaned["handles"] = self._handles(file.read())
        return cleaned

    def _handles(self, content: bytes) -> tuple[str, ...]:
        try:
            return tuple(handles_in(content.decode("utf-8-sig")))
        except (UnicodeDecodeError, csv.Error):
            self.add_error("accounts", _("This is not a CSV file in UTF-8."))
            return ()

    def begins_before(self, earliest: datetime) -> bool:
        """Whether its accounts, who have to be told, would move before that."""
        plan = self.cohort()
        return plan is not None and plan.kind != CohortKind.NEW and plan.effective < earliest

    def cohort(self) -> CohortPlan | None:
        """The cohort as the services take it; None where the line is left out."""
        data = self.cleaned_data
        if not data.get("kind"):
            return None
        return CohortPlan(
            kind=CohortKind(data["kind"]),
            effective=datetime.combine(data["effective"], time(), UTC),
            value=data["value"].strip(),
            accounts=data.get("handles", ()),
        )


def handles_in(text: str) -> Iterator[str]:
    """The handles of a CSV file: its column `handle` or `account`, or its first one."""
    rows = csv.reader(io.StringIO(text))
    column = 0
    for number, row in enumerate(rows):
        names = [cell.strip().lower() for cell in row]
        heads = [names.index(name) for name in ("handle", "account") if name in names]
        if number == 0 and heads:
            column = heads[0]
        elif len(row) > column and row[column].strip():
            yield row[column].strip()
