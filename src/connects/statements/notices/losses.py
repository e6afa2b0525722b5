"""Notices about Connects that are about to go, have gone, or wait for room."""

from __future__ import annotations

from datetime import date

from connects.ledger.lots import LotKind
from connects.statements.notices.kinds import BALANCE, HISTORY, NoticeKind, Page, you_now_have
from connects.statements.words import day_text, instant_text, some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

MEMBER = "the account"


def _still_waiting(parameters: Parameters) -> str:
    left = parameters.get("left")
    return (
        _(" {left} more wait until {until}.", left=left, until=instant_text(parameters["until"]))
        if left
        else ""
    )


def _would_not_roll_over(parameters: Parameters) -> str:
    lost = ngettext(
        "You would lose {connects} on {when}, because it does not roll over. Use it before then to"
        " keep it.",
        "You would lose {connects} on {when}, because they do not roll over. Use them before then to"
        " lose none.",
        int(parameters["connects"] or 0),
        connects=some_connects(parameters["connects"]),
        when=instant_text(parameters["when"]),
    )
    return f"{lost}{you_now_have(parameters)}"


_LOTS = {
    LotKind.SIGNUP.value: mark("your welcome grant of {day}"),
    LotKind.PLAN.value: mark("your monthly Connects of {day}"),
    LotKind.BONUS.value: mark("your bonus of {day}"),
    LotKind.COURTESY.value: mark("our courtesy of {day}"),
    LotKind.PURCHASE.value: mark("what you bought on {day}"),
    LotKind.RETURN.value: mark("what you got back on {day}"),
}
"""What a lot is called where it is told of, to follow "from"."""


def _lot(parameters: Parameters) -> str:
    """The lot, by its kind and day; "" for several that differ in these."""
    if not parameters.get("kind"):
        return ""
    day = day_text(date.fromisoformat(str(parameters["issued"])))
    return _(_LOTS[str(parameters["kind"])], day=day)


def _expired(parameters: Parameters) -> str:
    connects, when = int(parameters["connects"] or 0), instant_text(parameters["expired"])
    if lot := _lot(parameters):
        gone = ngettext(
            "{n} Connect from {lot} expired on {when}.",
            "{n} Connects from {lot} expired on {when}.",
            connects,
            lot=lot,
            when=when,
        )
    else:
        gone = ngettext(
            "{n} of your Connects expired on {when}.",
            "{n} of your Connects expired on {when}.",
            connects,
            when=when,
        )
    return f"{gone}{you_now_have(parameters)}"


def _expired_more(parameters: Parameters) -> str:
    lot, when = _lot(parameters), instant_text(parameters["expired"])
    gone = _("From {lot}, on {when}.", lot=lot, when=when) if lot else _("On {when}.", when=when)
    return f"{gone}{you_now_have(parameters)}"


KINDS: dict[str, NoticeKind] = {
    "balance-low": NoticeKind(
        MEMBER,
        "losses",
        lambda p: _("You have {balance} left", balance=some_connects(p["balance"])),
        lambda p: _(
            "You have {balance} left. Buy some before you need them, or let an auto top-up do it.",
            balance=some_connects(p["balance"]),
        ),
        Page("buy", mark("Buy Connects")),
        more=lambda _p: _("Buy some before you need them, or let an auto top-up do it."),
    ),
    "connects-expiring": NoticeKind(
        MEMBER,
        "losses",
        lambda p: ngettext(
            "{n} Connect expires in {days} days",
            "{n} Connects expire in {days} days",
            int(p["connects"] or 0),
            days=p["days"],
        ),
        lambda p: ngettext(
            "{n} of your Connects expires in {days} days, on {expires}. Use it before then, or you lose"
            " it.",
            "{n} of your Connects expire in {days} days, on {expires}. Use them before then, or you lose"
            " them.",
            int(p["connects"] or 0),
            days=p["days"],
            expires=instant_text(p["expires"]),
        ),
        Page("find-work", mark("Find work")),
        more=lambda p: ngettext(
            "It expires on {expires}. Use it before then, or you lose it.",
            "They expire on {expires}. Use them before then, or you lose them.",
            int(p["connects"] or 0),
            expires=instant_text(p["expires"]),
        ),
    ),
    "connects-expired": NoticeKind(
        MEMBER,
        "losses",
        lambda p: ngettext("{n} Connect expired", "{n} Connects expired", int(p["connects"] or 0)),
        _expired,
        HISTORY,
        more=_expired_more,
    ),
    "connects-not-rolling-over": NoticeKind(
        MEMBER,
        "losses",
        lambda p: _(
            "You would lose {connects} at your renewal", connects=some_connects(p["connects"])
        ),
        _would_not_roll_over,
        Page("membership", mark("See what rolls over")),
    ),
    "connects-forfeited": NoticeKind(
        MEMBER,
        "losses",
        lambda p: _(
            "You lost {connects} that did not roll over", connects=some_connects(p["connects"])
        ),
        lambda p: _(
            "You lost {connects}, which did not roll over into your new month. You"
            " now have {balance}.",
            connects=some_connects(p["connects"]),
            balance=p["balance"],
        ),
        HISTORY,
    ),
    "connects-waiting": NoticeKind(
        MEMBER,
        "losses",
        lambda p: _("You have no room for {connects}", connects=some_connects(p["connects"])),
        lambda p: ngettext(
            "{connects} did not fit under your limit. You will get"
            " it once you spend others, until {until}.",
            "{connects} did not fit under your limit. You will get"
            " them as you spend others, until {until}.",
            int(p["connects"] or 0),
            connects=some_connects(p["connects"]),
            until=instant_text(p["until"]),
        ),
        BALANCE,
    ),
    "waiting-connects": NoticeKind(
        MEMBER,
        "losses",
        lambda p: _(
            "You got {connects} that waited for room", connects=some_connects(p["connects"])
        ),
        lambda p: (
            _(
                "You got {connects} that waited for room. You now have {balance}.",
                connects=some_connects(p["connects"]),
                balance=p["balance"],
            )
            + _still_waiting(p)
        ),
        BALANCE,
    ),
    "waiting-connects-lapsed": NoticeKind(
        MEMBER,
        "losses",
        lambda p: _("You lost {connects} that had no room", connects=some_connects(p["connects"])),
        lambda p: ngettext(
            "You lost {n} Connect: there was no room for it under your limit in time.",
            "You lost {n} Connects: there was no room for them under your limit in time.",
            int(p["connects"] or 0),
        ),
        BALANCE,
    ),
}
