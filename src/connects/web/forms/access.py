"""Changing how one signs in: django-allauth's forms, with our words beside the fields."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account import forms as theirs
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as their_codes
from django.utils.translation import gettext_lazy

from connects.market.people.access import active_people_with_email
from connects.market.people.models import User
from connects.web.second_factor import UnreadableSecretError

log = structlog.get_logger("connects.security")

_LABELS = {
    "email": gettext_lazy("E-mail"),
    "oldpassword": gettext_lazy("Current password"),
    "password1": gettext_lazy("New password"),
    "password2": gettext_lazy("New password again"),
}


class _OurLabels:
    """Says at each field what the rest of the site calls it."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & _LABELS.keys():
            self.fields[name].label = _LABELS[name]


class ForgottenPasswordForm(_OurLabels, theirs.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The address of a person who forgot their password: the one with which they sign in.

    An address to which they have only asked to change does not count: it may be mistyped, and another
    person's.
    """

    def clean_email(self) -> str:
        """Find the person; the answer does not say whether there is one."""
        typed: str = self.cleaned_data["email"]
        email = typed.lower()
        self.users = active_people_with_email(email)
        return email


class NewPasswordForm(_OurLabels, theirs.ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """A new password, by a link."""


class ChangePasswordForm(_OurLabels, theirs.ChangePasswordForm):  # type: ignore[misc]  # as above
    """A new password for the current one."""


class FirstPasswordForm(_OurLabels, theirs.SetPasswordForm):  # type: ignore[misc]  # as above
    """A password for a person who has none."""


class NewAddressForm(_OurLabels, theirs.AddEmailForm):  # type: ignore[misc]  # as above
    """The address to sign in with from now on."""


class _CodesOfThisKey:
    """Refuses every code of a secret that cannot be read any more, as after a restore without keys."""

    user: User

    def clean_code(self) -> str:
        """Check the code; the log says why none fits, and the page no more than to a wrong one."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # the form's beside this class
        except UnreadableSecretError:
            log.error("second factor cannot be read", person=self.user.pk)  # noqa: TRY400
            raise get_adapter().validation_error("incorrect_code") from None
        return code


class CodeForm(_CodesOfThisKey, their_codes.AuthenticateForm):  # type: ignore[misc]  # as above
    """The code after the password."""


class CodeAgainForm(_CodesOfThisKey, their_codes.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The code before an act that only its owner may do."""
