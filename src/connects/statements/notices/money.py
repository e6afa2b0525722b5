"""Notices about money: payments, top-ups and earnings."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, Page, you_now_have
from connects.statements.payment_words import DECLINES, amount_text, bought_text
from connects.statements.words import some_connects
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


_OF_LEFT = {
    False: mark("We refunded {amount} for {what}, so we took back the {connects} it brought."),
    True: mark(
        "Your bank took back {amount} for {what}, so we took back the {connects} it brought."
    ),
}
_NOTHING_TAKEN = {
    False: mark("We refunded {amount} for {what}."),
    True: mark("Your bank took back {amount} for {what}."),
}


def _money_went_back(parameters: Parameters) -> str:
    by_bank = bool(parameters.get("by_bank"))
    words = (_OF_LEFT if parameters["connects"] else _NOTHING_TAKEN)[by_bank]
    went = _(
        words,
        amount=amount_text(parameters),
        what=bought_text(parameters),
        connects=some_connects(parameters["connects"]),
    )
    return f"{went}{you_now_have(parameters)}{_owed(parameters['debt'])}"


def _withdrawn(parameters: Parameters) -> str:
    paid = _("{paid_out} of your earnings were paid out.", paid_out=amount_text(parameters))
    if not parameters.get("kept_cents"):
        return paid
    kept = amount_text(parameters, "kept")
    return paid + _(" {kept} stays here to pay for Connects, as you asked.", kept=kept)


def _top_up_stopped(parameters: Parameters) -> str:
    stopped = _(
        "Your auto top-up could not buy {connects}, so it is off now. Nothing was charged.",
        connects=some_connects(parameters["connects"]),
    )
    cause = str(parameters.get("cause") or "")
    why = f" {DECLINES[cause]}" if cause in DECLINES else _(" Check your ways to pay.")
    again = _("Then you can switch it on again.")
    return f"{stopped}{why} {again}"


KINDS: dict[str, NoticeKind] = {
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
    "payment-going-back": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("We are sending your {amount} back", amount=amount_text(p)),
        lambda p: _(
            "Your {amount} for {what} arrived after you had cancelled. We are sending it back.",
            amount=amount_text(p),
            what=bought_text(p),
        ),
        RECEIPTS,
    ),
    "purchase-reversed": NoticeKind(
        MEMBER,
        "money",
        lambda p: (
            _("Your bank took {amount} back", amount=amount_text(p))
            if p.get("by_bank")
            else _("We refunded {amount}", amount=amount_text(p))
        ),
        _money_went_back,
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
            "Your auto top-up did not buy {connects}: they do not fit under your limit."
            " Nothing was charged. It will buy them once there is room.",
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
        _top_up_stopped,
        WAYS_TO_PAY,
    ),
    "top-up-ceiling": NoticeKind(
        MEMBER,
        "money",
        lambda p: _(
            "You reached your monthly ceiling of {ceiling}", ceiling=amount_text(p, "ceiling")
        ),
        lambda p: _(
            "You reached your monthly ceiling of {ceiling}, so your auto top-up"
            " did not buy {connects}. It starts again next month.",
            ceiling=amount_text(p, "ceiling"),
            connects=some_connects(p["connects"]),
        ),
        WAYS_TO_PAY,
    ),
    "earnings-withdrawn": NoticeKind(
        MEMBER,
        "money",
        lambda p: _("{paid_out} of your earnings were paid out", paid_out=amount_text(p)),
        _withdrawn,
        EARNINGS,
    ),
}
