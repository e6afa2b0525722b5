"""What can be asked of the stand-in: Stripe's paths, and the control of tests."""

import base64
import binascii
import copy
import hashlib
import json
import re
import time
from collections.abc import Callable
from typing import Any

import stripe

from tests.servers.stripe import KEY, WEBHOOK_SECRET
from tests.servers.stripe.balance import (
    close_dispute,
    fail_refund,
    open_dispute,
)
from tests.servers.stripe.cards import CARDS
from tests.servers.stripe.pages import PAGES, answer_page
from tests.servers.stripe.parameters import Form, Unfit, read
from tests.servers.stripe.routes import ROUTES, Route, expanded
from tests.servers.stripe.shapes import Resource, require_shape
from tests.servers.stripe.world import Refused, World, invalid
from tests.servers.web_server import Reply, Request, json_reply


class StripeSite:
    """See `web_server.StandInSite`."""

    def __init__(self) -> None:
        self.world = World()

    @property
    def address(self) -> str:
        return self.world.address

    @address.setter
    def address(self, address: str) -> None:
        self.world.address = address

    def is_page(self, path: str) -> bool:
        return path.startswith(PAGES)

    def failure(self, status: int) -> Reply:
        kind = "api_error" if status >= 500 else "invalid_request_error"
        return json_reply({"error": {"type": kind, "message": "told to fail"}}, status)

    def answer(self, request: Request, *, fails: bool) -> Reply:
        if self.is_page(request.path):
            return answer_page(self.world, request)
        try:
            require_key(request)
            name, route = self.route(request)
            form = self.form(request, route)
        except (Refused, Unfit) as problem:
            return refusal_reply(problem)
        return self.once(request, lambda: self.done(name, route, form, fails=fails))

    def route(self, request: Request) -> tuple[str, Route]:
        for route in ROUTES:
            found = re.fullmatch(route[1].replace("(id)", "([^/]+)"), request.path)
            if found and route[0] == request.method:
                return (found.group(1) if found.groups() else ""), route
        raise invalid(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)

    def form(self, request: Request, route: Route) -> Form:
        return read(request.query if request.method == "GET" else request.body.decode(), route[2])

    def done(self, name: str, route: Route, form: Form, *, fails: bool) -> Reply:
        try:
            found = copy.deepcopy(shaped(route[3](self.world, name, form)))
            for path in form.get("expand", []):
                found = expanded(self.world, found, path.split("."))
        except Refused as problem:
            return self.failure(500) if fails else refusal_reply(problem)
        return self.failure(500) if fails else json_reply(shaped(found))

    def once(self, request: Request, act: Callable[[], Reply]) -> Reply:
        """Answer what bears a key that was heard before as it was answered then."""
        key = request.headers.get("idempotency-key", "")
        if request.method == "GET" or not key:
            return act()
        asked = hashlib.sha256(f"{request.path} {request.body.decode()}".encode()).hexdigest()
        before = self.world.keys.get(key)
        if before is None:
            self.world.keys[key] = asked, act()
            return self.world.keys[key][1]
        if before[0] != asked:
            message = (
                "Keys for idempotent requests can only be used with the same"
                f" parameters they were first used with (key {key})."
            )
            return refusal_reply(Refused(400, "idempotency_error", message))
        reply = before[1]
        return Reply(reply.status, reply.body, {**reply.headers, "Idempotent-Replayed": "true"})

    def messages(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        """Events, signed. `types` and `ids` pick some, `again` takes also what was sent before; each is
        given `times` times, all in `reverse`, signed `age_seconds` ago, or `forged`.
        """
        chosen = [event for event in self.world.events if self.is_chosen(event, told)]
        self.world.delivered.update(event["id"] for event in chosen)
        if told.get("reverse"):
            chosen.reverse()
        return [signed(event, told) for event in chosen for _ in range(told.get("times", 1))]

    def is_chosen(self, event: Resource, told: dict[str, Any]) -> bool:
        return (
            (told.get("again", False) or event["id"] not in self.world.delivered)
            and event["type"] in told.get("types", [event["type"]])
            and event["id"] in told.get("ids", [event["id"]])
        )

    def control(self, name: str, told: dict[str, Any]) -> Any:
        world = self.world
        match name:
            case "reset":
                self.world = World(world.address)
            case "time":
                world.held_at = told["now"]
            case "objects":
                return world.of_kind(told["kind"])
            case "charges":
                return [charge for charge in world.of_kind("charge") if charge["paid"]]
            case "card":
                world.cards[told["method"]] = CARDS[told["number"]]
            case "dispute":
                intent = world.get("payment_intent", told["payment"])
                charge = world.get("charge", intent["latest_charge"])
                inquiry, amount = told.get("inquiry", False), told.get("amount")
                return open_dispute(world, charge, inquiry=inquiry, amount=amount)
            case "close-dispute":
                close_dispute(world, world.get("dispute", told["dispute"]), won=told["won"])
            case "fail-refund":
                fail_refund(world, world.get("refund", told["refund"]))
            case _:
                raise LookupError(name)
        return {}


def require_key(request: Request) -> None:
    given = request.headers.get("authorization", "")
    kind, _, secret = given.partition(" ")
    if kind == "Basic":
        try:
            secret = base64.b64decode(secret).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            secret = ""
    if secret != KEY:
        raise invalid("Invalid API Key provided", status=401)
    version = request.headers.get("stripe-version", "")
    if version != stripe.api_version:
        raise invalid(f"Invalid Stripe API version: {version}")


def shaped(resource: Resource) -> Resource:
    if resource["object"] == "list":
        for each in resource["data"]:
            require_shape(each)
        return resource
    return require_shape(resource)


def refusal_reply(problem: Refused | Unfit) -> Reply:
    if isinstance(problem, Refused):
        return json_reply({"error": problem.error}, problem.status)
    said = {"code": problem.code, "param": problem.parameter, "message": str(problem)}
    return json_reply({"error": {"type": "invalid_request_error", **said}}, 400)


def signed(event: Resource, told: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps(require_shape(event))
    secret = "whsec_of_somebody_else" if told.get("forged") else WEBHOOK_SECRET
    when = int(time.time()) - told.get("age_seconds", 0)
    header = stripe.WebhookSignature.generate_signature_header(body, secret, when)
    headers = {"Content-Type": "application/json", "Stripe-Signature": header}
    return {"id": event["id"], "type": event["type"], "body": body, "headers": headers}
