"""Read Stripe's errors: the money will not move, or its state is unknown.

A declined card is an answer. An invalid request has moved nothing either, so it is a "no" as well, and
a mistake of ours that staff should see. Everything else says nothing about the money.
"""

from __future__ import annotations

from collections.abc import Callable

import stripe
import structlog

from connects.billing.port import Answer, DeclineCause, Declined, Unreachable

log = structlog.get_logger()

CAUSES = {
    "amount_too_large": DeclineCause.AMOUNT_REFUSED,
    "amount_too_small": DeclineCause.AMOUNT_REFUSED,
    "invalid_amount": DeclineCause.AMOUNT_REFUSED,
    "authentication_required": DeclineCause.AUTHENTICATION_REQUIRED,
    "authentication_not_handled": DeclineCause.AUTHENTICATION_REQUIRED,
    "payment_intent_authentication_failure": DeclineCause.AUTHENTICATION_REQUIRED,
    "card_velocity_exceeded": DeclineCause.INSUFFICIENT_FUNDS,
    "insufficient_funds": DeclineCause.INSUFFICIENT_FUNDS,
    "withdrawal_count_limit_exceeded": DeclineCause.INSUFFICIENT_FUNDS,
    "expired_card": DeclineCause.EXPIRED_CARD,
    "lost_card": DeclineCause.STOLEN_CARD,
    "pickup_card": DeclineCause.STOLEN_CARD,
    "stolen_card": DeclineCause.STOLEN_CARD,
    "card_not_supported": DeclineCause.METHOD_UNAVAILABLE,
    "currency_not_supported": DeclineCause.METHOD_UNAVAILABLE,
    "invalid_account": DeclineCause.METHOD_UNAVAILABLE,
}
"""Stripe's codes, and its banks' decline codes. A card's refusal that is not here is `declined`."""


def charge_answer(ask: Callable[[], Answer]) -> Answer:
    """The answer to a charge, or what Stripe's error means for it."""
    try:
        return ask()
    except stripe.CardError as problem:
        detail = (problem.error.decline_code if problem.error else None) or problem.code or ""
        return Declined(cause_of(problem.code or "", detail), detail)
    except stripe.InvalidRequestError as problem:
        return refused_answer(problem)
    except stripe.StripeError as problem:
        return unreachable_answer(problem)


def lookup_answer(look: Callable[[], Answer]) -> Answer:
    """The answer to a query about a payment; an error meanwhile says nothing about it."""
    try:
        return look()
    except stripe.StripeError as problem:
        return unreachable_answer(problem)


def cause_of(code: str, decline_code: str) -> DeclineCause:
    """Why a card was declined; the bank's code says more than Stripe's."""
    return CAUSES.get(decline_code) or CAUSES.get(code) or DeclineCause.DECLINED


def refused_answer(problem: stripe.InvalidRequestError) -> Declined:
    """A request that Stripe calls invalid: an amount that it does not take, or a mistake of ours."""
    code = problem.code or "invalid_request"
    cause = CAUSES.get(code)
    if cause is None:
        log.error("stripe-refused", code=code, parameter=problem.param, problem=str(problem))
    return Declined(cause or DeclineCause.METHOD_UNAVAILABLE, code)


def unreachable_answer(problem: stripe.StripeError) -> Unreachable:
    """No answer, or none about the money. What time alone will not mend is logged."""
    kind = type(problem).__name__
    passing = (stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError)
    if not isinstance(problem, passing):
        log.error("stripe-unusable", kind=kind, code=problem.code, problem=str(problem))
    return Unreachable(f"Stripe: {kind}, HTTP {problem.http_status or 'none'}")
