"""Checks of what moves money: a plan, a purchase, a refund, the end of a membership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.statements.checks.better_ways import ways_to_lose_less
from connects.statements.checks.check import Bill, Check, Line
from connects.statements.words import day_text, some_connects
from connects.vocabulary.amounts import Connects, Money
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """What moving to a plan does to the Connects that are held.

    `lost` of the `balance` do not roll over at `begins`, which is now where `at_once`; `connects` come.
    `held` is the plan that is left, `worth` what the lost ones cost in money, where that is known.
    `spared` is when the account moves to other rules, named `spared_by`, under which none is lost.
    """

    title: str
    held: str
    at_once: bool
    begins: datetime
    balance: Connects
    lost: Connects
    connects: Connects
    limit: Connects | None
    worth: Money | None
    due: Money
    renews: datetime
    same_plan: bool
    spared: datetime | None = None
    spared_by: str = ""


def check_of_plan(told: PlanChange) -> Check:
    """The loss first; what comes, and what is left; what is due, and when again."""
    is_more = told.at_once and bool(told.due.cents)
    button = (
        _("Pay {due} and begin {title}", due=told.due, title=told.title)
        if is_more
        else _("Change to {title}", title=told.title)
    )
    if told.same_plan:
        button = _("Keep {title}", title=told.title)
    if told.lost:
        words = mark("Upgrade and lose {lost}") if is_more else mark("Change and lose {lost}")
        button = _(words, lost=some_connects(told.lost))
        means = _would_lose(told)
    elif told.balance:
        means = _("You keep all of your {balance}", balance=some_connects(told.balance))
    else:
        means = _("You have no Connects, so you can lose none")
    return Check(
        act=_act(told, is_more=is_more),
        means=means,
        because=_why_lost(told),
        loses=bool(told.lost),
        bills=() if told.same_plan else (_bill_of_plan(told),),
        agree=_("I understand that {lost} will be gone", lost=some_connects(told.lost))
        if told.lost
        else "",
        undo=""
        if told.at_once
        else _(
            "Until {begins} you can change your mind: choose {held} again.",
            begins=day_text(told.begins),
            held=told.held,
        ),
        button=button,
        keep=_("Keep {held}, lose nothing", held=told.held)
        if told.lost and told.at_once
        else _("Keep {held}", held=told.held),
        others=ways_to_lose_less(told.spared, told.spared_by) if told.lost else (),
    )


def _would_lose(told: PlanChange) -> str:
    balance = some_connects(told.balance)
    if told.at_once:
        return _("You would lose {lost} of your {balance} today", lost=told.lost, balance=balance)
    return _(
        "You would lose {lost} of your {balance} on {day}",
        lost=told.lost,
        balance=balance,
        day=day_text(told.begins),
    )


def _act(told: PlanChange, *, is_more: bool) -> str:
    if told.same_plan:
        return _("keep {title}", title=told.title)
    if is_more:
        return _("upgrade to {title}", title=told.title)
    return _("change to {title}", title=told.title)


def _why_lost(told: PlanChange) -> str:
    if not told.lost:
        return ""
    worth = (
        _(" They are worth {worth}, and cannot be brought back.", worth=told.worth)
        if told.worth
        else ""
    )
    if told.at_once:
        words = (
            mark(
                "A new month begins when you change, and under your rules at most {limit} roll over."
            )
            if told.limit is not None
            else mark("A new month begins when you change, and under your rules not all roll over.")
        )
    else:
        words = (
            mark("Your month ends then, and under your rules at most {limit} roll over.")
            if told.limit is not None
            else mark("Your month ends then, and under your rules not all roll over.")
        )
    spare = "" if told.at_once else _(" What you use before then is not lost.")
    return f"{_(words, limit=some_connects(told.limit))}{worth}{spare}"


def _bill_of_plan(told: PlanChange) -> Bill:
    lines = [Line(_("You have now"), f"{told.balance}")]
    if told.lost:
        lines.append(Line(_("Do not roll over"), f"−{told.lost}", "down"))
    if told.connects:
        words = mark("{title} brings today") if told.at_once else mark("{title} brings then")
        lines.append(Line(_(words, title=told.title), f"+{told.connects}", "up"))
    lines.append(
        Line(
            _("You will have") if told.at_once else _("You will have, if you use none before"),
            f"{told.balance - told.lost + told.connects}",
            "sum",
        )
    )
    return Bill(_("Your Connects"), tuple(lines))


def check_of_purchase(
    credits: Connects,
    due: Money,
    balance: Connects,
    expires: datetime | None,
    lost: Connects,
    renews: datetime,
) -> Check:
    """What comes and until when, and what the next renewal would trim because of it."""
    lasts = (
        _("They expire on {expires}.", expires=day_text(expires))
        if expires
        else _("They do not expire.")
    )
    return Check(
        act=_("buy {credits}", credits=some_connects(credits)),
        means=(
            _(
                "You would lose {lost} on {renews} if you buy these",
                lost=some_connects(lost),
                renews=day_text(renews),
            )
            if lost
            else _("You will have {balance}", balance=some_connects(balance + credits))
        ),
        because=(
            _(
                "They do not roll over into your next month, unless you use {lost} before.",
                lost=lost,
            )
            + f" {lasts}"
            if lost
            else lasts
        ),
        loses=bool(lost),
        bills=(
            Bill(
                _("Your Connects"),
                (
                    Line(_("You have now"), f"{balance}"),
                    Line(_("You buy"), f"+{credits}", "up"),
                    Line(_("You will have"), f"{balance + credits}", "sum"),
                ),
            ),
        ),
        agree=_("I understand that {lost} of them may be lost", lost=lost) if lost else "",
        button=_("Pay {due}", due=due),
        keep=_("Choose another bundle"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """What a refund would take: `taken` Connects, `from_lots` of what is left and the rest as debt.

    `plan` is the membership that ends with it, "" where none does.
    """

    who: str
    what: str
    amount: Money
    taken: Connects
    from_lots: Connects
    debt: Connects
    balance: Connects
    plan: str


def check_of_refund(told: Refund) -> Check:
    """The money that goes back, the Connects that go with it, and the debt that stays."""
    owed = told.debt
    lines = [Line(_("They hold now"), f"{told.balance}")]
    lines.append(
        Line(_("Taken from what is left"), f"−{told.from_lots}" if told.from_lots else "0", "down")
    )
    lines.append(Line(_("They will hold"), f"{told.balance - told.from_lots}", "sum"))
    if owed:
        lines.append(Line(_("They will owe, for what was spent"), f"{owed}", "down"))
    notes = [_("{who} is told.", who=told.who)]
    if told.plan:
        notes.append(_("Their {plan} membership ends now.", plan=told.plan))
    return Check(
        act=_("refund {amount} to {who}", amount=told.amount, who=told.who),
        means=_(
            "{amount} goes back, and {taken} with it",
            amount=told.amount,
            taken=some_connects(told.taken),
        ),
        because=_("It was paid for {what}.", what=told.what)
        + (_(" What comes in later pays what they owe first.") if owed else ""),
        bills=(Bill(_("Their Connects"), tuple(lines)),),
        notes=tuple(notes),
        agree=_(
            "{who} gets {amount} back and loses {taken}",
            who=told.who,
            amount=told.amount,
            taken=some_connects(told.taken),
        ),
        undo=_("You cannot undo this: the money is theirs again."),
        button=_(
            "Refund {amount} and take {taken}", amount=told.amount, taken=some_connects(told.taken)
        ),
        keep=_("Leave the payment as it is"),
    )


def check_of_end_of_plan(
    who: str, plan: str, refunds: tuple[Refund, ...], *, money_back: bool, balance: Connects
) -> Check:
    """What ends; with `money_back`, the money and the month's Connects that go with it."""
    amounts = ", ".join(str(each.amount) for each in refunds)
    taken = sum(each.taken for each in refunds)
    if refunds:
        means = _(
            "{plan} ends now: {amounts} goes back, and {taken} with it",
            plan=plan,
            amounts=amounts,
            taken=some_connects(taken),
        )
    elif money_back:
        means = _(
            "{plan} ends now. Nothing was paid for this month, so nothing goes back", plan=plan
        )
    else:
        means = _(
            "{plan} ends now. {who} keeps {balance} and gets no money back",
            plan=plan,
            who=who,
            balance=some_connects(balance),
        )
    return Check(
        act=_("end {plan} of {who}", plan=plan, who=who),
        means=means,
        because=_("Their month goes on on the free plan.")
        + (_(" What they spent of it is owed.") if taken else ""),
        notes=(_("{who} is told.", who=who),),
        agree=_("{plan} of {who} ends today", plan=plan, who=who),
        undo=_("You cannot undo this. They can take the plan up again."),
        button=_("End {plan} of {who}", plan=plan, who=who),
        keep=_("Keep {plan}", plan=plan),
    )
