"""Words about payments: why money did not move, why a way to pay cannot be used, what was received."""

from __future__ import annotations

from connects.statements.words import Spoken, some_connects
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

DECLINES: Spoken[str] = Spoken(
    {
        "declined": mark("Your bank declined it. Try another card, or ask your bank."),
        "insufficient_funds": mark("There is not enough money on it. Pay in another way."),
        "expired_card": mark("The card has expired. Enter a new one, or pay in another way."),
        "stolen_card": mark("The card cannot be used. Ask your bank, or pay in another way."),
        "authentication_required": mark(
            "Your bank wants you to confirm it. Pay again, and confirm it there."
        ),
        "method_unavailable": mark(
            "There is no way to pay that could be used. Add one, then try again."
        ),
        "amount_refused": mark("The provider does not take this amount. Pay in another way."),
        "abandoned": mark("It was not finished in time. Start again."),
        "other_currency": mark(
            "Your earnings are in another currency than the price. Pay in another way."
        ),
        "earnings_too_low": mark("Your earnings do not cover the whole price. Pay in another way."),
    }
)
"""By the causes of a decline (`billing.port.DeclineCause`)."""

NO_PAYMENTS = mark(
    "This site has no payment provider yet, so cards and PayPal cannot be"
    " used. Ask its operator, or come back later."
)

WHY_NOT: Spoken[str] = Spoken(
    {
        "not_in_rule_book": mark("not accepted here"),
        "not_in_country": mark("not available in your country"),
        "other_currency": mark("in another currency than the price"),
        "earnings_too_low": mark("not enough for the whole price"),
        "no_answer": mark("not to be reached now, so try again in a minute"),
        "no_provider": mark("no longer usable"),
    }
)
"""By the reasons against a way to pay."""

METHODS = Spoken(
    {
        "card": mark("Card"),
        "prepaid": mark("Prepaid card"),
        "paypal": mark("PayPal"),
        "earnings": mark("Earnings"),
        "test": mark("Test method"),
    }
)

STATUSES: Spoken[str] = Spoken(
    {
        "pending": mark("under way"),
        "paid": mark("paid"),
        "declined": mark("declined"),
        "abandoned": mark("not finished"),
        "mismatched": mark("another amount arrived"),
        "refunding": mark("refund under way"),
        "refunded": mark("refunded"),
        "charged-back": mark("charged back"),
    }
)


CARE: Spoken[str] = Spoken(
    {
        "paid-back-twice": (
            mark(
                "More went back than was paid: the bank took money that had been"
                " refunded. Answer the dispute at the provider with the refund's receipt,"
                " before its deadline."
            )
        ),
        "refund-came-back": (
            mark(
                "The refund did not arrive: the member's bank sent it back. The Connects"
                " are the member's again. Ask how they want their money, and refund it"
                " that way."
            )
        ),
        "repayment-unclear": (
            mark(
                "The provider says that money went back in another currency than was"
                " paid. Nothing was changed here. Compare it with the provider's page,"
                " and correct by hand what is owed."
            )
        ),
    }
)
"""What staff have to do, by why a payment needs someone."""


def bought_text(parameters: Parameters) -> str:
    """What a payment was for: `10 Connects`, `Plus membership`. Some was stored as a text once."""
    if "credits" in parameters:
        return some_connects(parameters["credits"])
    if "plan" in parameters:
        return _("{plan} membership", plan=parameters["plan"])
    return str(parameters.get("what", ""))


_LABELS = (
    *(mark("A new card"), mark("My earnings")),
    *(mark("Test card that is accepted"), mark("Test card that is declined")),
    *(mark("Test prepaid that is accepted"), mark("Test prepaid that is declined")),
    *(mark("Test paypal that is accepted"), mark("Test paypal that is declined")),
)
_ENDING = " ending in "


def method_text(label: str) -> str:
    """A way to pay, as its payer knows it: `Visa ending in 4242`. Labels are kept in English."""
    brand, ending, digits = label.partition(_ENDING)
    if ending:
        return _("{brand} ending in {digits}", brand=brand, digits=digits)
    return _(label) if label in _LABELS else METHODS.get(label, label)


def amount_text(parameters: Parameters, name: str = "") -> str:
    """An amount that was noted as cents, under this name; some was stored as a text once."""
    cents = parameters.get(f"{name}_cents" if name else "cents")
    if cents is None:
        return str(parameters.get(name or "amount", ""))
    return str(Money(int(cents), str(parameters.get("currency") or "USD")))


def declined_text(parameters: Parameters) -> str:
    """A declined payment: that nothing happened, why, and what to do."""
    why = DECLINES.get(str(parameters.get("cause"))) or _("Try another payment method.")
    return _("The payment was declined. No money moved. {why}", why=why)


def unavailable_text(parameters: Parameters) -> str:
    """A way to pay that cannot be used: why, and what to do."""
    if parameters.get("why") == "no_payments":
        return " ".join((_(NO_PAYMENTS), _("Nothing was charged.")))
    why = WHY_NOT.get(str(parameters.get("why"))) or _("not usable here")
    method = METHODS.get(str(parameters.get("method"))) or _("This payment method")
    return _(
        "{method}: {why}. Nothing was charged. Choose another way to pay.", method=method, why=why
    )


def other_currency_text(parameters: Parameters) -> str:
    """Which currency was meant, as far as it is known."""
    if "before" in parameters:
        return _("Those rules count in another currency than this account. Choose others.")
    currency = parameters.get("currency")
    if currency:
        return _(
            "The payment was in {currency}. Enter the amount in {currency}.", currency=currency
        )
    return _("This is in another currency than the account. Enter it in the account's.")
