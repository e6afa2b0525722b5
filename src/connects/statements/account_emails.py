"""What e-mails about somebody's access say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from connects.statements.words import instant_text
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

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
    address = (
        _(", from the address {address}", address=parameters["address"])
        if parameters.get("address")
        else ""
    )
    return f"{_when(parameters)}{address}"


def _when(parameters: Parameters) -> str:
    when = str(parameters.get("when") or "")
    try:
        return instant_text(when) if when else _("just now")
    except ValueError:  # written out, as it was kept once
        return when


_NOT_YOU = mark(
    "If this was not you, set a new password now: that signs everybody else"
    " out. Then look at the list of places where you are signed in."
)


def _changed(subject: str, what: str) -> Callable[[Parameters], AccountEmailText]:
    return lambda p: AccountEmailText(
        _(subject), (f"{_(what)} ({_where(p)}).", _(_NOT_YOU)), _("Set a new password")
    )


_TEXTS: dict[AccountEmailKind, Callable[[Parameters], AccountEmailText]] = {
    AccountEmailKind.CONFIRM: lambda p: AccountEmailText(
        _("Confirm your e-mail address"),
        (
            (
                _(
                    "You, or somebody else, entered {email} on our site. To use it, follow"
                    " the link and sign in. The link works for 3 days.",
                    email=p.get("email") or _("this address"),
                )
            ),
            _("If this was not you, there is nothing to do: nothing happens without your click."),
        ),
        _("Confirm this address"),
    ),
    AccountEmailKind.ALREADY_HERE: lambda _p: AccountEmailText(
        _("You already have an account"),
        (
            (
                _(
                    "Somebody tried to sign up with your e-mail"
                    " address. If it was you, you already"
                    " have an"
                    " account: sign in, or set a new password if you have forgotten yours."
                )
            ),
            _("If it was not you, there is nothing to do. They were not told that you are here."),
        ),
        _("Set a new password"),
    ),
    AccountEmailKind.RESET: lambda _p: AccountEmailText(
        _("Set a new password"),
        (
            _("Follow the link to set a new password. It works once, for 24 hours."),
            _("If you did not ask for it, there is nothing to do: your password stays as it is."),
        ),
        _("Set a new password"),
    ),
    AccountEmailKind.PASSWORD_CHANGED: _changed(
        mark("Your password was changed"), mark("Your password was changed")
    ),
    AccountEmailKind.EMAIL_CHANGED: lambda p: AccountEmailText(
        _("Your e-mail address was changed"),
        (
            (
                _(
                    "From now on you sign in with {to_email}, no longer with {from_email} ({where}).",
                    to_email=p.get("to_email") or _("another address"),
                    from_email=p.get("from_email") or _("this one"),
                    where=_where(p),
                )
            ),
            _(
                "If this was not you, write to us at once: this address can no longer set"
                " a password."
            ),
        ),
    ),
    AccountEmailKind.SECOND_FACTOR_ON: _changed(
        mark("Signing in now needs a code"),
        mark("Signing in to your account now needs a code, too"),
    ),
    AccountEmailKind.SECOND_FACTOR_OFF: _changed(
        mark("Signing in no longer needs a code"),
        mark("Signing in to your account no longer needs a code"),
    ),
    AccountEmailKind.RECOVERY_CODES: _changed(
        mark("You have new recovery codes"),
        mark("New recovery codes were made for your account, and the earlier ones stopped working"),
    ),
    AccountEmailKind.SESSIONS_ENDED: _changed(
        mark("You were signed out everywhere"), mark("You were signed out everywhere else")
    ),
    AccountEmailKind.CLOSED: lambda p: AccountEmailText(
        _("Your account is closed"),
        (
            _(
                "{account} is closed ({where}).",
                account=p.get("account") or _("Your account"),
                where=_where(p),
            ),
            *_lines(p),
        ),
    ),
    AccountEmailKind.INVITED: lambda p: AccountEmailText(
        _("{by} invites you", by=p.get("by") or _("Somebody")),
        (
            _invited_to(p),
            (
                _(
                    "Sign up with this address, and you will"
                    " find the invitation in your"
                    " account. It is open for 30 days. We wrote to you"
                    " because somebody entered your address;"
                    " the page"
                    " behind the link can also stop such e-mails."
                )
            ),
        ),
        _("See the invitation"),
    ),
    AccountEmailKind.ENDPOINT_DISABLED: lambda p: AccountEmailText(
        _("Webhooks to {endpoint} have stopped", endpoint=p.get("endpoint") or _("an endpoint")),
        (
            (_stopped(p)),
            (
                _(
                    "Nothing is lost: what is waiting will be delivered once you enable"
                    " the endpoint again, and the feed has everything."
                )
            ),
        ),
        _("See its deliveries"),
    ),
}


def _stopped(parameters: Parameters) -> str:
    url = parameters.get("url") or _("The address")
    if parameters.get("because") == "gone":
        return _(
            "{url} answered that it is gone for good (410). We no longer deliver anything there.",
            url=url,
        )
    return _(
        "{url} has accepted nothing for five days. We no longer deliver anything there.", url=url
    )


def _invited_to(parameters: Parameters) -> str:
    by, job = parameters.get("by", _("Somebody")), parameters.get("job")
    if job:
        return _("{by} invites you to send a proposal for the job “{job}”.", by=by, job=job)
    return _("{by} invites you to join its team.", by=by)


def _lines(parameters: Parameters) -> tuple[str, ...]:
    lines = parameters.get("lines", ())
    return tuple(str(line) for line in lines) if isinstance(lines, (list, tuple)) else ()
