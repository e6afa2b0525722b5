"""The form of a post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from connects.market.jobs.facts import facts_of
from connects.market.jobs.fields import (
    CATEGORY_CHARACTERS,
    DESCRIPTION_CHARACTERS,
    TITLE_CHARACTERS,
    JobFields,
    problems_of,
)
from connects.market.jobs.models import Job
from connects.statements.words import problem_text
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    JobKind,
    Level,
    Range,
)
from connects.web.forms.fields import MoneyField, PlainTextField

NOT_SAID = ("", "I would rather not say")
DURATIONS = {
    "days": ("A few days", Range(1, 6)),
    "under_month": ("Under one month", UNDER_ONE_MONTH),
    "one_to_three": ("One to three months", ONE_TO_THREE_MONTHS),
    "three_to_six": ("Three to six months", THREE_TO_SIX_MONTHS),
    "over_six": ("Over six months", OVER_SIX_MONTHS),
}
WORKLOADS = {
    "under_30": ("Under 30 hours a week", UNDER_THIRTY_HOURS),
    "over_30": ("30 hours a week or more", THIRTY_HOURS_OR_MORE),
}


def _choices(ranges: dict[str, tuple[str, Range]]) -> list[tuple[str, str]]:
    return [NOT_SAID, *((key, label) for key, (label, _) in ranges.items())]


class JobForm(forms.Form):
    """What a client asks for; all but the title and the kind may be left out."""

    title = PlainTextField(max_length=TITLE_CHARACTERS)
    description = PlainTextField(
        required=False,
        max_length=DESCRIPTION_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    category = PlainTextField(required=False, max_length=CATEGORY_CHARACTERS)
    kind = forms.ChoiceField(
        label="How do you pay?",
        choices=[("fixed", "A fixed price"), ("hourly", "By the hour")],
        widget=forms.RadioSelect,
        initial="fixed",
    )
    budget = MoneyField(label="Budget (US dollars)")
    hourly_min = MoneyField(label="Lowest rate an hour (US dollars)")
    hourly_max = MoneyField(label="Highest rate an hour (US dollars)")
    duration = forms.ChoiceField(required=False, choices=_choices(DURATIONS))
    hours_per_week = forms.ChoiceField(required=False, choices=_choices(WORKLOADS))
    level = forms.ChoiceField(
        label="Experience",
        required=False,
        choices=[NOT_SAID, *((level.value, level.value.capitalize()) for level in Level)],
    )

    cloud = forms.ChoiceField(label="Who may see it", required=False)

    def __init__(self, *args: Any, clouds: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clouds:
            field = self.fields["cloud"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "everyone"), *((name, f"only {name}") for name in clouds)]
        else:
            del self.fields["cloud"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for problem in problems_of(self.job_fields()):
                self.add_error(problem.field, f"This {problem_text(problem.code)}.")
        return cleaned

    def job_fields(self) -> JobFields:
        """The post as the services take it; what belongs to the other kind of pay is left out."""
        data = self.cleaned_data
        is_fixed = data["kind"] == JobKind.FIXED
        return JobFields(
            title=data["title"],
            description=data["description"],
            kind=JobKind(data["kind"]),
            budget_cents=data["budget"] if is_fixed else None,
            hourly_min_cents=None if is_fixed else data["hourly_min"],
            hourly_max_cents=None if is_fixed else data["hourly_max"],
            duration=DURATIONS[data["duration"]][1] if data["duration"] else None,
            hours_per_week=WORKLOADS[data["hours_per_week"]][1] if data["hours_per_week"] else None,
            level=Level(data["level"]) if data["level"] else None,
            category=data["category"],
        )


def initial_of(job: Job) -> dict[str, Any]:
    """A post as the form begins with it. A range that the form cannot say is the nearest it can."""
    facts = facts_of(job)
    return {
        "title": job.title,
        "description": job.description,
        "category": job.category,
        "kind": job.kind,
        "budget": job.budget_cents,
        "hourly_min": job.hourly_min_cents,
        "hourly_max": job.hourly_max_cents,
        "duration": _key_of(DURATIONS, facts.duration_days),
        "hours_per_week": _key_of(WORKLOADS, facts.hours_per_week),
        "level": job.level,
    }


def _key_of(ranges: dict[str, tuple[str, Range]], span: Range | None) -> str:
    if span is None:
        return ""
    fits = (
        key for key, (_, known) in ranges.items() if known.most is None or span.least <= known.most
    )
    return next(fits, "")
