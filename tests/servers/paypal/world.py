"""All that the stand-in knows, and how money moves: orders, captures, refunds, disputes, accounts."""

import copy
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from tests.servers.paypal import POOR_BUYER, SLOW_BUYER

Resource: TypeAlias = dict[str, Any]

LARGEST_CENTS = 1_000_000_000
EVENT_CODES = {
    "payment": "T0006",
    "refund": "T1107",
    "dispute": "T1110",
    "dispute-reversal": "T1111",
}


class Refused(Exception):
    """An error as PayPal answers it."""

    def __init__(self, status: int, issue: str, name: str = "UNPROCESSABLE_ENTITY") -> None:
        super().__init__(issue)
        self.status = status
        self.name = name
        self.issue = issue


def not_found() -> Refused:
    return Refused(404, "INVALID_RESOURCE_ID", "RESOURCE_NOT_FOUND")


def cents(amount: Mapping[str, str]) -> int:
    units, _, minor = amount["value"].partition(".")
    return int(units) * 100 + int(minor or 0)


def money(value: int, currency: str = "USD") -> dict[str, str]:
    sign = "-" if value < 0 else ""
    return {"currency_code": currency, "value": f"{sign}{abs(value) // 100}.{abs(value) % 100:02}"}


def capture_fee(amount: int) -> int:
    """What PayPal keeps of a payment, in cents: 3.49 %, rounded, and 49 cents."""
    return (amount * 349 + 5000) // 10000 + 49


@dataclass
class World:
    """`buyers` says who approved an order or a token, `keys` what a key stands for."""

    address: str = ""
    orders: dict[str, Resource] = field(default_factory=dict)
    captures: dict[str, Resource] = field(default_factory=dict)
    setups: dict[str, Resource] = field(default_factory=dict)
    tokens: dict[str, Resource] = field(default_factory=dict)
    disputes: dict[str, Resource] = field(default_factory=dict)
    buyers: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Resource] = field(default_factory=dict)
    keys: dict[str, tuple[str, Resource]] = field(default_factory=dict)
    lines: list[Resource] = field(default_factory=list)
    events: list[Resource] = field(default_factory=list)
    delivered: set[str] = field(default_factory=set)
    held_at: int | None = None

    def now(self) -> str:
        moment = (
            datetime.now(UTC) if self.held_at is None else datetime.fromtimestamp(self.held_at, UTC)
        )
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def name(self) -> str:
        return secrets.token_hex(9).upper()[:17]

    def link(self, rel: str, path: str, method: str = "GET") -> dict[str, str]:
        return {"rel": rel, "href": f"{self.address}{path}", "method": method}

    def line(self, kind: str, amount: int, fee: int, about: str, name: str = "") -> None:
        """A line of the report. `about` is the payment that it belongs to."""
        said = {
            "transaction_id": name or self.name(),
            "transaction_event_code": EVENT_CODES[kind],
            "transaction_initiation_date": self.now(),
            "transaction_updated_date": self.now(),
            "transaction_amount": money(amount),
            "transaction_status": "S",
        }
        if fee:
            said["fee_amount"] = money(-fee)
        if about != said["transaction_id"]:
            said |= {"paypal_reference_id": about, "paypal_reference_id_type": "TXN"}
        self.lines.append({"transaction_info": said})

    def happened(self, kind: str, resource_type: str, resource: Resource) -> None:
        self.events.append(
            {
                "id": f"WH-{self.name()}",
                "event_version": "1.0",
                "resource_version": "2.0",
                "create_time": self.now(),
                "resource_type": resource_type,
                "event_type": kind,
                "summary": kind.replace(".", " ").lower(),
                "resource": copy.deepcopy(resource),
            }
        )


def create_order(world: World, asked: Resource) -> Resource:
    (unit,) = asked["purchase_units"]
    if cents(unit["amount"]) <= 0:
        raise Refused(422, "CANNOT_BE_ZERO_OR_NEGATIVE")
    if cents(unit["amount"]) > LARGEST_CENTS:
        raise Refused(422, "MAX_VALUE_EXCEEDED")
    account = asked["payment_source"]["paypal"]
    name = world.name()
    order: Resource = {
        "id": name,
        "intent": asked["intent"],
        "status": "PAYER_ACTION_REQUIRED",
        "purchase_units": [{"reference_id": "default", **unit}],
        "create_time": world.now(),
        "links": [world.link("self", f"/v2/checkout/orders/{name}")],
    }
    if "vault_id" in account:
        order["status"] = "APPROVED"
        world.buyers[name] = kept_account(world, account["vault_id"])
        order["payment_source"] = {"paypal": {"email_address": world.buyers[name]}}
        take(world, order)
    else:
        order["payment_source"] = {"paypal": {}}
        page = f"/checkoutnow/{name}"
        order["links"].append(world.link("payer-action", page))
    world.orders[name], world.asked[name] = order, account
    return order


def kept_account(world: World, name: str) -> str:
    if name not in world.tokens:
        raise Refused(422, "TOKEN_ID_NOT_FOUND")
    return world.buyers[name]


def change_order(world: World, name: str, changes: list[Resource]) -> None:
    """PayPal's JSON patch, of which only the payment's custom id is understood here."""
    order = world.orders[name]
    if order["status"] == "COMPLETED":
        raise Refused(422, "ORDER_ALREADY_COMPLETED")
    for change in changes:
        path = "/purchase_units/@reference_id=='default'/custom_id"
        if change["op"] != "replace" or change.get("path") != path:
            raise Refused(422, "NOT_PATCHABLE")
        order["purchase_units"][0]["custom_id"] = change["value"]


def capture_order(world: World, name: str) -> Resource:
    order = world.orders[name]
    if order["status"] == "COMPLETED":
        raise Refused(422, "ORDER_ALREADY_CAPTURED")
    if order["status"] != "APPROVED":
        raise Refused(422, "ORDER_NOT_APPROVED")
    take(world, order)
    vault = world.asked[name].get("attributes", {}).get("vault")
    if vault:
        token = keep_account(world, world.buyers[name])
        kept = {"id": token["id"], "status": "VAULTED", "customer": token["customer"]}
        order["payment_source"]["paypal"]["attributes"] = {"vault": kept}
    return order


def take(world: World, order: Resource) -> None:
    """Take the money of an order. A number that was paid before is not paid again."""
    (unit,) = order["purchase_units"]
    buyer = world.buyers[order["id"]]
    numbers = {each.get("invoice_id") for each in world.captures.values()}
    if unit.get("invoice_id") in numbers - {None}:
        raise Refused(422, "DUPLICATE_INVOICE_ID")
    if buyer == POOR_BUYER:
        raise Refused(422, "INSTRUMENT_DECLINED")
    name = world.name()
    capture: Resource = {
        "id": name,
        "status": "PENDING" if buyer == SLOW_BUYER else "COMPLETED",
        "amount": unit["amount"],
        "final_capture": True,
        **{key: unit[key] for key in ("custom_id", "invoice_id") if key in unit},
        "create_time": world.now(),
        "links": [world.link("self", f"/v2/payments/captures/{name}")],
    }
    world.captures[name] = capture
    world.asked[name] = {"order": order["id"]}
    unit["payments"] = {"captures": [capture]}
    order["status"] = "COMPLETED"
    if capture["status"] == "COMPLETED":
        settle(world, capture)
    else:
        tell_capture(world, "PENDING", capture)


def settle(world: World, capture: Resource) -> None:
    amount = cents(capture["amount"])
    fee = capture_fee(amount)
    capture["status"] = "COMPLETED"
    capture["seller_receivable_breakdown"] = {
        "gross_amount": money(amount),
        "paypal_fee": money(fee),
        "net_amount": money(amount - fee),
    }
    world.line("payment", amount, fee, capture["id"], capture["id"])
    tell_capture(world, "COMPLETED", capture)


def tell_capture(world: World, what: str, capture: Resource) -> None:
    world.happened(f"PAYMENT.CAPTURE.{what}", "capture", shown_capture(world, capture))


def shown_capture(world: World, capture: Resource) -> Resource:
    """A capture as it is shown by itself: with the name of its order."""
    related = {"order_id": world.asked[capture["id"]]["order"]}
    return {**capture, "supplementary_data": {"related_ids": related}}


def refund_capture(world: World, name: str, asked: Resource) -> Resource:
    capture = world.captures[name]
    back = world.asked[name].get("back", 0)
    left = cents(capture["amount"]) - back
    amount = cents(asked["amount"]) if "amount" in asked else left
    if left == 0:
        raise Refused(422, "CAPTURE_FULLY_REFUNDED")
    if not 0 < amount <= left:
        raise Refused(422, "REFUND_AMOUNT_EXCEEDED")
    refund: Resource = {
        "id": world.name(),
        "status": "COMPLETED",
        "amount": money(amount),
        "create_time": world.now(),
        "links": [world.link("up", f"/v2/payments/captures/{name}")],
    }
    give_back(world, name, back + amount)
    refunds_of(world, name).append(refund)
    world.line("refund", -amount, 0, name, refund["id"])
    world.happened("PAYMENT.CAPTURE.REFUNDED", "refund", refund)
    return refund


def refunds_of(world: World, capture: str) -> list[Resource]:
    """The refunds, as the capture's order shows them."""
    (unit,) = world.orders[world.asked[capture]["order"]]["purchase_units"]
    made: list[Resource] = unit["payments"].setdefault("refunds", [])
    return made


def give_back(world: World, name: str, back: int) -> None:
    """So many cents of a capture have gone back in all."""
    capture = world.captures[name]
    world.asked[name]["back"] = back
    whole = back == cents(capture["amount"])
    partly = "PARTIALLY_REFUNDED" if back else "COMPLETED"
    capture["status"] = "REFUNDED" if whole else partly


def fail_refund(world: World, name: str) -> None:
    """The refund of that name came back: the money is the seller's again."""
    captures = [each for each in world.captures if "order" in world.asked[each]]
    capture, refund = next(
        (capture, refund)
        for capture in captures
        for refund in refunds_of(world, capture)
        if refund["id"] == name
    )
    refund["status"] = "FAILED"
    amount = cents(refund["amount"])
    give_back(world, capture, world.asked[capture]["back"] - amount)
    world.line("refund", amount, 0, capture)
    world.happened("PAYMENT.REFUND.FAILED", "refund", refund)


def keep_account(world: World, buyer: str) -> Resource:
    name = world.name().lower()
    token: Resource = {
        "id": name,
        "customer": {"id": f"customer{name[:8]}"},
        "payment_source": {"paypal": {"email_address": buyer}},
    }
    world.tokens[name], world.buyers[name] = token, buyer
    return token


def open_dispute(world: World, capture: Resource, amount: int | None = None) -> Resource:
    name = f"PP-D-{secrets.randbelow(100000)}"
    dispute: Resource = {
        "dispute_id": name,
        "create_time": world.now(),
        "update_time": world.now(),
        "disputed_transactions": [{"seller_transaction_id": capture["id"]}],
        "reason": "UNAUTHORISED",
        "status": "WAITING_FOR_SELLER_RESPONSE",
        "dispute_amount": capture["amount"] if amount is None else money(amount),
        "dispute_life_cycle_stage": "CHARGEBACK",
    }
    world.disputes[name] = dispute
    world.line("dispute", -cents(dispute["dispute_amount"]), 0, capture["id"])
    world.happened("CUSTOMER.DISPUTE.CREATED", "dispute", dispute)
    return dispute


def close_dispute(world: World, dispute: Resource, *, won: bool) -> None:
    outcome = "RESOLVED_SELLER_FAVOUR" if won else "RESOLVED_BUYER_FAVOUR"
    dispute |= {"status": "RESOLVED", "dispute_outcome": {"outcome_code": outcome}}
    if won:
        about = dispute["disputed_transactions"][0]["seller_transaction_id"]
        world.line("dispute-reversal", cents(dispute["dispute_amount"]), 0, about)
    world.happened("CUSTOMER.DISPUTE.RESOLVED", "dispute", dispute)
