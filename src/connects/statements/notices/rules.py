"""Notices about the rules that apply to an account, and about its standing."""

from __future__ import annotations

from datetime import datetime

from connects.statements.notices.kinds import NoticeKind, Page, as_sentence
from connects.statements.words import day_text, instant_text
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

ACCOUNT = "the account"
RULES = Page("rules", mark("See the rules"))


def _change(parameters: Parameters) -> str:
    book, begins_at = parameters["rule_book"], instant_text(parameters["effective"])
    begins = _("On {begins_at} your account moves to {book}.", begins_at=begins_at, book=book)
    if parameters.get("client"):
        stays = _(
            "Your jobs stay as they are. What changes is when we remind you of an open job, and when we"
            " close a quiet one. What closing gives back to those who proposed may change, too."
        )
    else:
        stays = _("You keep all of your Connects. Your membership page shows what changes for you.")
    return f"{begins} {stays}"


def _called_off(parameters: Parameters) -> str:
    book, called_off = parameters["rule_book"], parameters.get("called_off")
    if called_off:
        stays = _(
            "We called off the change to {new}. You are on {book}.", new=called_off, book=book
        )
    else:
        stays = _(
            "We called off the change of rules that we told you about. You stay on {book}.",
            book=book,
        )
    return f"{stays}{_kept(parameters)}"


def _kept(parameters: Parameters) -> str:
    return "" if parameters.get("client") else _(" You keep all of your Connects.")


def _day(moment: object) -> str:
    """The day alone, for a subject."""
    return day_text(datetime.fromisoformat(str(moment)))


def _suspended(parameters: Parameters) -> str:
    """Why, what stops and what stays; those written long ago do not say whose account it is."""
    said = [
        _("We suspended your account: {reason}", reason=as_sentence(_reason(parameters))),
        _("You can still read everything, but not propose, post, hire or buy."),
        _what_stays(parameters),
        _("If we made a mistake, write to us."),
    ]
    return " ".join(said)


def _reason(parameters: Parameters) -> str:
    return str(parameters["reason"] or _("see the rules"))


def _what_stays(parameters: Parameters) -> str:
    if parameters.get("client"):
        return _("Your open jobs have ended, and those who proposed get back what their rules say.")
    if parameters.get("balance") is None:
        return _("You keep your Connects, and nothing is charged while it is suspended.")
    return ngettext(
        "You keep your {n} Connect, which expires on its date as before. Nothing is charged meanwhile;"
        " a membership that is due for renewal ends.",
        "You keep your {n} Connects, which expire on their dates as before. Nothing is charged"
        " meanwhile; a membership that is due for renewal ends.",
        int(parameters["balance"] or 0),
    )


KINDS: dict[str, NoticeKind] = {
    "policy-change": NoticeKind(
        ACCOUNT,
        "rules",
        lambda p: _(
            "You move to {rule_book} on {day}", rule_book=p["rule_book"], day=_day(p["effective"])
        ),
        _change,
        RULES,
    ),
    "policy-changed": NoticeKind(
        ACCOUNT,
        "rules",
        lambda p: _("You are on {rule_book} now", rule_book=p["rule_book"]),
        lambda p: _("You are on {rule_book} from now on.", rule_book=p["rule_book"]) + _kept(p),
        RULES,
    ),
    "policy-change-cancelled": NoticeKind(
        ACCOUNT,
        "rules",
        lambda _p: _("Your rules do not change after all"),
        _called_off,
        RULES,
    ),
    "suspended": NoticeKind(
        ACCOUNT,
        "rules",
        lambda _p: _("Your account is suspended"),
        _suspended,
        RULES,
    ),
    "reinstated": NoticeKind(
        ACCOUNT,
        "rules",
        lambda _p: _("Your account is back"),
        lambda _p: _("Your account is no longer suspended. You can propose, hire and buy again."),
        RULES,
    ),
}
