"""PayPal's paths, as the published operations name them, and what each does."""

import hashlib
import hmac
import zlib
from collections.abc import Callable
from typing import Any, TypeAlias

from tests.servers.paypal import WEBHOOK
from tests.servers.paypal.world import (
    Refused,
    Resource,
    World,
    capture_order,
    change_order,
    create_order,
    keep_account,
    not_found,
    refund_capture,
    shown_capture,
)
from tests.servers.web_server import Request

Act: TypeAlias = Callable[[World, str, Any, Request], Resource]

SIGNING_KEY = b"only PayPal knows"


def found(kept: dict[str, Resource], name: str) -> Resource:
    if name not in kept:
        raise not_found()
    return kept[name]


def create_setup(world: World, _name: str, asked: Any, _request: Request) -> Resource:
    name = f"S{world.name()}"
    setup: Resource = {
        "id": name,
        "customer": {"id": f"c{name[:10]}"},
        "status": "PAYER_ACTION_REQUIRED",
        "payment_source": {"paypal": {}},
        "links": [world.link("approve", f"/agreements/{name}")],
    }
    world.setups[name] = setup
    world.asked[name] = asked["payment_source"]["paypal"]
    return setup


def create_token(world: World, _name: str, asked: Any, _request: Request) -> Resource:
    setup = found(world.setups, asked["payment_source"]["token"]["id"])
    if setup["status"] != "APPROVED":
        raise Refused(422, "TOKEN_ID_NOT_FOUND")
    setup["status"] = "VAULTED"
    return keep_account(world, world.buyers[setup["id"]])


def change(world: World, name: str, asked: Any, _request: Request) -> Resource:
    found(world.orders, name)
    change_order(world, name, asked)
    return {}


def capture(world: World, name: str, _asked: Any, _request: Request) -> Resource:
    found(world.orders, name)
    return capture_order(world, name)


def refund(world: World, name: str, asked: Any, _request: Request) -> Resource:
    found(world.captures, name)
    return refund_capture(world, name, asked)


IN_A_LIST = (
    "dispute_id create_time update_time reason status dispute_state dispute_amount"
    " dispute_life_cycle_stage links"
).split()


def disputes(world: World, _name: str, asked: Any, _request: Request) -> Resource:
    """Those of one capture, in short: their outcomes are told only of each by itself."""
    if not 1 <= int(asked.get("page_size", 10)) <= 50:
        raise Refused(400, "INVALID_INTEGER_MAX_VALUE", "INVALID_REQUEST")
    wanted = asked.get("disputed_transaction_id")
    items = [
        {key: each[key] for key in IN_A_LIST if key in each}
        for each in world.disputes.values()
        if wanted in (None, each["disputed_transactions"][0]["seller_transaction_id"])
    ]
    return {"items": items} if items else {}


def report(world: World, _name: str, asked: Any, _request: Request) -> Resource:
    """A page of the lines of a time, whose bounds are given to the second."""
    since, until = asked["start_date"][:19], asked["end_date"][:19]
    lines = [
        line
        for line in world.lines
        if since <= line["transaction_info"]["transaction_initiation_date"][:19] <= until
    ]
    size, page = int(asked.get("page_size", 100)), int(asked.get("page", 1))
    shown = lines[(page - 1) * size : page * size]
    said = {
        "account_number": "STANDIN",
        "page": page,
        "total_items": len(lines),
        "total_pages": -(-len(lines) // size),
    }
    return {**said, "transaction_details": shown} if shown else said


def verify(_world: World, _name: str, asked: Any, request: Request) -> Resource:
    """Over the bytes of the message as they were sent on, which are the last of the request."""
    body = request.body.partition(b'"webhook_event":')[2].strip().removesuffix(b"}").strip()
    signed = signature(asked["transmission_id"], asked["transmission_time"], body)
    right = asked["webhook_id"] == WEBHOOK and asked["transmission_sig"] == signed
    return {"verification_status": "SUCCESS" if right else "FAILURE"}


def signature(transmission: str, moment: str, body: bytes) -> str:
    """Over what PayPal signs; with a key of our own, since nobody but PayPal checks it."""
    said = f"{transmission}|{moment}|{WEBHOOK}|{zlib.crc32(body)}"
    return "S" + hmac.new(SIGNING_KEY, said.encode(), hashlib.sha256).hexdigest()


ACTS: dict[str, Act] = {
    "POST /v2/checkout/orders": lambda world, _name, asked, _request: create_order(world, asked),
    "GET /v2/checkout/orders/{id}": lambda world, name, *_: found(world.orders, name),
    "PATCH /v2/checkout/orders/{id}": change,
    "POST /v2/checkout/orders/{id}/capture": capture,
    "GET /v2/payments/captures/{capture_id}": lambda world, name, *_: shown_capture(
        world, found(world.captures, name)
    ),
    "POST /v2/payments/captures/{capture_id}/refund": refund,
    "POST /v3/vault/setup-tokens": create_setup,
    "GET /v3/vault/setup-tokens/{id}": lambda world, name, *_: found(world.setups, name),
    "POST /v3/vault/payment-tokens": create_token,
    "POST /v1/notifications/verify-webhook-signature": verify,
    "GET /v1/reporting/transactions": report,
    "GET /v1/customer/disputes": disputes,
    "GET /v1/customer/disputes/{id}": lambda world, name, *_: found(world.disputes, name),
}
