"""Notices about money: memberships, payments, top-ups and earnings."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, Page
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Parameters

MEMBER = "who pays"
PLAN = Page("membership", "See your membership")
RECEIPTS = Page("receipts", "See your receipts")
WAYS_TO_PAY = Page("billing", "See your ways to pay")
EARNINGS = Page("earnings", "See your earnings")


def _owed(debt: object) -> str:
    return f" You owe {some_connects(debt)}; the next that come in pay them first." if debt else ""


KINDS: dict[str, NoticeKind] = {
    "membership-payment-failed": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"We could not take the payment for {p['plan']}",
        lambda p: (
            f"We could not take the payment for {p['plan']}. We try again on"
            f" {instant_text(p['next_try'])}, and until then nothing changes. You can change how you pay"
            " before that."
        ),
        WAYS_TO_PAY,
    ),
    "membership-ended": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"{p['plan']} has ended",
        lambda p: (
            f"We could not take the payment for {p['plan']}, so your membership has ended. You keep all"
            " of your Connects, and can take the plan up again."
        ),
        PLAN,
    ),
    "membership-ended-early": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"{p['plan']} has ended",
        lambda p: (
            f"Your {p['plan']} membership has ended today, within its month."
            f"{' Your money goes back to you.' if p['money_back'] else ' You keep your Connects.'}"
        ),
        PLAN,
    ),
    "membership-lapsed": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"{p['plan']} has ended",
        lambda p: (
            f"Your {p['plan']} membership ended with its month, because your account is suspended."
            " Nothing was charged."
        ),
        PLAN,
    ),
    "payment-received": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"Your receipt: {p['amount']}",
        lambda p: f"We received your {p['amount']} for {p['what']}. Receipt {p['receipt']}.",
        RECEIPTS,
        in_inbox=False,  # the list of receipts has it already
    ),
    "payment-not-made": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"Your {p['amount']} did not arrive",
        lambda p: (
            f"Your {p['amount']} for {p['what']} did not arrive. You were not charged, and got nothing"
            " for it. You can buy again."
        ),
        PLAN,
    ),
    "plan-begun": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"{p['plan']} has begun: {some_connects(p['connects'])}",
        lambda p: (
            f"{p['plan']} has begun, and brought you {some_connects(p['connects'])}. You now have"
            f" {p['balance']}. It renews on {instant_text(p['renews'])}."
        ),
        PLAN,
    ),
    "payment-going-back": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"Your {p['amount']} goes back to you",
        lambda p: (
            f"Your {p['amount']} for {p['what']} came after you had let go of it. It goes back to you."
        ),
        RECEIPTS,
    ),
    "purchase-reversed": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"Your {p['amount']} went back to you",
        lambda p: (
            f"Your {p['amount']} for {p['what']} went back to you, so we took back the"
            f" {some_connects(p['connects'])} it brought.{_owed(p['debt'])}"
        ),
        RECEIPTS,
    ),
    "refund-came-back": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"Your refund of {p['amount']} came back to us",
        lambda p: (
            f"Our refund of {p['amount']} for {p['what']} did not reach you and came back to us. So"
            f" {some_connects(p['connects'])} are yours again, and we will write to you about your money."
        ),
        RECEIPTS,
    ),
    "dispute-won": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"The dispute about {p['amount']} is over",
        lambda p: (
            f"The dispute about {p['amount']} for {p['what']} is over and the money is here, so"
            f" {some_connects(p['connects'])} are yours again."
        ),
        RECEIPTS,
    ),
    "topped-up": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"You bought {some_connects(p['connects'])} by auto top-up",
        lambda p: (
            f"Your auto top-up bought {some_connects(p['connects'])} for {p['amount']}, because you had"
            f" fewer than {p['below']}. You now have {p['balance']}. It may spend {p['left']} more this"
            f" month, of {p['ceiling']}. You can stop it under Ways to pay."
        ),
        WAYS_TO_PAY,
    ),
    "top-up-waits": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"Your auto top-up of {some_connects(p['connects'])} waits for room",
        lambda p: (
            f"Your auto top-up did not buy {some_connects(p['connects'])}: they do not fit under your"
            " limit. Nothing was charged. It buys them when there is room."
        ),
        WAYS_TO_PAY,
    ),
    "top-up-stopped": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"Auto top-up is off: {some_connects(p['connects'])} not bought",
        lambda p: (
            f"Your auto top-up could not buy {some_connects(p['connects'])}, so it is off now. Nothing"
            " was charged. Check your ways to pay, then switch it on again."
        ),
        WAYS_TO_PAY,
    ),
    "top-up-ceiling": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"You reached your monthly ceiling of {p['ceiling']}",
        lambda p: (
            f"You reached your monthly ceiling of {p['ceiling']}, so your auto top-up did not buy"
            f" {some_connects(p['connects'])}. It starts anew next month."
        ),
        WAYS_TO_PAY,
    ),
    "earnings-withdrawn": NoticeKind(
        MEMBER,
        "money",
        lambda p: f"{_paid_out(p)} of your earnings were paid out",
        lambda p: f"{_paid_out(p)} of your earnings were paid out.",
        EARNINGS,
    ),
}


def _paid_out(parameters: Parameters) -> Money:
    return Money(int(parameters["cents"] or 0), str(parameters.get("currency") or "USD"))
