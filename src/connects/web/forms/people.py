"""Signing in and signing up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy

from connects.bootstrap.plain_form import PlainForm
from connects.market.people.models import User
from connects.vocabulary.parties import AccountKind
from connects.web.forms.fields import NameField

PASSWORD_CHARACTERS = 200


class SignInForm(AuthenticationForm):
    """An e-mail address, with or without capitals, and a password."""

    username = forms.CharField(label=gettext_lazy("E-mail"), max_length=254)
    password = forms.CharField(
        label=gettext_lazy("Password"), strip=False, max_length=PASSWORD_CHARACTERS
    )

    def clean_username(self) -> str:
        """Find people as they are kept: phones like to begin with a capital."""
        typed: str = self.cleaned_data["username"]
        return typed.lower()


class SignUpForm(PlainForm):
    """A registration."""

    kind = forms.ChoiceField(
        label=gettext_lazy("I am here as"),
        choices=[
            (AccountKind.FREELANCER.value, gettext_lazy("a freelancer")),
            (AccountKind.AGENCY.value, gettext_lazy("an agency")),
            (AccountKind.CLIENT.value, gettext_lazy("a client")),
        ],
        widget=forms.RadioSelect,
        initial=AccountKind.FREELANCER.value,
    )
    name = NameField(label=gettext_lazy("Name"), widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=PASSWORD_CHARACTERS,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _check_password(self, cleaned, cleaned.get("email", ""))
        return cleaned


class StaffLinkForm(PlainForm):
    """The name and password of somebody who was put on the staff."""

    name = NameField(label=gettext_lazy("Name"), widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=PASSWORD_CHARACTERS,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _check_password(self, cleaned, self.person.email)
        return cleaned


def _check_password(form: forms.Form, cleaned: dict[str, Any], email: str) -> None:
    """Report what is wrong with a password, whatever else has to be entered again."""
    if "password" in cleaned:
        try:
            validate_password(cleaned["password"], User(email=email, name=cleaned.get("name", "")))
        except forms.ValidationError as error:
            form.add_error("password", error)
