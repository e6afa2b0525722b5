"""Payment intents: one attempt after another, until one succeeds or the payment is given up."""

from typing import Any

import stripe

from tests.servers.stripe.balance import add_charge
from tests.servers.stripe.cards import CARDS, TOKENS, TestCard
from tests.servers.stripe.shapes import Resource, filled
from tests.servers.stripe.world import Refused, World, invalid

SMALLEST, LARGEST = 50, 99_999_999
CURRENCIES = ("usd", "eur", "gbp")
OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def require_amount(amount: int, currency: str) -> None:
    if currency not in CURRENCIES:
        raise invalid(f"Invalid currency: {currency}", parameter="currency")
    if amount < SMALLEST:
        raise invalid("Amount must be at least $0.50 usd", "amount_too_small", "amount")
    if amount > LARGEST:
        raise invalid("Amount must be no more than $999,999.99", "amount_too_large", "amount")


def add_method(world: World, card: TestCard) -> Resource:
    """The method that a card becomes when it is entered."""
    method = world.add(
        "pm",
        stripe.PaymentMethod,
        type="card",
        billing_details=filled(stripe.PaymentMethod.BillingDetails),
        card=filled(
            stripe.PaymentMethod.Card,
            brand=card.brand,
            country="US",
            exp_month=8,
            exp_year=2031,
            funding=card.funding,
            last4=card.number[-4:],
        ),
        metadata={},
    )
    world.cards[method["id"]] = card
    return method


def method_named(world: World, name: str) -> Resource:
    """A method, or a new one where one of Stripe's own test names is given."""
    if name in TOKENS:
        return add_method(world, CARDS[TOKENS[name]])
    return world.get("payment_method", name)


def add_intent(world: World, form: dict[str, Any]) -> Resource:
    require_amount(form["amount"], form["currency"])
    if form.get("customer"):
        world.get("customer", form["customer"])
    intent = world.add(
        "pi",
        stripe.PaymentIntent,
        amount=form["amount"],
        amount_capturable=0,
        amount_received=0,
        allowed_payment_method_types=form.get("allowed_payment_method_types"),
        capture_method="automatic_async",
        confirmation_method="automatic",
        currency=form["currency"],
        customer=form.get("customer"),
        description=form.get("description"),
        metadata=form.get("metadata", {}),
        payment_method_types=form.get("allowed_payment_method_types", ["card", "link"]),
        setup_future_usage=form.get("setup_future_usage"),
        status="requires_payment_method",
    )
    intent["client_secret"] = f"{intent['id']}_secret_{world.name('s')[2:10]}"
    world.happened("payment_intent.created", intent)
    return intent


def create_intent(world: World, form: dict[str, Any]) -> Resource:
    for name in ("off_session", "return_url", "error_on_requires_action"):
        if name in form and not form.get("confirm"):
            raise invalid(f"`{name}` may only be given with `confirm=true`", parameter=name)
    if form.get("confirm") and not form.get("off_session") and "return_url" not in form:
        raise invalid("a `return_url` is needed to confirm", parameter="return_url")
    intent = add_intent(world, form)
    if "payment_method" in form:
        intent["payment_method"] = method_named(world, form["payment_method"])["id"]
        intent["status"] = "requires_confirmation"
    if form.get("confirm"):
        attempt(world, intent, form)
    return intent


def confirm_intent(world: World, name: str, form: dict[str, Any]) -> Resource:
    intent = world.get("payment_intent", name)
    if intent["status"] not in OPEN:
        raise unexpected_state(intent, "confirm")
    if "payment_method" in form:
        intent["payment_method"] = method_named(world, form["payment_method"])["id"]
    attempt(world, intent, form)
    return intent


def unexpected_state(intent: Resource, what: str) -> Refused:
    return invalid(
        f"You cannot {what} this PaymentIntent because it has a status of {intent['status']}.",
        "payment_intent_unexpected_state",
    )


def attempt(world: World, intent: Resource, form: dict[str, Any]) -> None:
    """Charge the intent's method. Raises `Refused` where the card is declined."""
    if not intent["payment_method"]:
        raise invalid("You cannot confirm this PaymentIntent without a payment method.")
    method = world.get("payment_method", intent["payment_method"])
    require_usable(world, method, intent)
    card = world.cards[method["id"]]
    if card.code:
        decline(world, intent, method, card.code, card.decline_code)
    elif not wants_authentication(world, card, method):
        succeed(world, intent)
    elif form.get("off_session"):
        required = "authentication_required"
        decline(world, intent, method, required, required)
    else:
        ask_for_authentication(world, intent, form.get("return_url", ""))


def require_usable(world: World, method: Resource, intent: Resource) -> None:
    if method["customer"] and method["customer"] != intent["customer"]:
        raise invalid(
            "The provided PaymentMethod belongs to another Customer, or no Customer was given.",
            parameter="payment_method",
        )
    if method["id"] in world.used and not method["customer"]:
        raise invalid(
            "This PaymentMethod was previously used without being attached to a Customer"
            " or was detached from a Customer, and may not be used again.",
            parameter="payment_method",
        )


def wants_authentication(world: World, card: TestCard, method: Resource) -> bool:
    if card.authentication == "unless saved":
        return method["id"] not in world.saved
    return card.authentication == "always"


def decline(world: World, intent: Resource, method: Resource, code: str, why: str) -> None:
    """The card is declined; the intent waits for another one. Raises `Refused`."""
    charge = add_charge(world, intent, method, paid=False, failure_code=code)
    said = {
        "type": "card_error",
        "code": code,
        "decline_code": why,
        "message": "Your card was declined.",
        "charge": charge["id"],
    }
    intent["status"], intent["latest_charge"] = "requires_payment_method", charge["id"]
    intent["last_payment_error"] = {**said, "payment_method": dict(method)}
    intent["payment_method"] = intent["next_action"] = None
    world.happened("charge.failed", charge)
    world.happened("payment_intent.payment_failed", intent)
    raise Refused(402, "card_error", **rest_of(said), payment_intent=intent)


def rest_of(said: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in said.items() if key != "type"}


def succeed(world: World, intent: Resource) -> None:
    method = world.get("payment_method", intent["payment_method"])
    world.used.add(method["id"])
    if intent["setup_future_usage"] and intent["customer"]:
        keep(world, method, intent["customer"])
    charge = add_charge(world, intent, method, paid=True)
    intent["status"], intent["latest_charge"] = "succeeded", charge["id"]
    intent["amount_received"], intent["next_action"] = intent["amount"], None
    intent["last_payment_error"] = None
    world.happened("charge.succeeded", charge)
    world.happened("payment_intent.succeeded", intent)


def keep(world: World, method: Resource, customer: str) -> None:
    method["customer"] = customer
    world.saved.add(method["id"])
    world.happened("payment_method.attached", method)


def ask_for_authentication(world: World, intent: Resource, back: str) -> None:
    intent["status"] = "requires_action"
    page = {"url": f"{world.address}/authenticate/{intent['id']}", "return_url": back}
    intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": page}
    world.happened("payment_intent.requires_action", intent)


def fail_authentication(world: World, intent: Resource) -> None:
    method = world.get("payment_method", intent["payment_method"])
    intent["status"] = "requires_payment_method"
    intent["last_payment_error"] = {
        "type": "invalid_request_error",
        "code": "payment_intent_authentication_failure",
        "message": "The provided PaymentMethod has failed authentication.",
        "payment_method": dict(method),
    }
    intent["payment_method"] = intent["next_action"] = None
    world.happened("payment_intent.payment_failed", intent)


def cancel_intent(world: World, name: str, form: dict[str, Any]) -> Resource:
    intent = world.get("payment_intent", name)
    if intent["status"] not in OPEN:
        raise unexpected_state(intent, "cancel")
    sessions = world.of_kind("checkout.session")
    if any(each["payment_intent"] == name and each["status"] == "open" for each in sessions):
        raise invalid("You cannot cancel a PaymentIntent of Checkout; expire its session instead.")
    intent["status"], intent["canceled_at"] = "canceled", world.now()
    intent["cancellation_reason"] = form.get("cancellation_reason")
    intent["next_action"] = None
    world.happened("payment_intent.canceled", intent)
    return intent


def detach(world: World, name: str) -> Resource:
    method = world.get("payment_method", name)
    if not method["customer"]:
        raise invalid("The payment method you provided is not attached to a customer.")
    method["customer"] = None
    world.used.add(name)
    world.happened("payment_method.detached", method)
    return method
