"""Follow up on sign-ins and changes of access; each leaves a line in the log, without secrets."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account import signals as account_signals
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from connects.acts.accounts import sessions
from connects.acts.accounts.sign_up import confirm_own_address
from connects.acts.accounts.unlock import forget_failures
from connects.acts.proposals.invite_by_email import finish_sign_up
from connects.bootstrap.client_address import client_address
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import User

log = structlog.get_logger("connects.security")


def connect() -> None:
    """Have the functions below called."""
    user_logged_in.connect(_on_signed_in)
    user_logged_out.connect(_on_signed_out)
    user_login_failed.connect(_on_sign_in_failed)
    account_signals.password_changed.connect(_on_password_changed)
    account_signals.password_reset.connect(_on_password_reset)
    account_signals.email_changed.connect(_on_email_changed)
    account_signals.email_confirmed.connect(_on_email_confirmed)
    for signal in (
        mfa_signals.authenticator_added,
        mfa_signals.authenticator_removed,
        mfa_signals.authenticator_reset,
    ):
        signal.connect(_on_second_factor)


def _note(event: str, request: HttpRequest | None, user: User | None) -> None:
    address = client_address(request) if request is not None else None
    log.info(event, person=user.pk if user is not None else None, address=address)


def _on_signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.begin(request.session, clock_now())
    sessions.record_session(request, user)
    _note("signed in", request, user)


def _on_signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        sessions.forget_session(request.session.session_key)
        _note("signed out", request, user)


def _on_sign_in_failed(request: HttpRequest | None = None, **_: Any) -> None:
    # The name is left out: people type their password into that field, too.
    _note("sign-in failed", request, None)


def _on_password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    _note("password changed", request, user)


def _on_password_reset(request: HttpRequest, user: User, **_: Any) -> None:
    """Confirm the address of a person who set a password by e-mail, and lift their lock."""
    confirm_own_address(user)
    forget_failures(user.email)
    sessions.end_sessions(user)
    finish_sign_up(user)
    _note("password set by e-mail", request, user)


def _on_email_changed(request: HttpRequest, user: User, **_: Any) -> None:
    _note("e-mail address changed", request, user)


def _on_email_confirmed(request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    _note("e-mail address confirmed", request, email_address.user)


def _on_second_factor(request: HttpRequest, user: User, **_: Any) -> None:
    _note("second factor changed", request, user)
