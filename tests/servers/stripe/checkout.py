"""Checkout Sessions: Stripe's own page, on which a payer pays or enters a card to be kept."""

from typing import Any

import stripe

from tests.servers.stripe.cards import CARDS
from tests.servers.stripe.payments import add_intent, add_method, attempt, keep, require_amount
from tests.servers.stripe.shapes import Resource, filled
from tests.servers.stripe.world import Refused, World, invalid

SESSION_SECONDS = 24 * 3600
SHORTEST_SECONDS = 30 * 60


def create_session(world: World, form: dict[str, Any]) -> Resource:
    require_consistent(form)
    if "customer" in form:
        world.get("customer", form["customer"])
    paying = form["mode"] == "payment"
    total = sum(total_of(line) for line in form["line_items"]) if paying else None
    currency = form["line_items"][0]["price_data"]["currency"] if paying else None
    if total is not None and currency is not None:
        require_amount(total, currency)
    expires = form.get("expires_at", world.now() + SESSION_SECONDS)
    if not world.now() + SHORTEST_SECONDS <= expires <= world.now() + SESSION_SECONDS:
        raise invalid("between 30 minutes and 24 hours from now", parameter="expires_at")
    session = world.add(
        "cs_test",
        stripe.checkout.Session,
        allowed_payment_method_types=form.get("allowed_payment_method_types"),
        amount_subtotal=total,
        amount_total=total,
        automatic_tax=filled(stripe.checkout.Session.AutomaticTax, enabled=False),
        cancel_url=form.get("cancel_url"),
        client_reference_id=form.get("client_reference_id"),
        currency=currency,
        custom_fields=[],
        custom_text=filled(stripe.checkout.Session.CustomText),
        customer=form.get("customer"),
        expires_at=expires,
        metadata=form.get("metadata", {}),
        mode=form["mode"],
        payment_method_types=form.get("allowed_payment_method_types", ["card", "link"]),
        payment_status="unpaid" if paying else "no_payment_required",
        setup_intent=None if paying else add_setup_intent(world, form)["id"],
        shipping_options=[],
        status="open",
        success_url=form["success_url"],
        ui_mode="hosted_page",
    )
    session["url"] = f"{world.address}/pay/{session['id']}"
    world.asked[session["id"]] = form
    return session


def require_consistent(form: dict[str, Any]) -> None:
    """What Stripe says about parameters that do not go together."""
    for name in ("mode", "success_url"):
        if name not in form:
            raise invalid(f"Missing required param: {name}.", "parameter_missing", name)
    paying = form["mode"] == "payment"
    of_the_other = "setup_intent_data" if paying else "payment_intent_data"
    if of_the_other in form:
        raise invalid(f"You can not pass `{of_the_other}` in this mode.", parameter=of_the_other)
    if paying != ("line_items" in form):
        raise invalid("`line_items` belong to `payment` mode.", parameter="line_items")
    if not paying and "currency" not in form and "allowed_payment_method_types" not in form:
        raise invalid("`currency` is required in `setup` mode", "parameter_missing", "currency")
    if "customer" in form and "customer_email" in form:
        raise invalid("You may only specify one of these parameters: customer, customer_email.")


def total_of(line: dict[str, Any]) -> int:
    price = line.get("price_data", {})
    if "unit_amount" not in price or not {"product", "product_data"} & price.keys():
        raise invalid("`price_data` needs `unit_amount` and a product", parameter="line_items")
    total: int = price["unit_amount"] * line.get("quantity", 1)
    return total


def add_setup_intent(world: World, form: dict[str, Any]) -> Resource:
    return world.add(
        "seti",
        stripe.SetupIntent,
        customer=form.get("customer"),
        metadata=form.get("setup_intent_data", {}).get("metadata", {}),
        payment_method_types=["card"],
        status="requires_payment_method",
        usage="off_session",
    )


def expire_session(world: World, name: str, _form: dict[str, Any]) -> Resource:
    session = world.get("checkout.session", name)
    if session["status"] != "open":
        raise invalid(
            f"Only Checkout Sessions with a status in [open] can be expired."
            f" This one has a status of {session['status']}."
        )
    session["status"], session["url"] = "expired", None
    if session["payment_intent"]:
        intent = world.get("payment_intent", session["payment_intent"])
        intent["status"], intent["canceled_at"] = "canceled", world.now()
        world.happened("payment_intent.canceled", intent)
    world.happened("checkout.session.expired", session)
    return session


def enter_card(world: World, session: Resource, number: str) -> str:
    """The payer enters a card on the page. Where they are sent next. Raises `Refused`."""
    card = CARDS.get(number.replace(" ", ""))
    if card is None:
        raise Refused(402, "card_error", "Your card number is incorrect.", code="incorrect_number")
    method = add_method(world, card)
    if session["mode"] == "setup":
        if card.code and not card.can_be_saved:
            raise Refused(402, "card_error", "Your card was declined.", code=card.code)
        return set_up(world, session, method)
    intent = intent_of(world, session)
    intent["payment_method"] = method["id"]
    attempt(world, intent, {"return_url": session["success_url"]})
    if intent["status"] == "requires_action":
        return str(intent["next_action"]["redirect_to_url"]["url"])
    return complete(world, session)


def intent_of(world: World, session: Resource) -> Resource:
    """The payment of a session, which begins when its payer first tries to pay."""
    if session["payment_intent"]:
        return world.get("payment_intent", session["payment_intent"])
    asked = world.asked[session["id"]].get("payment_intent_data", {})
    intent = add_intent(
        world,
        {
            **{key: asked[key] for key in asked if key in ("metadata", "description")},
            "setup_future_usage": asked.get("setup_future_usage"),
            "amount": session["amount_total"],
            "currency": session["currency"],
            "customer": session["customer"],
        },
    )
    session["payment_intent"] = intent["id"]
    return intent


def set_up(world: World, session: Resource, method: Resource) -> str:
    intent = world.get("setup_intent", session["setup_intent"])
    intent["payment_method"], intent["status"] = method["id"], "succeeded"
    if session["customer"]:
        keep(world, method, session["customer"])
    world.happened("setup_intent.succeeded", intent)
    return complete(world, session)


def complete(world: World, session: Resource) -> str:
    """The page has done its work. Where the payer goes."""
    session["status"], session["url"] = "complete", None
    if session["mode"] == "payment":
        session["payment_status"] = "paid"
    world.happened("checkout.session.completed", session)
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])
