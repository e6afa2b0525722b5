"""Adapt django-allauth: how e-mails go out, where a person is signed in, and what pages say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from typing_extensions import override

from connects.acts.accounts.sessions import signed_in_lately
from connects.acts.notices.send_account_emails import write_account_email
from connects.bootstrap.client_address import client_address
from connects.bootstrap.clock import now as clock_now
from connects.market.people.access import person_with_email
from connects.market.people.models import User
from connects.statements.account_emails import AccountEmailKind
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

# By allauth's name of an e-mail: which of ours it is; None: nobody needs to hear of it.
_EMAILS: Mapping[str, AccountEmailKind | None] = {
    "account/email/email_confirmation": AccountEmailKind.CONFIRM,
    "account/email/email_confirmation_signup": AccountEmailKind.CONFIRM,
    "account/email/password_reset_key": AccountEmailKind.RESET,
    "account/email/password_changed": AccountEmailKind.PASSWORD_CHANGED,
    "account/email/password_set": AccountEmailKind.PASSWORD_CHANGED,
    "account/email/password_reset": AccountEmailKind.PASSWORD_CHANGED,
    "account/email/email_changed": AccountEmailKind.EMAIL_CHANGED,
    "account/email/email_deleted": None,
    "mfa/email/totp_activated": AccountEmailKind.SECOND_FACTOR_ON,
    "mfa/email/totp_deactivated": AccountEmailKind.SECOND_FACTOR_OFF,
    "mfa/email/recovery_codes_generated": AccountEmailKind.RECOVERY_CODES,
}
_SAID: Mapping[str, str] = {
    "account/messages/password_changed.txt": mark(
        "Your password is changed. Wherever else you were signed in, you are signed out."
    ),
    "account/messages/password_set.txt": mark("Your password is set."),
    "account/messages/email_confirmation_sent.txt": mark(
        "We sent an e-mail to {email}. Follow the link in it."
    ),
    "account/messages/email_confirmed.txt": mark("{email} is confirmed."),
    "account/messages/email_confirmation_failed.txt": mark(
        "{email} cannot be confirmed: somebody else uses it."
    ),
    "account/messages/email_deleted.txt": mark(
        "Your address stays as it was; {email} is forgotten."
    ),
    "mfa/messages/totp_activated.txt": mark("From now on, signing in needs a code from your app."),
    "mfa/messages/totp_deactivated.txt": mark("Signing in no longer needs a code."),
    "mfa/messages/recovery_codes_generated.txt": mark(
        "You have new recovery codes. Any earlier ones no longer work."
    ),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts as this site has them."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": gettext_lazy("This is your address already. Enter another one."),
        "enter_current_password": gettext_lazy(
            "This is not your current password. Enter the one you sign in with."
        ),
        "incorrect_password": gettext_lazy(
            "This is not your password. Enter the one you sign in with."
        ),
        "incorrect_code": gettext_lazy(
            "This code does not match. Enter the one that your app shows now."
        ),
        "rate_limited": gettext_lazy("That was too often. Wait a few minutes."),
        "too_many_login_attempts": gettext_lazy("That was too often. Wait a few minutes."),
    }

    @override
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put an e-mail into our own outbox, to be sent by the worker."""
        kind = _EMAILS[template_prefix]
        if kind is None:
            return
        user = person_with_email(email) or self._signed_in()
        now = clock_now()
        link = context.get("activate_url") or context.get("password_reset_url")
        parameters = {
            name: context[name] for name in ("from_email", "to_email") if context.get(name)
        }
        parameters |= {
            "email": email,
            "when": now.isoformat(),
            "address": client_address(self.request) if "ip" in context else "",
        }
        path = urlsplit(link).path if link else reverse("account_reset_password")
        write_account_email(kind, email, now, user=user, parameters=parameters, link=path)

    def _signed_in(self) -> User | None:
        user = self.request.user
        return user if isinstance(user, User) else None

    @override
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or _(_SAID.get(message_template or "", ""))
        if said:
            messages.add_message(request, level, said.format(**(message_context or {})), extra_tags)

    @override
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: wrong passwords are counted by `signing_in/lockouts.py`."""

    @override
    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the password is asked for again: not of a person who has just signed in."""
        return not signed_in_lately(self.request.session, clock_now())

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("security")
