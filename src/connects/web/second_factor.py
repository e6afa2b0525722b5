"""The second factor: codes from an app, and who needs them."""

from __future__ import annotations

import base64
import hashlib
from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from typing_extensions import override

from connects.market.people.models import User
from connects.market.people.permissions import is_staff


class UnreadableSecretError(ValueError):
    """A second factor's secret that was encrypted with a key which is not here."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the apps' secrets encrypted, so that a copy of the database alone makes no codes."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code does not match. Enter the one that your app shows now."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second factor, so it cannot be removed."
        ),
    }

    @override
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    @override
    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise UnreadableSecretError(
                "a second factor was encrypted under another CONNECTS_SECRET_KEY"
            ) from error

    @override
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user)


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    digest = hashlib.sha256(b"connects second factor\0" + force_bytes(key)).digest()
    return base64.urlsafe_b64encode(digest)


def needs_second_factor(user: User) -> bool:
    """Whether the installation asks this person for codes."""
    match settings.SECOND_FACTOR_FOR:
        case "everyone":
            return True
        case "staff":
            return is_staff(user)
        case _:
            return False
