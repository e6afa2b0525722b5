"""Notices about money: memberships, payments, top-ups and earnings."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, Page
from connects.statements.payment_words import amount_text, bought_text
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

MEMBER = "who pays"
PLAN = Page("membership", mark("See your membership"))
RECEIPTS = Page("receipts", mark("See your receipts"))
WAYS_TO_PAY = Page("billing", mark("See your ways to pay"))
EARNINGS = Page("earnings", mark("See your earnings"))


def _owed(debt: object) -> str:
    return (
        _(" You owe {debt}; the next that come in pay them first.", debt=some_connects(debt))
        if debt
        else ""
    )


def _ended_early(parameters: Parameters) -> str:
    ended = _("Your {plan} membership has ended today, within its month.", plan=parameters["plan"])
    if parameters["money_back"]:
        return " ".join((ended, _("Your money goes back to you.")))
    return " ".join((ended, _("You keep your Connects.")))


KINDS: dict[str, NoticeKind] = {
    "membership-payment-failed": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("We could not take the payment for {plan}", plan=p["plan"]),
        lambda p: _(
            "We could not take the payment for {plan}. We try again on {next_try},"
            " and until then nothing changes. You can change how you pay before that.",
            plan=p["plan"],
            next_try=instant_text(p["next_try"]),
        ),
        WAYS_TO_PAY,
    ),
    "membership-ended": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{plan} has ended", plan=p["plan"]),
        lambda p: _(
            "We could not take the payment for {plan}, so your membership has ended."
            " You keep all of your Connects, and can take the plan up again.",
            plan=p["plan"],
        ),
        PLAN,
    ),
    "membership-ended-early": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{plan} has ended", plan=p["plan"]),
        _ended_early,
        PLAN,
    ),
    "membership-lapsed": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{plan} has ended", plan=p["plan"]),
        lambda p: _(
            "Your {plan} membership ended with its month, because your account is"
            " suspended. Nothing was charged.",
            plan=p["plan"],
        ),
        PLAN,
    ),
    "payment-received": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("Your receipt: {amount}", amount=amount_text(p)),
        lambda p: _(
            "We received your {amount} for {what}. Receipt {receipt}.",
            amount=amount_text(p),
            what=bought_text(p),
            receipt=p["receipt"],
        ),
        RECEIPTS,
        in_inbox=False,  # the list of receipts has it already
    ),
    "payment-not-made": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("Your {amount} did not arrive", amount=amount_text(p)),
        lambda p: _(
            "Your {amount} for {what} did not arrive. You were not charged, and got"
            " nothing for it. You can buy again.",
            amount=amount_text(p),
            what=bought_text(p),
        ),
        PLAN,
    ),
    "plan-begun": NoticeKind(
        MEMBER,
        "money",
        lambda p: _(
            "{plan} has begun: {connects}", plan=p["plan"], connects=some_connects(p["connects"])
        ),
        lambda p: _(
            "{plan} has begun, and brought you {connects}. You now have {balance}. It"
            " renews on {renews}.",
            plan=p["plan"],
            connects=some_connects(p["connects"]),
            balance=p["balance"],
            renews=instant_text(p["renews"]),
        ),
        PLAN,
    ),
    "payment-going-back": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("Your {amount} goes back to you", amount=amount_text(p)),
        lambda p: _(
            "Your {amount} for {what} came after you had let go of it. It goes back to you.",
            amount=amount_text(p),
            what=bought_text(p),
        ),
        RECEIPTS,
    ),
    "purchase-reversed": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("Your {amount} went back to you", amount=amount_text(p)),
        lambda p: (
            _(
                "Your {amount} for {what} went back to you, so we took back the {connects} it brought.",
                amount=amount_text(p),
                what=bought_text(p),
                connects=some_connects(p["connects"]),
            )
            + _owed(p["debt"])
        ),
        RECEIPTS,
    ),
    "refund-came-back": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("Your refund of {amount} came back to us", amount=amount_text(p)),
        lambda p: _(
            "Our refund of {amount} for {what} did not reach you and came back to us."
            " So you have {connects} back, and we will write to you about your money.",
            amount=amount_text(p),
            what=bought_text(p),
            connects=some_connects(p["connects"]),
        ),
        RECEIPTS,
    ),
    "dispute-won": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("The dispute about {amount} is over", amount=amount_text(p)),
        lambda p: _(
            "The dispute about {amount} for {what} is over and the money is here, so"
            " you have {connects} back.",
            amount=amount_text(p),
            what=bought_text(p),
            connects=some_connects(p["connects"]),
        ),
        RECEIPTS,
    ),
    "topped-up": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("You bought {connects} by auto top-up", connects=some_connects(p["connects"])),
        lambda p: _(
            "Your auto top-up bought {connects} for {amount}, because you had fewer"
            " than {below}. You now have {balance}. It may spend {left} more this"
            " month, of {ceiling}. You can stop it under Ways to pay.",
            connects=some_connects(p["connects"]),
            amount=amount_text(p),
            below=p["below"],
            balance=p["balance"],
            left=amount_text(p, "left"),
            ceiling=amount_text(p, "ceiling"),
        ),
        WAYS_TO_PAY,
    ),
    "top-up-waits": NoticeKind(
        MEMBER,
        "money",
        lambda p: _(
            "Your auto top-up of {connects} waits for room", connects=some_connects(p["connects"])
        ),
        lambda p: _(
            "Your auto top-up did not buy {connects}: they do not fit under your"
            " limit. Nothing was charged. It buys them when there is room.",
            connects=some_connects(p["connects"]),
        ),
        WAYS_TO_PAY,
    ),
    "top-up-stopped": NoticeKind(
        MEMBER,
        "money",
        lambda p: _(
            "Auto top-up is off: {connects} not bought", connects=some_connects(p["connects"])
        ),
        lambda p: _(
            "Your auto top-up could not buy {connects}, so it is off now. Nothing was"
            " charged. Check your ways to pay, then switch it on again.",
            connects=some_connects(p["connects"]),
        ),
        WAYS_TO_PAY,
    ),
    "top-up-ceiling": NoticeKind(
        MEMBER,
        "money",
        lambda p: _(
            "You reached your monthly ceiling of {ceiling}", ceiling=amount_text(p, "ceiling")
        ),
        lambda p: _(
            "You reached your monthly ceiling of {ceiling}, so your auto top-up did"
            " not buy {connects}. It starts anew next month.",
            ceiling=amount_text(p, "ceiling"),
            connects=some_connects(p["connects"]),
        ),
        WAYS_TO_PAY,
    ),
    "earnings-withdrawn": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{paid_out} of your earnings were paid out", paid_out=amount_text(p)),
        lambda p: _("{paid_out} of your earnings were paid out.", paid_out=amount_text(p)),
        EARNINGS,
    ),
}
