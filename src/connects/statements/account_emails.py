"""What e-mails about somebody's access say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Parameters = Mapping[str, object]


class AccountEmailKind(StrEnum):
    """What an e-mail about access is for."""

    CONFIRM = "confirm"
    ALREADY_HERE = "already-here"
    RESET = "reset"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 no password
    EMAIL_CHANGED = "email-changed"
    SECOND_FACTOR_ON = "second-factor-on"
    SECOND_FACTOR_OFF = "second-factor-off"
    RECOVERY_CODES = "recovery-codes"
    SESSIONS_ENDED = "sessions-ended"
    CLOSED = "closed"
    INVITED = "invited"
    ENDPOINT_DISABLED = "endpoint-disabled"


SECRET_LINKS = (AccountEmailKind.CONFIRM, AccountEmailKind.RESET, AccountEmailKind.INVITED)
"""E-mails whose link alone lets its holder do what it is for."""


@dataclass(frozen=True, slots=True)
class AccountEmailText:
    """An e-mail in words. `link_words` says what the link is for; empty where there is none."""

    subject: str
    lines: tuple[str, ...]
    link_words: str = ""


def account_email_text(kind: str, parameters: Parameters) -> AccountEmailText:
    """The words of an e-mail. Raises ValueError for a kind that is not known."""
    return _TEXTS[AccountEmailKind(kind)](parameters)


def _where(parameters: Parameters) -> str:
    """When and from where, as far as is known."""
    address = f", from the address {parameters['address']}" if parameters.get("address") else ""
    return f"{parameters.get('when', 'just now')}{address}"


_NOT_YOU = (
    "If this was not you, set a new password now: that signs everybody else out. Then look at the"
    " list of places where you are signed in."
)


def _changed(subject: str, what: str) -> Callable[[Parameters], AccountEmailText]:
    return lambda p: AccountEmailText(
        subject, (f"{what} ({_where(p)}).", _NOT_YOU), "Set a new password"
    )


_TEXTS: dict[AccountEmailKind, Callable[[Parameters], AccountEmailText]] = {
    AccountEmailKind.CONFIRM: lambda p: AccountEmailText(
        "Confirm your e-mail address",
        (
            (
                f"You, or somebody else, entered {p.get('email', 'this address')} on our site. To"
                " use it, follow the link and sign in. The link works for 3 days."
            ),
            "If this was not you, there is nothing to do: without your click nothing happens.",
        ),
        "Confirm this address",
    ),
    AccountEmailKind.ALREADY_HERE: lambda _: AccountEmailText(
        "You have an account already",
        (
            (
                "Somebody tried to sign up with your e-mail address. If it was you: you have an"
                " account already, so sign in. If you have forgotten your password, set a new one."
            ),
            "If it was not you, there is nothing to do. They were not told that you are here.",
        ),
        "Set a new password",
    ),
    AccountEmailKind.RESET: lambda _: AccountEmailText(
        "Set a new password",
        (
            "Follow the link to set a new password. It works once, for 24 hours.",
            "If you did not ask for it, there is nothing to do: your password stays as it is.",
        ),
        "Set a new password",
    ),
    AccountEmailKind.PASSWORD_CHANGED: _changed(
        "Your password was changed", "Your password was changed"
    ),
    AccountEmailKind.EMAIL_CHANGED: lambda p: AccountEmailText(
        "Your e-mail address was changed",
        (
            (
                f"You sign in with {p.get('to_email', 'another address')} from now on, no longer"
                f" with {p.get('from_email', 'this one')} ({_where(p)})."
            ),
            "If this was not you, write to us at once: this address can no longer set a password.",
        ),
    ),
    AccountEmailKind.SECOND_FACTOR_ON: _changed(
        "Signing in now needs a code", "Signing in to your account now needs a code, too"
    ),
    AccountEmailKind.SECOND_FACTOR_OFF: _changed(
        "Signing in no longer needs a code", "Signing in to your account no longer needs a code"
    ),
    AccountEmailKind.RECOVERY_CODES: _changed(
        "You have new recovery codes",
        "New recovery codes were made for your account, and the earlier ones stopped working",
    ),
    AccountEmailKind.SESSIONS_ENDED: _changed(
        "You were signed out everywhere", "You were signed out everywhere else"
    ),
    AccountEmailKind.CLOSED: lambda p: AccountEmailText(
        "Your account is closed",
        (f"{p.get('account', 'Your account')} is closed ({_where(p)}).", *_lines(p)),
    ),
    AccountEmailKind.INVITED: lambda p: AccountEmailText(
        f"{p.get('by', 'Somebody')} invites you",
        (
            _invited_to(p),
            (
                "Sign up with this address, and the invitation is in your account. It is open for 30"
                " days. We wrote to you because somebody entered your address; the page behind the link"
                " also stops such e-mails."
            ),
        ),
        "See the invitation",
    ),
    AccountEmailKind.ENDPOINT_DISABLED: lambda p: AccountEmailText(
        f"Webhooks to {p.get('endpoint', 'an endpoint')} have stopped",
        (
            (
                f"{p.get('url', 'Its address')} "
                + (
                    "answered that it is gone for good (410)."
                    if p.get("because") == "gone"
                    else "has taken nothing for five days."
                )
                + " We deliver nothing there any more."
            ),
            (
                "Nothing is lost: what waits is delivered once you enable the endpoint again, and the"
                " feed has everything."
            ),
        ),
        "See its deliveries",
    ),
}


def _invited_to(parameters: Parameters) -> str:
    by, job = parameters.get("by", "Somebody"), parameters.get("job")
    if job:
        return f"{by} invites you to send a proposal for the job “{job}”."
    return f"{by} invites you to work in its team."


def _lines(parameters: Parameters) -> tuple[str, ...]:
    lines = parameters.get("lines", ())
    return tuple(str(line) for line in lines) if isinstance(lines, (list, tuple)) else ()
