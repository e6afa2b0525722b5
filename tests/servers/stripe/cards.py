"""Stripe's test cards: what each of them does. https://docs.stripe.com/testing"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TestCard:
    """A card. `authentication` is when its bank wants to ask the payer: "", "always", "unless saved".

    `code` and `decline_code` say why it is declined, "" where it is not; `can_be_saved` whether it is
    only found out when it is charged.
    """

    __test__ = False

    number: str
    brand: str = "visa"
    funding: str = "credit"
    code: str = ""
    decline_code: str = ""
    authentication: str = ""
    can_be_saved: bool = True


def declined(number: str, decline_code: str, code: str = "card_declined") -> TestCard:
    return TestCard(number, code=code, decline_code=decline_code, can_be_saved=False)


CARDS = {
    card.number: card
    for card in (
        TestCard("4242424242424242"),
        TestCard("4000056655665556", funding="debit"),
        TestCard("5555555555554444", "mastercard"),
        TestCard("5105105105105100", "mastercard", "prepaid"),
        TestCard("378282246310005", "amex"),
        TestCard("4000002500003155", authentication="unless saved"),
        TestCard("4000002760003184", authentication="always"),
        TestCard("4000000000000341", code="card_declined", decline_code="generic_decline"),
        declined("4000000000000002", "generic_decline"),
        declined("4000000000009995", "insufficient_funds"),
        declined("4000000000009987", "lost_card"),
        declined("4000000000009979", "stolen_card"),
        declined("4100000000000019", "fraudulent"),
        declined("4000000000000069", "expired_card", "expired_card"),
        declined("4000000000000127", "incorrect_cvc", "incorrect_cvc"),
        declined("4000000000000119", "processing_error", "processing_error"),
    )
}

TOKENS = {
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_mastercard_prepaid": "5105105105105100",
    "pm_card_amex": "378282246310005",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_chargeCustomerFail": "4000000000000341",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
}
"""Stripe's names for methods that stand for these cards."""
