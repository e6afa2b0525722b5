"""Checks of what moves money: a plan, a purchase, a refund, the end of a membership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.statements.checks.check import Bill, Check, Line
from connects.statements.words import day_text, some_connects
from connects.vocabulary.amounts import Connects, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """What moving to a plan does to the Connects that are held.

    `lost` of the `balance` do not roll over at `begins`, which is now where `at_once`; `connects` come.
    `held` is the plan that is left, `worth` what the lost ones cost in money, where that is known.
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


def check_of_plan(told: PlanChange) -> Check:
    """The loss first; what comes, and what is left; what is due, and when again."""
    when = "today" if told.at_once else f"on {day_text(told.begins)}"
    is_more = told.at_once and bool(told.due.cents)
    verb = "upgrade" if is_more else "change"
    button = f"Pay {told.due} and begin {told.title}" if is_more else f"Change to {told.title}"
    if told.same_plan:
        button = f"Keep {told.title}"
    if told.lost:
        button = f"{verb.capitalize()} and lose {some_connects(told.lost)}"
        means = f"You would lose {told.lost} of your {some_connects(told.balance)} {when}"
    elif told.balance:
        means = f"You keep all of your {some_connects(told.balance)}"
    else:
        means = "You have no Connects, so you can lose none"
    return Check(
        act=f"keep {told.title}" if told.same_plan else f"{verb} to {told.title}",
        means=means,
        because=_why_lost(told),
        loses=bool(told.lost),
        bills=() if told.same_plan else (_bill_of_plan(told),),
        agree=f"I understand that {_will_be_gone(told)}" if told.lost else "",
        undo=""
        if told.at_once
        else f"Until {day_text(told.begins)} you can change your mind: choose {told.held} again.",
        button=button,
        keep=f"Keep {told.held}" + (", lose nothing" if told.lost and told.at_once else ""),
    )


def _why_lost(told: PlanChange) -> str:
    if not told.lost:
        return ""
    worth = f" They are worth {told.worth}, and cannot be brought back." if told.worth else ""
    month = "A new month begins when you change" if told.at_once else "Your month ends then"
    most = (
        f"at most {some_connects(told.limit)} roll over"
        if told.limit is not None
        else "not all roll over"
    )
    spare = "" if told.at_once else " What you use before then is not lost."
    return f"{month}, and under your rules {most}.{worth}{spare}"


def _bill_of_plan(told: PlanChange) -> Bill:
    lines = [Line("You have now", f"{told.balance}")]
    if told.lost:
        lines.append(Line("Do not roll over", f"−{told.lost}", "down"))
    if told.connects:
        then = "today" if told.at_once else "then"
        lines.append(Line(f"{told.title} brings {then}", f"+{told.connects}", "up"))
    lines.append(
        Line(
            "You will have" if told.at_once else "You will have, if you use none before",
            f"{told.balance - told.lost + told.connects}",
            "sum",
        )
    )
    return Bill("Your Connects", tuple(lines))


def _will_be_gone(told: PlanChange) -> str:
    return f"{some_connects(told.lost)} will be gone"


def check_of_purchase(
    credits: Connects,
    due: Money,
    balance: Connects,
    expires: datetime | None,
    lost: Connects,
    renews: datetime,
) -> Check:
    """What comes and until when, and what the next renewal would trim because of it."""
    lasts = f"They expire on {day_text(expires)}." if expires else "They do not expire."
    return Check(
        act=f"buy {some_connects(credits)}",
        means=(
            f"You would lose {some_connects(lost)} on {day_text(renews)} if you buy these"
            if lost
            else f"You will have {some_connects(balance + credits)}"
        ),
        because=(
            f"They do not roll over into your next month, unless you use {lost} before. {lasts}"
            if lost
            else lasts
        ),
        loses=bool(lost),
        bills=(
            Bill(
                "Your Connects",
                (
                    Line("You have now", f"{balance}"),
                    Line("You buy", f"+{credits}", "up"),
                    Line("You will have", f"{balance + credits}", "sum"),
                ),
            ),
        ),
        agree=f"I understand that {lost} of them may be lost" if lost else "",
        button=f"Pay {due}",
        keep="Choose another bundle",
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
    lines = [Line("They hold now", f"{told.balance}")]
    lines.append(
        Line("Taken from what is left", f"−{told.from_lots}" if told.from_lots else "0", "down")
    )
    lines.append(Line("They will hold", f"{told.balance - told.from_lots}", "sum"))
    if owed:
        lines.append(Line("They will owe, for what was spent", f"{owed}", "down"))
    notes = [f"{told.who} is told."]
    if told.plan:
        notes.append(f"Their {told.plan} membership ends now.")
    return Check(
        act=f"refund {told.amount} to {told.who}",
        means=f"{told.amount} goes back, and {some_connects(told.taken)} with it",
        because=f"It was paid for {told.what}."
        + (" What comes in later pays what they owe first." if owed else ""),
        bills=(Bill("Their Connects", tuple(lines)),),
        notes=tuple(notes),
        agree=f"{told.who} gets {told.amount} back and loses {some_connects(told.taken)}",
        undo="You cannot undo this: the money is theirs again.",
        button=f"Refund {told.amount} and take {some_connects(told.taken)}",
        keep="Leave the payment as it is",
    )


def check_of_end_of_plan(
    who: str, plan: str, refunds: tuple[Refund, ...], *, money_back: bool, balance: Connects
) -> Check:
    """What ends; with `money_back`, the money and the month's Connects that go with it."""
    amounts = ", ".join(str(each.amount) for each in refunds)
    taken = sum(each.taken for each in refunds)
    if refunds:
        means = f"{plan} ends now: {amounts} goes back, and {some_connects(taken)} with it"
    elif money_back:
        means = f"{plan} ends now. Nothing was paid for this month, so nothing goes back"
    else:
        means = f"{plan} ends now. {who} keeps {some_connects(balance)} and gets no money back"
    return Check(
        act=f"end {plan} of {who}",
        means=means,
        because="Their month goes on on the free plan."
        + (" What they spent of it is owed." if taken else ""),
        notes=(f"{who} is told.",),
        agree=f"{plan} of {who} ends today",
        undo="You cannot undo this. They can take the plan up again.",
        button=f"End {plan} of {who}",
        keep=f"Keep {plan}",
    )
