"""The forms of a profile, and of looking for people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from connects.acts.accounts.edit_profile import (
    ABOUT_CHARACTERS,
    TITLE_CHARACTERS,
    ProfileForm,
)
from connects.bootstrap.plain_form import PlainForm
from connects.market.profiles.models import Profile, ShownTo
from connects.vocabulary.countries import country_choices
from connects.vocabulary.skills import SKILLS_TEXT_CHARACTERS
from connects.web.forms.fields import MoneyField, PlainTextField, in_currency


class ProfilePageForm(PlainForm):
    """What somebody tells of themselves; all of it may be left out."""

    title = PlainTextField(
        label=gettext_lazy("What you do, in a few words"),
        required=False,
        max_length=TITLE_CHARACTERS,
    )
    skills = forms.CharField(
        label=gettext_lazy("Skills, up to 15, with commas between them"),
        required=False,
        max_length=SKILLS_TEXT_CHARACTERS,
    )
    rate = MoneyField(label=gettext_lazy("Your rate an hour"))
    country = forms.CharField(
        label=gettext_lazy("Country"),
        required=False,
        max_length=60,
    )
    about = PlainTextField(
        label=gettext_lazy("About you"),
        required=False,
        max_length=ABOUT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    shown_to = forms.ChoiceField(
        label=gettext_lazy("Who may see this page"),
        choices=ShownTo.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["country"].widget = forms.Select(
            choices=country_choices(), attrs={"autocomplete": "country"}
        )
        in_currency(self, currency)

    def profile_form(self) -> ProfileForm:
        """The profile as the act takes it."""
        data = self.cleaned_data
        return ProfileForm(
            title=data["title"],
            about=data["about"],
            skills=data["skills"],
            hourly_cents=data["rate"],
            currency=self.currency,
            country=data["country"],
            shown_to=data["shown_to"],
        )


def initial_of(profile: Profile) -> dict[str, Any]:
    """A profile as its form begins with it."""
    return {
        "title": profile.title,
        "about": profile.about,
        "skills": ", ".join(profile.skills),
        "rate": profile.hourly_cents,
        "country": profile.country or profile.account.country,
        "shown_to": profile.shown_to,
    }
