"""Notices about memberships: begun, not paid, ended."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, you_now_have
from connects.statements.notices.money import MEMBER, PLAN, WAYS_TO_PAY
from connects.statements.payment_words import DECLINES, amount_text
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext


def _not_taken(parameters: Parameters) -> str:
    if parameters.get("cents") is None:
        taken = _("We could not take the payment for {plan}.", plan=parameters["plan"])
    else:
        taken = _(
            "We could not take {amount} for {plan}.",
            amount=amount_text(parameters),
            plan=parameters["plan"],
        )
    cause = str(parameters.get("cause") or "")
    why = f" {DECLINES[cause]}" if cause in DECLINES else ""
    return f"{taken}{why} {_tried_again(parameters)}"


def _tried_again(parameters: Parameters) -> str:
    """When it is tried again, and what is lost if that fails, too; the latter was not told once."""
    next_try, ends = parameters["next_try"], parameters.get("ends")
    if not ends:
        words = mark(
            "We will try again on {next_try}. Until then nothing changes, and you can change how you pay."
        )
    elif ends == next_try:
        words = mark(
            "We will try for the last time on {next_try}. If that fails, {plan} ends. Your new"
            " month's Connects come once it is paid."
        )
    else:
        words = mark(
            "We will try again on {next_try}. You stay on {plan} until {ends}, and your new month's"
            " Connects come once it is paid."
        )
    return _(
        words,
        next_try=instant_text(next_try),
        ends=instant_text(ends or next_try),
        plan=parameters["plan"],
    )


def _ended_unpaid(parameters: Parameters) -> str:
    """A membership's end, with the balance after it; None says that no Connects moved with it."""
    ended = _(
        "We could not take the payment for {plan}, so your membership has ended, and its monthly"
        " Connects with it.",
        plan=parameters["plan"],
    )
    kept = you_now_have(parameters) or _(" You keep all of your Connects.")
    return ended + kept + _(" You can choose the plan again.")


def _plan_begun_title(parameters: Parameters) -> str:
    if not parameters["connects"]:
        return _("{plan} has begun", plan=parameters["plan"])
    return _(
        "{plan} has begun: {connects}",
        plan=parameters["plan"],
        connects=some_connects(parameters["connects"]),
    )


def _plan_begun(parameters: Parameters) -> str:
    plan, renews = parameters["plan"], instant_text(parameters["renews"])
    if not parameters["connects"]:
        return _("{plan} has begun. It renews on {renews}.", plan=plan, renews=renews)
    return _(
        "{plan} has begun, and brought you {connects}. You now have {balance}. It"
        " renews on {renews}.",
        plan=plan,
        connects=some_connects(parameters["connects"]),
        balance=parameters["balance"],
        renews=renews,
    )


def _ended_early(parameters: Parameters) -> str:
    ended = _(
        "Your {plan} membership ended today, before its month was over.", plan=parameters["plan"]
    )
    if parameters["money_back"]:
        return " ".join((ended, _("We are paying your money back.")))
    if parameters.get("balance") is None:
        return " ".join((ended, _("You keep your Connects.")))
    return " ".join((ended, _kept(int(parameters["balance"] or 0))))


def _kept(balance: int) -> str:
    if not balance:
        return _("You have no Connects left.")
    return ngettext("You keep your {n} Connect.", "You keep your {n} Connects.", balance)


KINDS: dict[str, NoticeKind] = {
    "membership-payment-failed": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("We could not take the payment for {plan}", plan=p["plan"]),
        _not_taken,
        WAYS_TO_PAY,
    ),
    "membership-ended": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{plan} has ended: it was not paid", plan=p["plan"]),
        _ended_unpaid,
        PLAN,
    ),
    "membership-ended-early": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{plan} has ended early", plan=p["plan"]),
        _ended_early,
        PLAN,
    ),
    "membership-lapsed": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{plan} has ended with its month", plan=p["plan"]),
        lambda p: _(
            "Your {plan} membership ended with the month, because your"
            " account is suspended. Nothing was charged.",
            plan=p["plan"],
        ),
        PLAN,
    ),
    "plan-begun": NoticeKind(
        MEMBER,
        "money",
        _plan_begun_title,
        _plan_begun,
        PLAN,
    ),
}
