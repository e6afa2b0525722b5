"""Words about payments: why money did not move, why a way to pay cannot be used, what was received."""

from __future__ import annotations

from connects.vocabulary.refusals import Parameters

DECLINES: dict[str, str] = {
    "declined": "Your bank declined it. Try another card, or ask your bank.",
    "insufficient_funds": "There is not enough money on it. Pay in another way.",
    "expired_card": "The card has expired. Enter a new one, or pay in another way.",
    "stolen_card": "The card cannot be used. Ask your bank, or pay in another way.",
    "authentication_required": "Your bank wants you to confirm it. Pay again, and confirm it there.",
    "method_unavailable": "There is no way to pay that could be used. Add one, then try again.",
    "amount_refused": "The provider does not take this amount. Pay in another way.",
    "abandoned": "It was not finished in time. Start again.",
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
    "other_currency": "in another currency than the price",
    "earnings_too_low": "not enough for the whole price",
    "no_answer": "not to be reached now, so try again in a minute",
    "no_provider": "no longer usable",
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
    return f"The payment was declined. No money moved. {why}"


def unavailable_text(parameters: Parameters) -> str:
    """A way to pay that cannot be used: why, and what to do."""
    if parameters.get("why") == "no_payments":
        return f"{NO_PAYMENTS} Nothing was charged."
    why = WHY_NOT.get(str(parameters.get("why")), "not usable here")
    method = str(parameters.get("method") or "This payment method").capitalize()
    return f"{method}: {why}. Nothing was charged. Choose another way to pay."


def other_currency_text(parameters: Parameters) -> str:
    """Which currency was meant, as far as it is known."""
    if "before" in parameters:
        return "Those rules count in another currency than this account. Choose others."
    currency = parameters.get("currency")
    if currency:
        return f"The payment was in {currency}. Enter the amount in {currency}."
    return "This is in another currency than the account. Enter it in the account's."
