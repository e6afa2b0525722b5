"""Money: memberships, purchases, what goes back, earnings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from connects.acts.money import move_earnings as earnings
from connects.acts.money import refund as refunds
from connects.acts.money.request_payment import payer_of
from connects.acts.money.save_method import set_method
from connects.acts.money.set_tax import set_tax
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases import top_up as top_ups
from connects.acts.purchases.change_plan import PlanChanged
from connects.acts.staff.end_membership import end_membership
from connects.billing.test_method import Behaviour
from connects.bootstrap.clock import now as clock_now
from connects.market.payments.models import Payable
from connects.scenarios.stage import Stage, Verb, cents_of, own_cents, row_named
from connects.vocabulary.amounts import Cents, Money
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def subscribe(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account, key = stage.account(keys["account"]), keys.get("key", f"step-{number}")
    answer = plans.subscribe(account, keys["plan"], key, keys.get("pay_with"))
    if "as" in keys and isinstance(answer, PlanChanged) and answer.payment is not None:
        stage.purchases[keys["as"]] = answer.payment
    return answer


def cancel(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    if keys.get("at_once", False):
        return end_membership(account, None, "ended at once")
    return plans.cancel(account, keys.get("plan"))


def method(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    set_method(account, keys.get("default"), keys.get("declines"))
    return account


def buy(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    credits = keys.get("bundle", keys.get("credits"))
    if credits is None:
        return invalid(Problem.REQUIRED, field="bundle")
    answer = purchases.order(
        account, credits, keys.get("key", f"step-{number}"), keys.get("pay_with")
    )
    if "as" in keys and not isinstance(answer, Refused):
        stage.purchases[keys["as"]] = answer
    return answer


def refund(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    payment = row_named(stage.purchases, keys["purchase"], "purchase")
    if "amount" not in keys:
        return refunds.refund_payment(payment, None, "")
    return refunds.refund_payment(
        payment, None, "", Money(_cents(payment, keys["amount"]), payment.currency)
    )


def _cents(payment: Payable, amount: int | Decimal) -> Cents:
    return cents_of(amount, payment.currency)


def _elsewhere(move: Callable[[Any, Cents | None], object]) -> Verb:
    """A verb by which a payment's money moves without us: all of it, or an `amount`."""

    def play(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
        payment = row_named(stage.purchases, keys["purchase"], "purchase")
        cents = _cents(payment, keys["amount"]) if "amount" in keys else None
        return move(payment, cents)

    return play


def earn(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return earnings.credit(account, own_cents(account, keys["amount"]), f"step-{number}")


def reserve(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return earnings.keep_back(account, own_cents(account, keys["amount"]))


def payout(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    cents = own_cents(account, keys["amount"]) if "amount" in keys else None
    return earnings.withdraw(account, f"step-{number}", cents)


def provider(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    if keys["state"] not in set(Behaviour):
        return invalid(Problem.UNKNOWN, field="state")
    payer = payer_of(stage.account(keys["account"]))
    stage.behaviours[payer.reference] = Behaviour(keys["state"])
    return payer


def top_up(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    if keys["below"] == 0:
        top_ups.end_top_up(account)
        return account
    if "bundle" not in keys or "most" not in keys:
        return invalid(Problem.REQUIRED, field="bundle" if "most" in keys else "most")
    return top_ups.set_top_up(
        account, keys["below"], keys["bundle"], own_cents(account, keys["most"])
    )


def tax(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    country, name = keys["country"], keys.get("name", "Tax")
    basis_points, now = int(Decimal(keys["percent"]) * 100), clock_now()
    return set_tax(country, name, basis_points, now, stage.staff(Role.FINANCE), now)


PLAY: dict[str, Verb] = {
    "subscribe": subscribe,
    "cancel": cancel,
    "method": method,
    "buy": buy,
    "refund": refund,
    "refund_at_provider": _elsewhere(refunds.refunded_at_provider),
    "refund_fails": _elsewhere(refunds.refund_failed),
    "chargeback": _elsewhere(refunds.charge_back),
    "dispute_won": _elsewhere(refunds.win_back),
    "earn": earn,
    "reserve": reserve,
    "payout": payout,
    "provider": provider,
    "top_up": top_up,
    "tax": tax,
}
