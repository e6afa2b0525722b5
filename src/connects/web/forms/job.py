"""The form of a post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from connects.bootstrap.plain_form import PlainForm
from connects.market.jobs.facts import facts_of
from connects.market.jobs.fields import (
    CATEGORY_CHARACTERS,
    DESCRIPTION_CHARACTERS,
    DURATIONS,
    TITLE_CHARACTERS,
    WORKLOADS,
    JobFields,
    as_asked,
    problems_of,
)
from connects.market.jobs.models import Job
from connects.policy.terms import RuleBook
from connects.pricing.mixture import is_doubted
from connects.statements.problem_words import beside_field
from connects.vocabulary.amounts import Cents, Money
from connects.vocabulary.facts import JobKind, Level, Range
from connects.vocabulary.skills import SKILLS_TEXT_CHARACTERS, skills_in
from connects.web.forms.fields import MoneyField, PlainTextField, in_currency
from connects.wording.messages import gettext as _

NOT_SAID = ("", gettext_lazy("I would rather not say"))
DURATION_LABELS: dict[str, str | Promise] = {
    "days": gettext_lazy("A few days"),
    "under_month": gettext_lazy("Under one month"),
    "one_to_three": gettext_lazy("One to three months"),
    "three_to_six": gettext_lazy("Three to six months"),
    "over_six": gettext_lazy("Over six months"),
}
WORKLOAD_LABELS: dict[str, str | Promise] = {
    "under_30": gettext_lazy("Under 30 hours a week"),
    "over_30": gettext_lazy("30 hours a week or more"),
}

LEVEL_LABELS: dict[str, str | Promise] = {
    Level.ENTRY.value: gettext_lazy("Entry"),
    Level.INTERMEDIATE.value: gettext_lazy("Intermediate"),
    Level.EXPERT.value: gettext_lazy("Expert"),
}


def _choices(labels: dict[str, str | Promise]) -> list[tuple[str, str | Promise]]:
    return [NOT_SAID, *labels.items()]


_OF_OTHER_PAY = {"hourly": ("budget",), "fixed": ("hourly_min", "hourly_max")}
"""The amounts that say nothing under a kind of pay: nobody's typing is dropped in silence."""


class JobForm(PlainForm):
    """What a client asks for; all but the title and the kind may be left out."""

    title = PlainTextField(label=gettext_lazy("Title"), max_length=TITLE_CHARACTERS)
    description = PlainTextField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=DESCRIPTION_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    category = PlainTextField(
        label=gettext_lazy("Category"), required=False, max_length=CATEGORY_CHARACTERS
    )
    skills = PlainTextField(
        label=gettext_lazy("Skills, with commas between them"),
        required=False,
        max_length=SKILLS_TEXT_CHARACTERS,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How do you pay?"),
        choices=[
            ("fixed", gettext_lazy("A fixed price")),
            ("hourly", gettext_lazy("By the hour")),
        ],
        widget=forms.RadioSelect,
        initial="fixed",
    )
    budget = MoneyField(label=gettext_lazy("Budget"))
    budget_meant = forms.ChoiceField(
        label=gettext_lazy("Is that the budget?"),
        required=False,
        choices=[
            ("yes", gettext_lazy("Yes, that is what I pay")),
            ("open", gettext_lazy("No, the budget is open to offers")),
        ],
        widget=forms.RadioSelect,
    )
    hourly_min = MoneyField(label=gettext_lazy("Lowest rate an hour"))
    hourly_max = MoneyField(label=gettext_lazy("Highest rate an hour"))
    duration = forms.ChoiceField(
        label=gettext_lazy("Duration"), required=False, choices=_choices(DURATION_LABELS)
    )
    hours_per_week = forms.ChoiceField(
        label=gettext_lazy("Hours per week"), required=False, choices=_choices(WORKLOAD_LABELS)
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Experience"),
        required=False,
        choices=[NOT_SAID, *LEVEL_LABELS.items()],
    )

    cloud = forms.ChoiceField(label=gettext_lazy("Who may see it"), required=False)

    def __init__(
        self, *args: Any, book: RuleBook, clouds: Sequence[str] = (), **kwargs: Any
    ) -> None:
        """What is doubted under `book` is asked about before it is published."""
        super().__init__(*args, **kwargs)
        self.book = book
        in_currency(self, book.currency)
        self._show_the_answer()
        if clouds:
            field = self.fields["cloud"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                ("", _("everyone")),
                *((name, _("only {cloud}", cloud=name)) for name in clouds),
            ]
        else:
            del self.fields["cloud"]

    def _show_the_answer(self) -> None:
        """A job whose client said that the budget is open begins with that answer, to be changed."""
        if self.is_bound:
            return
        if self.initial.get("budget_meant"):
            asked = self.initial["budget"], self.initial["duration"]
            self.fields["budget_meant"].label = budget_question(*asked, self.book.currency)
        else:
            del self.fields["budget_meant"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in _OF_OTHER_PAY.get(cleaned.get("kind", ""), ()):
            if cleaned.get(name) is not None:
                self.add_error(name, _("Leave this empty, or change how you pay."))
        if not self.errors:
            for problem in problems_of(self.job_fields()):
                self.add_error(problem.field, beside_field(problem.code))
        self._ask_about_the_budget()
        return cleaned

    def _ask_about_the_budget(self) -> None:
        """Keep the question if the budget is doubted; it must be answered to publish."""
        if self.errors and "budget_meant" in self.data:
            return
        if self.errors or not self._is_doubted():
            del self.fields["budget_meant"]
            return
        cents, length = self.cleaned_data["budget"], self.cleaned_data["duration"]
        self["budget_meant"].label = budget_question(cents, length, self.book.currency)
        if "preview" not in self.data and not self.cleaned_data["budget_meant"]:
            self.add_error("budget_meant", _("Please tell us, so that nobody has to guess."))

    def _is_doubted(self) -> bool:
        return is_doubted(self.job_fields().facts(None), self.book.value.doubt)

    def job_fields(self) -> JobFields:
        """The post as the services take it; what belongs to the other kind of pay is left out."""
        data = self.cleaned_data
        typed = JobFields(
            title=data["title"],
            description=data["description"],
            kind=JobKind(data["kind"]),
            budget_cents=data["budget"],
            budget_open=self._is_open(),
            hourly_min_cents=data["hourly_min"],
            hourly_max_cents=data["hourly_max"],
            duration=DURATIONS.get(data["duration"]),
            hours_per_week=WORKLOADS.get(data["hours_per_week"]),
            level=Level(data["level"]) if data["level"] else None,
            category=data["category"],
            skills=skills_in(data["skills"]),
        )
        return as_asked(typed)

    def _is_open(self) -> bool:
        """Whether the budget is open: as answered, or as it was where the same one is not asked about."""
        if "budget_meant" in self.fields:
            return self.cleaned_data.get("budget_meant") == "open"
        same = self.cleaned_data["budget"] == self.initial.get("budget")
        return same and self.initial.get("budget_meant") == "open"


def budget_question(cents: Cents | None, length: str, currency: str) -> str:
    """“$75 for three to six months of work: is that right?”"""
    amount = Money(cents or 0, currency).whole
    if not length:
        return _("{amount} for this job: is that right?", amount=amount)
    span = str(DURATION_LABELS[length]).lower()
    return _("{amount} for {span} of work: is that right?", amount=amount, span=span)


def initial_of(job: Job) -> dict[str, Any]:
    """A post as the form begins with it. A range that the form cannot say is the nearest it can."""
    facts = facts_of(job)
    return {
        "title": job.title,
        "description": job.description,
        "category": job.category,
        "skills": ", ".join(job.skills),
        "kind": job.kind,
        "budget": job.budget_cents,
        "budget_meant": "open" if job.budget_open else "",
        "hourly_min": job.hourly_min_cents,
        "hourly_max": job.hourly_max_cents,
        "duration": _key_of(DURATIONS, facts.duration_days),
        "hours_per_week": _key_of(WORKLOADS, facts.hours_per_week),
        "level": job.level,
    }


def _key_of(ranges: dict[str, Range], span: Range | None) -> str:
    if span is None:
        return ""
    fits = (key for key, known in ranges.items() if known.most is None or span.least <= known.most)
    return next(fits, "")
