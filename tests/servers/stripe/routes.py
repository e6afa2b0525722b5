"""Stripe's paths: the parameters of each, and what it does."""

import copy
from collections.abc import Callable
from typing import Any, TypeAlias

import stripe
from stripe import params
from stripe.params import checkout as checkout_params

from tests.servers.stripe.balance import create_refund
from tests.servers.stripe.checkout import create_session, expire_session
from tests.servers.stripe.parameters import Form
from tests.servers.stripe.payments import cancel_intent, confirm_intent, create_intent, detach
from tests.servers.stripe.shapes import Resource, require_shape
from tests.servers.stripe.world import World, invalid

Act: TypeAlias = Callable[[World, str, Form], Resource]
Route: TypeAlias = tuple[str, str, type, Act]


def create_customer(world: World, _name: str, form: Form) -> Resource:
    said = {key: form[key] for key in ("email", "name", "description") if key in form}
    customer = world.add("cus", stripe.Customer, metadata=form.get("metadata", {}), **said)
    world.happened("customer.created", customer)
    return customer


def update_customer(world: World, name: str, form: Form) -> Resource:
    customer = world.get("customer", name)
    customer.update({key: form[key] for key in ("email", "name", "description") if key in form})
    customer["metadata"].update(form.get("metadata", {}))
    world.happened("customer.updated", customer)
    return customer


def retrieve(kind: str) -> Act:
    return lambda world, name, form: world.get(kind, name)


def listed(kind: str) -> Act:
    """A page of all resources of a kind, newest first."""

    def answer(world: World, _name: str, form: Form) -> Resource:
        found = [each for each in reversed(world.of_kind(kind)) if fits(each, form)]
        if "starting_after" in form:
            names = [each["id"] for each in found]
            found = found[names.index(world.get(kind, form["starting_after"])["id"]) + 1 :]
        limit = form.get("limit", 10)
        if not 1 <= limit <= 100:
            raise invalid("This value must be between 1 and 100.", parameter="limit")
        page, more = found[:limit], len(found) > limit
        return {"object": "list", "data": page, "has_more": more, "url": f"/v1/{kind}s"}

    return answer


FILTERS = frozenset("customer payment_intent charge type source status payout currency".split())


def fits(resource: Resource, form: Form) -> bool:
    made = form.get("created", {})
    bounds = made if isinstance(made, dict) else {"gte": made, "lte": made}
    tests: dict[str, Callable[[int, int], bool]] = {
        "gte": int.__ge__,
        "gt": int.__gt__,
        "lt": int.__lt__,
        "lte": int.__le__,
    }
    return all(tests[name](resource["created"], bound) for name, bound in bounds.items()) and all(
        resource.get(name) == value for name, value in form.items() if name in FILTERS
    )


SESSIONS, INTENTS = "/v1/checkout/sessions", "/v1/payment_intents"

ROUTES: list[Route] = [
    ("POST", "/v1/customers", params.CustomerCreateParams, create_customer),
    ("GET", "/v1/customers", params.CustomerListParams, listed("customer")),
    ("GET", "/v1/customers/(id)", params.CustomerRetrieveParams, retrieve("customer")),
    ("POST", "/v1/customers/(id)", params.CustomerUpdateParams, update_customer),
    (
        "POST",
        SESSIONS,
        checkout_params.SessionCreateParams,
        lambda world, _name, form: create_session(world, form),
    ),
    ("GET", SESSIONS, checkout_params.SessionListParams, listed("checkout.session")),
    (
        "GET",
        f"{SESSIONS}/(id)",
        checkout_params.SessionRetrieveParams,
        retrieve("checkout.session"),
    ),
    ("POST", f"{SESSIONS}/(id)/expire", checkout_params.SessionExpireParams, expire_session),
    (
        "POST",
        INTENTS,
        params.PaymentIntentCreateParams,
        lambda world, _name, form: create_intent(world, form),
    ),
    ("GET", INTENTS, params.PaymentIntentListParams, listed("payment_intent")),
    ("GET", f"{INTENTS}/(id)", params.PaymentIntentRetrieveParams, retrieve("payment_intent")),
    ("POST", f"{INTENTS}/(id)/confirm", params.PaymentIntentConfirmParams, confirm_intent),
    ("POST", f"{INTENTS}/(id)/cancel", params.PaymentIntentCancelParams, cancel_intent),
    (
        "POST",
        "/v1/payment_methods/(id)/detach",
        params.PaymentMethodDetachParams,
        lambda world, name, form: detach(world, name),
    ),
    (
        "POST",
        "/v1/refunds",
        params.RefundCreateParams,
        lambda world, _name, form: create_refund(world, form),
    ),
    ("GET", "/v1/payment_methods", params.PaymentMethodListParams, listed("payment_method")),
    (
        "GET",
        "/v1/payment_methods/(id)",
        params.PaymentMethodRetrieveParams,
        retrieve("payment_method"),
    ),
    ("GET", "/v1/setup_intents", params.SetupIntentListParams, listed("setup_intent")),
    ("GET", "/v1/setup_intents/(id)", params.SetupIntentRetrieveParams, retrieve("setup_intent")),
    ("GET", "/v1/refunds", params.RefundListParams, listed("refund")),
    ("GET", "/v1/refunds/(id)", params.RefundRetrieveParams, retrieve("refund")),
    ("GET", "/v1/charges", params.ChargeListParams, listed("charge")),
    ("GET", "/v1/charges/(id)", params.ChargeRetrieveParams, retrieve("charge")),
    ("GET", "/v1/disputes", params.DisputeListParams, listed("dispute")),
    ("GET", "/v1/disputes/(id)", params.DisputeRetrieveParams, retrieve("dispute")),
    ("GET", "/v1/events", params.EventListParams, listed("event")),
    ("GET", "/v1/events/(id)", params.EventRetrieveParams, retrieve("event")),
    (
        "GET",
        "/v1/balance_transactions",
        params.BalanceTransactionListParams,
        listed("balance_transaction"),
    ),
    (
        "GET",
        "/v1/balance_transactions/(id)",
        params.BalanceTransactionRetrieveParams,
        retrieve("balance_transaction"),
    ),
]


def expanded(world: World, value: Any, path: list[str]) -> Any:
    """The value with the resources in place of their names along a path."""
    if isinstance(value, list):
        return [expanded(world, each, path) for each in value]
    if isinstance(value, str) and value in world.resources:
        value = copy.deepcopy(require_shape(world.resources[value]))
    if path and value is not None:
        if not isinstance(value, dict) or path[0] not in value:
            raise invalid(f"This property cannot be expanded ({path[0]}).", parameter="expand")
        return {**value, path[0]: expanded(world, value[path[0]], path[1:])}
    return value
