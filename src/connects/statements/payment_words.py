"""Words about payments: why money did not move, why a way to pay cannot be used, what was received."""

from __future__ import annotations

from connects.statements.words import Words, instant_text
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Parameters

DECLINES: dict[str, str] = {
    "declined": "Your bank declined it. Ask your bank, or pay in another way.",
    "insufficient_funds": "There is not enough money on it. Pay in another way.",
    "expired_card": "The card has expired. Enter a new one, or pay in another way.",
    "stolen_card": "The card cannot be used. Ask your bank, or pay in another way.",
    "authentication_required": "Your bank wants you to confirm it. Pay again, and confirm it there.",
    "method_unavailable": "There is no way to pay that could be used. Add one, then try again.",
    "amount_refused": "The provider does not take this amount. Pay in another way.",
    "abandoned": "It was not finished in time.",
    "other_currency": "Your earnings are in another currency than the price. Pay in another way.",
    "earnings_too_low": "Your earnings do not cover the whole price. Pay in another way.",
}
"""By the causes of a decline (`billing.port.DeclineCause`)."""

NO_PAYMENTS = (
    "This site has no payment provider yet, so cards and PayPal cannot be used."
    " Ask its operator, or come back later."
)

WHY_NOT: dict[str, str] = {
    "not_in_rule_book": "not accepted here",
    "not_in_country": "not available in your country",
    "other_currency": "is in another currency than the price",
    "earnings_too_low": "does not cover the whole price",
    "no_answer": "cannot be reached now: try again in a minute",
    "no_provider": "cannot be used any more",
}
"""By the reasons against a way to pay."""

STATUSES: dict[str, str] = {
    "pending": "under way",
    "paid": "paid",
    "declined": "declined",
    "abandoned": "not finished",
    "mismatched": "another amount arrived",
    "refunding": "refund under way",
    "refunded": "refunded",
    "charged-back": "charged back",
}


CARE: dict[str, str] = {
    "paid-back-twice": (
        "More went back than was paid: the bank took money that had been refunded. Answer the dispute at"
        " the provider with the refund's receipt, before its deadline."
    ),
    "refund-came-back": (
        "The refund did not arrive: the member's bank sent it back. The Connects are the member's again."
        " Ask how they want their money, and refund it that way."
    ),
    "repayment-unclear": (
        "The provider says that money went back in another currency than was paid. Nothing was changed"
        " here. Compare it with the provider's page, and correct by hand what is owed."
    ),
}
"""What staff have to do, by why a payment needs someone."""


def declined_text(parameters: Parameters) -> str:
    """A declined payment: that nothing happened, why, and what to do."""
    why = DECLINES.get(str(parameters.get("cause")), "Try another payment method.")
    return f"The payment was declined. No money moved and no Connects were added. {why}"


def unavailable_text(parameters: Parameters) -> str:
    """A way to pay that cannot be used: why, and what to do."""
    if parameters.get("why") == "no_payments":
        return f"{NO_PAYMENTS} Nothing was charged."
    why = WHY_NOT.get(str(parameters.get("why")), "cannot be used here")
    method = str(parameters.get("method") or "This payment method").capitalize()
    return f"{method}: {why}. Choose another way to pay; nothing was charged."


def _owed(debt: object) -> str:
    return f" You owe {debt}, which what comes in pays first." if debt else ""


def _still_waiting(p: Parameters) -> str:
    return f" {p['left']} more wait until {instant_text(p['until'])}." if p["left"] else ""


NOTICES: dict[str, Words] = {
    "connects-waiting": lambda p: (
        f"{p['connects']} Connects do not fit under your limit now. They come as you spend, until"
        f" {instant_text(p['until'])}."
    ),
    "waiting-connects": lambda p: (
        f"{p['connects']} Connects came that had waited for room. You have {p['balance']}."
        f"{_still_waiting(p)}"
    ),
    "waiting-connects-lapsed": lambda p: (
        f"You lost {p['connects']} Connects that waited for room under your limit: their time is over."
    ),
    "payment-received": lambda p: (
        f"We received {p['amount']} for {p['what']}. Receipt {p['receipt']}."
    ),
    "payment-going-back": lambda p: (
        f"{p['amount']} for {p['what']} came after you had let go of it. It goes back to you."
    ),
    "purchase-reversed": lambda p: (
        f"{p['amount']} for {p['what']} went back, and so did {p['connects']} Connects."
        f"{_owed(p['debt'])}"
    ),
    "refund-came-back": lambda p: (
        f"The refund of {p['amount']} for {p['what']} did not arrive and came back to us, so"
        f" {p['connects']} Connects are yours again. We will be in touch about your money."
    ),
    "dispute-won": lambda p: (
        f"The dispute about {p['amount']} for {p['what']} is over and the money is here, so"
        f" {p['connects']} Connects are yours again."
    ),
    "membership-ended-early": lambda p: (
        f"Your {p['plan']} membership has ended today, within its month."
        f"{' Your money goes back.' if p['money_back'] else ' You keep your Connects.'}"
    ),
    "membership-lapsed": lambda p: (
        f"Your {p['plan']} membership ended with its month, because your account is suspended."
        " Nothing was charged."
    ),
    "topped-up": lambda p: (
        f"Your auto top-up bought {p['connects']} Connects for {p['amount']}, because you held fewer"
        f" than {p['below']}. You have {p['balance']}. It may spend {p['left']} more this month, of"
        f" {p['ceiling']}. You can stop it under Ways to pay."
    ),
    "top-up-waits": lambda p: (
        f"Your auto top-up did not buy {p['connects']} Connects: they do not fit under your limit."
        " Nothing was charged. It buys them when there is room."
    ),
    "top-up-stopped": lambda p: (
        f"Your auto top-up could not buy {p['connects']} Connects, so it is switched off. Nothing was"
        " charged. Check your ways to pay, then switch it on again."
    ),
    "top-up-ceiling": lambda p: (
        f"Your auto top-up did not buy {p['connects']} Connects: your monthly ceiling of {p['ceiling']}"
        " is reached."
    ),
    "earnings-withdrawn": lambda p: (
        f"{Money(int(p['cents'] or 0), str(p.get('currency') or 'USD'))} of your earnings were paid out."
    ),
}

SUBJECTS: dict[str, str] = {
    "connects-waiting": "Connects wait for room",
    "waiting-connects": "Connects came that had waited",
    "waiting-connects-lapsed": "You lost Connects that had no room",
    "payment-received": "Your receipt",
    "payment-going-back": "Your money goes back to you",
    "purchase-reversed": "A purchase was reversed",
    "refund-came-back": "Your refund came back to us",
    "dispute-won": "A dispute is over",
    "membership-lapsed": "Your membership has ended",
    "membership-ended-early": "Your membership has ended",
    "topped-up": "Your auto top-up bought Connects",
    "top-up-waits": "Your auto top-up waits for room",
    "top-up-stopped": "Connects could not be bought",
    "top-up-ceiling": "Your monthly ceiling is reached",
    "earnings-withdrawn": "Your earnings were paid out",
}
