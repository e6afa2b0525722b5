"""Notices about money: memberships, payments, top-ups and earnings."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, Page, some
from connects.statements.words import instant_text
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Parameters

MEMBER = "who pays"
PLAN = Page("membership", "See your membership")
RECEIPTS = Page("receipts", "See your receipts")
WAYS_TO_PAY = Page("billing", "See your ways to pay")
EARNINGS = Page("earnings", "See your earnings")


def _owed(debt: object) -> str:
    return f" You owe {debt}, which what comes in pays first." if debt else ""


KINDS: dict[str, NoticeKind] = {
    "membership-payment-failed": NoticeKind(
        MEMBER,
        "money",
        "Your membership could not be paid",
        lambda p: (
            f"The payment for {p['plan']} failed. We try again on {instant_text(p['next_try'])}. If you"
            " want, change how you pay before then."
        ),
        WAYS_TO_PAY,
    ),
    "membership-ended": NoticeKind(
        MEMBER,
        "money",
        "Your membership has ended",
        lambda p: (
            f"The payment for {p['plan']} failed, so the membership has ended. You keep your Connects."
        ),
        PLAN,
    ),
    "membership-ended-early": NoticeKind(
        MEMBER,
        "money",
        "Your membership has ended",
        lambda p: (
            f"Your {p['plan']} membership has ended today, within its month."
            f"{' Your money goes back.' if p['money_back'] else ' You keep your Connects.'}"
        ),
        PLAN,
    ),
    "membership-lapsed": NoticeKind(
        MEMBER,
        "money",
        "Your membership has ended",
        lambda p: (
            f"Your {p['plan']} membership ended with its month, because your account is suspended."
            " Nothing was charged."
        ),
        PLAN,
    ),
    "payment-received": NoticeKind(
        MEMBER,
        "money",
        "Your receipt",
        lambda p: f"We received your {p['amount']} for {p['what']}. Receipt {p['receipt']}.",
        RECEIPTS,
        in_inbox=False,  # the list of receipts has it already
    ),
    "payment-not-made": NoticeKind(
        MEMBER,
        "money",
        "A payment did not arrive",
        lambda p: (
            f"Your {p['amount']} for {p['what']} never arrived, so you were not charged, and got"
            " nothing. You can buy again."
        ),
        PLAN,
    ),
    "plan-begun": NoticeKind(
        MEMBER,
        "money",
        "Your membership has begun",
        lambda p: (
            f"{p['plan']} has begun, and {some(p['connects'])} came with it. You now hold {p['balance']}."
            f" It renews on {instant_text(p['renews'])}."
        ),
        PLAN,
    ),
    "payment-going-back": NoticeKind(
        MEMBER,
        "money",
        "Your money goes back to you",
        lambda p: (
            f"{p['amount']} for {p['what']} came after you had let go of it. It goes back to you."
        ),
        RECEIPTS,
    ),
    "purchase-reversed": NoticeKind(
        MEMBER,
        "money",
        "A purchase was reversed",
        lambda p: (
            f"Your {p['amount']} for {p['what']} went back to you, and so"
            f" {some(p['connects'])} went, too.{_owed(p['debt'])}"
        ),
        RECEIPTS,
    ),
    "refund-came-back": NoticeKind(
        MEMBER,
        "money",
        "Your refund came back to us",
        lambda p: (
            f"The refund of {p['amount']} for {p['what']} did not arrive and came back to us, so"
            f" {some(p['connects'])} are yours again. We will be in touch about your money."
        ),
        RECEIPTS,
    ),
    "dispute-won": NoticeKind(
        MEMBER,
        "money",
        "A dispute is over",
        lambda p: (
            f"The dispute about {p['amount']} for {p['what']} is over and the money is here, so"
            f" {some(p['connects'])} are yours again."
        ),
        RECEIPTS,
    ),
    "topped-up": NoticeKind(
        MEMBER,
        "money",
        "Your auto top-up bought Connects",
        lambda p: (
            f"Your auto top-up bought {some(p['connects'])} for {p['amount']}, because you held fewer"
            f" than {p['below']}. You now hold {p['balance']}. It may spend {p['left']} more this month,"
            f" of {p['ceiling']}. You can stop it under Ways to pay."
        ),
        WAYS_TO_PAY,
    ),
    "top-up-waits": NoticeKind(
        MEMBER,
        "money",
        "Your auto top-up waits for room",
        lambda p: (
            f"Your auto top-up did not buy {some(p['connects'])}: they do not fit under your limit."
            " Nothing was charged. It buys them when there is room."
        ),
        WAYS_TO_PAY,
    ),
    "top-up-stopped": NoticeKind(
        MEMBER,
        "money",
        "Connects could not be bought",
        lambda p: (
            f"Your auto top-up could not buy {some(p['connects'])}, so it is switched off. Nothing was"
            " charged. Check your ways to pay, then switch it on again."
        ),
        WAYS_TO_PAY,
    ),
    "top-up-ceiling": NoticeKind(
        MEMBER,
        "money",
        "Your monthly ceiling is reached",
        lambda p: (
            f"Your auto top-up did not buy {some(p['connects'])}: your monthly ceiling of {p['ceiling']}"
            " is reached."
        ),
        WAYS_TO_PAY,
    ),
    "earnings-withdrawn": NoticeKind(
        MEMBER,
        "money",
        "Your earnings were paid out",
        lambda p: f"{_paid_out(p)} of your earnings were paid out.",
        EARNINGS,
    ),
}


def _paid_out(parameters: Parameters) -> Money:
    return Money(int(parameters["cents"] or 0), str(parameters.get("currency") or "USD"))
