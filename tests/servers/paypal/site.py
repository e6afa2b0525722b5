"""What can be asked of the stand-in: PayPal's paths, the payer's pages, and the control of tests."""

import base64
import copy
import hashlib
import json
import re
import secrets
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from tests.servers.paypal import BUYER, CLIENT, SECRET
from tests.servers.paypal.routes import ACTS, Act, found, signature
from tests.servers.paypal.schema import Operation, Problem, operations, problems
from tests.servers.paypal.world import (
    Refused,
    Resource,
    World,
    close_dispute,
    fail_refund,
    not_found,
    open_dispute,
    settle,
)
from tests.servers.web_server import Reply, Request, json_reply, page_reply, redirect_reply

PAGES = ("/checkoutnow/", "/agreements/")
TOKEN_SECONDS = 32400


class PayPalSite:
    """See `web_server.StandInSite`."""

    world: World
    access: set[str]

    def __init__(self) -> None:
        self.world, self.access = World(), set()

    @property
    def address(self) -> str:
        return self.world.address

    @address.setter
    def address(self, address: str) -> None:
        self.world.address = address

    def is_page(self, path: str) -> bool:
        return path.startswith(PAGES)

    def failure(self, status: int) -> Reply:
        return json_reply({"name": "INTERNAL_SERVER_ERROR", "message": "told to fail"}, status)

    def answer(self, request: Request, *, fails: bool) -> Reply:
        try:
            if self.is_page(request.path):
                return self.page(request)
            reply = self.answered(request)
        except Refused as refused:
            reply = refusal_reply(refused.status, refused.name, [Problem("", refused.issue)])
        return self.failure(500) if fails else reply

    def answered(self, request: Request) -> Reply:
        if request.path == "/v1/oauth2/token":
            return self.token(request)
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.access:
            return json_reply({"error": "invalid_token"}, 401)
        if request.method == "DELETE":
            return self.forget(request)
        name, operation, act = self.operation(request)
        asked = self.asked(request)
        wrong = list(self.wrong(request, operation, asked))
        if wrong:
            return refusal_reply(400, "INVALID_REQUEST", wrong)
        reply = self.once(request, lambda: act(self.world, name, asked, request))
        return self.checked(request, operation, reply)

    def token(self, request: Request) -> Reply:
        login = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        form = dict(parse_qsl(request.body.decode()))
        if request.headers.get("authorization") != f"Basic {login}":
            return json_reply({"error": "invalid_client"}, 401)
        if form != {"grant_type": "client_credentials"}:
            return json_reply({"error": "unsupported_grant_type"}, 400)
        token = secrets.token_urlsafe(24)
        self.access.add(token)
        said = {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
        return json_reply(said)

    def forget(self, request: Request) -> Reply:
        name = request.path.removeprefix("/v3/vault/payment-tokens/")
        found(self.world.tokens, name)
        del self.world.tokens[name]
        return Reply(204, b"")

    def operation(self, request: Request) -> tuple[str, Operation, Act]:
        asked = f"{request.method} {request.path}"
        for path, act in ACTS.items():
            fits = re.fullmatch(re.sub(r"\{\w+\}", "([^/]+)", path), asked)
            if fits:
                return (fits.group(1) if fits.groups() else ""), operations()[path], act
        raise not_found()

    def asked(self, request: Request) -> Any:
        if request.method == "GET":
            return dict(parse_qsl(request.query))
        try:
            return json.loads(request.body or b"{}")
        except ValueError:
            raise Refused(400, "MALFORMED_REQUEST_JSON", "INVALID_REQUEST") from None

    def wrong(self, request: Request, operation: Operation, asked: Any) -> list[Problem]:
        if request.method == "GET":
            return [
                Problem(key, "UNKNOWN_PARAMETER") for key in asked if key not in operation.query
            ]
        return list(problems(asked, operation.request, operation.schemas))

    def once(self, request: Request, act: Callable[[], Resource]) -> Resource:
        """Answer a key that was heard before with how the thing stands now, as PayPal does."""
        key = request.headers.get("paypal-request-id", "")
        if request.method != "POST" or not key:
            return act()
        asked = hashlib.sha256(request.path.encode() + request.body).hexdigest()
        if key in self.world.keys:
            before, resource = self.world.keys[key]
            if before != asked:
                raise Refused(422, "DUPLICATE_REQUEST_ID")
            return resource
        resource = act()
        self.world.keys[key] = asked, resource
        return resource

    def checked(self, request: Request, operation: Operation, said: Resource) -> Reply:
        """The reply, in PayPal's shape; the least of it unless the whole is preferred."""
        if operation.reply is None:
            return Reply(204, b"")
        wrong = list(problems(said, operation.reply, operation.schemas))
        assert not wrong, (request.path, wrong)
        whole = "return=representation" in request.headers.get("prefer", "")
        if request.method == "POST" and request.path.startswith("/v2/") and not whole:
            said = {key: said[key] for key in ("id", "status", "links") if key in said}
        return json_reply(copy.deepcopy(said), 200 if request.method == "GET" else 201)

    def page(self, request: Request) -> Reply:
        """The payer's page: they approve with an account, or go back."""
        name = request.path.rpartition("/")[2]
        of_order = request.path.startswith("/checkoutnow/")
        thing = found(self.world.orders if of_order else self.world.setups, name)
        fields = dict(parse_qsl(request.body.decode())) if request.method == "POST" else {}
        if thing["status"] not in ("PAYER_ACTION_REQUIRED", "APPROVED"):
            return page_reply(
                "<title>PayPal</title><h1>Things do not appear to be working</h1>", 410
            )
        if not fields:
            return page_reply(FORM)
        context = self.world.asked[name]["experience_context"]
        if fields["action"] != "pay":
            return redirect_reply(with_token(context["cancel_url"], name))
        self.approve(thing, fields.get("account") or BUYER, of_order=of_order)
        return redirect_reply(with_token(context["return_url"], name))

    def approve(self, thing: Resource, account: str, *, of_order: bool) -> None:
        thing["status"] = "APPROVED"
        self.world.buyers[thing["id"]] = account
        thing["payment_source"]["paypal"]["email_address"] = account
        if of_order:
            self.world.happened("CHECKOUT.ORDER.APPROVED", "checkout-order", thing)

    def messages(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        """Events, signed; told as Stripe's stand-in is, but that they have no age."""
        chosen = [
            event
            for event in self.world.events
            if (told.get("again") or event["id"] not in self.world.delivered)
            and event["event_type"] in told.get("types", [event["event_type"]])
        ]
        self.world.delivered.update(event["id"] for event in chosen)
        if told.get("reverse"):
            chosen.reverse()
        forged = told.get("forged", False)
        return [signed(each, forged) for each in chosen for _ in range(told.get("times", 1))]

    def control(self, name: str, told: dict[str, Any]) -> Any:
        world = self.world
        match name:
            case "reset":
                self.world = World(world.address)
            case "time":
                world.held_at = told["now"]
            case "charges":
                return [
                    each
                    for each in world.captures.values()
                    if "seller_receivable_breakdown" in each
                ]
            case "account":
                world.buyers[told["method"]] = told["account"]
            case "settle":
                settle(world, found(world.captures, told["payment"]))
            case "expire":
                del world.orders[told["order"]]
            case "take-back-tokens":
                self.access.clear()
            case "forget-keys":
                world.keys.clear()
            case "fail-refund" | "dispute" | "close-dispute":
                return control_repayment(world, name, told)
            case _:
                raise LookupError(name)
        return {}


def control_repayment(world: World, name: str, told: dict[str, Any]) -> Any:
    if name == "fail-refund":
        fail_refund(world, told["refund"])
        return {}
    if name == "close-dispute":
        close_dispute(world, found(world.disputes, told["dispute"]), won=told["won"])
        return {}
    dispute = open_dispute(world, found(world.captures, told["payment"]), told.get("amount"))
    return {"id": dispute["dispute_id"]}


FORM = (
    '<!doctype html><html lang="en"><title>PayPal</title><h1>PayPal</h1><form method="post">'
    f'<label>Account <input name="account" value="{escape(BUYER)}"></label>'
    '<button name="action" value="pay">Agree and pay</button>'
    '<button name="action" value="cancel">Cancel and return</button></form></html>'
)


def with_token(address: str, name: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}token={name}"


def refusal_reply(status: int, name: str, wrong: list[Problem]) -> Reply:
    details = [{"field": each.field, "issue": each.issue} for each in wrong]
    return json_reply({"name": name, "debug_id": "0", "details": details}, status)


def signed(event: Resource, forged: bool) -> dict[str, Any]:
    body = json.dumps(event)
    transmission, moment = f"t{secrets.token_hex(8)}", event["create_time"]
    sign = signature(transmission, moment, b"another" if forged else body.encode())
    headers = {
        "Content-Type": "application/json",
        "PayPal-Transmission-Id": transmission,
        "PayPal-Transmission-Time": moment,
        "PayPal-Transmission-Sig": sign,
        "PayPal-Cert-Url": "https://api.paypal.com/v1/notifications/certs/CERT-360caa42",
        "PayPal-Auth-Algo": "SHA256withRSA",
    }
    return {"id": event["id"], "type": event["event_type"], "body": body, "headers": headers}
